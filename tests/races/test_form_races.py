"""Web forms of Cambridge Technicals that are submitted at the same moment."""

import time
from collections import Counter

import pytest
from django.db import connection
from django.db.models import QuerySet

from candidates.models import Candidate
from core.refusals import Refused
from technicals.enums import EntryOption
from technicals.models import FeeLine, Qualification, Registration, Submission
from technicals.services import drafts, forming
from tests.factories.candidates import CandidateFactory
from tests.factories.technicals import (
    TechnicalsApprovalFactory,
    exam_series,
    load_reference,
    registration_series,
)
from tests.factories.technicals_files import FULL
from tests.races.conftest import all_at_once

PEOPLE = 10


@pytest.fixture
def people(centre):
    """Candidates of a centre that can enter for Business."""
    load_reference()
    registration_series()
    TechnicalsApprovalFactory(centre=centre)
    exam_series()
    return CandidateFactory.create_batch(PEOPLE, centre=centre)


@pytest.fixture
def form_of(centre, officer, now):
    """A web form of full awards for these candidates."""

    def act(people):
        code = Qualification.objects.get(code=FULL)
        draft = drafts.start_draft(
            centre=centre, qualification=code, series=None, candidates=people, by=officer, at=now
        )
        lines = list(draft.entries.values_list("pk", flat=True))
        drafts.apply_option(draft=draft, entries=lines, option=EntryOption.FULL, at=now)
        return draft

    return act


@pytest.fixture
def submit(officer, now):
    """Submits a form as its summary showed it before any of the rivals began."""

    def act(draft, by=officer):
        shown = {"key": draft.key, "centre": draft.centre, "seen": forming.judge_draft(draft, now).fingerprint}
        return lambda: forming.submit_draft(**shown, accepted="", order_number="", by=by, at=now)

    return act


@pytest.fixture
def slow(monkeypatch):
    """A pause between the judgement and the first entry, in which a rival can act."""
    enter = forming.enter_judged
    monkeypatch.setattr(forming, "enter_judged", lambda *args, **kwargs: time.sleep(0.5) or enter(*args, **kwargs))


@pytest.fixture
def no_wait(monkeypatch):
    """Forms of a centre that do not wait for each other."""
    monkeypatch.setattr(forming, "wait_for_others", lambda centre: None)


@pytest.fixture
def no_lock(no_wait, monkeypatch):
    """Nor does a form wait for itself."""
    monkeypatch.setattr(QuerySet, "select_for_update", lambda queryset, **kwargs: queryset)


@pytest.fixture
def no_constraints():
    """The database without its last word on registrations and on forms that were submitted."""
    named = "one_standing_registration_per_candidate_and_code"
    constraint = next(each for each in Registration._meta.constraints if each.name == named)
    form_key = Submission._meta.get_field("form_key")
    plain = form_key.clone()
    plain._unique = False
    plain.set_attributes_from_name("form_key")
    plain.model = Submission
    with connection.schema_editor() as editor:
        editor.remove_constraint(Registration, constraint)
        editor.alter_field(Submission, form_key, plain)
    yield
    for model in (FeeLine, Registration, Submission):
        model.objects.all().delete()
    with connection.schema_editor() as editor:
        editor.add_constraint(Registration, constraint)
        editor.alter_field(Submission, plain, form_key)


def test_one_form_submitted_by_two_people_at_once_is_entered_once(people, form_of, submit, priya, slow):
    draft = form_of(people)

    first, second = all_at_once([submit(draft), submit(draft, by=priya)])

    assert first == second == Submission.objects.get()
    assert Registration.objects.count() == FeeLine.objects.count() == PEOPLE
    assert not draft.entries.exists()


def test_twin_without_the_locks_one_form_is_entered_twice(
    people, form_of, submit, priya, slow, no_lock, no_constraints
):
    draft = form_of(people)

    all_at_once([submit(draft), submit(draft, by=priya)])

    assert Registration.objects.count() == 2 * PEOPLE


def test_two_forms_of_the_same_candidates_at_once_enter_them_once(people, form_of, submit, slow):
    forms = [form_of(people), form_of(people)]

    answers = all_at_once([submit(draft) for draft in forms])

    assert Counter(type(answer) for answer in answers) == {Submission: 1, Refused: 1}
    [refused] = [answer for answer in answers if isinstance(answer, Refused)]
    assert [refusal.code for refusal in refused.refusals] == ["FORM-07"]
    assert Registration.objects.count() == FeeLine.objects.count() == Candidate.objects.count() == PEOPLE


def test_twin_where_forms_do_not_wait_for_each_other_they_enter_them_twice(
    people, form_of, submit, slow, no_wait, no_constraints, monkeypatch
):
    monkeypatch.setattr("technicals.services.entering._locked", _not_locked)
    forms = [form_of(people), form_of(people)]

    answers = all_at_once([submit(draft) for draft in forms])

    assert [type(answer) for answer in answers] == [Submission, Submission]
    assert Registration.objects.count() == 2 * PEOPLE


def _not_locked(centre, ids):
    return Candidate.objects.in_bulk(list(ids))
