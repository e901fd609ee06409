"""Two people on one entry, and an entry that is confirmed or withdrawn while somebody amends it."""

import random
import time
from datetime import timedelta

import pytest

from core.models import HistoryEntry
from core.refusals import Refused
from outbox.models import OutgoingEmail
from step_entries.enums import EntryStatus
from step_entries.models import StepEntry
from step_entries.services import (
    amend_entry,
    amending,
    answers_of_entry,
    changing,
    confirm_entries,
    confirming,
    submit_entry,
    undo_withdrawal,
    withdraw_entry,
    withdrawing,
)
from tests.factories.step_entries import DraftFactory
from tests.races.conftest import all_at_once


@pytest.fixture
def slow_history(monkeypatch):
    """A pause between judging and the commit, in every act."""

    def slow(record):
        def act(**kwargs):
            time.sleep(0.02)
            return record(**kwargs)

        return act

    for module in (amending, withdrawing, confirming):
        monkeypatch.setattr(module, "record", slow(module.record))


@pytest.fixture
def no_lock(monkeypatch):
    """The acts without the lock on the entry."""

    def without(entry):
        return StepEntry.objects.select_related("session", "centre__exams_officer", "submitted_by").get(pk=entry.pk)

    monkeypatch.setattr(amending, "lock_entry", without)
    monkeypatch.setattr(withdrawing, "lock_entry", without)
    assert changing.lock_entry is not without


def amendment(entry, by, at, last_name, version=1):
    answers = answers_of_entry(entry) | {"last_name": last_name}
    act = {"entry": entry, "step": "candidate", "answers": answers, "version": version}
    return lambda: amend_entry(**act, by=by, at=at)


def amended_in_history():
    return HistoryEntry.objects.filter(action="step-entry.amended").count()


def test_of_many_amendments_of_one_version_one_alone_is_written(entry, officer, priya, now, slow_history):
    names = [f"Smith{letter}" for letter in "abcdefgh"]

    answers = all_at_once([amendment(entry, (officer, priya)[n % 2], now, name) for n, name in enumerate(names)])

    refused = [answer for answer in answers if isinstance(answer, Refused)]
    entry.refresh_from_db()
    assert len(refused) == len(names) - 1
    assert {refusal.code for each in refused for refusal in each.refusals} == {"AMEND-04"}
    assert (entry.version, amended_in_history()) == (2, 1)
    assert OutgoingEmail.objects.filter(key__startswith="step-entry-amended").count() == 1


def test_twin_without_the_lock_many_amendments_of_one_version_are_written(
    entry, officer, priya, now, slow_history, no_lock
):
    all_at_once([amendment(entry, officer, now, "Smitha"), amendment(entry, priya, now, "Smithb")])

    assert amended_in_history() == 2


def acts_on(entry, people, at):
    """One of each act, as each person sees the entry now."""
    entry = StepEntry.objects.select_related("session", "centre").get(pk=entry.pk)
    officer, priya = people
    return {
        "amend": amendment(entry, officer, at, random.choice(["Smyth", "Smith", "Smithe"]), entry.version),  # noqa: S311
        "withdraw": lambda: withdraw_entry(entry=entry, version=entry.version, by=priya, at=at),
        "undo": lambda: undo_withdrawal(entry=entry, by=officer, at=at),
        "confirm": lambda: confirm_entries(entries=StepEntry.objects.filter(pk=entry.pk), by=None, at=at),
    }


@pytest.mark.long
def test_edit_withdraw_undo_confirm_and_the_closing_instant_at_once_leave_an_entry_of_the_table(
    entry, officer, priya, session, now, is_long
):
    """Random schedules from a barrier; the moments lie about the closing instant."""
    ends_at = session.window.ends_at
    for schedule in range(500 if is_long else 25):
        at = ends_at - timedelta(seconds=1) if schedule % 5 else ends_at
        acts = acts_on(entry, (officer, priya), at)
        chosen = random.sample(list(acts), 3)
        before = StepEntry.objects.values().get(pk=entry.pk)
        done = all_at_once([acts[name] for name in chosen])
        after = StepEntry.objects.values().get(pk=entry.pk)

        assert {type(each) for each in done if isinstance(each, Exception)} <= {Refused}
        lines = HistoryEntry.objects.filter(subject_id=entry.pk).exclude(action="candidate.registered")
        assert lines.count() == after["version"]
        assert after["status"] in EntryStatus.values
        assert not (after["status"] == EntryStatus.WITHDRAWN and (after["confirmed_at"] or after["held_at"]))
        if at == ends_at:
            assert after["status"] in (before["status"], EntryStatus.CONFIRMED)
        mails = OutgoingEmail.objects.filter(key__contains=entry.number).exclude(key__contains="submitted")
        assert mails.count() == lines.exclude(action__in=["step-entry.submitted", "step-entry.confirmed"]).count()


def test_an_entry_that_is_withdrawn_and_confirmed_at_once_is_never_both(entry, officer, now, slow_history):
    for _ in range(10):
        entry.refresh_from_db()
        acts = acts_on(entry, (officer, officer), now)
        all_at_once([acts["confirm"], acts["withdraw"]])

        entry.refresh_from_db()
        if entry.is_withdrawn:
            assert entry.confirmed_at is None
        else:
            assert entry.is_confirmed
            withdraw_entry(entry=entry, version=entry.version, by=officer, at=now)
        undo_withdrawal(entry=entry, by=officer, at=now)


def test_an_amendment_and_a_submit_of_the_same_ucas_id_at_once_make_one(session, centre, officer, priya, now):
    """The constraint decides, and who lost is told the other's entry."""
    for number in range(8):
        ucas_id = f"987654321{number}"
        names = {"first_name": "Ann", "last_name": f"Smith{'abcdefgh'[number]}", "ucas_id": ""}
        one = submit_entry(draft=DraftFactory(session=session, centre=centre, candidate=names), by=officer, at=now)
        draft = DraftFactory(
            session=session, centre=centre, candidate=names | {"first_name": "Bea", "ucas_id": ucas_id}
        )
        answers = answers_of_entry(one) | {"ucas_id": ucas_id}

        done = all_at_once(
            [
                lambda one=one, answers=answers: amend_entry(
                    entry=one, step="candidate", answers=answers, version=1, by=priya, at=now
                ),
                lambda draft=draft: submit_entry(draft=draft, by=officer, at=now),
            ]
        )

        [refused] = [each for each in done if isinstance(each, Exception)]
        assert [refusal.code for refusal in refused.refusals] == ["STEP-06"]
        assert StepEntry.objects.filter(ucas_id=ucas_id).count() == 1
