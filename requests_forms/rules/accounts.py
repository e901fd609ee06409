"""Changes of accounts and of a centre's details (guide 2.3, decision 0016)."""

import re

from core.refusals import Refusal, all_refusals

from ..enums import ABOUT_A_USER, AccountChange
from .facts import RequestFacts
from .texts import refusals_of_note

LOOKS_LIKE_AN_ADDRESS = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")


def change_is_chosen(facts: RequestFacts) -> Refusal | None:
    """DETAILS-01: A request says what is to change."""
    if facts.text("change") in AccountChange.values:
        return None
    return Refusal("DETAILS-01", "Select what is to change.", "change")


def user_is_chosen(facts: RequestFacts) -> Refusal | None:
    """DETAILS-02: A change to a user names one of the users of the centre (guide 2.3)."""
    if facts.text("change") not in ABOUT_A_USER or facts.text("person") in facts.users:
        return None
    return Refusal("DETAILS-02", "Select the user whom the change is about.", "person")


def new_user_is_named(facts: RequestFacts) -> list[Refusal]:
    """DETAILS-03: A new user has a name and an e-mail address, which becomes the user name (guide 2.2)."""
    if facts.text("change") != AccountChange.ADD_USER:
        return []
    refusals = []
    if not facts.text("name"):
        refusals.append(Refusal("DETAILS-03", "Type the name of the new user.", "name"))
    if not LOOKS_LIKE_AN_ADDRESS.fullmatch(facts.text("email")):
        refusals.append(
            Refusal(
                "DETAILS-03", "Type the e-mail address of the new user, for example a.khan@school.example.", "email"
            )
        )
    return refusals


def details_of_change_are_given(facts: RequestFacts) -> Refusal | None:
    """DETAILS-04: A change that its choice alone does not tell says what is to be different."""
    if facts.text("change") in (AccountChange.ADD_USER, AccountChange.REMOVE_USER, "") or facts.text("detail"):
        return None
    return Refusal("DETAILS-04", "Type what is to be different: the new name, address or details.", "detail")


def accounts_contact_has_an_address(facts: RequestFacts) -> Refusal | None:
    """DETAILS-05: A new accounts contact has an e-mail address, because invoices are mailed."""
    detail = facts.text("detail")
    if facts.text("change") != AccountChange.ACCOUNTS_CONTACT or not detail or LOOKS_LIKE_AN_ADDRESS.search(detail):
        return None
    return Refusal(
        "DETAILS-05",
        "Type the e-mail address to which invoices are to go as well, for example finance@school.example.",
        "detail",
    )


def refusals_of_account_change(facts: RequestFacts) -> list[Refusal]:
    """Everything that is wrong with a request for a change of accounts or of the centre's details."""
    notes = [("detail", "Details of the change"), ("name", "Name"), ("email", "E-mail address")]
    return [
        *all_refusals((change_is_chosen, user_is_chosen), facts),
        *new_user_is_named(facts),
        *all_refusals((details_of_change_are_given, accounts_contact_has_an_address), facts),
        *[each for field, label in notes for each in refusals_of_note(field, label, facts.text(field))],
    ]


def accounts_contact_in_words(contact: str, email: str) -> str:
    """To whom a centre's invoices go."""
    return ", ".join(filter(None, [contact, email])) or "nobody: invoices go to the exams officer"
