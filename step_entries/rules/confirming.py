"""Confirming an entry (guide 5)."""

from collections.abc import Iterable
from dataclasses import dataclass

from core.refusals import Refusal, all_refusals

from ..enums import PAPERS_OF, Combination, Paper
from .moves import MOVES


@dataclass(frozen=True)
class ConfirmationFacts:
    """What the rules need to know of an entry that is about to be confirmed."""

    status: str
    held_reason: str | None
    papers: str
    session_papers: Iterable[str]


def entry_awaits_confirmation(facts: ConfirmationFacts) -> Refusal | None:
    """CONFIRM-01: Only an entry that is NOT YET CONFIRMED becomes CONFIRMED (guide 5)."""
    sources, _ = MOVES["confirm"]
    return None if facts.status in sources else Refusal("CONFIRM-01", "The entry does not await confirmation.")


def entry_is_not_held(facts: ConfirmationFacts) -> Refusal | None:
    """CONFIRM-02: An entry that staff hold is not confirmed until they release it."""
    if facts.held_reason is None:
        return None
    return Refusal("CONFIRM-02", f"Staff hold this entry: {(facts.held_reason or 'no reason given').rstrip('.')}.")


def session_has_the_papers(facts: ConfirmationFacts) -> Refusal | None:
    """CONFIRM-03: An entry is confirmed only for papers that its session has."""
    missing = set(PAPERS_OF[Combination(facts.papers)]) - set(facts.session_papers)
    if not missing:
        return None
    return Refusal("CONFIRM-03", f"The session does not have {' and '.join(Paper(p).label for p in sorted(missing))}.")


def refusals_to_confirm(facts: ConfirmationFacts) -> list[Refusal]:
    """Every reason against confirming this entry."""
    return all_refusals((entry_awaits_confirmation, entry_is_not_held, session_has_the_papers), facts)
