"""The statuses of an entry, and which act leads from where to where."""

from ..enums import LIVE, EntryStatus

MOVES = {
    "confirm": ({EntryStatus.NOT_YET_CONFIRMED}, EntryStatus.CONFIRMED),
    "amend": (set(LIVE), EntryStatus.NOT_YET_CONFIRMED),
    "withdraw": (set(LIVE), EntryStatus.WITHDRAWN),
    "restore": ({EntryStatus.WITHDRAWN}, EntryStatus.NOT_YET_CONFIRMED),
}
"""Which act leads from which statuses to which. Submit makes an entry NOT YET CONFIRMED.

An amendment that changes nothing of CONFIRMED_DETAILS leads nowhere: the entry stays what it is.
"""

CONFIRMED_DETAILS = frozenset(
    {
        "first_name",
        "last_name",
        "plain_first_name",
        "plain_last_name",
        "date_of_birth",
        "gender",
        "ucas_id",
        "papers",
    }
)
"""What an entry is confirmed for: where one of them changes, it has to be confirmed anew (decision 0011)."""
