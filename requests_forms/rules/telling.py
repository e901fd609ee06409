"""What a request says, in words, in the order of its form."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from core.moments import UK

from ..enums import (
    AccountChange,
    ConsiderationReason,
    CorrectionReason,
    EvidenceHeld,
    Kind,
    Queried,
    VariationReason,
    WithdrawalReason,
)
from .arrangements import ALL_PAPERS, PERCENT, ticked
from .facts import RequestFacts
from .variations import city, read_start

ACCOUNTS_NOW = "accounts-contact-now"
"""The name under which `told_answers` is given the accounts contact that a centre has now."""


@dataclass(frozen=True)
class Told:
    """One line of a request: what was asked, what was answered, and of an amendment what it was before."""

    label: str
    value: str
    was: str = ""


def told_answers(facts: RequestFacts, *, names: Mapping[str, str]) -> list[Told]:
    """The answers of a request in words; lines that say nothing are left out.

    names: of the papers by their values, and of the users of the centre by their ids; of a change of accounts also
    ACCOUNTS_NOW.
    """
    return [line for line in TELLERS[facts.kind](facts, names) if line.value]


def _of_arrangements(facts: RequestFacts, names: Mapping[str, str]) -> Iterator[Told]:
    for each in ticked(facts):
        detail = facts.text(f"d_{each.slug}") if each.detail else ""
        if each.slug == PERCENT:
            detail = f"{detail.removesuffix('%').strip()} per cent"
        yield Told(each.label, "; ".join(filter(None, [detail, _papers_in_words(facts.text(f"p_{each.slug}"), names)])))
    yield Told("Evidence held by the centre", _label(EvidenceHeld, facts.text("evidence_type")))
    yield Told("Further details", facts.text("note"))
    yield Told("Declared", "The candidate was told" if facts.is_ticked("is_told") else "")


def _papers_in_words(value: str, names: Mapping[str, str]) -> str:
    return "for all papers" if value in ("", ALL_PAPERS) else f"for {names.get(value, value)}"


def _of_amendment(facts: RequestFacts, names: Mapping[str, str]) -> Iterator[Told]:
    for label, old, new in facts.answers.get("differences", []):
        yield Told(label, new, old)
    yield Told("Reason", facts.text("reason"))


def _of_variation(facts: RequestFacts, names: Mapping[str, str]) -> Iterator[Told]:
    yield _paper(facts, names)
    yield Told("Reason", _label(VariationReason, facts.text("reason")))
    yield Told("Explanation", facts.text("explanation"))
    start, _ = read_start(facts)
    if start:
        if start.zone != UK.key:
            yield Told(f"Wanted start in local time ({city(start.zone)})", start.in_local_words)
        yield Told("Wanted start in UK time", start.in_uk_words)
    yield Told("Supervision plan", facts.text("supervision"))


def _of_withdrawal(facts: RequestFacts, names: Mapping[str, str]) -> Iterator[Told]:
    yield Told("Reason", _label(WithdrawalReason, facts.text("reason")))
    yield Told("Further detail", facts.text("detail"))
    yield Told("Evidence", "Will follow" if facts.is_ticked("will_follow") else "")


def _of_consideration(facts: RequestFacts, names: Mapping[str, str]) -> Iterator[Told]:
    yield _paper(facts, names)
    yield Told("Reason", _label(ConsiderationReason, facts.text("reason")))
    yield Told("Further detail", facts.text("detail"))


def _of_account_change(facts: RequestFacts, names: Mapping[str, str]) -> Iterator[Told]:
    change = facts.text("change")
    yield Told("Change", _label(AccountChange, change))
    if change in (AccountChange.AMEND_USER, AccountChange.REMOVE_USER):
        yield Told("User", names.get(facts.text("person"), ""))
    if change == AccountChange.ADD_USER:
        yield Told("Name", facts.text("name"))
        yield Told("E-mail address", facts.text("email"))
    if change == AccountChange.ACCOUNTS_CONTACT:
        yield Told("Accounts contact now", names.get(ACCOUNTS_NOW, ""))
    yield Told("Details of the change", facts.text("detail"))


def _of_invoice_query(facts: RequestFacts, names: Mapping[str, str]) -> Iterator[Told]:
    yield Told("What is queried", _label(Queried, facts.text("matter")))
    yield Told("Details", facts.text("detail"))


def _of_correction(facts: RequestFacts, names: Mapping[str, str]) -> Iterator[Told]:
    for label, old, new in facts.answers.get("differences", []):
        yield Told(label, new, old)
    yield Told("Reason", _label(CorrectionReason, facts.text("reason")))
    yield Told("Note", facts.text("note"))
    yield Told("Proof", "Will follow" if facts.is_ticked("will_follow") else "")


def _paper(facts: RequestFacts, names: Mapping[str, str]) -> Told:
    return Told("Paper", names.get(facts.text("paper"), ""))


def _label(words: Any, value: str) -> str:
    return words(value).label if value in words.values else ""


TELLERS: dict[str, Callable[[RequestFacts, Mapping[str, str]], Iterator[Told]]] = {
    Kind.ACCESS_ARRANGEMENT: _of_arrangements,
    Kind.ENTRY_AMENDMENT: _of_amendment,
    Kind.TIMETABLE_VARIATION: _of_variation,
    Kind.WITHDRAWAL: _of_withdrawal,
    Kind.SPECIAL_CONSIDERATION: _of_consideration,
    Kind.ACCOUNT_CHANGE: _of_account_change,
    Kind.INVOICE_QUERY: _of_invoice_query,
    Kind.CANDIDATE_CORRECTION: _of_correction,
}
"""What tells the answers of each kind."""
