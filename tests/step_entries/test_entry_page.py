"""An entry's own page."""

import re

import pytest
import time_machine
from django.urls import reverse

from core.models import HistoryEntry
from step_entries.services import hold_entries, withdraw_entry
from tests.reports.test_pages_in_words import words_of
from tests.step_entries.entry_pages import amend_url, changed, entry_url, withdraw_url

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(signed_in, officer):
    return signed_in(officer)


# --- the entry's page -------------------------------------------------------------------------------------------------


ACTS = ["Edit candidate details", "Edit courses &amp; institutions", "Edit paper combination", "Withdraw entry"]


def test_the_page_of_an_entry_offers_its_acts_in_the_words_of_the_guide(client, entry):
    words = words_of(client.get(entry_url(entry)))

    assert [act for act in ACTS if act in words] == ACTS
    assert "Undo withdrawal" not in words


def test_a_reader_sees_why_not(signed_in, colleague, entry):
    words = words_of(signed_in(colleague).get(entry_url(entry)))

    assert [act for act in ACTS if act in words] == []
    assert "Your role at this centre is read-only" in words


def test_after_closing_the_page_says_why_not_and_whom_to_ask(signed_in, officer, entry, session):
    with time_machine.travel(session.window.ends_at):
        words = words_of(signed_in(officer).get(entry_url(entry)))

    assert [act for act in ACTS if act in words] == []
    assert "This entry cannot be changed now Registration closed on" in words
    assert "STEPMaths@ocr.org.uk" in words


def test_a_withdrawn_entry_says_so_and_offers_the_way_back_alone(client, entry, officer, now):
    withdraw_entry(entry=entry, version=1, by=officer, at=now)

    words = words_of(client.get(entry_url(entry)))

    assert "This entry is withdrawn: the candidate is not entered." in words
    assert [act for act in [*ACTS, "Undo withdrawal", "Show the confirmation page"] if act in words] == [
        "Undo withdrawal"
    ]
    assert "withdrawn by Olivia Marsh" in words


def test_a_withdrawn_entry_after_closing_says_that_nobody_enters_again(signed_in, officer, entry, now, session):
    withdraw_entry(entry=entry, version=1, by=officer, at=now)
    with time_machine.travel(session.window.ends_at):
        words = words_of(signed_in(officer).get(entry_url(entry)))

    assert "Undo withdrawal" not in words
    assert "A withdrawn candidate cannot be entered again now." in words


def test_the_history_tells_the_centre_what_was_changed_from_what_to_what(client, entry, priya, signed_in):
    signed_in(priya).post(amend_url(entry), changed(last_name="Smyth", date_of_birth="05/03/2009", ucas_id=""))

    page = client.get(entry_url(entry))

    assert "changed by Priya Shah" in page.text
    assert re.findall(r"<li>(.* became .*)</li>", page.text.replace("</li><li>", "</li>\n<li>")) == [
        "Last Name: Smith became Smyth",
        "Date of birth: 4 March 2009 became 5 March 2009",
        "UCAS ID: 123 456 7890 became none",
    ]


def test_the_history_never_says_why_an_entry_was_held(client, entry, now):
    hold_entries(entries=[entry], reason="Under suspicion", by=None, at=now)
    client.post(withdraw_url(entry), {"version": 1})

    assert "Under suspicion" not in client.get(entry_url(entry)).text


def test_the_page_asks_the_same_number_of_queries_for_a_short_and_a_long_history(
    client, entry, django_assert_num_queries
):
    client.get(entry_url(entry))
    for number in range(6):
        client.post(amend_url(entry), changed(version=number + 1, last_name=("Smyth", "Smith")[number % 2]))

    assert HistoryEntry.objects.filter(action="step-entry.amended").count() == 6
    with django_assert_num_queries(20):
        client.get(entry_url(entry))


def test_the_confirmation_of_a_withdrawn_entry_proves_nothing_any_more(client, entry, officer, now):
    withdraw_entry(entry=entry, version=1, by=officer, at=now)

    response = client.get(reverse("step_entries:entry-confirmation", args=[entry.number]))

    assert response.url == entry_url(entry)
