"""What withdrawals, corrections and transfers cost: the acts of each case, and the fee lines that they give."""

from technicals.enums import FeeReason
from tests.technicals.fee_cases import AGAIN, CORRECTED, FIRST, REGISTER, REGISTERED, THIRD, back
from tests.technicals.fee_world import (
    JANUARY,
    JUNE,
    LARGE,
    SMALL,
    TO_LARGE,
    ask_out,
    decide,
    drop,
    enter,
    move,
    no_price,
    stay,
    withdraw,
)

CASES_OF_CHANGES = {
    # unit entries that are withdrawn
    "withdrawn by the refund day, a first entry has nothing to credit": (
        [REGISTER, FIRST, withdraw("2026-12-04", 1, JANUARY)],
        [REGISTERED],
    ),
    "withdrawn by the refund day, the late charge is credited": (
        [REGISTER, enter("2026-10-22", SMALL, 1, series=JANUARY), withdraw("2026-12-04", 1, JANUARY)],
        [REGISTERED, ("late", 1299), back("late", 1299)],
    ),
    "withdrawn by the refund day, a late resit is credited whole": (
        [
            REGISTER,
            FIRST,
            enter("2027-03-01", SMALL, 1, series=JUNE),
            withdraw("2027-04-05", 1, JUNE, "left"),
        ],
        [REGISTERED, ("resit", 2750), ("late", 1299), back("resit", 2750), back("late", 1299)],
    ),
    "withdrawn by the refund day, the next entry is a first one again": (
        [REGISTER, FIRST, withdraw("2026-10-15", 1, JANUARY), AGAIN],
        [REGISTERED],
    ),
    "withdrawn and entered again after the deadline costs the late charge": (
        [REGISTER, FIRST, withdraw("2026-10-25", 1, JANUARY), enter("2026-10-26", SMALL, 1, series=JANUARY)],
        [REGISTERED, ("late", 1299)],
    ),
    "withdrawn twice, the late charge is credited twice, each once": (
        [
            REGISTER,
            enter("2026-10-22", SMALL, 1, series=JANUARY),
            withdraw("2026-10-23", 1, JANUARY),
            enter("2026-10-24", SMALL, 1, series=JANUARY),
            withdraw("2026-10-25", 1, JANUARY),
        ],
        [REGISTERED, ("late", 1299), back("late", 1299), ("late", 1299), back("late", 1299)],
    ),
    "a charge without a price is credited without one": (
        [
            no_price("late"),
            REGISTER,
            enter("2026-10-22", SMALL, 1, series=JANUARY),
            withdraw("2026-12-01", 1, JANUARY),
        ],
        [REGISTERED, ("late", None), ("late", None, FeeReason.REFUND)],
    ),
    "withdrawn a day after the refund day, nothing is credited": (
        [
            REGISTER,
            enter("2026-10-22", SMALL, 1, series=JANUARY),
            withdraw("2026-12-05", 1, JANUARY, "left"),
        ],
        [REGISTERED, ("late", 1299)],
    ),
    "withdrawn late without a medical reason, the next entry is a resit": (
        [REGISTER, FIRST, withdraw("2026-12-05", 1, JANUARY, "left"), AGAIN],
        [REGISTERED, ("resit", 2750)],
    ),
    "withdrawn late for another reason, the next entry is a resit": (
        [REGISTER, FIRST, withdraw("2026-12-05", 1, JANUARY, "other", "A clash."), AGAIN],
        [REGISTERED, ("resit", 2750)],
    ),
    "withdrawn late for medical reasons, the next entry is not charged": (
        [REGISTER, FIRST, withdraw("2026-12-05", 1, JANUARY, "medical"), AGAIN],
        [REGISTERED],
    ),
    "withdrawn late after a bereavement, the next entry is not charged": (
        [REGISTER, FIRST, withdraw("2026-12-05", 1, JANUARY, "bereavement"), AGAIN],
        [REGISTERED],
    ),
    "a resit withdrawn late for medical reasons is paid, and the next one is a resit": (
        [REGISTER, FIRST, AGAIN, withdraw("2027-04-06", 1, JUNE, "medical"), THIRD],
        [REGISTERED, ("resit", 2750), ("resit", 2750)],
    ),
    # registrations that are withdrawn
    "a registration that is withdrawn is not refunded": ([REGISTER, drop("2026-09-11", SMALL)], [REGISTERED]),
    "a withdrawal that is taken back changes nothing": (
        [REGISTER, ask_out("2026-09-11", SMALL), stay("2026-09-12", SMALL), FIRST],
        [REGISTERED],
    ),
    "registered again after a withdrawal is charged anew": (
        [REGISTER, drop("2026-09-11", SMALL), enter("2026-09-12", SMALL)],
        [REGISTERED, REGISTERED],
    ),
    "a wrong code that staff correct is credited": (
        [REGISTER, drop("2026-09-11", SMALL, "mistake", is_credited=True), enter("2026-09-12", LARGE)],
        [REGISTERED, CORRECTED, REGISTERED],
    ),
    "a mistake that staff do not credit is paid": (
        [REGISTER, drop("2026-09-11", SMALL, "mistake"), enter("2026-09-12", LARGE)],
        [REGISTERED, REGISTERED],
    ),
    "a top-up by mistake is credited, and the registration before it goes on": (
        [
            REGISTER,
            enter("2026-09-20", TO_LARGE),
            drop("2026-09-21", TO_LARGE, "mistake", is_credited=True),
            FIRST,
            enter("2026-10-05", TO_LARGE),
        ],
        [REGISTERED, ("top-up", 3000), back("top-up", 3000, FeeReason.CORRECTION), ("top-up", 3000)],
    ),
    "a charge that staff credit by decision": (
        [REGISTER, enter("2026-10-22", SMALL, 1, series=JANUARY), decide("2026-10-23", "late")],
        [REGISTERED, ("late", 1299), back("late", 1299, FeeReason.DECISION)],
    ),
    "what staff credited is not credited again by a withdrawal": (
        [
            REGISTER,
            enter("2026-10-22", SMALL, 1, series=JANUARY),
            decide("2026-10-23", "late"),
            withdraw("2026-10-24", 1, JANUARY),
        ],
        [REGISTERED, ("late", 1299), back("late", 1299, FeeReason.DECISION)],
    ),
    # transfers
    "a transfer is not charged": ([REGISTER, move("2026-12-01")], [REGISTERED]),
    "a transferred entry is not charged again": ([REGISTER, FIRST, move("2026-10-10")], [REGISTERED]),
    "a resit at the receiving centre counts the attempt before": (
        [REGISTER, FIRST, move("2027-04-10"), THIRD],
        [REGISTERED, ("resit", 2750)],
    ),
    "a first entry at the receiving centre is part of the registration": (
        [REGISTER, move("2026-09-20"), FIRST],
        [REGISTERED],
    ),
    "a top-up at the receiving centre": (
        [REGISTER, move("2026-10-10"), enter("2026-11-01", TO_LARGE)],
        [REGISTERED, ("top-up", 3000)],
    ),
}
