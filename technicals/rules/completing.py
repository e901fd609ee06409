"""Laws of the estimated completion of a registration (decision 0019)."""

from datetime import date

from candidates.rules.reading import read_date_of_birth
from core.moments import date_in_words
from core.refusals import Refusal, Refused

from ..enums import EntryState
from .calendar import september_of

MOST_YEARS = 8


def read_completion(typed: str) -> date:
    """COMPLETION-01: An estimated completion is a real date, day before month, its year in full; month names are
    understood.

    Raises Refused.
    """
    try:
        return read_date_of_birth(typed)
    except Refused:
        raise Refused(
            [
                Refusal(
                    "COMPLETION-01",
                    "Enter the estimated completion as DD/MM/YYYY, for example 31/08/2028 or 31 August 2028.",
                    "completion_date",
                )
            ]
        ) from None


def completion_is_within_reach(day: date, today: date) -> Refusal | None:
    """COMPLETION-02: An estimated completion lies between the beginning of this academic year and eight years later."""
    september = september_of(today)
    first, last = date(september, 9, 1), date(september + MOST_YEARS, 8, 31)
    if first <= day <= last:
        return None
    return Refusal(
        "COMPLETION-02",
        f"{date_in_words(day)} is not between {date_in_words(first)} and {date_in_words(last)}. Check the day and the "
        "year.",
        "completion_date",
    )


def completion_is_of_a_live_registration(state: str) -> Refusal | None:
    """COMPLETION-03: The estimated completion of a registration is changed while it stands and no withdrawal is
    pending."""
    if state == EntryState.LIVE:
        return None
    standing = EntryState(state).label.lower()
    return Refusal("COMPLETION-03", f"This registration is at “{standing}”. Its completion date was not changed.")
