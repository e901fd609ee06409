"""Queries about an invoice (guide O 2.4, decision 0019)."""

from core.refusals import Refusal, all_refusals

from ..enums import Queried
from .facts import RequestFacts
from .texts import refusals_of_note


def matter_is_chosen(facts: RequestFacts) -> Refusal | None:
    """QUERY-01: A query says what about the invoice is queried."""
    if facts.text("matter") in Queried.values:
        return None
    return Refusal("QUERY-01", "Select what you query about the invoice.", "matter")


def details_of_query_are_given(facts: RequestFacts) -> Refusal | None:
    """QUERY-02: A query says in words what is wrong."""
    if facts.text("detail"):
        return None
    return Refusal("QUERY-02", "Type what is wrong: the lines that you mean, and what you expected.", "detail")


def details_name_no_candidate(facts: RequestFacts) -> Refusal | None:
    """QUERY-03: The words of a query name no candidate of the invoice, because they go on by mail."""
    if not facts.named:
        return None
    return Refusal(
        "QUERY-03",
        f"Details are sent by mail, and name {facts.named}. Take the name out: give the submission number with the "
        "entry code or unit instead, or name the candidate in a file.",
        "detail",
    )


def refusals_of_invoice_query(facts: RequestFacts) -> list[Refusal]:
    """Everything that is wrong with a query about an invoice."""
    rules = (matter_is_chosen, details_of_query_are_given, details_name_no_candidate)
    return [*all_refusals(rules, facts), *refusals_of_note("detail", "Details", facts.text("detail"))]
