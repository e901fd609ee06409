"""Two clicks, two officers, many numbers at once."""

import time
from collections import Counter
from datetime import date
from functools import partial

import pytest
from django.db import transaction

from core.models import HistoryEntry
from core.refusals import Refused
from outbox.models import OutgoingEmail
from step_entries.enums import EntryStatus
from step_entries.models import EntryNumberCounter, StepDraft, StepEntry
from step_entries.services import (
    amend_entry,
    answers_of_entry,
    discard_draft,
    facts,
    save_step,
    submit_entry,
    submitting,
    undo_withdrawal,
)
from step_entries.services.numbers import take_numbers
from tests.factories.candidates import in_letters
from tests.factories.step_entries import DraftFactory, StepEntryFactory
from tests.races.conftest import all_at_once


@pytest.fixture
def slow_numbers(monkeypatch):
    """A pause between the last check and the write, in which a rival can act."""

    def slow(**kwargs):
        time.sleep(0.1)
        return take_numbers(**kwargs)

    monkeypatch.setattr(submitting, "take_numbers", slow)


def test_a_double_click_makes_one_entry(session, centre, officer, now, slow_numbers):
    draft = DraftFactory(session=session, centre=centre)

    first, second = all_at_once([lambda: submit_entry(draft=draft, by=officer, at=now)] * 2)

    assert first == second
    assert StepEntry.objects.count() == OutgoingEmail.objects.count() == 1


def test_twin_a_double_click_without_lock_and_constraints_makes_two(
    session, centre, officer, now, slow_numbers, no_lock, no_constraints
):
    draft = DraftFactory(session=session, centre=centre)

    all_at_once([lambda: submit_entry(draft=draft, by=officer, at=now)] * 2)

    assert StepEntry.objects.count() == 2


def test_two_officers_with_the_same_candidate_make_one_entry(session, centre, officer, now, slow_numbers):
    drafts = DraftFactory.create_batch(2, session=session, centre=centre)

    answers = all_at_once([lambda draft=draft: submit_entry(draft=draft, by=officer, at=now) for draft in drafts])

    [entry] = [answer for answer in answers if isinstance(answer, StepEntry)]
    [refused] = [answer for answer in answers if isinstance(answer, Refused)]
    assert {refusal.code for refusal in refused.refusals} == {"STEP-05", "STEP-06"}
    assert {refusal.about for refusal in refused.refusals} == {entry.number}
    assert StepEntry.objects.count() == OutgoingEmail.objects.count() == 1
    assert EntryNumberCounter.objects.get().last == 1


def test_a_ticked_and_an_unticked_draft_of_one_new_person_make_one_entry(session, centre, officer, now, slow_numbers):
    ticked, unticked = [
        DraftFactory(session=session, centre=centre, candidate={"ucas_id": "", "is_different_person": answer})
        for answer in ("S00009 annsmith", "")
    ]

    answers = all_at_once(
        [lambda draft=draft: submit_entry(draft=draft, by=officer, at=now) for draft in (ticked, unticked)]
    )

    assert Counter(type(answer) for answer in answers) == {StepEntry: 1, Refused: 1}
    assert StepEntry.objects.count() == 1


@pytest.fixture
def anns(session, centre):
    """Makes entries of candidates called Ann, born on one day, without a UCAS ID."""

    def ann(last_name, **fields):
        person = {"first_name": "Ann", "last_name": last_name, "date_of_birth": date(2009, 3, 4)}
        candidate = {f"candidate__{field}": value for field, value in person.items()}
        fields |= {"ucas_id": "", "has_other_course": True}
        return StepEntryFactory(session=session, centre=centre, **person, **candidate, **fields)

    return ann


@pytest.fixture
def difference(anns):
    """What declares somebody to be another person than the Ann Smith who stands entered."""
    return f"{anns('Smith').number} annsmith"


@pytest.fixture
def declared_different(session, centre, difference):
    """Two drafts of one new person, each declared to be somebody else than the namesake who stands entered."""
    answers = {"ucas_id": "", "is_different_person": difference}
    return DraftFactory.create_batch(2, session=session, centre=centre, candidate=answers)


def test_two_drafts_of_one_new_person_declared_different_from_a_namesake_make_one_entry(
    declared_different, officer, now, slow_numbers
):
    answers = all_at_once(
        [lambda draft=draft: submit_entry(draft=draft, by=officer, at=now) for draft in declared_different]
    )

    [refused] = [answer for answer in answers if isinstance(answer, Refused)]
    assert [refusal.code for refusal in refused.refusals] == ["STEP-05"]
    assert StepEntry.objects.count() == 2


def test_twin_where_declarations_do_not_wait_for_each_other_a_new_person_is_entered_twice(
    declared_different, officer, now, slow_numbers, monkeypatch
):
    monkeypatch.setattr(facts, "wait_for_declarations", lambda centre: None)

    all_at_once([lambda draft=draft: submit_entry(draft=draft, by=officer, at=now) for draft in declared_different])

    assert StepEntry.objects.count() == 3


@pytest.fixture(params=["amended into", "brought back as"])
def rivals(request, anns, difference, declared_different, officer, now, monkeypatch):
    """Submit of a draft declared different, and an entry that becomes the same new person, declared so too."""
    monkeypatch.setattr(submitting, "take_numbers", lambda **kwargs: time.sleep(0.6) or take_numbers(**kwargs))
    act = {"by": officer, "at": now}
    if request.param == "amended into":
        other = anns("Smythe")
        answers = answers_of_entry(other) | {"last_name": "Smith", "is_different_person": difference}
        rival = partial(amend_entry, entry=other, step="candidate", answers=answers, version=1, **act)
    else:
        other = anns("Smith", status=EntryStatus.WITHDRAWN)
        rival = partial(undo_withdrawal, entry=other, different_from=difference, **act)
    return [partial(submit_entry, draft=declared_different[0], **act), rival]


def live_anns():
    return StepEntry.objects.live().filter(person_key="annsmith").count()


def test_an_entry_that_becomes_the_new_person_of_a_declared_draft_is_refused_or_the_draft_is(rivals):
    answers = all_at_once(rivals)

    [refused] = [answer for answer in answers if isinstance(answer, Refused)]
    assert [refusal.code for refusal in refused.refusals] == ["STEP-05"]
    assert live_anns() == 2


def test_twin_where_declarations_do_not_wait_the_new_person_is_entered_by_draft_and_by_entry(rivals, monkeypatch):
    monkeypatch.setattr(facts, "wait_for_declarations", lambda centre: None)

    all_at_once(rivals)

    assert live_anns() == 3


def test_step_09_a_step_saved_at_the_same_time_as_submit_is_entered_or_refused_and_never_lost(
    session, centre, officer, now
):
    drafts = [
        DraftFactory(session=session, centre=centre, candidate={"last_name": f"Smith{in_letters(n)}", "ucas_id": ""})
        for n in range(20)
    ]
    change = {"papers": "step-2"}

    for draft in drafts:
        submitted, saved = all_at_once(
            [
                lambda draft=draft: submit_entry(draft=draft, by=officer, at=now, seen=draft.fingerprint),
                lambda draft=draft: save_step(draft=draft, step="papers", answers=change, at=now),
            ]
        )

        is_entered_as_seen = isinstance(submitted, StepEntry) and submitted.papers == "step-2-and-3"
        assert is_entered_as_seen == (saved.submitted_at is not None)
        assert is_entered_as_seen or [refusal.code for refusal in submitted.refusals] == ["STEP-09"]


def test_submit_and_discard_at_once_either_enter_or_discard(session, centre, officer, now):
    for n in range(20):
        draft = DraftFactory(
            session=session, centre=centre, candidate={"last_name": f"Smith{in_letters(n)}", "ucas_id": ""}
        )

        submitted, is_discarded = all_at_once(
            [lambda: submit_entry(draft=draft, by=officer, at=now), lambda: discard_draft(draft=draft)]  # noqa: B023
        )

        assert isinstance(submitted, StepDraft.DoesNotExist if is_discarded else StepEntry)


def test_twin_two_officers_without_constraints_make_two(session, centre, officer, now, slow_numbers, no_constraints):
    drafts = DraftFactory.create_batch(2, session=session, centre=centre)

    all_at_once([lambda draft=draft: submit_entry(draft=draft, by=officer, at=now) for draft in drafts])

    assert StepEntry.objects.count() == 2


def test_numbers_taken_at_once_are_distinct_and_without_gaps(now):
    def take(fails):
        with transaction.atomic():
            [number] = take_numbers(count=1, at=now)
            if fails:
                raise RuntimeError
        return number

    answers = all_at_once([lambda n=n: take(fails=n % 10 == 0) for n in range(400)])

    numbers = sorted(answer for answer in answers if isinstance(answer, str))
    assert numbers == [f"S{number:05}" for number in range(1, 361)]


def test_twin_numbers_read_and_then_written_are_doubled(now):
    EntryNumberCounter.objects.create(letter="S", last=0)

    def take():
        last = EntryNumberCounter.objects.get().last + 1
        time.sleep(0.001)
        EntryNumberCounter.objects.update(last=last)
        return f"S{last:05}"

    answers = all_at_once([take] * 200)

    assert len(set(answers)) < 200


def test_the_end_of_the_range_is_refused_and_nothing_is_doubled(session, centre, officer, now):
    EntryNumberCounter.objects.create(letter="S", last=99_989)
    drafts = [
        DraftFactory(session=session, centre=centre, candidate={"last_name": f"Smith{in_letters(n)}", "ucas_id": ""})
        for n in range(15)
    ]

    answers = all_at_once([lambda draft=draft: submit_entry(draft=draft, by=officer, at=now) for draft in drafts])

    kinds = Counter(type(answer) for answer in answers)
    assert kinds == {StepEntry: 10, Refused: 5}
    assert sorted(StepEntry.objects.values_list("number", flat=True)) == [f"S{n}" for n in range(99_990, 100_000)]
    assert HistoryEntry.objects.filter(action="step-entry.submitted").count() == 10
