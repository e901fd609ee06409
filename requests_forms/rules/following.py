"""Requests that are sent before their evidence, and wait for it as More information needed."""

from ..enums import Kind, WithdrawalReason
from .facts import RequestFacts


def evidence_will_follow(facts: RequestFacts) -> bool:
    """Whether the request is sent before its evidence, and waits for it."""
    return needs_evidence(facts) and not facts.files and facts.is_ticked("will_follow")


def needs_evidence(facts: RequestFacts) -> bool:
    """Whether the request is nothing without evidence: a medical withdrawal, and every correction of a candidate."""
    if facts.kind == Kind.CANDIDATE_CORRECTION:
        return True
    return facts.kind == Kind.WITHDRAWAL and facts.text("reason") == WithdrawalReason.MEDICAL
