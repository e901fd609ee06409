"""The pages that amend an entry, withdraw it and bring it back, and what the entry's own page offers."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from accounts.services.sessions import keep_post
from centres.enums import Role
from core.models import HistoryEntry
from step_entries.enums import EntryStatus
from step_entries.models import StepEntry
from step_entries.services import confirm_entries, hold_entries, submit_entry, withdraw_entry
from tests.factories.accounts import UserFactory
from tests.factories.centres import MembershipFactory
from tests.factories.step_entries import DraftFactory
from tests.reports.test_pages_in_words import words_of
from tests.step_entries.test_views import asked_value, is_ticked, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(signed_in, officer):
    return signed_in(officer)


@pytest.fixture
def entry(session, centre, officer, now):
    return submit_entry(draft=DraftFactory(session=session, centre=centre), by=officer, at=now)


@pytest.fixture
def priya(centre):
    """A colleague who makes entries too."""
    user = UserFactory(email="priya@northgate.example", name="Priya Shah")
    MembershipFactory(user=user, centre=centre)
    return user


def entry_url(entry):
    return reverse("step_entries:entry-detail", args=[entry.number])


def amend_url(entry, step="candidate"):
    return reverse("step_entries:entry-amend", args=[entry.number, step])


def withdraw_url(entry):
    return reverse("step_entries:entry-withdraw", args=[entry.number])


def restore_url(entry):
    return reverse("step_entries:entry-restore", args=[entry.number])


def changed(version=1, **changes):
    """What the form of Edit candidate details posts."""
    return typed(**changes) | {"go": "save", "version": version}


def version_on(page):
    return int(re.search(r'name="version" value="(\d+)"', page.text)[1])


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
    with django_assert_num_queries(16):
        client.get(entry_url(entry))


def test_the_confirmation_of_a_withdrawn_entry_proves_nothing_any_more(client, entry, officer, now):
    withdraw_entry(entry=entry, version=1, by=officer, at=now)

    response = client.get(reverse("step_entries:entry-confirmation", args=[entry.number]))

    assert response.url == entry_url(entry)


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


# --- withdrawing and undoing ------------------------------------------------------------------------------------------


def test_the_withdraw_page_says_what_withdrawing_means(client, entry):
    words = words_of(client.get(withdraw_url(entry)))

    assert "Withdraw the entry of Ann Smith?" in words
    assert "If the candidate moves to another centre, withdraw the entry here" in words
    assert "After that nobody can be entered again." in words
    assert "Confirm Withdraw Cancel" in words


def test_confirm_withdraw_takes_the_row_away_and_offers_the_way_back(client, entry):
    page = client.get(withdraw_url(entry))

    overview = client.post(withdraw_url(entry), {"version": version_on(page)}, follow=True)

    assert overview.redirect_chain == [(reverse("reports:overview"), 302)]
    assert f"The entry {entry.number}, Ann Smith, is withdrawn. If that was a slip: Undo withdrawal" in words_of(
        overview
    )
    assert f'href="{restore_url(entry)}"' in overview.text
    assert f'href="{entry_url(entry)}"' not in overview.text


def test_a_name_in_a_message_is_no_markup(client, entry):
    StepEntry.objects.update(first_name="<b>Ann")

    overview = client.post(withdraw_url(entry), {"version": 1}, follow=True)

    assert "&lt;b&gt;Ann" in overview.text
    assert "<b>Ann" not in overview.text


def test_a_withdrawal_of_what_a_colleague_changed_is_asked_again(client, signed_in, priya, entry):
    page = client.get(withdraw_url(entry))
    signed_in(priya).post(amend_url(entry), changed(last_name="Smyth"))

    again = client.post(withdraw_url(entry), {"version": version_on(page)})
    client.post(withdraw_url(entry), {"version": version_on(again)})

    assert "Look at it again before you withdraw it." in again.text
    assert "Withdraw the entry of Ann Smyth?" in words_of(again)
    assert StepEntry.objects.get().is_withdrawn


def test_a_second_click_on_confirm_withdraw_leads_to_the_withdrawn_entry(client, entry):
    client.post(withdraw_url(entry), {"version": 1})

    second = client.post(withdraw_url(entry), {"version": 1})

    assert second.url == entry_url(entry)
    assert client.get(withdraw_url(entry)).url == entry_url(entry)
    assert StepEntry.objects.get().version == 2


def test_a_withdrawal_that_comes_after_closing_is_refused_with_the_moments(signed_in, officer, entry, session):
    with time_machine.travel(session.window.ends_at + timedelta(seconds=7)):
        client = signed_in(officer)
        opened = client.get(withdraw_url(entry))
        late = client.post(withdraw_url(entry), {"version": 1})

    assert opened.url == entry_url(entry)
    assert "Your request reached us on" in late.text
    assert "Confirm Withdraw" not in late.text
    assert StepEntry.objects.get().is_live


def test_undo_withdrawal_brings_the_entry_back(client, entry, officer, now):
    withdraw_entry(entry=entry, version=1, by=officer, at=now)

    page = client.get(restore_url(entry))
    back = client.post(restore_url(entry), follow=True)

    assert "Undo the withdrawal of Ann Smith?" in words_of(page)
    assert back.redirect_chain == [(entry_url(entry), 302)]
    assert f"The withdrawal of the entry {entry.number} is undone." in words_of(back)
    assert StepEntry.objects.get().status == EntryStatus.NOT_YET_CONFIRMED


def test_undo_withdrawal_pressed_twice_leads_to_the_entry(client, entry, officer, now):
    withdraw_entry(entry=entry, version=1, by=officer, at=now)
    client.post(restore_url(entry))

    assert client.post(restore_url(entry)).url == client.get(restore_url(entry)).url == entry_url(entry)
    assert StepEntry.objects.get().version == 3


def test_undo_beside_a_newer_entry_says_which_one(client, entry, officer, now, session, centre):
    withdraw_entry(entry=entry, version=1, by=officer, at=now)
    again = submit_entry(draft=DraftFactory(session=session, centre=centre), by=officer, at=now)

    page = client.get(entry_url(entry))
    posted = client.post(restore_url(entry))

    for shown in (page, posted):
        assert f"The candidate was entered again: {again.number}." in words_of(shown)
        assert f'href="{entry_url(again)}"' in shown.text
    assert "Undo withdrawal</button>" not in posted.text
    assert client.get(restore_url(entry)).url == entry_url(entry)


def test_undo_asks_about_a_namesake_and_takes_the_answer(client, entry, officer, now, session, centre):
    withdraw_entry(entry=entry, version=1, by=officer, at=now)
    other = submit_entry(
        draft=DraftFactory(session=session, centre=centre, candidate={"last_name": "Smyth", "ucas_id": ""}),
        by=officer,
        at=now,
    )
    client.post(amend_url(other), changed(last_name="Smith", ucas_id=""))

    asked = client.get(restore_url(entry))
    unanswered = client.post(restore_url(entry))
    client.post(restore_url(entry), {"is_different_person": asked_value(asked, "is_different_person")})

    assert f"is already entered: {other.number}." in asked.text
    assert not is_ticked(asked, "is_different_person")
    assert f"is already entered: {other.number}." in unanswered.text
    assert StepEntry.objects.get(pk=entry.pk).is_live


def test_who_became_a_reader_meanwhile_is_not_let_through(client, entry, officer):
    page = client.get(withdraw_url(entry))
    officer.memberships.update(role=Role.READ_ONLY)

    assert client.post(withdraw_url(entry), {"version": version_on(page)}).status_code == 403
    assert StepEntry.objects.get().is_live
