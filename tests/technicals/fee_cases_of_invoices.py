"""Fee lines under order numbers and on invoices: the acts of each case, and where its lines stand then."""

from tests.technicals.fee_cases import FIRST, REGISTER, THIRD
from tests.technicals.fee_world import JANUARY, OF_2012, SMALL, enter, invoice, move, no_price, price, withdraw

ORDERED = {
    "each charge stands under its order number": (
        [enter("2026-09-10", SMALL, order="PO 1"), enter("2026-10-22", SMALL, 1, series=JANUARY, order="PO 2")],
        [("registration", 5000, "PO 1", None), ("late", 1299, "PO 2", None)],
    ),
    "a credit stands under the order number of its charge": (
        [
            REGISTER,
            enter("2026-10-22", SMALL, 1, series=JANUARY, order="PO 2"),
            withdraw("2026-10-23", 1, JANUARY),
        ],
        [("registration", 5000, "", None), ("late", 1299, "PO 2", None), ("late", -1299, "PO 2", None)],
    ),
    "a credit after the invoice stands on the next one": (
        [
            REGISTER,
            enter("2026-10-22", SMALL, 1, series=JANUARY),
            invoice("2026-11-01"),
            withdraw("2026-11-02", 1, JANUARY),
            invoice("2026-12-01"),
        ],
        [("registration", 5000, "", 1), ("late", 1299, "", 1), ("late", -1299, "", 2)],
    ),
    "what had no price is invoiced at that of its day": (
        [no_price("registration"), REGISTER, price("registration", 5150), invoice("2026-10-01")],
        [("registration", 5150, "", 1)],
    ),
    "what still has none waits": (
        [no_price("registration"), REGISTER, enter("2026-10-01", OF_2012, 1), invoice("2026-10-02")],
        [("registration", None, "", None), ("unit", 1050, "", 1)],
    ),
    "after a transfer each centre is invoiced for its own": (
        [REGISTER, FIRST, move("2027-04-10"), THIRD, invoice("2027-10-01")],
        [("registration", 5000, "", 1), ("resit", 2750, "", 2)],
    ),
}
