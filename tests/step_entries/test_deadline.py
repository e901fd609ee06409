"""The closing instant: the arrival of a request decides, however long it takes to be worked on (decision 0003)."""

import random
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from step_entries import services
from step_entries.models import StepDraft, StepEntry
from step_entries.services import facts, submitting
from step_entries.views import drafts as pages
from tests.factories.candidates import in_letters
from tests.factories.step_entries import DraftFactory

pytestmark = pytest.mark.django_db

NEAR = timedelta(seconds=2)
TICK = timedelta(microseconds=1)
LATE_COMMIT = timedelta(seconds=5)


@pytest.fixture
def instant(session):
    """The first moment at which registration is closed."""
    return session.window.ends_at


@pytest.fixture
def submit(signed_in, officer):
    """Press Submit now; whether the portal says that the entry is made."""

    def act(draft, **headers):
        url = reverse("step_entries:draft-check", args=[draft.key])
        answer = signed_in(officer).post(url, {"seen": draft.fingerprint}, headers=headers)
        if answer.status_code == 302:
            return "/confirmation/" in answer.url
        assert "Registration closed on" in answer.text
        assert "Your answers are saved and the candidate is not entered." in " ".join(answer.text.split())
        return False

    return act


@pytest.fixture
def slow_work(monkeypatch):
    """Every Submit takes five seconds: its facts are gathered late, and it commits late."""

    def take(traveller):
        gather = facts.entry_facts

        def late(draft, *, at):
            traveller.move_to(timezone.now() + LATE_COMMIT)
            return gather(draft, at=at)

        monkeypatch.setattr(submitting, "entry_facts", late)

    return take


def a_draft(session, centre, number):
    names = {"last_name": f"Smith{in_letters(number)}", "ucas_id": ""}
    return DraftFactory(session=session, centre=centre, candidate=names)


def arrivals(instant, count):
    """Moments from two seconds before to two seconds after, at random, and the two on either side of the instant."""
    chance = random.Random(27)  # noqa: S311 (the same moments each time)
    moments = [instant + (chance.random() * 2 - 1) * NEAR for _ in range(count - 4)]
    return [instant - NEAR, instant - TICK, instant, instant + NEAR, *moments]


def submits_around(submit, session, centre, instant, count, take):
    """Press Submit at each moment, each for a candidate of its own: the moments with what the portal answered."""
    answers = []
    for number, arrival in enumerate(arrivals(instant, count)):
        draft = a_draft(session, centre, number)
        with time_machine.travel(arrival, tick=False) as traveller:
            take(traveller)
            answers.append((arrival, draft, submit(draft)))
            assert timezone.now() == arrival + LATE_COMMIT
    return answers


@pytest.mark.long
def test_submits_are_accepted_exactly_when_they_arrive_before_the_instant(
    submit, session, centre, instant, slow_work, is_long
):
    count = 1000 if is_long else 60

    answers = submits_around(submit, session, centre, instant, count, slow_work)

    assert [(arrival, made) for arrival, _, made in answers if made != (arrival < instant)] == []
    in_time = [arrival for arrival, _, made in answers if made]
    assert 0 < len(in_time) < count
    assert sorted(StepEntry.objects.values_list("created_at", flat=True)) == sorted(in_time)
    for _, draft, made in answers:
        kept = StepDraft.objects.get(pk=draft.pk)
        assert (kept.answers, kept.submitted_at is not None) == (draft.answers, made)


def test_twin_judged_by_the_clock_at_the_commit_requests_in_time_are_lost(
    submit, session, centre, instant, slow_work, monkeypatch
):
    by_arrival = pages.services.submit_entry

    def by_the_commit(*, at, **given):
        return by_arrival(at=timezone.now() + LATE_COMMIT, **given)

    monkeypatch.setattr(pages.services, "submit_entry", by_the_commit)

    answers = submits_around(submit, session, centre, instant, 8, slow_work)

    assert [arrival for arrival, _, made in answers if arrival < instant and not made] != []


@pytest.mark.parametrize(("stamp", "is_made"), [(-TICK, True), (0 * TICK, False)])
def test_a_request_that_waited_in_front_of_the_portal_is_judged_by_the_proxys_stamp(
    submit, session, centre, instant, settings, stamp, is_made
):
    settings.ARRIVAL_HEADER = "X-Arrived"
    draft = a_draft(session, centre, 0)

    with time_machine.travel(instant + LATE_COMMIT, tick=False):
        answer = submit(draft, **{"X-Arrived": f"t={(instant + stamp).timestamp():.6f}"})

    assert answer is StepEntry.objects.exists() is is_made


def test_an_extended_centre_has_its_own_instant(submit, session, centre, staff, now, instant):
    services.extend_window(
        session=session, centre=centre, closes_at=instant + timedelta(days=1), reason="Network down", by=staff, at=now
    )
    own = services.window_of(session, centre).ends_at
    moments = [instant, own - TICK, own]
    made = []
    for number, arrival in enumerate(moments):
        draft = a_draft(session, centre, number)
        with time_machine.travel(arrival, tick=False):
            made.append(submit(draft))

    assert made == [True, True, False]
