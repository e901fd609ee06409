"""The life of an entry: amend, withdraw, undo, confirm, hold and the closing instant in every order."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from core.models import HistoryEntry
from core.refusals import Refused
from outbox.models import OutgoingEmail
from step_entries.enums import EntryStatus
from step_entries.models import StepEntry
from step_entries.rules import MOVES
from step_entries.services import (
    amend_entry,
    answers_of_entry,
    confirm_entries,
    hold_entries,
    release_entries,
    submit_entry,
    undo_withdrawal,
    withdraw_entry,
    withdrawing,
)
from tests.factories.accounts import UserFactory
from tests.factories.centres import CentreFactory, MembershipFactory
from tests.factories.step_entries import DraftFactory, SessionFactory, StepEntryFactory

pytestmark = pytest.mark.django_db

AMENDMENTS = [
    ("candidate", {"last_name": "Smyth"}, True),
    ("candidate", {"last_name": "Smith"}, True),
    ("papers", {"papers": "step-2"}, True),
    ("papers", {"papers": "step-3"}, True),
    ("courses", {"has_other_course": True}, False),
    ("courses", {"has_other_course": False}, False),
]
"""A step, its answers, and whether they change what an entry is confirmed for."""
MAILED = {"amended", "withdrawn", "restored"}


class EntryLife(RuleBasedStateMachine):
    """One entry and what it should be; each act is done to the entry and to the model."""

    @initialize()
    def enter(self):
        self.undone = transaction.atomic()
        self.undone.__enter__()
        session, centre, self.officer = SessionFactory(), CentreFactory(), UserFactory()
        MembershipFactory(user=self.officer, centre=centre)
        self.at = session.opens_at + timedelta(days=1)
        self.ends_at = session.window.ends_at
        draft = DraftFactory(session=session, centre=centre, started_by=self.officer)
        self.entry = submit_entry(draft=draft, by=self.officer, at=self.at)
        self.status, self.version, self.is_held = EntryStatus.NOT_YET_CONFIRMED, 1, False
        self.acts = ["submitted"]

    def teardown(self):
        if hasattr(self, "undone"):
            transaction.set_rollback(True)
            self.undone.__exit__(None, None, None)

    def is_done(self, act, **arguments):
        """Whether the act went through; a refused one is to leave every row alone."""
        before = self.rows()
        try:
            act(entry=self.entry, by=self.officer, at=self.at, **arguments)
        except Refused:
            assert self.rows() == before
            return False
        return True

    def note(self, act, status):
        """The act was done: it must be one of the table's, and it raises the version."""
        table = {"amended": "amend", "withdrawn": "withdraw", "restored": "restore", "confirmed": "confirm"}
        sources, target = MOVES[table[act]]
        assert self.status in sources
        assert status in (target, self.status)
        self.status, self.version = status, self.version + 1
        self.acts.append(act)

    def rows(self):
        return StepEntry.objects.values().get(pk=self.entry.pk), HistoryEntry.objects.count(), len(self.mails())

    def mails(self):
        keys = OutgoingEmail.objects.filter(key__contains=self.entry.number).order_by("pk")
        return list(keys.values_list("key", flat=True))

    @property
    def is_open(self):
        return self.at < self.ends_at

    @rule(amendment=st.sampled_from(AMENDMENTS), is_stale=st.booleans())
    def amend(self, amendment, is_stale):
        step, changes, is_material = amendment
        self.entry.refresh_from_db()
        answers = answers_of_entry(self.entry) | changes
        differs = any(getattr(self.entry, name) != value for name, value in changes.items())
        version = self.version - 1 if is_stale else self.version
        done = self.is_done(amend_entry, step=step, answers=answers, version=version)
        may = self.is_open and self.status != EntryStatus.WITHDRAWN and not (is_stale and differs)
        assert done == may
        if done and differs:
            self.note("amended", EntryStatus.NOT_YET_CONFIRMED if is_material else self.status)

    @rule(is_stale=st.booleans())
    def withdraw(self, is_stale):
        done = self.is_done(withdraw_entry, version=self.version - 1 if is_stale else self.version)
        assert done == (self.is_open and self.status != EntryStatus.WITHDRAWN and not is_stale)
        if done:
            self.note("withdrawn", EntryStatus.WITHDRAWN)
            self.is_held = False

    @rule()
    def undo(self):
        done = self.is_done(undo_withdrawal)
        assert done == (self.is_open and self.status == EntryStatus.WITHDRAWN)
        if done:
            self.note("restored", EntryStatus.NOT_YET_CONFIRMED)

    @rule()
    def confirm(self):
        confirm_entries(entries=StepEntry.objects.filter(pk=self.entry.pk), by=None, at=self.at)
        if self.status == EntryStatus.NOT_YET_CONFIRMED and not self.is_held:
            self.note("confirmed", EntryStatus.CONFIRMED)

    @rule()
    def hold_or_release(self):
        act = release_entries if self.is_held else hold_entries
        reason = {} if self.is_held else {"reason": "To be looked at"}
        count = act(entries=[self.entry], by=None, at=self.at, **reason)
        assert count == (self.status == EntryStatus.NOT_YET_CONFIRMED)
        self.is_held ^= bool(count)

    @rule(seconds=st.sampled_from([1, 3600, 86400 * 20]))
    def wait(self, seconds):
        self.at += timedelta(seconds=seconds)

    @invariant()
    def the_entry_is_what_it_should_be(self):
        if not hasattr(self, "entry"):
            return
        entry = StepEntry.objects.get(pk=self.entry.pk)
        assert (entry.status, entry.version, entry.is_held) == (self.status, self.version, self.is_held)
        changes = HistoryEntry.objects.filter(subject_type="step_entries.stepentry", subject_id=entry.pk)
        told = changes.exclude(action__in=["step-entry.held", "step-entry.released"]).order_by("pk")
        assert [line.action.removeprefix("step-entry.") for line in told] == self.acts
        mailed = [
            f"step-entry-{act}:{entry.number}:{version}"
            for version, act in enumerate(self.acts, start=1)
            if act in MAILED
        ]
        assert self.mails() == [f"step-entry-submitted:{entry.number}", *mailed]


def live(examples, phases=tuple(Phase)):
    run_state_machine_as_test(
        EntryLife,
        settings=settings(
            max_examples=examples,
            phases=phases,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            print_blob=False,
            report_multiple_bugs=False,
        ),
    )


@pytest.mark.long
def test_an_entry_is_only_ever_what_the_table_of_moves_allows(is_long):
    live(300 if is_long else 10)


def test_twin_without_the_rules_of_undoing_the_machine_finds_a_move_that_is_not_in_the_table(monkeypatch):
    monkeypatch.setattr(withdrawing, "refusals_to_restore", lambda change, entry: [])

    with pytest.raises((AssertionError, IntegrityError)):  # a confirmed entry the database refuses to undo
        live(300, phases=[Phase.generate])  # it ends with the first that it finds


@pytest.mark.parametrize(
    "fields", [{"status": EntryStatus.CONFIRMED}, {"held_at": timezone.now(), "confirmed_at": None}]
)
def test_the_database_refuses_to_confirm_or_hold_a_withdrawn_entry(fields, now):
    entry = StepEntryFactory(status=EntryStatus.WITHDRAWN)

    with pytest.raises(IntegrityError):
        StepEntry.objects.filter(pk=entry.pk).update(**({"confirmed_at": now} | fields))
