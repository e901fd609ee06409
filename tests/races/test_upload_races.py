"""Submit of an upload pressed twice at once, and two officers with one file."""

import time
from collections import Counter
from datetime import date

import pytest

from core.refusals import Refused
from outbox.models import OutgoingEmail
from step_entries.kinds import STEP_CANDIDATES
from step_entries.models import EntryNumberCounter, StepEntry
from step_entries.services import facts, submit_entry, uploading
from step_entries.services import submitting as entering
from step_entries.services.numbers import take_numbers
from tests.factories.step_entries import DraftFactory, StepEntryFactory
from tests.factories.uploads import candidate_row, upload_of
from tests.races.conftest import all_at_once
from uploads.models import Upload
from uploads.services import judge, submit_upload, submitting

ROWS = 20


@pytest.fixture
def slow_numbers(monkeypatch):
    """A pause between the last check and the write, in which a rival can act."""

    def slow(seconds):
        return lambda **kwargs: time.sleep(seconds) or take_numbers(**kwargs)

    monkeypatch.setattr(uploading, "take_numbers", slow(0.2))
    monkeypatch.setattr(entering, "take_numbers", slow(0.6))  # one entry is judged sooner than a file


@pytest.fixture
def upload(session, centre, officer, now):
    return upload_of([candidate_row(number) for number in range(ROWS)], centre=centre, by=officer, at=now)


@pytest.fixture
def submit(officer, now):
    """Submits an upload as it was seen before any of the rivals began."""

    def act(upload):
        seen = judge(upload=upload, kind=STEP_CANDIDATES, at=now).fingerprint
        return lambda: submit_upload(upload=upload, kind=STEP_CANDIDATES, by=officer, at=now, seen=seen)

    return act


def test_submit_pressed_twice_at_once_enters_every_row_once(upload, submit, slow_numbers):
    answers = all_at_once([submit(upload)] * 2)

    assert answers == [upload, upload]
    assert StepEntry.objects.count() == ROWS
    assert EntryNumberCounter.objects.get().last == ROWS
    assert OutgoingEmail.objects.count() == 1
    assert set(upload.rows.values_list("reference", flat=True)) == set(
        StepEntry.objects.values_list("number", flat=True)
    )


def test_twin_submit_pressed_twice_without_lock_and_constraints_enters_every_row_twice(
    upload, submit, slow_numbers, no_constraints, monkeypatch
):
    monkeypatch.setattr(submitting, "_lock", lambda upload: Upload.objects.select_related("centre").get(pk=upload.pk))

    all_at_once([submit(upload)] * 2)

    assert StepEntry.objects.count() == 2 * ROWS


def test_without_the_lock_the_constraints_still_refuse_the_second(upload, submit, slow_numbers, monkeypatch):
    monkeypatch.setattr(submitting, "_lock", lambda upload: Upload.objects.select_related("centre").get(pk=upload.pk))

    answers = all_at_once([submit(upload)] * 2)

    assert Counter(type(answer) for answer in answers) == {Upload: 1, Refused: 1}
    assert StepEntry.objects.count() == EntryNumberCounter.objects.get().last == ROWS


def test_two_files_with_one_candidate_enter_it_once(upload, submit, session, centre, officer, now, slow_numbers):
    other = upload_of([candidate_row(0), candidate_row(99)], centre=centre, by=officer, at=now)

    answers = all_at_once([submit(upload), submit(other)])

    [refused] = [answer for answer in answers if isinstance(answer, Refused)]
    assert [refusal.code for refusal in refused.refusals] == ["UPLOAD-05"]
    assert StepEntry.objects.filter(person_key="annsmitha").count() == 1
    assert StepEntry.objects.count() in (ROWS, 2)


@pytest.fixture
def declared_different(session, centre, officer, now):
    """A row and a draft of one new person, each declared to be somebody else than the namesake who stands entered."""
    person = {"first_name": "Ann", "last_name": "Smitha", "date_of_birth": date(2009, 3, 4)}
    candidate = {f"candidate__{field}": value for field, value in person.items()}
    namesake = StepEntryFactory(session=session, centre=centre, ucas_id="", **person, **candidate)
    declared = {"ucas_id": "", "is_different_person": f"{namesake.number} annsmitha"}
    upload = upload_of([candidate_row(0)], centre=centre, by=officer, at=now)
    upload.rows.update(mended=declared)
    return upload, DraftFactory(session=session, centre=centre, candidate=declared | {"last_name": "Smitha"})


def test_a_row_and_a_draft_of_one_new_person_declared_different_from_a_namesake_make_one_entry(
    declared_different, submit, officer, now, slow_numbers
):
    upload, draft = declared_different

    answers = all_at_once([submit(upload), lambda: submit_entry(draft=draft, by=officer, at=now)])

    assert Counter(type(answer) for answer in answers)[Refused] == 1
    assert StepEntry.objects.count() == 2


def test_twin_where_declarations_do_not_wait_for_each_other_row_and_draft_are_entered(
    declared_different, submit, officer, now, slow_numbers, monkeypatch
):
    for module in (facts, uploading):
        monkeypatch.setattr(module, "wait_for_declarations", lambda centre: None)
    upload, draft = declared_different

    all_at_once([submit(upload), lambda: submit_entry(draft=draft, by=officer, at=now)])

    assert StepEntry.objects.count() == 3


def test_a_file_and_the_form_with_one_candidate_enter_it_once(
    upload, submit, session, centre, officer, now, slow_numbers
):
    draft = DraftFactory(session=session, centre=centre, candidate={"last_name": "Smitha", "ucas_id": ""})

    answers = all_at_once([submit(upload), lambda: submit_entry(draft=draft, by=officer, at=now)])

    assert Counter(type(answer) for answer in answers)[Refused] == 1
    assert StepEntry.objects.filter(person_key="annsmitha").count() == 1
