"""Two workers with one file: it is read once, and its rows are entered once."""

import time
from dataclasses import replace

import pytest

from core.refusals import Refused
from tests.factories.uploads import sheet
from tests.races.conftest import all_at_once
from tests.uploads.fake_kind import HEADINGS, Told, parcels, registered
from uploads.enums import UploadState
from uploads.models import Upload, UploadRow
from uploads.querysets import UploadQuerySet
from uploads.services import enter_queued, judge, read_upload, reading, receive_upload, receiving, submit_upload

ROWS = 20
PAUSE = 0.3


@pytest.fixture
def told():
    return Told()


@pytest.fixture
def kind(told):
    """Parcels that take their time to be entered."""
    kind = parcels(told)
    slow = replace(kind, submit=lambda batch: time.sleep(PAUSE) or kind.submit(batch))
    with registered(slow):
        yield slow


@pytest.fixture
def receive(kind, centre, officer, now):
    content = sheet([[f"Ann {number}", "Small", ""] for number in range(ROWS)], headings=HEADINGS)
    [period] = kind.periods(centre, now)
    return lambda: receive_upload(
        kind=kind, period=period, centre=centre, file_name="parcels.csv", content=content, by=officer, at=now
    )


def test_a_large_file_that_is_sent_twice_at_once_is_taken_once(receive, monkeypatch):
    monkeypatch.setattr(receiving, "READ_AT_ONCE", 0)

    answers = all_at_once([receive] * 4)

    assert sum(isinstance(answer, Upload) for answer in answers) == 1
    assert sum(isinstance(answer, Refused) for answer in answers) == 3
    assert Upload.objects.get().state == UploadState.RECEIVED


def test_two_workers_that_read_one_file_at_once_keep_its_rows_once(receive, monkeypatch, now):
    monkeypatch.setattr(receiving, "READ_AT_ONCE", 0)
    upload = receive()
    real = reading.read_sheet
    monkeypatch.setattr(reading, "read_sheet", lambda *given: time.sleep(PAUSE) or real(*given))

    answers = all_at_once([lambda: read_upload(upload_pk=upload.pk, at=now)] * 4)

    assert sorted(answers) == [False, False, False, True]
    assert UploadRow.objects.count() == ROWS


def test_two_workers_that_enter_one_file_at_once_enter_its_rows_once(receive, kind, told, officer, now):
    upload = receive()
    seen = judge(upload=upload, kind=kind, at=now).fingerprint
    submit_upload(upload=upload, kind=kind, by=officer, at=now, seen=seen)

    answers = all_at_once([lambda: enter_queued(upload_pk=upload.pk, at=now)] * 4)

    assert sorted(answers) == [False, False, False, True]
    assert [act[0] for act in told.acts].count("submit") == 1
    upload.refresh_from_db()
    assert upload.state == UploadState.ENTERED


@pytest.fixture
def no_lock(monkeypatch):
    """An upload is taken as it was found, whoever works on it."""
    monkeypatch.setattr(
        UploadQuerySet, "locked", lambda self, pk, state: self.select_related("centre", "submitted_by").get(pk=pk)
    )


def test_twin_without_the_lock_every_worker_enters_the_rows(receive, kind, told, officer, now, no_lock):
    upload = receive()
    seen = judge(upload=upload, kind=kind, at=now).fingerprint
    submit_upload(upload=upload, kind=kind, by=officer, at=now, seen=seen)

    all_at_once([lambda: enter_queued(upload_pk=upload.pk, at=now)] * 2)

    assert [act[0] for act in told.acts].count("submit") == 2


def test_twin_without_the_lock_the_constraint_still_keeps_every_row_once(receive, monkeypatch, now, no_lock):
    monkeypatch.setattr(receiving, "READ_AT_ONCE", 0)
    upload = receive()
    real = reading.read_sheet
    monkeypatch.setattr(reading, "read_sheet", lambda *given: time.sleep(PAUSE) or real(*given))

    answers = all_at_once([lambda: read_upload(upload_pk=upload.pk, at=now)] * 2)

    assert sorted(type(answer).__name__ for answer in answers) == ["IntegrityError", "bool"]
    assert UploadRow.objects.count() == ROWS
