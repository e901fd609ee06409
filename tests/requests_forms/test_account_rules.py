"""The laws of changes of accounts and of a centre's details."""

import pytest

from core.refusals import Refusal
from requests_forms.enums import AccountChange, Kind
from requests_forms.rules import refusals_to_send
from tests.requests_forms.rule_facts import to_ask, told

NEEDED = {
    "add-user": {"name": "Ayesha Khan", "email": "a.khan@school.example"},
    "amend-user": {"person": "7", "detail": "The name is Ayesha Khan now."},
    "remove-user": {"person": "7"},
    "exams-officer": {"detail": "Ayesha Khan, from 1 June."},
    "centre-name": {"detail": "Northgate Academy"},
    "centre-address": {"detail": "1 High Street"},
    "accounts-contact": {"detail": "The finance office, finance@school.example"},
}
"""What each change needs."""


def asked(change, **answers):
    given = {"change": change} | NEEDED.get(change, {}) | answers
    return refusals_to_send(to_ask(Kind.ACCOUNT_CHANGE, answers=given))


@pytest.mark.parametrize("change", [None, "", "close-centre"])
def test_details_01_what_is_to_change_is_chosen(change):
    assert told(asked(change, detail="Something.")) == [("DETAILS-01", "change")]


@pytest.mark.parametrize("change", AccountChange.values)
def test_details_01_each_change_is_accepted_with_what_it_needs(change):
    assert asked(change) == []


@pytest.mark.parametrize("change", ["amend-user", "remove-user"])
@pytest.mark.parametrize("person", [None, "", "9", "Ayesha", "7 8"])
def test_details_02_a_user_of_the_centre_is_chosen(change, person):
    assert asked(change, person=person) == [
        Refusal("DETAILS-02", "Select the user whom the change is about.", "person")
    ]


@pytest.mark.parametrize("change", ["add-user", "exams-officer", "centre-name", "centre-address", "accounts-contact"])
def test_details_02_other_changes_name_no_user(change):
    assert asked(change, person="") == []


@pytest.mark.parametrize("name", [None, "", "  "])
def test_details_03_a_new_user_has_a_name(name):
    assert told(asked("add-user", name=name)) == [("DETAILS-03", "name")]


@pytest.mark.parametrize("email", [None, "", "a.khan", "a.khan@school", "a khan@school.example", "a@b@c.example"])
def test_details_03_a_new_user_has_an_address(email):
    assert told(asked("add-user", email=email)) == [("DETAILS-03", "email")]


def test_details_03_both_are_told_at_once():
    assert told(asked("add-user", name="", email="")) == [("DETAILS-03", "name"), ("DETAILS-03", "email")]


@pytest.mark.parametrize("change", AccountChange.values)
@pytest.mark.parametrize("detail", [None, " \n"])
def test_details_04_what_its_choice_does_not_tell_is_told(change, detail):
    wanted = [] if change in ("add-user", "remove-user") else [("DETAILS-04", "detail")]

    assert told(asked(change, detail=detail)) == wanted


@pytest.mark.parametrize("detail", ["The finance office", "finance@school", "school.example"])
def test_details_05_a_new_accounts_contact_has_an_address(detail):
    assert told(asked("accounts-contact", detail=detail)) == [("DETAILS-05", "detail")]


@pytest.mark.parametrize("change", ["exams-officer", "centre-name"])
def test_details_05_other_changes_need_no_address(change):
    assert asked(change, detail="Ayesha Khan") == []


@pytest.mark.parametrize(("field", "text"), [("name", "x" * 2001), ("email", "x" * 2001 + "@school.example")])
def test_note_01_name_and_address_have_their_length_too(field, text):
    assert told(asked("add-user", **{field: text})) == [("NOTE-01", field)]


@pytest.mark.parametrize(("field", "text"), [("name", "A\u200bnn"), ("email", "a\u200b@school.example")])
def test_note_02_name_and_address_have_no_hidden_characters(field, text):
    assert told(asked("add-user", **{field: text})) == [("NOTE-02", field)]
