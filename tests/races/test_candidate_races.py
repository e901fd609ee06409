"""Two people on the records of candidates at once."""

import time
from datetime import date

import pytest

from candidates.models import Candidate, CandidateGroup
from candidates.rules.people import Person
from candidates.services import correcting, create_group, merge_candidates, merging, register_candidate
from core.refusals import Refused
from step_entries.models import StepEntry
from step_entries.services import submit_entry
from tests.factories.candidates import CandidateFactory
from tests.factories.step_entries import DraftFactory
from tests.races.conftest import all_at_once

ROUNDS = 6
ZOE = {"first_name": "Zoë", "date_of_birth": date(2009, 3, 4), "gender": "female"}


@pytest.fixture(autouse=True)
def slow_acts(monkeypatch):
    """A pause between judging and writing, in every act."""
    for module, name in ((correcting, "register_people"), (merging, "record")):
        monkeypatch.setattr(module, name, _slowly(getattr(module, name)))


def _slowly(act):
    def slow(**kwargs):
        time.sleep(0.05)
        return act(**kwargs)

    return slow


@pytest.fixture
def no_lock(monkeypatch):
    """Registering without the lock on the centre."""
    monkeypatch.setattr(correcting, "_wait_for_registrations", lambda centre: None)


def registered_by_both(centre, officer, priya, now, surname, **identifiers):
    person = Person(**ZOE, last_name=surname, **identifiers)
    return all_at_once(
        [lambda by=by: register_candidate(centre=centre, person=person, by=by, at=now) for by in (officer, priya)]
    )


def codes(answers):
    return sorted(refusal.code for answer in answers if isinstance(answer, Refused) for refusal in answer.refusals)


def test_one_person_typed_by_two_people_at_once_is_one_record(centre, officer, priya, now):
    for surname in ("Fox", "Bell", "Ward", "Hill", "Lane", "Moss"):
        answers = registered_by_both(centre, officer, priya, now, surname)

        assert codes(answers) == ["CLASH-02"]
        assert Candidate.objects.filter(last_name=surname).count() == 1


def test_the_same_race_without_the_lock_makes_two_records(centre, officer, priya, now, no_lock):
    for surname in ("Fox", "Bell", "Ward", "Hill", "Lane", "Moss"):
        registered_by_both(centre, officer, priya, now, surname)

    assert Candidate.objects.count() > ROUNDS


def test_one_identifier_typed_by_two_people_at_once_is_given_once_and_refused_in_words(
    centre, officer, priya, now, no_lock
):
    answers = registered_by_both(centre, officer, priya, now, "Fox", uln="1234567899")

    assert codes(answers) == ["CLASH-01"]
    assert Candidate.objects.get().uln == "1234567899"


def test_one_name_of_a_group_typed_by_two_people_at_once_is_one_group(centre, officer, priya, now):
    for number in range(ROUNDS):
        answers = all_at_once(
            [
                lambda by=by, name=name, number=number: create_group(
                    centre=centre, name=f"{name} {number}", by=by, at=now
                )
                for by, name in ((officer, "Year"), (priya, "YEAR"))
            ]
        )

        assert codes(answers) == ["GROUP-03"]
    assert CandidateGroup.objects.count() == ROUNDS


def test_two_people_who_merge_the_same_pair_the_other_way_round_merge_it_once(centre, officer, priya, now):
    for _ in range(ROUNDS):
        one, other = (CandidateFactory(centre=centre, last_name="Fox") for _ in range(2))

        answers = all_at_once(
            [
                lambda by=by, stays=stays, one=one, other=other: merge_candidates(
                    one=one, other=other, stays=stays, chosen={}, by=by, at=now
                )
                for by, stays in ((officer, "one"), (priya, "other"))
            ]
        )

        assert codes(answers) == ["MERGE-01"]
        assert Candidate.objects.active().filter(pk__in=[one.pk, other.pk]).count() == 1


def test_an_entry_made_while_its_candidate_is_merged_stands_with_the_record_that_counts(
    centre, officer, priya, now, session
):
    for number in range(ROUNDS):
        surname = f"Fox{'abcdef'[number]}"
        born = {"centre": centre, "first_name": "Ann", "last_name": surname, "date_of_birth": date(2009, 3, 4)}
        gone, kept = CandidateFactory(**born), CandidateFactory(**born)
        draft = DraftFactory(
            session=session, centre=centre, started_by=officer, candidate={"last_name": surname, "ucas_id": ""}
        )

        answers = all_at_once(
            [
                lambda draft=draft: submit_entry(draft=draft, by=officer, at=now),
                lambda kept=kept, gone=gone: merge_candidates(
                    one=gone, other=kept, stays="other", chosen={}, by=priya, at=now
                ),
            ]
        )

        assert not [answer for answer in answers if isinstance(answer, Exception)]
        assert StepEntry.objects.get(submission_key=draft.key).candidate == kept
