"""Asking for something: who may, for what, and when (decision 0016)."""

from collections.abc import Callable

from core.refusals import Refusal, all_refusals

from ..enums import Kind
from .accounts import refusals_of_account_change
from .amendments import refusals_of_amendment
from .arrangements import refusals_of_arrangements
from .considerations import refusals_of_consideration
from .corrections import refusals_of_correction
from .facts import RequestFacts
from .invoices import refusals_of_invoice_query
from .variations import refusals_of_variation
from .windows import OPENING_RULES
from .withdrawals import refusals_of_withdrawal

OF_ANSWERS: dict[str, Callable[[RequestFacts], list[Refusal]]] = {
    Kind.ACCESS_ARRANGEMENT: refusals_of_arrangements,
    Kind.ENTRY_AMENDMENT: refusals_of_amendment,
    Kind.TIMETABLE_VARIATION: refusals_of_variation,
    Kind.WITHDRAWAL: refusals_of_withdrawal,
    Kind.SPECIAL_CONSIDERATION: refusals_of_consideration,
    Kind.ACCOUNT_CHANGE: refusals_of_account_change,
    Kind.INVOICE_QUERY: refusals_of_invoice_query,
    Kind.CANDIDATE_CORRECTION: refusals_of_correction,
}
"""What judges the answers of each kind."""


def entry_asked_for_is_live(facts: RequestFacts) -> Refusal | None:
    """ASK-06: Nothing is asked for an entry that is withdrawn."""
    if facts.is_entry_live:
        return None
    return Refusal("ASK-06", f"This entry is withdrawn, so nothing can be asked for it. {facts.team_contact}")


def person_may_ask(facts: RequestFacts) -> Refusal | None:
    """ASK-07: Requests are made by those who make entries for the centre: exams officers and administrators."""
    if facts.may_ask:
        return None
    return Refusal("ASK-07", "You can see requests and not make them. An exams officer of the centre can.")


def request_is_as_checked(seen: str | None, now: str) -> Refusal | None:
    """ASK-08: What is sent is what Check your answers showed, and nothing else.

    seen, now: the fingerprints of what was shown and of the draft; None where nothing was shown.
    """
    if seen is None or seen == now:
        return None
    return Refusal("ASK-08", "This request was changed after you opened this page. Check it again.")


def refusals_to_ask(facts: RequestFacts) -> list[Refusal]:
    """Every reason why this person cannot ask for this now, whatever they would type."""
    rules = [entry_asked_for_is_live, person_may_ask]
    if facts.is_entry_live and facts.kind in OPENING_RULES:
        rules.insert(0, OPENING_RULES[Kind(facts.kind)])
    return all_refusals(rules, facts)


def refusals_to_send(facts: RequestFacts) -> list[Refusal]:
    """Every reason against sending this request now. What is typed is judged only where it can be sent at all."""
    return refusals_to_ask(facts) or OF_ANSWERS[facts.kind](facts)
