"""Laws of undoing the withdrawal of a unit entry (decision 0019)."""

from dataclasses import dataclass
from datetime import date

from core.moments import date_in_words
from core.refusals import Refusal, all_refusals

from ..enums import EntryState


@dataclass(frozen=True)
class RestoreFacts:
    """A unit entry whose withdrawal is to be undone.

    is_entered_again: whether the candidate was entered for the unit since, in whichever series.
    is_registered: whether a registration stands under its code; in the 2012 suite none is needed.
    """

    state: str
    today: date
    code: str = ""
    refund_until: date | None = None
    is_entered_again: bool = False
    is_registered: bool = True


def withdrawal_can_be_undone(facts: RestoreFacts) -> Refusal | None:
    """BACK-01: The withdrawal of a unit entry is undone by its centre until the last day for a refund."""
    if facts.state == EntryState.WITHDRAWN and facts.refund_until and facts.today <= facts.refund_until:
        return None
    if facts.state != EntryState.WITHDRAWN:
        standing = EntryState(facts.state).label.lower()
        return Refusal("BACK-01", f"This unit entry is at “{standing}”, so nothing is undone.")
    until = f" was {date_in_words(facts.refund_until)}" if facts.refund_until else " is not set"
    return Refusal(
        "BACK-01",
        f"The last day on which a withdrawal can be undone here{until}. If it was a slip, ask OCR and quote the entry "
        "code, the unit and the series.",
    )


def unit_was_not_entered_since(facts: RestoreFacts) -> Refusal | None:
    """BACK-02: A withdrawal is not undone where the candidate was entered for the unit again since."""
    if not facts.is_entered_again:
        return None
    return Refusal("BACK-02", "The candidate was entered for this unit again since. Withdraw that entry first.")


def registration_stands(facts: RestoreFacts) -> Refusal | None:
    """BACK-03: In the 2016 suite a unit entry stands again only under a registration that stands."""
    if facts.is_registered:
        return None
    return Refusal(
        "BACK-03", f"The candidate is not registered for {facts.code} now. Register first, then undo the withdrawal."
    )


def refusals_to_restore(facts: RestoreFacts) -> list[Refusal]:
    """Every reason against undoing a withdrawal; where it cannot be undone at all, that alone."""
    rules = (unit_was_not_entered_since, registration_stands)
    return all_refusals((withdrawal_can_be_undone,), facts) or all_refusals(rules, facts)
