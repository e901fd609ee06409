"""Laws about which centre may enter for what (decision 0018). Plain Python."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from core.moments import date_in_words
from core.refusals import Refusal

from .catalogue import Family, family_in_words


def approval_is_for_what_there_is(family: Family, families: Collection[Family]) -> Refusal | None:
    """APPROVAL-01: A centre is approved for a subject, level and suite that the catalogue has an entry code of."""
    if family in families:
        return None
    sentence = f"The catalogue has no entry code of {family_in_words(family)}. Choose another subject, level or suite."
    return Refusal("APPROVAL-01", sentence, field="subject")


def approval_ends_after_it_begins(since: date, until: date | None) -> Refusal | None:
    """APPROVAL-02: The last day of an approval is not before its first."""
    if until is None or until >= since:
        return None
    sentence = "The last day of an approval must not be before its first. Check both dates."
    return Refusal("APPROVAL-02", sentence, field="until")


def centre_is_approved_once_at_a_time(
    family: Family, since: date, until: date | None, others: Iterable[Any]
) -> Refusal | None:
    """APPROVAL-03: A centre has one approval for a subject, level and suite at a time."""
    for other in others:
        is_apart = (until and until < other.since) or (other.until and other.until < since)
        if other.family == family and not is_apart:
            days = f"from {date_in_words(other.since)} {_until(other.until)}"
            sentence = f"The centre is approved for {family_in_words(family)} {days}. Change that approval instead."
            return Refusal("APPROVAL-03", sentence, field="since")
    return None


def something_is_chosen(families: Collection[Family]) -> Refusal | None:
    """APPROVAL-04: To approve a centre, at least one subject, level and suite is chosen."""
    if families:
        return None
    return Refusal("APPROVAL-04", "Tick at least one subject, level and suite.", field="families")


def _until(day: date | None) -> str:
    return f"until {date_in_words(day)}" if day else "without an end"
