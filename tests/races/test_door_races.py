"""A spreadsheet and a web form with the same candidates, entered at the same moment."""

import threading
from collections import Counter
from contextlib import suppress
from dataclasses import replace

import pytest
from django.db import IntegrityError

from candidates.models import Candidate
from core.refusals import Refused
from technicals.kinds import TECHNICALS_ENTRIES
from technicals.models import FeeLine, Registration
from technicals.services import entering, forming
from tests.factories.candidates import CandidateFactory
from tests.races.conftest import all_at_once
from tests.technicals.door_cases import full
from tests.technicals.door_world import world_of
from tests.technicals.doors import Spreadsheet, WebForm
from uploads.rules import kinds as kinds_of_uploads
from uploads.services import enter_queued, judge, submit_upload

PEOPLE = 10


@pytest.fixture
def acts(centre, officer, now):
    """Entering the same candidates by a file that was submitted, and by a form as its summary showed it."""
    world = world_of(centre, officer, now)
    people = CandidateFactory.create_batch(PEOPLE, centre=centre)
    case = full("the same", "")
    form, upload = WebForm(case, world, people).draft, Spreadsheet(case, world, people).upload
    of_file = judge(upload=upload, kind=TECHNICALS_ENTRIES, at=now).fingerprint
    submit_upload(upload=upload, kind=TECHNICALS_ENTRIES, by=officer, at=now, seen=of_file)
    shown = {"key": form.key, "centre": centre, "seen": forming.judge_draft(form, now).fingerprint}
    return [
        lambda: enter_queued(upload_pk=upload.pk, at=now),
        lambda: bool(forming.submit_draft(**shown, accepted="", order_number="", by=officer, at=now)),
    ]


@pytest.fixture
def meet(monkeypatch):
    """Lets the rivals wait for each other between their judgement and their first entry, at most so many seconds.

    Gives the list of those who came that far.
    """
    candidates = entering._candidates

    def act(seconds):
        meeting, came = threading.Barrier(2), []

        def wait(*args):
            came.append(threading.get_ident())
            with suppress(threading.BrokenBarrierError):
                meeting.wait(seconds)
            return candidates(*args)

        monkeypatch.setattr(entering, "_candidates", wait)
        return came

    return act


@pytest.fixture
def no_wait(monkeypatch):
    """Doors that do not wait for each other."""
    monkeypatch.setattr(forming, "wait_for_others", lambda centre: None)
    unguarded = replace(TECHNICALS_ENTRIES, lock=lambda centre: None)
    monkeypatch.setitem(kinds_of_uploads._KINDS, TECHNICALS_ENTRIES.slug, unguarded)


def test_by_a_file_and_a_form_at_once_the_same_candidates_are_entered_once(acts, meet):
    came = meet(1)

    answers = all_at_once(acts)

    assert len(came) == 1
    assert Counter(answer is True for answer in answers) == {True: 1, False: 1}
    refused = [[refusal.code for refusal in answer.refusals] for answer in answers if isinstance(answer, Refused)]
    assert refused in ([], [["FORM-07"]])
    assert Registration.objects.count() == FeeLine.objects.count() == PEOPLE
    assert Candidate.objects.count() == PEOPLE + 1


def test_twin_where_the_doors_do_not_wait_both_enter_and_the_database_has_the_last_word(acts, meet, no_wait):
    came = meet(30)

    answers = all_at_once(acts)

    assert len(set(came)) == 2
    [loser] = [answer for answer in answers if answer is not True]
    assert loser is False or isinstance(loser, IntegrityError)
    assert Registration.objects.count() == PEOPLE
