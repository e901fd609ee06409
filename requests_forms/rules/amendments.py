"""Entry amendments after closing (guide 6.1, decision 0016)."""

from core.refusals import Refusal, all_refusals

from .facts import RequestFacts
from .texts import refusals_of_note


def amendment_differs(facts: RequestFacts) -> Refusal | None:
    """CHANGE-01: A request for an amendment changes something."""
    if facts.differs:
        return None
    return Refusal("CHANGE-01", "Nothing differs from the entry. Type the new values in the fields that are to change.")


def amendment_adds_no_paper(facts: RequestFacts) -> Refusal | None:
    """CHANGE-02: After closing a paper can be dropped and none added: there are no late entries."""
    if not facts.adds_a_paper:
        return None
    return Refusal(
        "CHANGE-02", "A paper cannot be added after registration has closed. Select papers already entered.", "papers"
    )


def amendment_has_a_reason(facts: RequestFacts) -> Refusal | None:
    """CHANGE-03: A request for an amendment says why the entry has to change."""
    if facts.text("reason"):
        return None
    return Refusal("CHANGE-03", "Type the reason for the amendment.", "reason")


def refusals_of_amendment(facts: RequestFacts) -> list[Refusal]:
    """Everything that is wrong with an amendment; what the entry would be is judged by the rules of entries."""
    return [
        *all_refusals((amendment_differs, amendment_adds_no_paper), facts),
        *facts.of_entry,
        *all_refusals((amendment_has_a_reason,), facts),
        *refusals_of_note("reason", "Reason", facts.text("reason")),
    ]
