"""Two of the STEP team at one session at once."""

import time
from collections import Counter
from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.db.models import QuerySet

from core.history import history_of
from core.refusals import Refused
from step_entries.models import SessionExtension, StepSession
from step_entries.querysets import StepSessionQuerySet
from step_entries.services import copy_session, extend_window, sessions
from tests.races.conftest import all_at_once

DAY = timedelta(days=1)


@pytest.fixture
def slow(monkeypatch):
    """A pause between the reading and the writing, in which a rival can act."""
    judge_extension, judge_copy = sessions.refusals_to_extend, sessions.year_has_no_session

    def late(judge):
        def judged(*facts):
            found = judge(*facts)
            time.sleep(0.1)
            return found

        return judged

    monkeypatch.setattr(sessions, "refusals_to_extend", late(judge_extension))
    monkeypatch.setattr(sessions, "year_has_no_session", late(judge_copy))


@pytest.fixture
def no_lock(monkeypatch):
    """Sessions are read without a lock."""
    monkeypatch.setattr(StepSessionQuerySet, "select_for_update", QuerySet.all)


def extend_twice(session, centre, staff, now):
    """Two extensions of one centre at once; the pairs of old and new closing in the history, in any order."""
    acts = [
        lambda days=days: extend_window(
            session=session, centre=centre, closes_at=session.closes_at + days * DAY, reason="x", by=staff, at=now
        )
        for days in (1, 2)
    ]
    assert all_at_once(acts) == [None, None]
    return [next(iter(line.changes.values())) for line in history_of(session)]


def test_two_extensions_of_one_centre_at_once_follow_each_other(session, centre, staff, now, slow):
    pairs = extend_twice(session, centre, staff, now)

    assert SessionExtension.objects.count() == 1
    assert len({old for old, _ in pairs}) == 2


def test_twin_without_the_lock_both_extensions_are_said_to_change_the_first_closing(
    session, centre, staff, now, slow, no_lock
):
    pairs = extend_twice(session, centre, staff, now)

    assert len({old for old, _ in pairs}) == 1


def test_two_copies_at_once_make_one_session_and_the_other_is_refused(session, staff, now, slow):
    answers = all_at_once([lambda: copy_session(session=session, by=staff, at=now)] * 2)

    assert Counter(type(answer) for answer in answers) == {StepSession: 1, Refused: 1}
    assert StepSession.objects.count() == 2


def test_twin_without_the_lock_the_second_copy_breaks_on_the_table(session, staff, now, slow, no_lock):
    answers = all_at_once([lambda: copy_session(session=session, by=staff, at=now)] * 2)

    assert Counter(type(answer) for answer in answers) == {StepSession: 1, IntegrityError: 1}
