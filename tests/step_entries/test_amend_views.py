"""Editing an entry."""

import pytest
import time_machine
from django.test import Client

from accounts.services.sessions import keep_post
from step_entries.models import StepEntry
from step_entries.services import confirm_entries, withdraw_entry
from tests.reports.test_pages_in_words import words_of
from tests.step_entries.entry_pages import amend_url, changed, entry_url, restore_url, version_on, withdraw_url
from tests.step_entries.wizard_pages import asked_value, is_ticked

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(signed_in, officer):
    return signed_in(officer)


# --- editing ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("step", "title"),
    [
        ("candidate", "Edit candidate details"),
        ("papers", "Edit paper combination"),
        ("courses", "Edit courses &amp; institutions"),
    ],
)
def test_an_edit_page_shows_the_answers_as_they_stand(client, entry, step, title):
    page = client.get(amend_url(entry, step))

    assert f"<h1>{title}</h1>" in page.text
    shown = {"candidate": 'value="123 456 7890"', "papers": 'value="step-2-and-3"', "courses": "checked"}
    assert shown[step] in page.text
    assert "is_different_person" not in page.text
    assert "age_is_right" not in page.text
    assert version_on(page) == 1


def test_an_edit_page_that_there_is_not_is_not_found(client, entry):
    assert client.get(amend_url(entry, "check")).status_code == client.get(amend_url(entry, "x")).status_code == 404


def test_saving_changes_leads_to_the_changed_entry(client, entry):
    response = client.post(amend_url(entry), changed(last_name="Smyth"), follow=True)

    assert response.redirect_chain == [(entry_url(entry), 302)]
    assert f"The entry {entry.number} is changed." in words_of(response)
    assert "<h1>Ann Smyth" in response.text


def test_saving_without_a_change_says_so(client, entry):
    response = client.post(amend_url(entry), changed(), follow=True)

    assert f"Nothing differs from the entry {entry.number}, so nothing was changed." in words_of(response)


def test_a_confirmed_entry_says_beforehand_and_afterwards_that_it_is_to_be_confirmed_anew(client, entry, now):
    confirm_entries(entries=StepEntry.objects.all(), by=None, at=now)

    before = client.get(amend_url(entry))
    after = client.post(amend_url(entry), changed(version=2, last_name="Smyth"), follow=True)
    courses = client.get(amend_url(entry, "courses"))

    assert "it shows as NOT YET CONFIRMED again until it has been processed" in words_of(before)
    assert "It shows as NOT YET CONFIRMED again until it has been processed." in words_of(after)
    assert "This entry is CONFIRMED" not in words_of(courses)


def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_is_kept(client, entry):
    response = client.post(amend_url(entry), changed(last_name="Sm1th", date_of_birth="31/02/2009"))

    assert response.text.count("February 2009 has no day 31.") == 2
    assert 'value="Sm1th"' in response.text
    assert "<title>Error: Edit candidate details" in response.text
    assert StepEntry.objects.get().version == version_on(response) == 1


def test_an_unusual_age_is_asked_about_and_can_be_confirmed(client, entry):
    asked = client.post(amend_url(entry), changed(date_of_birth="01/01/1990"))
    answer = {"age_is_right": asked_value(asked, "age_is_right")}
    client.post(amend_url(entry), changed(date_of_birth="01/01/1990", **answer))

    assert not is_ticked(asked, "age_is_right")
    assert StepEntry.objects.get().date_of_birth.year == 1990
    assert "age_is_right" not in client.get(amend_url(entry)).text


def test_no_course_ticked_is_refused(client, entry):
    response = client.post(amend_url(entry, "courses"), {"go": "save", "version": 1})

    assert response.text.count("Select at least one course or institution, or select Other.") == 2


def test_two_people_at_once_see_both_versions_and_nothing_typed_is_lost(client, signed_in, priya, entry):
    mine = client.get(amend_url(entry))
    signed_in(priya).post(amend_url(entry), changed(last_name="Smyth"))

    stale = client.post(amend_url(entry), changed(version=version_on(mine), last_name="Smithe", first_name="Anna"))

    words = words_of(stale)
    assert "Priya Shah changed this entry at " in words
    assert "First Name differs Ann Anna Last Name differs Smyth Smithe" in words
    assert 'value="Smithe"' in stale.text
    assert StepEntry.objects.get().last_name == "Smyth"
    assert version_on(stale) == 2


def test_keep_mine_saves_what_was_typed(client, signed_in, priya, entry):
    signed_in(priya).post(amend_url(entry), changed(last_name="Smyth"))
    stale = client.post(amend_url(entry), changed(last_name="Smithe"))

    client.post(amend_url(entry), changed(version=version_on(stale), last_name="Smithe"))

    assert StepEntry.objects.get().last_name == "Smithe"


def test_keep_theirs_leaves_the_entry_as_it_is(client, signed_in, priya, entry):
    signed_in(priya).post(amend_url(entry), changed(last_name="Smyth"))
    stale = client.post(amend_url(entry), changed(last_name="Smithe"))
    theirs = changed(version=version_on(stale), last_name="Smithe") | {"go": "theirs"}

    response = client.post(amend_url(entry), theirs, follow=True)

    assert StepEntry.objects.get().last_name == "Smyth"
    assert "What you typed was not used." in words_of(response)


def test_a_third_change_while_the_versions_are_compared_is_not_written_over_either(client, signed_in, priya, entry):
    signed_in(priya).post(amend_url(entry), changed(last_name="Smyth"))
    stale = client.post(amend_url(entry), changed(last_name="Smithe"))
    signed_in(priya).post(amend_url(entry), changed(version=2, last_name="Smithson"))

    again = client.post(amend_url(entry), changed(version=version_on(stale), last_name="Smithe"))

    assert "Last Name differs Smithson Smithe" in words_of(again)
    assert StepEntry.objects.get().last_name == "Smithson"


@pytest.mark.parametrize("version", ["", "x", "-1", "١", "1" * 20])
def test_a_form_that_names_no_version_writes_over_nothing(client, entry, version):
    response = client.post(amend_url(entry), changed(version=version, last_name="Smyth"))

    assert "Compare the two versions and choose which to keep." in response.text
    assert StepEntry.objects.get().last_name == "Smith"


def test_changes_that_come_after_closing_are_kept_on_the_page_and_not_written(signed_in, officer, entry, session):
    with time_machine.travel(session.window.ends_at):
        client = signed_in(officer)
        opened = client.get(amend_url(entry))
        late = client.post(amend_url(entry), changed(last_name="Smyth"))

    assert opened.url == entry_url(entry)
    assert "Registration closed on" in late.text
    assert "the entry is unchanged" in late.text
    assert 'value="Smyth"' in late.text
    assert "Save changes" not in late.text
    assert StepEntry.objects.get().last_name == "Smith"


def test_changes_to_an_entry_that_was_withdrawn_meanwhile_are_kept_on_the_page(client, entry, officer, now):
    withdraw_entry(entry=entry, version=1, by=officer, at=now)

    response = client.post(amend_url(entry), changed(last_name="Smyth"))

    assert "To change it, undo the withdrawal first." in response.text
    assert "What you typed stands below and is not saved." in response.text
    assert "choose which to keep" not in response.text
    assert "Keep mine" not in response.text
    assert 'value="Smyth"' in response.text
    assert client.get(amend_url(entry)).url == entry_url(entry)


def test_changes_sent_after_the_session_ended_are_offered_again(client, entry, officer, now):
    fields = {name: [str(value)] for name, value in changed(last_name="Smyth").items()}
    keep_post(user=officer, path=amend_url(entry), fields=fields, at=now)

    page = client.get(amend_url(entry))
    client.post(amend_url(entry), changed(version=version_on(page), last_name="Smyth"))

    assert "What you typed is below and not saved yet" in page.text
    assert 'value="Smyth"' in page.text
    assert StepEntry.objects.get().last_name == "Smyth"
    assert "not saved yet" not in client.get(amend_url(entry)).text


@pytest.mark.parametrize(
    ("url", "posted", "sentence"),
    [
        (amend_url, changed(last_name="Smyth"), "Check your answers below and press Save changes again."),
        (withdraw_url, {"version": 1}, "Press Confirm Withdraw again."),
    ],
)
def test_a_page_that_was_open_too_long_comes_again_with_what_was_typed(entry, officer, url, posted, sentence):
    client = Client(enforce_csrf_checks=True)
    client.force_login(officer)

    response = client.post(url(entry), posted, headers={"origin": "http://testserver"})

    assert sentence in response.text
    assert ('value="Smyth"' in response.text) == (url is amend_url)
    assert StepEntry.objects.get().version == 1


def test_a_reader_and_another_centre_change_nothing(signed_in, colleague, officer_elsewhere, entry):
    for person, status in ((colleague, 403), (officer_elsewhere, 404)):
        client = signed_in(person)
        for url in (amend_url(entry), withdraw_url(entry), restore_url(entry)):
            assert client.post(url, changed(last_name="Smyth")).status_code == status

    assert StepEntry.objects.get().version == 1
