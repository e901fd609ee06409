"""Withdrawing an entry, and undoing that."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from centres.enums import Role
from step_entries.enums import EntryStatus
from step_entries.models import StepEntry
from step_entries.services import submit_entry, withdraw_entry
from tests.factories.step_entries import DraftFactory
from tests.reports.test_pages_in_words import words_of
from tests.step_entries.entry_pages import amend_url, changed, entry_url, restore_url, version_on, withdraw_url
from tests.step_entries.wizard_pages import asked_value, is_ticked

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(signed_in, officer):
    return signed_in(officer)


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
