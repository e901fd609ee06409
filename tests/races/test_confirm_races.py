"""Two runs at once, and an amendment in between."""

import time
from datetime import timedelta

import pytest
from django.db import OperationalError, transaction

from core.models import HistoryEntry
from outbox import tasks
from outbox.delivery import deliver
from outbox.models import OutgoingEmail, StaffAlert
from outbox.services import raise_alert
from step_entries.enums import EntryStatus
from step_entries.models import ConfirmationRun, StepEntry
from step_entries.querysets import StepEntryQuerySet
from step_entries.services import confirm_entries, confirming, run_due_confirmations
from tests.factories.candidates import CandidateFactory
from tests.factories.outbox import OutgoingEmailFactory
from tests.factories.step_entries import StepEntryFactory
from tests.races.conftest import all_at_once

ENTRIES = 60


@pytest.fixture
def due_entries(session, centre, officer, now, settings, monkeypatch):
    settings.STEP_CONFIRM_AFTER = timedelta(hours=2)
    monkeypatch.setattr(confirming, "CHUNK", 10)
    return StepEntryFactory.create_batch(
        ENTRIES, session=session, centre=centre, submitted_by=officer, created_at=now - timedelta(hours=2)
    )


@pytest.fixture
def slow_confirm(monkeypatch):
    """A pause between reading a chunk and writing it."""
    confirm = confirming._confirm

    def slow(*args):
        time.sleep(0.05)
        return confirm(*args)

    monkeypatch.setattr(confirming, "_confirm", slow)


def confirmed_in_history():
    return HistoryEntry.objects.filter(action="step-entry.confirmed").count()


def test_two_runs_at_once_confirm_every_entry_once(due_entries, now, slow_confirm):
    all_at_once([lambda: run_due_confirmations(by=None, at=now)] * 2)

    assert StepEntry.objects.filter(status=EntryStatus.CONFIRMED).count() == ENTRIES
    assert confirmed_in_history() == ENTRIES
    assert sum(ConfirmationRun.objects.values_list("confirmed", flat=True)) == ENTRIES


def test_twin_two_runs_without_the_row_lock_confirm_entries_twice(due_entries, now, slow_confirm, monkeypatch):
    monkeypatch.setattr(StepEntryQuerySet, "select_for_update", lambda self, **kwargs: self)

    all_at_once([lambda: run_due_confirmations(by=None, at=now)] * 2)

    assert confirmed_in_history() > ENTRIES


def test_an_entry_that_somebody_works_on_is_skipped_and_left_to_the_next_run(due_entries, now):
    with transaction.atomic():
        StepEntry.objects.select_for_update().get(pk=due_entries[0].pk)
        [run] = all_at_once([lambda: run_due_confirmations(by=None, at=now)])

    assert run.confirmed == ENTRIES - 1
    assert run_due_confirmations(by=None, at=now).confirmed == 1


def test_confirm_now_says_which_entries_somebody_works_on(due_entries, signed_in, staff):
    ids = [entry.pk for entry in due_entries[:2]]
    chosen = {"action": "confirm_now", "_selected_action": ids}
    client = signed_in(staff)
    with transaction.atomic():
        StepEntry.objects.select_for_update().get(pk=ids[0])
        [page] = all_at_once([lambda: client.post("/admin/step_entries/stepentry/", chosen, follow=True)])

    assert f"Confirmed: 1 of 2. Being worked on just now: {due_entries[0].number}." in page.text


@pytest.fixture
def two_runs_with_the_same_alarms(session, centre, other_centre, now, monkeypatch):
    """Two people, each entered at two centres; a run of each centre tells of both, in opposite order."""
    people = ("Ann", "Bea")
    for at_centre, in_order in ((centre, people), (other_centre, reversed(people))):
        for minutes, first_name in enumerate(in_order):
            candidate = CandidateFactory(centre=at_centre, first_name=first_name, last_name="Smith")
            created_at = now - timedelta(hours=2, minutes=minutes)
            StepEntryFactory(session=session, centre=at_centre, candidate=candidate, created_at=created_at)

    def slow(**kwargs):
        raise_alert(**kwargs)
        time.sleep(0.3)

    monkeypatch.setattr(confirming, "raise_alert", slow)

    def run(at_centre):
        return confirm_entries(entries=StepEntry.objects.filter(centre=at_centre), by=None, at=now)

    return [lambda: run(centre), lambda: run(other_centre)]


def test_two_runs_with_the_same_alarms_both_end(two_runs_with_the_same_alarms):
    answers = all_at_once(two_runs_with_the_same_alarms)

    assert [answer.confirmed for answer in answers] == [2, 2]
    assert StaffAlert.objects.count() == 2


def test_twin_two_runs_that_raise_alarms_as_they_come_lock_each_other_out(two_runs_with_the_same_alarms, monkeypatch):
    monkeypatch.setattr(confirming, "sorted", list, raising=False)

    answers = all_at_once(two_runs_with_the_same_alarms)

    assert [type(answer) for answer in answers].count(OperationalError) == 1


def test_one_mail_delivered_by_many_is_sent_once(now, mailoutbox):
    email = OutgoingEmailFactory(created_at=now)

    answers = all_at_once([lambda: deliver(email.pk, at=now)] * 16)

    assert sorted(answers) == [False] * 15 + [True]
    assert len(mailoutbox) == 1


def test_twin_a_mail_sent_without_a_claim_is_sent_many_times(now, mailoutbox, monkeypatch):
    monkeypatch.setattr("outbox.delivery._claim", lambda email_id, at: OutgoingEmail.objects.get(pk=email_id))
    email = OutgoingEmailFactory(created_at=now)

    all_at_once([lambda: deliver(email.pk, at=now)] * 4)

    assert len(mailoutbox) == 4


def test_four_sweeps_at_once_send_every_mail_once(now, mailoutbox):
    OutgoingEmailFactory.create_batch(40, created_at=now)

    sent = all_at_once([tasks.sweep] * 4)

    assert sum(sent) == len(mailoutbox) == 40
    assert len({message.extra_headers["Message-ID"] for message in mailoutbox}) == 40
