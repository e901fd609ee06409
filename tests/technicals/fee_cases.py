"""What entries cost: the acts of each case, and the fee lines that they give."""

from technicals.enums import FeeReason
from tests.technicals.fee_world import (
    DEAR,
    JANUARY,
    JANUARY_28,
    JUNE,
    JUNE_28,
    LARGE,
    LEVEL_2,
    OF_2012,
    RENEW,
    SMALL,
    TO_DEAR,
    TO_LARGE,
    TO_SMALL,
    appear,
    drop,
    enter,
    miss,
    no_price,
    price,
    withdraw,
)

REGISTER = enter("2026-09-10", SMALL)
FIRST = enter("2026-10-01", SMALL, 1, series=JANUARY)
AGAIN = enter("2027-01-15", SMALL, 1, series=JUNE)
THIRD = enter("2027-09-15", SMALL, 1, series=JANUARY_28)
REGISTERED = ("registration", 5000)


def back(kind, pence, reason=FeeReason.REFUND):
    """What is credited of a charge."""
    return (kind, -pence, reason)


CORRECTED = back("registration", 5000, FeeReason.CORRECTION)

CASES_OF_ENTRIES = {
    # registrations
    "a registration": ([REGISTER], [REGISTERED]),
    "a registration with a price of its own code": ([enter("2026-09-10", DEAR)], [("registration", 8000)]),
    "a registration with the price of its level": ([enter("2026-09-10", LEVEL_2)], [("registration", 4000)]),
    "a registration of the 2012 suite": ([enter("2026-09-10", OF_2012)], [("registration", 4000)]),
    "a registration on the last day of the year is never late": ([enter("2027-08-31", SMALL)], [REGISTERED]),
    "a registration without a price": ([no_price("registration"), REGISTER], [("registration", None)]),
    "two sizes are two registrations": (
        [REGISTER, enter("2026-09-10", LARGE)],
        [REGISTERED, ("registration", 5000)],
    ),
    # first entries
    "a first entry is part of the registration": ([REGISTER, FIRST], [REGISTERED]),
    "three first entries are part of the registration": (
        [REGISTER, enter("2026-10-01", SMALL, 1, 2, 3, series=JANUARY)],
        [REGISTERED],
    ),
    "a first entry on the day of the deadline": (
        [REGISTER, enter("2026-10-21", SMALL, 1, series=JANUARY)],
        [REGISTERED],
    ),
    "a first entry a day late": (
        [REGISTER, enter("2026-10-22", SMALL, 1, series=JANUARY)],
        [REGISTERED, ("late", 1299)],
    ),
    "a first entry on the last day of late ones": (
        [REGISTER, enter("2026-11-20", SMALL, 1, series=JANUARY)],
        [REGISTERED, ("late", 1299)],
    ),
    "two late entries are charged late twice": (
        [REGISTER, enter("2026-10-22", SMALL, 1, 2, series=JANUARY)],
        [REGISTERED, ("late", 1299), ("late", 1299)],
    ),
    "a late entry without a price": (
        [no_price("late"), REGISTER, enter("2026-10-22", SMALL, 1, series=JANUARY)],
        [REGISTERED, ("late", None)],
    ),
    # resits
    "a second attempt is a resit": (
        [REGISTER, FIRST, enter("2026-12-31", SMALL, 1, series=JUNE)],
        [REGISTERED, ("resit", 2500)],
    ),
    "a resit at the price of the new year": ([REGISTER, FIRST, AGAIN], [REGISTERED, ("resit", 2750)]),
    "the second and third attempt": ([REGISTER, FIRST, AGAIN, THIRD], [REGISTERED, ("resit", 2750), ("resit", 2750)]),
    "a late resit costs both": (
        [REGISTER, FIRST, enter("2027-03-01", SMALL, 1, series=JUNE)],
        [REGISTERED, ("resit", 2750), ("late", 1299)],
    ),
    "a resit at Level 2": (
        [
            enter("2026-09-10", LEVEL_2),
            enter("2026-10-01", LEVEL_2, 1, series=JANUARY),
            enter("2027-01-15", LEVEL_2, 1, series=JUNE),
        ],
        [("registration", 4000), ("resit", 2000)],
    ),
    "a resit with the price of its code": (
        [
            enter("2026-09-10", DEAR),
            enter("2026-10-01", DEAR, 1, series=JANUARY),
            enter("2027-01-15", DEAR, 1, series=JUNE),
        ],
        [("registration", 8000), ("resit", 3333)],
    ),
    "a resit under another size counts the first attempt": (
        [REGISTER, FIRST, enter("2026-09-10", LARGE), enter("2027-01-15", LARGE, 1, series=JUNE)],
        [REGISTERED, ("registration", 5000), ("resit", 2750)],
    ),
    "another unit is no resit": ([REGISTER, FIRST, enter("2027-01-15", SMALL, 2, series=JUNE)], [REGISTERED]),
    "a resit and a first entry together": (
        [REGISTER, FIRST, enter("2027-01-15", SMALL, 1, 2, series=JUNE)],
        [REGISTERED, ("resit", 2750)],
    ),
    "a resit without a price": ([no_price("resit"), REGISTER, FIRST, AGAIN], [REGISTERED, ("resit", None)]),
    # absences
    "an entry after an absence is charged as a resit": (
        [REGISTER, FIRST, miss("2027-01-20", 1, JANUARY), enter("2027-02-01", SMALL, 1, series=JUNE)],
        [REGISTERED, ("resit", 2750)],
    ),
    "three attempts after an absence are three resits": (
        [
            REGISTER,
            FIRST,
            miss("2027-01-20", 1, JANUARY),
            enter("2027-02-01", SMALL, 1, series=JUNE),
            THIRD,
            enter("2028-01-15", SMALL, 1, series=JUNE_28),
        ],
        [REGISTERED, ("resit", 2750), ("resit", 2750), ("resit", 2750)],
    ),
    "an absence costs nothing by itself": ([REGISTER, FIRST, miss("2027-01-20", 1, JANUARY)], [REGISTERED]),
    "an absence that was undone costs nothing either": (
        [REGISTER, FIRST, miss("2027-01-20", 1, JANUARY), appear("2027-01-21", 1, JANUARY)],
        [REGISTERED],
    ),
    # the 2012 suite
    "a unit of the 2012 suite": ([enter("2026-10-01", OF_2012, 1)], [("unit", 1050)]),
    "three units of the 2012 suite": ([enter("2026-10-01", OF_2012, 1, 2, 3)], [("unit", 1050)] * 3),
    "units of the 2012 suite are never late": ([enter("2027-08-30", OF_2012, 1)], [("unit", 1050)]),
    "a unit of the 2012 suite again is charged alike": (
        [enter("2026-10-01", OF_2012, 1), enter("2027-10-01", OF_2012, 1)],
        [("unit", 1050), ("unit", 1050)],
    ),
    "a unit of the 2012 suite that is withdrawn is not refunded": (
        [enter("2026-10-01", OF_2012, 1), withdraw("2026-10-02", 1, "Registrations 2026/27", "left")],
        [("unit", 1050)],
    ),
    # top-up, moving down, re-entry
    "a top-up": ([REGISTER, enter("2026-11-01", TO_LARGE)], [REGISTERED, ("top-up", 3000)]),
    "a chain of two top-ups": (
        [REGISTER, enter("2026-11-01", TO_LARGE), enter("2026-12-01", TO_DEAR)],
        [REGISTERED, ("top-up", 3000), ("top-up", 3000)],
    ),
    "a top-up in the next year": ([REGISTER, enter("2027-09-20", TO_LARGE)], [REGISTERED, ("top-up", 3000)]),
    "a top-up with a price of its own": (
        [price("top-up", 3456, code=TO_LARGE), REGISTER, enter("2026-11-01", TO_LARGE)],
        [REGISTERED, ("top-up", 3456)],
    ),
    "a resit after a top-up counts the attempt before": (
        [REGISTER, FIRST, enter("2026-11-01", TO_LARGE), enter("2027-01-15", LARGE, 1, series=JUNE)],
        [REGISTERED, ("top-up", 3000), ("resit", 2750)],
    ),
    "a first entry after a top-up is free": (
        [REGISTER, enter("2026-10-01", TO_LARGE), enter("2026-10-02", LARGE, 1, series=JANUARY)],
        [REGISTERED, ("top-up", 3000)],
    ),
    "moving down is charged and nothing is refunded": (
        [enter("2026-09-10", LARGE), enter("2027-05-01", TO_SMALL)],
        [REGISTERED, ("moving-down", 1500)],
    ),
    "a resit after moving down": (
        [
            enter("2026-09-10", LARGE),
            enter("2026-10-01", LARGE, 1, series=JANUARY),
            enter("2027-01-10", TO_SMALL),
            AGAIN,
        ],
        [REGISTERED, ("moving-down", 1500), ("resit", 2750)],
    ),
    "a re-entry after a registration that was withdrawn": (
        [REGISTER, enter("2026-09-11", LARGE), drop("2027-06-01", LARGE), enter("2027-09-10", RENEW)],
        [REGISTERED, REGISTERED, ("re-entry", 4500)],
    ),
}
