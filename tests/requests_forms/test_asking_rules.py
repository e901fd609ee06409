"""Who may ask for what, and what is judged when."""

from dataclasses import replace

import pytest

from core.refusals import Refusal
from requests_forms.enums import ABOUT_AN_ENTRY, Kind
from requests_forms.rules import refusals_to_ask, refusals_to_send, request_is_as_checked
from requests_forms.rules.asking import entry_asked_for_is_live, person_may_ask
from tests.requests_forms.rule_facts import CONTACT, OPENS_AT, TICK, codes, to_ask


@pytest.mark.parametrize("kind", Kind)
def test_a_right_request_of_each_kind_can_be_sent(kind):
    assert refusals_to_send(to_ask(kind)) == []


def test_ask_06_a_live_entry_is_accepted():
    assert entry_asked_for_is_live(to_ask(Kind.WITHDRAWAL)) is None


@pytest.mark.parametrize("kind", ABOUT_AN_ENTRY)
def test_ask_06_of_a_withdrawn_entry_nothing_is_asked_whatever_its_window(kind):
    refusal = Refusal("ASK-06", f"This entry is withdrawn, so nothing can be asked for it. {CONTACT}")

    assert refusals_to_ask(to_ask(kind, is_entry_live=False)) == [refusal]
    assert refusals_to_ask(to_ask(kind, is_entry_live=False, at=OPENS_AT - TICK)) == [refusal]


@pytest.mark.parametrize("kind", Kind)
def test_ask_07_those_who_only_look_ask_for_nothing(kind):
    refusal = Refusal("ASK-07", "You can see requests and not make them. An exams officer of the centre can.")

    assert person_may_ask(to_ask(kind)) is None
    assert refusals_to_ask(to_ask(kind, may_ask=False)) == [refusal]


@pytest.mark.parametrize(("seen", "is_refused"), [(None, False), ("abc", False), ("abd", True), ("", True)])
def test_ask_08_what_is_sent_is_what_was_checked(seen, is_refused):
    refusal = Refusal("ASK-08", "This request was changed after you opened this page. Check it again.")

    assert request_is_as_checked(seen, "abc") == (refusal if is_refused else None)


@pytest.mark.parametrize("kind", Kind)
def test_what_is_typed_is_judged_only_where_it_can_be_sent_at_all(kind):
    nothing = replace(to_ask(kind), answers={})

    assert codes(refusals_to_send(replace(nothing, may_ask=False))) == ["ASK-07"]
    assert "ASK-07" not in codes(refusals_to_send(nothing))
    assert refusals_to_send(nothing) != []


def test_every_reason_against_asking_is_told_at_once():
    facts = to_ask(Kind.WITHDRAWAL, at=OPENS_AT, may_ask=False)

    assert codes(refusals_to_ask(facts)) == ["ASK-04", "ASK-07"]
    assert codes(refusals_to_ask(replace(facts, is_entry_live=False))) == ["ASK-06", "ASK-07"]
