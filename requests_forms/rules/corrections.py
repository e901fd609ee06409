"""Corrections of a candidate that need proof (decision 0019)."""

from core.refusals import Refusal, all_refusals

from ..enums import CorrectionReason
from .facts import RequestFacts
from .texts import refusals_of_note


def correction_is_asked_for_once(facts: RequestFacts) -> Refusal | None:
    """CORRECT-01: A candidate has one open request for a correction at a time."""
    if not facts.open_correction:
        return None
    return Refusal(
        "CORRECT-01",
        f"A correction of this candidate was asked for already: {facts.open_correction}. Open that request.",
    )


def correction_differs(facts: RequestFacts) -> Refusal | None:
    """CORRECT-02: A correction changes something."""
    if facts.differs:
        return None
    return Refusal(
        "CORRECT-02",
        "Nothing differs from the record. Type the new values in the fields that are to change.",
    )


def correction_needs_proof(facts: RequestFacts) -> Refusal | None:
    """CORRECT-03: What needs no proof is not asked for: the centre corrects it itself."""
    if facts.needs_proof or not facts.differs:
        return None
    return Refusal(
        "CORRECT-03",
        "This change needs no proof: make it yourself with Edit candidate, on the candidate's page. It then counts at "
        "once.",
    )


def correction_has_a_reason(facts: RequestFacts) -> Refusal | None:
    """CORRECT-04: A correction says why the record is wrong."""
    if facts.text("reason") in CorrectionReason.values:
        return None
    return Refusal("CORRECT-04", "Select the reason for the correction.", "reason")


def correction_has_proof(facts: RequestFacts) -> Refusal | None:
    """CORRECT-05: A correction comes with proof, or the centre says that it will follow.

    Until it has come, the request waits for it as More information needed.
    """
    if facts.files or facts.is_ticked("will_follow"):
        return None
    return Refusal(
        "CORRECT-05",
        "A correction needs proof, for example the birth certificate or deed poll. Add a file, or tick that the proof "
        "will follow.",
        "files",
    )


def refusals_of_correction(facts: RequestFacts) -> list[Refusal]:
    """Everything that is wrong with a correction; what the record would be is judged by the rules of candidates."""
    of_change = () if facts.of_candidate else (correction_differs, correction_needs_proof)
    return [
        *all_refusals((correction_is_asked_for_once, *of_change), facts),
        *facts.of_candidate,
        *all_refusals((correction_has_a_reason, correction_has_proof), facts),
        *refusals_of_note("note", "Note", facts.text("note")),
    ]
