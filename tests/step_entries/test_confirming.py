"""Confirming entries: by the timetable, by the command and by staff, the same act."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from core.models import HistoryEntry
from outbox.models import OutgoingEmail, StaffAlert
from step_entries import tasks
from step_entries.enums import EntryStatus
from step_entries.models import ConfirmationItem, ConfirmationRun, StepEntry
from step_entries.querysets import StepEntryQuerySet
from step_entries.services import (
    confirm_entries,
    confirming,
    entries_left_by,
    hold_entries,
    release_entries,
    run_due_confirmations,
)
from tests.factories.candidates import CandidateFactory
from tests.factories.step_entries import StepEntryFactory

pytestmark = pytest.mark.django_db

TWO_HOURS = timedelta(hours=2)
TICK = timedelta(microseconds=1)


@pytest.fixture(autouse=True)
def waiting_time(settings):
    settings.STEP_CONFIRM_AFTER = TWO_HOURS


def test_an_entry_is_confirmed_when_its_waiting_time_is_over(session, centre, now):
    entry = StepEntryFactory(session=session, centre=centre, created_at=now - TWO_HOURS)

    run = run_due_confirmations(by=None, at=now)

    entry.refresh_from_db()
    assert (entry.status, entry.confirmed_at) == (EntryStatus.CONFIRMED, now)
    assert (run.confirmed, run.held, run.refused, run.is_finished) == (1, 0, 0, True)


def test_an_entry_is_not_confirmed_a_moment_before(session, centre, now):
    StepEntryFactory(session=session, centre=centre, created_at=now - TWO_HOURS + timedelta(seconds=1))

    assert run_due_confirmations(by=None, at=now) is None
    assert StepEntry.objects.get().status == EntryStatus.NOT_YET_CONFIRMED
    assert ConfirmationRun.objects.count() == 0


def test_confirming_never_changes_modified(session, centre, now):
    entry = StepEntryFactory(session=session, centre=centre, created_at=now - TWO_HOURS)
    modified_at = entry.modified_at

    run_due_confirmations(by=None, at=now)

    entry.refresh_from_db()
    assert entry.modified_at == modified_at


def test_an_entry_submitted_in_time_is_confirmed_also_after_closing(session, centre):
    entry = StepEntryFactory(session=session, centre=centre, created_at=session.closes_at)

    run_due_confirmations(by=None, at=session.closes_at + timedelta(days=2))

    entry.refresh_from_db()
    assert entry.is_confirmed


def test_confirming_writes_one_history_entry_with_the_run(session, centre, now):
    entry = StepEntryFactory(session=session, centre=centre, created_at=now - TWO_HOURS)

    run = run_due_confirmations(by=None, at=now)

    line = HistoryEntry.objects.get(subject_id=entry.pk, action="step-entry.confirmed")
    assert line.by is None
    assert line.note == f"run {run.pk}"
    assert line.changes == {"status": ["not-yet-confirmed", "confirmed"]}


def test_a_second_run_does_nothing(session, centre, now):
    StepEntryFactory(session=session, centre=centre, created_at=now - TWO_HOURS)
    run_due_confirmations(by=None, at=now)

    assert run_due_confirmations(by=None, at=now + timedelta(minutes=1)) is None
    assert HistoryEntry.objects.count() == 1


def test_a_withdrawn_entry_is_never_confirmed(session, centre, now):
    entry = StepEntryFactory(session=session, centre=centre, created_at=now - TWO_HOURS, status=EntryStatus.WITHDRAWN)

    run = confirm_entries(entries=StepEntry.objects.all(), by=None, at=now)

    entry.refresh_from_db()
    assert entry.status == EntryStatus.WITHDRAWN
    assert (run.confirmed, run.refused) == (0, 1)
    assert ConfirmationItem.objects.get().reason == "The entry does not await confirmation."


def test_a_held_entry_is_left_and_accounted_for(session, centre, staff, now):
    held = StepEntryFactory(session=session, centre=centre, created_at=now - TWO_HOURS)
    other = StepEntryFactory(session=session, centre=centre, created_at=now - TWO_HOURS)
    assert hold_entries(entries=[held], reason="Same person twice", by=staff, at=now) == 1

    run = run_due_confirmations(by=None, at=now)

    held.refresh_from_db()
    other.refresh_from_db()
    assert (held.status, other.status) == (EntryStatus.NOT_YET_CONFIRMED, EntryStatus.CONFIRMED)
    assert (run.confirmed, run.held) == (1, 1)
    assert ConfirmationItem.objects.get().entry == held
    assert ConfirmationItem.objects.get().reason == "Staff hold this entry: Same person twice."


def test_a_released_entry_is_confirmed_by_the_next_run(session, centre, staff, now):
    entry = StepEntryFactory(session=session, centre=centre, created_at=now - TWO_HOURS)
    hold_entries(entries=[entry], reason="To be checked", by=staff, at=now)
    assert run_due_confirmations(by=None, at=now) is None

    assert release_entries(entries=[entry], by=staff, at=now) == 1
    run_due_confirmations(by=None, at=now)

    entry.refresh_from_db()
    assert entry.is_confirmed


def test_confirm_03_an_entry_for_a_paper_that_the_session_lost_is_refused_held_and_told_to_staff(session, centre, now):
    StepEntryFactory(session=session, centre=centre, created_at=now - TWO_HOURS)
    session.papers.filter(paper="step-3").delete()

    run = run_due_confirmations(by=None, at=now)

    assert (run.confirmed, run.refused) == (0, 1)
    assert ConfirmationItem.objects.get().reason == "The session does not have STEP 3."
    entry = StepEntry.objects.get()
    assert (entry.is_held, entry.held_reason) == (True, "The session does not have STEP 3.")
    assert [alert.sentence for alert in StaffAlert.objects.all()] == [
        f"{entry.number} was not confirmed and is held: The session does not have STEP 3."
    ]


def test_a_released_entry_that_is_refused_again_raises_a_new_alarm(session, centre, staff, now):
    entry = StepEntryFactory(session=session, centre=centre, created_at=now - TWO_HOURS)
    session.papers.filter(paper="step-3").delete()
    run_due_confirmations(by=None, at=now)
    release_entries(entries=[entry], by=staff, at=now)

    run_due_confirmations(by=None, at=now + timedelta(minutes=1))

    assert StaffAlert.objects.count() == 2


@pytest.mark.parametrize("status", [EntryStatus.CONFIRMED, EntryStatus.WITHDRAWN])
def test_an_entry_that_does_not_await_confirmation_is_not_held_and_raises_no_alarm(session, centre, now, status):
    confirmed_at = now if status == EntryStatus.CONFIRMED else None
    entry = StepEntryFactory(session=session, centre=centre, status=status, confirmed_at=confirmed_at)

    run = confirm_entries(entries=StepEntry.objects.all(), by=None, at=now)

    entry.refresh_from_db()
    assert (run.refused, entry.is_held, StaffAlert.objects.count()) == (1, False, 0)


def test_entries_that_somebody_else_works_on_are_left_by_a_run(session, centre, now, monkeypatch):
    _, held, left = StepEntryFactory.create_batch(3, session=session, centre=centre)
    hold_entries(entries=[held], reason="To be checked", by=None, at=now)
    monkeypatch.setattr(StepEntryQuerySet, "select_for_update", lambda self, **kwargs: self.exclude(pk=left.pk))

    run = confirm_entries(entries=StepEntry.objects.all(), by=None, at=now)

    assert run.confirmed == 1
    assert list(entries_left_by(run, StepEntry.objects.all())) == [left]


def test_a_run_works_in_chunks_and_reaches_every_entry(session, centre, now, monkeypatch):
    monkeypatch.setattr(confirming, "CHUNK", 2)
    StepEntryFactory.create_batch(5, session=session, centre=centre, created_at=now - TWO_HOURS)

    run = run_due_confirmations(by=None, at=now)

    assert run.confirmed == 5
    assert StepEntry.objects.filter(status=EntryStatus.CONFIRMED).count() == 5


def test_a_run_that_was_cut_off_leaves_the_rest_to_the_next_one(session, centre, now, monkeypatch):
    monkeypatch.setattr(confirming, "CHUNK", 2)
    StepEntryFactory.create_batch(5, session=session, centre=centre, created_at=now - TWO_HOURS)
    work_chunk, calls = confirming._work_chunk, []

    def dies_at_the_second(*args):
        calls.append(args)
        if len(calls) == 2:
            raise RuntimeError("cut off")
        return work_chunk(*args)

    monkeypatch.setattr(confirming, "_work_chunk", dies_at_the_second)
    with pytest.raises(RuntimeError):
        run_due_confirmations(by=None, at=now)
    monkeypatch.setattr(confirming, "_work_chunk", work_chunk)
    second = run_due_confirmations(by=None, at=now)

    first = ConfirmationRun.objects.earliest("pk")
    assert (first.confirmed, first.is_finished) == (2, False)
    assert second.confirmed == 3
    assert HistoryEntry.objects.filter(action="step-entry.confirmed").count() == 5


def test_the_same_person_at_another_centre_is_flagged_and_not_held(session, centre, other_centre, now):
    here = StepEntryFactory(session=session, centre=centre, created_at=now - TWO_HOURS)
    twin = CandidateFactory(centre=other_centre, first_name=here.first_name, last_name=here.last_name)
    there = StepEntryFactory(session=session, centre=other_centre, candidate=twin, created_at=now - TWO_HOURS)

    run = run_due_confirmations(by=None, at=now)

    assert run.confirmed == 2
    assert [alert.sentence for alert in StaffAlert.objects.all()] == [
        f"The same name and date of birth stand on entries of different centres: {here.number}, {there.number}."
    ]


def test_a_person_entered_very_often_is_told_in_one_short_sentence(session, now, settings):
    settings.STAFF_ALERT_EMAIL = "team@board.example"
    first = StepEntryFactory(session=session, created_at=now - TWO_HOURS, number="S00001")
    for number in range(2, 41):
        twin = CandidateFactory(first_name=first.first_name, last_name=first.last_name)
        created_at = now - TWO_HOURS
        StepEntryFactory(
            session=session, centre=twin.centre, candidate=twin, created_at=created_at, number=f"S{number:05}"
        )

    run = run_due_confirmations(by=None, at=now)

    assert run.confirmed == 40
    assert [alert.sentence for alert in StaffAlert.objects.all()] == [
        "The same name and date of birth stand on entries of different centres: S00001, S00002, S00003, S00004, "
        "S00005, S00006, S00007, S00008, S00009, S00010 and 30 more."
    ]
    assert len(OutgoingEmail.objects.get().key) <= 120


def test_the_alarms_of_a_chunk_are_raised_in_the_order_of_their_keys(session, centre, now, monkeypatch):
    entries = StepEntryFactory.create_batch(3, session=session, centre=centre, created_at=now - TWO_HOURS)
    StepEntry.objects.filter(pk=entries[0].pk).update(number="S59999")
    session.papers.filter(paper="step-3").delete()
    raised = []
    monkeypatch.setattr(confirming, "raise_alert", lambda *, key, **kwargs: raised.append(key))

    run_due_confirmations(by=None, at=now)

    assert raised == sorted(raised)
    assert len(raised) == 3


def test_a_withdrawn_entry_elsewhere_raises_no_flag(session, centre, other_centre, now):
    here = StepEntryFactory(session=session, centre=centre, created_at=now - TWO_HOURS)
    twin = CandidateFactory(centre=other_centre, first_name=here.first_name, last_name=here.last_name)
    StepEntryFactory(session=session, centre=other_centre, candidate=twin, status=EntryStatus.WITHDRAWN)

    run_due_confirmations(by=None, at=now)

    assert StaffAlert.objects.count() == 0


def test_an_entry_is_overdue_after_more_than_48_hours(session, centre, now):
    entry = StepEntryFactory(session=session, centre=centre, created_at=now)
    at_48_hours = now + timedelta(hours=48)

    assert not entry.is_overdue(at_48_hours)
    assert entry.is_overdue(at_48_hours + TICK)
    assert list(StepEntry.objects.overdue(at_48_hours)) == []
    assert list(StepEntry.objects.overdue(at_48_hours + TICK)) == [entry]


def test_the_task_run_twice_confirms_once(session, centre, now):
    StepEntryFactory(session=session, centre=centre, created_at=now - TWO_HOURS)

    tasks.confirm_due_entries()
    tasks.confirm_due_entries()

    assert HistoryEntry.objects.count() == 1


def test_the_command_says_in_one_line_what_it_did_and_where(session, centre, now):
    StepEntryFactory(session=session, centre=centre, created_at=now - TWO_HOURS)
    out = StringIO()

    call_command("confirm_entries", stdout=out)

    [line] = out.getvalue().splitlines()
    run = ConfirmationRun.objects.get()
    assert line.startswith(f"confirm_entries: 1 confirmed, 0 held, 0 refused, run {run.pk}, database ")


def test_the_command_does_nothing_in_a_dry_run(session, centre, staff, now):
    held, _ = StepEntryFactory.create_batch(2, session=session, centre=centre, created_at=now - TWO_HOURS)
    hold_entries(entries=[held], reason="To be checked", by=staff, at=now)
    out = StringIO()

    call_command("confirm_entries", dry_run=True, stdout=out)

    assert out.getvalue().startswith("confirm_entries: dry run, 1 would be confirmed, 1 held, 0 refused, database ")
    assert StepEntry.objects.filter(status=EntryStatus.CONFIRMED).count() == 0


def test_the_command_says_when_nothing_is_due(db):
    out = StringIO()

    call_command("confirm_entries", stdout=out)

    assert out.getvalue().startswith("confirm_entries: nothing due, 0 held, database ")
