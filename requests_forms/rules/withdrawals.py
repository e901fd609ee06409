"""Withdrawals after closing (guide 6.3, decision 0016)."""

from core.refusals import Refusal, all_refusals

from ..enums import WithdrawalReason
from .facts import RequestFacts
from .texts import refusals_of_note


def withdrawal_has_a_reason(facts: RequestFacts) -> Refusal | None:
    """LEAVE-01: A withdrawal after closing names one of three reasons (guide 6.3)."""
    if facts.text("reason") in WithdrawalReason.values:
        return None
    return Refusal("LEAVE-01", "Select the reason why the candidate withdraws.", "reason")


def medical_withdrawal_has_evidence(facts: RequestFacts) -> Refusal | None:
    """LEAVE-02: A withdrawal for medical reasons has a file of evidence, or the centre says that it will follow.

    Until it has come, the request waits for it as More information needed (guide 6.3).
    """
    needs = facts.text("reason") == WithdrawalReason.MEDICAL
    if not needs or facts.files or facts.is_ticked("will_follow"):
        return None
    return Refusal(
        "LEAVE-02", "Medical reasons need evidence. Add a file, or tick that the evidence will follow.", "files"
    )


def withdrawal_is_asked_for_once(facts: RequestFacts) -> Refusal | None:
    """LEAVE-03: An entry has one open request for withdrawal at a time."""
    if not facts.open_withdrawal:
        return None
    return Refusal(
        "LEAVE-03", f"The withdrawal of this entry was asked for already: {facts.open_withdrawal}. Open that request."
    )


def refusals_of_withdrawal(facts: RequestFacts) -> list[Refusal]:
    """Everything that is wrong with a request for withdrawal."""
    rules = (withdrawal_is_asked_for_once, withdrawal_has_a_reason, medical_withdrawal_has_evidence)
    return [*all_refusals(rules, facts), *refusals_of_note("detail", "Further detail", facts.text("detail"))]
