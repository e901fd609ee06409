"""Staff who accept a correction of a candidate while the centre corrects another detail of the same record."""

import time
from dataclasses import replace
from datetime import date

import pytest

from candidates.models import Candidate
from candidates.rules.people import academic_year
from candidates.services import correct_candidate, person_of
from core.moments import uk_date
from core.refusals import Refused
from requests_forms.enums import Act, Kind
from requests_forms.services import corrections, decide_request, raise_request, send_request
from tests.races.conftest import all_at_once
from tests.requests_forms.acts import entered_candidate
from tests.requests_forms.rule_facts import RIGHT

ROUNDS = 5


@pytest.fixture(autouse=True)
def slow_correction(monkeypatch):
    """A pause between reading the record and writing it."""

    def slow(**given):
        time.sleep(0.2)
        return correct_candidate(**given)

    monkeypatch.setattr(corrections, "correct_candidate", slow)


@pytest.fixture
def no_lock(monkeypatch):
    """Reading the record without holding it."""
    monkeypatch.setattr(corrections, "_as_it_stands", lambda request: Candidate.objects.get(pk=request.candidate_id))


def corrected_by_both(centre, officer, staff, now):
    """The record after both, and whether the centre was told that its ULN is saved."""
    ann = entered_candidate(centre)
    about = {"kind": Kind.CANDIDATE_CORRECTION, "centre": centre, "candidate": ann}
    draft = raise_request(**about, answers=RIGHT[Kind.CANDIDATE_CORRECTION], by=officer, at=now)
    case = send_request(request=draft, seen=None, by=officer, at=now)
    uln = f"{ann.pk:010}"
    person = replace(person_of(ann, academic_year(uk_date(now))), uln=uln)

    def decide():
        return decide_request(request=case, act=Act.ACCEPT, version=case.version, by=staff, at=now)

    def edit():
        time.sleep(0.05)
        return correct_candidate(candidate=ann, person=person, seen=ann.fingerprint, by=officer, at=now)

    answers = all_at_once([decide, edit])
    ann.refresh_from_db()
    assert ann.date_of_birth == date(2009, 3, 5)
    return ann.uln == uln, not isinstance(answers[1], Refused)


def test_a_detail_that_the_centre_saved_in_the_same_moment_is_kept_or_it_is_told(centre, officer, staff, now):
    rounds = [corrected_by_both(centre, officer, staff, now) for _ in range(ROUNDS)]

    assert [is_kept for is_kept, is_saved in rounds] == [is_saved for is_kept, is_saved in rounds]


def test_the_same_race_without_the_lock_loses_what_was_saved(centre, officer, staff, now, no_lock):
    rounds = [corrected_by_both(centre, officer, staff, now) for _ in range(ROUNDS)]

    assert (False, True) in rounds
