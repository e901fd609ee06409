"""Laws of taking back what was charged (decision 0019)."""

from collections.abc import Iterator
from typing import Any

from core.refusals import Refusal

from ..enums import EntryState, FeeReason, WithdrawalReason

LONGEST_NOTE = 300


def with_those_before(registration: Any) -> Iterator[Any]:
    """A registration, and those of other centres that it was transferred from, the last one first."""
    each = registration
    while each:
        yield each
        before = each.follows
        is_transferred = before and before.state == EntryState.TRANSFERRED and before.centre_id != each.centre_id
        each = before if is_transferred else None  # one of the same centre was renewed, topped up or moved down from


def charge_is_credited_once(is_credited: bool) -> Refusal | None:
    """CREDIT-01: A charge is credited once."""
    if not is_credited:
        return None
    return Refusal("CREDIT-01", "This charge is credited already. Nothing was changed.")


def charge_is_what_is_credited(reason: str) -> Refusal | None:
    """CREDIT-02: What is credited is a charge, not a credit."""
    if reason == FeeReason.CHARGED:
        return None
    return Refusal("CREDIT-02", "This line is a credit, and cannot be credited. Choose the line of the charge.")


def credit_says_why(note: str) -> Refusal | None:
    """CREDIT-03: Staff who credit a charge by decision say why, in at most 300 characters; the history keeps it."""
    if not note.strip():
        return Refusal("CREDIT-03", "Type why the charge is credited: the history keeps it.", "note")
    typed = len(note.strip())
    if typed <= LONGEST_NOTE:
        return None
    return Refusal("CREDIT-03", f"This has {typed} characters. Use at most {LONGEST_NOTE}.", "note")


def correction_is_of_a_mistake(withdrawal_reason: str, code: str, units: int) -> Refusal | None:
    """CREDIT-04: The fee of a registration is credited where it was made by mistake and nothing of it was used: no
    unit was ever entered under its code.

    code: that the registration leads to. units: how many unit entries were ever made under it.
    """
    if withdrawal_reason != WithdrawalReason.MISTAKE:
        return Refusal(
            "CREDIT-04",
            "The centre does not say that this registration was a mistake, so its fee is not credited. Process it "
            "without the credit, or credit a fee line by decision.",
            "is_credited",
        )
    if not units:
        return None
    entries = "1 unit entry was" if units == 1 else f"{units} unit entries were"
    return Refusal(
        "CREDIT-04",
        f"{entries} made under {code}, so the registration was used and its fee is not credited. Process it without "
        "the credit.",
        "is_credited",
    )
