"""Reading behind the page: large files, the page that waits for them, and what a worker left behind."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.models import HistoryEntry
from core.refusals import Refused
from core.rules.sheets import LARGEST_FILE
from entries_portal.celery import app
from step_entries.kinds import STEP_CANDIDATES
from tests.factories.uploads import candidate_row, sheet, upload_of
from uploads import tasks
from uploads.enums import UploadState
from uploads.models import Upload, UploadRow
from uploads.services import discard_upload, judge, purge_uploads, read_upload, reading, receiving

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
EMPTY = sheet([], headings=["Parcel", "Size"])


def codes_told(told):
    return [act[1] for act in told.acts if act[0] == "not taken"]


# --- the service ------------------------------------------------------------------------------------------------------


def test_a_large_file_is_kept_with_its_bytes_until_it_is_read(parcel_file, reads_later, now):
    upload = parcel_file([("Ann", "Small"), ("Bea", "Large")], order_number=" PO 17 ")
    assert (upload.state, upload.order_number) == (UploadState.RECEIVED, "PO 17")
    assert bytes(upload.content).startswith(b"\xef\xbb\xbf")
    assert upload.rows.count() == 0

    assert read_upload(upload_pk=upload.pk, at=now)

    upload.refresh_from_db()
    assert (upload.state, upload.content, upload.progress) == (UploadState.OPEN, None, "2 rows kept")
    assert [row.cells[0] for row in upload.rows.all()] == ["Ann", "Bea"]
    assert set(HistoryEntry.objects.values_list("action", flat=True)) == {"upload.received", "upload.read"}


def test_a_file_of_300_kb_is_read_at_once_and_a_larger_one_is_not(parcel_file):
    row = b'"Ann","Small"\r\n'
    begin = b"Parcel,Size\r\n"
    most = begin + row + b"\n" * (receiving.READ_AT_ONCE - len(begin) - len(row))

    assert parcel_file(content=most).state == UploadState.OPEN
    assert parcel_file(content=most + b"\n").state == UploadState.RECEIVED


def test_both_ways_make_the_same_upload(parcel_file, monkeypatch, now):
    content = sheet([["Nobody", ""], ["Parcel", "Size"], ["Ann", "Small"]], headings=["Title", ""])
    at_once = parcel_file(content=content)
    discarded = (at_once.headings, at_once.mapping, at_once.notes, at_once.state, at_once.progress)
    at_once.delete()
    monkeypatch.setattr(receiving, "READ_AT_ONCE", 0)

    later = parcel_file(content=content)
    read_upload(upload_pk=later.pk, at=now)

    later.refresh_from_db()
    assert (later.headings, later.mapping, later.notes, later.state, later.progress) == discarded


def test_a_file_is_read_once_however_often_it_is_asked_for(parcel_file, reads_later, now):
    upload = parcel_file()

    assert [read_upload(upload_pk=upload.pk, at=now) for _ in range(2)] == [True, False]
    assert UploadRow.objects.count() == 1
    assert not read_upload(upload_pk=upload.pk + 1, at=now)


def test_two_workers_that_read_one_file_keep_its_rows_once(parcel_file, reads_later, now, monkeypatch):
    upload = parcel_file()
    real = reading.read_sheet

    def overtaken(content, name):
        monkeypatch.setattr(reading, "read_sheet", real)
        assert read_upload(upload_pk=upload.pk, at=now)
        return real(content, name)

    monkeypatch.setattr(reading, "read_sheet", overtaken)

    assert not read_upload(upload_pk=upload.pk, at=now)
    assert UploadRow.objects.count() == 1


def test_a_large_file_without_rows_is_not_taken_and_the_app_above_is_told(parcel_file, reads_later, told, now):
    upload = parcel_file(content=EMPTY, order_number="PO 17")

    assert read_upload(upload_pk=upload.pk, at=now)

    upload.refresh_from_db()
    assert (upload.state, upload.content) == (UploadState.NOT_TAKEN, None)
    assert [refusal.code for refusal in upload.reasons] == ["UPLOAD-04"]
    assert codes_told(told) == [["UPLOAD-04"]]
    file = told.acts[0][2]
    assert (file.file_name, file.order_number, file.by, file.earlier) == (
        "parcels.csv",
        "PO 17",
        upload.received_by,
        None,
    )


def test_bytes_that_were_not_taken_may_come_again(parcel_file, reads_later, now):
    first = parcel_file(content=EMPTY)
    read_upload(upload_pk=first.pk, at=now)

    second = parcel_file(content=EMPTY)

    assert second.state == UploadState.RECEIVED


def test_upload_01_bytes_that_wait_to_be_read_are_not_taken_twice(parcel_file, reads_later, told):
    first = parcel_file()

    with pytest.raises(Refused, match="You uploaded this file on"):
        parcel_file(name="again.csv")

    assert Upload.objects.get() == first
    assert codes_told(told) == [["UPLOAD-01"]]
    assert told.acts[0][2].earlier == first


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("parcels.csv", b"", "FILE-01"),
        ("parcels.csv", b"a" * (LARGEST_FILE + 1), "FILE-02"),
        ("parcels.xlsm", b"PK", "FILE-03"),
        ("parcels.pdf", b"%PDF", "FILE-04"),
        ("parcels.xlsx", b"MZ" * 50, "FILE-05"),
        ("parcels.csv", EMPTY, "UPLOAD-04"),
    ],
)
def test_a_small_file_that_is_refused_leaves_nothing_and_the_app_above_is_told(parcel_file, told, name, content, code):
    with pytest.raises(Refused):
        parcel_file(name=name, content=content)

    assert Upload.objects.count() == 0
    assert codes_told(told) == [[code]]


def test_what_costs_nothing_is_checked_at_once_for_a_large_file_too(parcel_file, reads_later, told):
    with pytest.raises(Refused, match=r"The file must be an \.xlsx"):
        parcel_file(name="parcels.pdf", content=b"%PDF")

    assert codes_told(told) == [["FILE-04"]]
    assert Upload.objects.count() == 0


def test_order_01_an_order_number_that_cannot_be_quoted_refuses_no_file(parcel_file, told):
    with pytest.raises(Refused, match="does not begin with = "):
        parcel_file(order_number="=1+1")

    assert Upload.objects.count() == 0
    assert told.acts == []


def test_upload_07_files_that_were_not_taken_are_not_counted(parcel_file, reads_later, now):
    for number in range(10):
        read_upload(upload_pk=parcel_file(content=EMPTY + b"," * number).pk, at=now)

    assert parcel_file().state == UploadState.RECEIVED


def test_a_file_that_is_discarded_while_it_is_read_leaves_nothing(parcel_file, reads_later, now, monkeypatch, officer):
    upload = parcel_file()
    real = reading.read_sheet

    def discarded_meanwhile(content, name):
        discard_upload(upload=upload, by=officer, at=now)
        return real(content, name)

    monkeypatch.setattr(reading, "read_sheet", discarded_meanwhile)

    assert not read_upload(upload_pk=upload.pk, at=now)
    assert Upload.objects.count() == UploadRow.objects.count() == 0


def test_a_file_that_was_not_taken_is_deleted_when_its_time_is_over(parcel_file, reads_later, now):
    read_upload(upload_pk=parcel_file(content=EMPTY).pk, at=now)

    assert purge_uploads(at=now + timedelta(days=31)) == 1
    assert Upload.objects.count() == 0


# --- what a worker left behind ----------------------------------------------------------------------------------------


def died(*given, **named):
    raise RuntimeError("The worker died.")


def test_a_file_over_which_a_worker_died_is_taken_up_by_the_sweep(parcel_file, reads_later, now, monkeypatch):
    upload = parcel_file(at=now - MINUTE)
    with monkeypatch.context() as broken:
        broken.setattr(reading, "read_sheet", died)
        with pytest.raises(RuntimeError):
            read_upload(upload_pk=upload.pk, at=now)
    upload.refresh_from_db()
    assert (upload.state, upload.progress) == (UploadState.RECEIVED, "Reading the file")

    assert tasks.sweep_uploads() == 1

    upload.refresh_from_db()
    assert upload.state == UploadState.OPEN
    assert tasks.sweep_uploads() == 0


def test_the_sweep_leaves_a_file_to_the_worker_that_was_rung_for(parcel_file, reads_later, now):
    parcel_file(at=now)

    assert tasks.sweep_uploads() == 0


def test_one_file_that_cannot_be_read_does_not_stop_the_sweep(parcel_file, reads_later, now, monkeypatch):
    parcel_file([("Bad", "Small")], at=now - 2 * MINUTE)
    parcel_file([("Ann", "Small")], at=now - MINUTE)
    real = reading.read_sheet
    monkeypatch.setattr(reading, "read_sheet", lambda c, name: died() if b"Bad" in c else real(c, name))

    assert tasks.sweep_uploads() == 1
    assert set(Upload.objects.values_list("state", flat=True)) == {UploadState.RECEIVED, UploadState.OPEN}


def test_upload_13_a_file_whose_reading_fails_for_ten_minutes_is_not_taken(
    parcel_file, reads_later, told, now, monkeypatch
):
    upload = parcel_file(at=now)
    monkeypatch.setattr(reading, "read_sheet", died)

    with pytest.raises(RuntimeError):
        read_upload(upload_pk=upload.pk, at=now + 10 * MINUTE - timedelta(seconds=1))
    assert read_upload(upload_pk=upload.pk, at=now + 10 * MINUTE)

    upload.refresh_from_db()
    assert (upload.state, upload.reasons[0].code) == (UploadState.NOT_TAKEN, "UPLOAD-13")
    assert codes_told(told) == [["UPLOAD-13"]]


def test_the_tasks_do_what_the_services_do(parcel_file, reads_later, send_in, kind, told):
    upload = parcel_file()

    tasks.read_upload(upload_pk=upload.pk)
    upload.refresh_from_db()
    send_in(upload)
    tasks.enter_upload(upload_pk=upload.pk)

    upload.refresh_from_db()
    assert upload.state == UploadState.ENTERED


def test_the_sweep_stands_in_the_timetable_every_15_seconds():
    [entry] = [each for each in app.conf.beat_schedule.values() if each["task"] == tasks.sweep_uploads.name]

    assert entry["schedule"] == 15.0


def test_a_broken_bell_holds_no_page(monkeypatch, django_capture_on_commit_callbacks):
    monkeypatch.setattr(tasks.read_upload, "delay", died)

    with django_capture_on_commit_callbacks(execute=True) as rung:
        tasks.ring(tasks.read_upload, upload_pk=1)

    assert len(rung) == 1


# --- queries ----------------------------------------------------------------------------------------------------------


def test_reading_and_judging_ask_the_same_queries_for_3_rows_and_for_300(session, centre, officer, now, reads_later):
    asked = {3: [], 300: []}
    for count, queries in asked.items():
        rows = [candidate_row(number, ucas_id="1") for number in range(count)]
        upload = upload_of(rows, centre=centre, by=officer, at=now)

        with CaptureQueriesContext(connection) as captured:
            read_upload(upload_pk=upload.pk, at=now)
            read = Upload.objects.select_related("centre").get(pk=upload.pk)
            judgement = judge(upload=read, kind=STEP_CANDIDATES, at=now)
        queries += captured

        assert len(judgement.to_mend) == count

    assert len(asked[3]) == len(asked[300]) == 19
