"""Files of Cambridge Technicals entries that are submitted and entered at the same moment."""

import time
from collections import Counter
from dataclasses import replace

import pytest

from candidates.models import Candidate
from technicals.enums import SubmissionStatus as Status
from technicals.kinds import TECHNICALS_ENTRIES
from technicals.models import Registration, Submission, SubmissionNumberCounter
from technicals.services import entering
from tests.factories.technicals import (
    TechnicalsApprovalFactory,
    exam_series,
    load_reference,
    registration_series,
)
from tests.factories.technicals_files import answers, upload_of
from tests.races.conftest import all_at_once
from uploads.models import Upload
from uploads.querysets import UploadQuerySet
from uploads.rules import kinds as kinds_of_uploads
from uploads.services import enter_queued, judge, submit_upload, submitting

ROWS = 10


@pytest.fixture
def take_in(centre, officer, now):
    """Takes in a file that registers these people."""
    load_reference()
    registration_series()
    TechnicalsApprovalFactory(centre=centre)
    exam_series()

    def act(*numbers, **changes):
        rows = [answers(number, **changes) for number in numbers]
        return upload_of(rows, centre=centre, by=officer, at=now)

    return act


@pytest.fixture
def submit(officer, now):
    """Submits an upload as it was seen before any of the rivals began."""

    def act(upload, by=officer):
        seen = judge(upload=upload, kind=TECHNICALS_ENTRIES, at=now).fingerprint
        return lambda: submit_upload(upload=upload, kind=TECHNICALS_ENTRIES, by=by, at=now, seen=seen)

    return act


@pytest.fixture
def slow(monkeypatch):
    """A pause between the judgement and the first entry, in which a rival can act."""
    register = entering.register_people
    monkeypatch.setattr(entering, "register_people", lambda **kwargs: time.sleep(0.5) or register(**kwargs))


@pytest.fixture
def slow_queue(monkeypatch):
    """A pause between the judgement of a Submit and its line in the history."""
    queue = submitting._queue
    monkeypatch.setattr(submitting, "_queue", lambda *args: time.sleep(0.3) or queue(*args))


@pytest.fixture
def no_wait(monkeypatch):
    """Files of a centre that do not wait for each other."""
    unguarded = replace(TECHNICALS_ENTRIES, lock=lambda centre: None)
    monkeypatch.setitem(kinds_of_uploads._KINDS, TECHNICALS_ENTRIES.slug, unguarded)


@pytest.fixture
def no_locks(no_wait, monkeypatch):
    """Workers that do not ask whether another one has the file, or has ended its submission."""
    plain = lambda queryset, pk, state: queryset.filter(pk=pk).first()  # noqa: E731
    monkeypatch.setattr(UploadQuerySet, "locked", plain)
    monkeypatch.setattr(entering, "_waiting_submission", lambda upload: Submission.objects.get(upload=upload))
    monkeypatch.setattr(entering, "move", lambda **kwargs: None)


def entered(uploads, now):
    """The answers of workers that begin with these uploads at the same moment."""
    return all_at_once([lambda pk=upload.pk: enter_queued(upload_pk=pk, at=now) for upload in uploads])


def test_one_file_submitted_by_two_people_at_once_is_submitted_once(take_in, submit, priya, slow_queue):
    upload = take_in(*range(ROWS))

    answers = all_at_once([submit(upload), submit(upload, by=priya)])

    assert answers == [upload, upload]
    assert Submission.objects.get().status == Status.READ_AND_RECOGNISED
    assert SubmissionNumberCounter.objects.get().last == 1


def test_twin_without_the_lock_on_the_file_it_is_submitted_twice(take_in, submit, priya, slow_queue, monkeypatch):
    monkeypatch.setattr(submitting, "_lock", lambda upload: Upload.objects.select_related("centre").get(pk=upload.pk))
    upload = take_in(*range(ROWS))

    all_at_once([submit(upload), submit(upload, by=priya)])

    assert Submission.objects.count() == 2


def test_two_workers_with_one_file_enter_it_once(take_in, submit, now, slow):
    upload = submit(take_in(*range(ROWS)))()

    answers = entered([upload] * 2, now)

    assert Counter(answers) == {True: 1, False: 1}
    assert Candidate.objects.count() == Registration.objects.count() == ROWS
    assert Submission.objects.get().status == Status.PROCESSING_COMPLETE


def test_twin_without_their_locks_two_workers_enter_it_twice(take_in, submit, now, slow, no_locks):
    upload = submit(take_in(*range(ROWS)))()

    entered([upload] * 2, now)

    assert Candidate.objects.count() == Registration.objects.count() == 2 * ROWS


def test_two_files_with_the_same_people_at_once_make_one_candidate_each(take_in, submit, now, slow):
    files = [submit(take_in(*range(ROWS), own_reference=reference))() for reference in "AB"]

    answers = entered(files, now)

    assert Counter(answers) == {True: 1, False: 1}
    assert Candidate.objects.count() == Registration.objects.count() == ROWS
    assert set(Submission.objects.values_list("status", flat=True)) == {
        Status.PROCESSING_COMPLETE,
        Status.DUPLICATE_FILE,
    }


def test_twin_where_files_do_not_wait_for_each_other_there_are_two(take_in, submit, now, slow, no_wait):
    files = [submit(take_in(*range(ROWS), own_reference=reference))() for reference in "AB"]

    answers = entered(files, now)

    assert answers == [True, True]
    assert Candidate.objects.count() == 2 * ROWS


def test_two_files_with_some_people_in_common_leave_the_second_open(take_in, submit, now, slow):
    files = [submit(take_in(*numbers))() for numbers in (range(ROWS), range(ROWS - 1, 2 * ROWS))]

    answers = entered(files, now)

    assert Counter(answers) == {True: 1, False: 1}
    assert Candidate.objects.count() == Registration.objects.count()
    rejected = Submission.objects.get(status=Status.READ_AND_REJECTED)
    assert [refusal["code"] for refusal in rejected.refusals] == ["UPLOAD-05"]
