"""Submit of rows that are entered behind the page: queued once, entered once, and what happens when it goes wrong."""

from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.urls import reverse

from core.models import HistoryEntry
from core.refusals import Refused
from tests.uploads.conftest import address, words
from tests.uploads.fake_kind import refused
from uploads import services, tasks
from uploads.enums import RowState, UploadState
from uploads.models import Upload, UploadRow
from uploads.rules.rows import Change
from uploads.services import discard_upload, enter_queued, judge, match_headings, save_rows, submit_upload

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def queued(parcel_file, send_in, told):
    """An upload of two parcels that waits in the queue; what was told until then is forgotten."""
    upload = send_in(parcel_file([("Ann", "Small"), ("Bea", "Small")]))
    told.acts.clear()
    return upload


def states(upload):
    upload.refresh_from_db()
    return upload.state, set(upload.rows.values_list("state", flat=True))


def acts(told):
    return [act[0] for act in told.acts]


# --- Submit -----------------------------------------------------------------------------------------------------------


def test_submit_queues_the_rows_that_are_ready_and_enters_none(parcel_file, send_in, told, officer, now):
    upload = send_in(parcel_file([("Ann", "Small"), ("Bea", "Small")]))

    assert states(upload) == (UploadState.QUEUED, {RowState.OPEN})
    assert (upload.submitted_by, upload.asked_at, upload.submitted_at) == (officer, now, None)
    assert told.acts == [("queued", [2, 3])]
    assert HistoryEntry.objects.filter(action="upload.queued").count() == 1


def test_submit_pressed_twice_queues_once(parcel_file, kind, officer, now, told):
    upload = parcel_file()
    seen = judge(upload=upload, kind=kind, at=now).fingerprint

    for _ in range(2):
        submit_upload(upload=upload, kind=kind, by=officer, at=now, seen=seen)

    assert acts(told) == ["queued"]


def test_upload_10_submit_waits_until_no_row_has_anything_to_mend(parcel_file, send_in, kind, officer, now, told):
    upload = parcel_file([("Ann", "Small"), ("Bea", "Huge"), ("", "Small")])

    with pytest.raises(Refused, match="2 rows have something to mend, and all rows go together"):
        send_in(upload)
    assert (states(upload)[0], told.acts) == (UploadState.OPEN, [])

    save_rows(upload=upload, kind=kind, cells={}, aside={3, 4}, by=officer, at=now)
    send_in(upload)
    assert told.acts == [("queued", [2])]


def test_upload_11_what_it_costs_has_to_be_accepted_as_it_stands_now(parcel_file, send_in, told):
    upload = parcel_file([("Ann", "Large"), ("Bea", "Large")])

    for accepted in ("", "2"):
        with pytest.raises(Refused) as refusal:
            send_in(upload, accepted=accepted)
        assert [r.code for r in refusal.value.refusals] == ["UPLOAD-11"]
        assert "I accept £4.00 for large parcels" in str(refusal.value)
    assert told.acts == []

    send_in(upload, accepted="4")
    assert acts(told) == ["queued"]


# --- entering ---------------------------------------------------------------------------------------------------------


def test_queued_rows_are_entered_in_the_name_and_at_the_moment_of_submit(queued, told, officer, now):
    assert enter_queued(upload_pk=queued.pk, at=now + MINUTE)

    assert told.acts == [("begun",), ("submit", [2, 3], officer, now)]
    assert states(queued) == (UploadState.ENTERED, {RowState.ENTERED})
    assert list(queued.rows.values_list("reference", "title")) == [("P2", "Ann"), ("P3", "Bea")]
    assert queued.submitted_at == now
    assert HistoryEntry.objects.filter(action="upload.submitted", by=officer).count() == 1


def test_they_are_judged_at_the_moment_of_submit_and_under_the_lock_of_the_app_above(queued, kind, monkeypatch, now):
    moments, waited = [], []
    real = kind.judge
    object.__setattr__(kind, "judge", lambda p, c, rows, at: moments.append((at, len(waited))) or real(p, c, rows, at))
    object.__setattr__(kind, "lock", waited.append)

    enter_queued(upload_pk=queued.pk, at=now + MINUTE)

    assert moments == [(now, 2)]  # once before the work is begun, so that waiting is no attempt, and once for entering
    assert waited == [queued.centre] * 2


def test_entering_twice_enters_once(queued, told, now):
    assert [enter_queued(upload_pk=queued.pk, at=now) for _ in range(2)] == [True, False]
    assert acts(told) == ["begun", "submit"]


def test_rows_wait_as_long_as_the_app_above_says_so(queued, told, now):
    told.begins = False

    assert not enter_queued(upload_pk=queued.pk, at=now)

    assert states(queued) == (UploadState.QUEUED, {RowState.OPEN})
    assert acts(told) == ["begun"]


def test_the_app_above_can_give_up_when_the_work_is_begun(queued, kind, now, send_in):
    def gives_up(upload, at):
        upload.state = UploadState.OPEN
        return False

    object.__setattr__(kind.later, "begun", gives_up)

    assert not enter_queued(upload_pk=queued.pk, at=now)

    assert states(queued) == (UploadState.OPEN, {RowState.OPEN})
    assert send_in(queued).state == UploadState.QUEUED


def test_refused_rows_are_open_again_and_can_be_submitted_as_they_are(queued, told, now, send_in):
    told.fails_with = refused()

    assert not enter_queued(upload_pk=queued.pk, at=now)

    assert states(queued) == (UploadState.OPEN, {RowState.OPEN})
    assert told.acts[-1] == ("refused", ["PARCEL-D"])
    told.fails_with = None
    send_in(queued)
    assert enter_queued(upload_pk=queued.pk, at=now)


def test_upload_05_rows_of_which_one_was_entered_elsewhere_are_refused_with_what_stands_against_them(
    parcel_file, send_in, told, now
):
    upload = send_in(parcel_file([("Ann", "Small"), ("Bea", "Small")]))
    told.already["Bea"] = "P99"

    assert not enter_queued(upload_pk=upload.pk, at=now)

    assert told.acts[-1] == ("refused", ["UPLOAD-05"])
    assert "submit" not in acts(told)


def test_a_clash_in_the_database_is_a_refusal_where_the_rows_changed_and_a_mistake_where_not(
    queued, kind, told, now, monkeypatch
):
    told.fails_with = IntegrityError("one_live_entry")
    with pytest.raises(IntegrityError):
        enter_queued(upload_pk=queued.pk, at=now)
    assert states(queued)[0] == UploadState.QUEUED

    def beaten(batch):
        told.already["Ann"] = "P99"
        raise IntegrityError("one_live_entry")

    object.__setattr__(kind, "submit", beaten)
    assert not enter_queued(upload_pk=queued.pk, at=now)
    assert told.acts[-1] == ("refused", ["UPLOAD-05"])


def test_whatever_else_goes_wrong_is_raised_and_the_sweep_tries_again(queued, told, now):
    told.fails_with = RuntimeError("The worker died.")
    with pytest.raises(RuntimeError):
        enter_queued(upload_pk=queued.pk, at=now)
    assert states(queued) == (UploadState.QUEUED, {RowState.OPEN})
    Upload.objects.update(asked_at=now - MINUTE)
    assert tasks.sweep_uploads() == 0

    told.fails_with = None
    assert tasks.sweep_uploads() == 1

    assert states(queued) == (UploadState.ENTERED, {RowState.ENTERED})


def test_the_sweep_leaves_rows_to_the_worker_that_was_rung_for(queued):
    assert tasks.sweep_uploads() == 0


def test_rows_that_were_set_aside_can_follow(parcel_file, send_in, kind, officer, now, told):
    upload = parcel_file([("Ann", "Small"), ("Bea", "Small")])
    save_rows(upload=upload, kind=kind, cells={}, aside={3}, by=officer, at=now)
    enter_queued(upload_pk=send_in(upload).pk, at=now)
    save_rows(upload=upload, kind=kind, cells={}, back={3}, by=officer, at=now)
    assert states(upload)[0] == UploadState.PARTLY
    told.fails_with = refused()
    enter_queued(upload_pk=send_in(upload).pk, at=now)
    assert states(upload)[0] == UploadState.PARTLY
    told.fails_with = None

    enter_queued(upload_pk=send_in(upload).pk, at=now)

    assert states(upload) == (UploadState.ENTERED, {RowState.ENTERED})
    assert [act[1] for act in told.acts if act[0] == "submit"] == [[2], [3], [3]]


def test_an_upload_that_somebody_else_has_stays_in_the_queue(queued, kind, told, now):
    told.fails_with = refused()
    object.__setattr__(kind.later, "refused", lambda upload, refusals, at: False)

    assert not enter_queued(upload_pk=queued.pk, at=now)

    assert states(queued) == (UploadState.QUEUED, {RowState.OPEN})


# --- nothing is changed meanwhile -------------------------------------------------------------------------------------


def test_upload_12_while_it_is_entered_nothing_in_a_file_is_changed(queued, kind, officer, now):
    change = {2: {"name": Change("Ann", "Eve")}}
    ways = [
        lambda: save_rows(upload=queued, kind=kind, cells=change, by=officer, at=now),
        lambda: discard_upload(upload=queued, by=officer, at=now),
        lambda: match_headings(
            upload=queued, kind=kind, chosen=["name", "size", ""], same_for_all={}, by=officer, at=now
        ),
        lambda: submit_upload(upload=queued, kind=kind, by=officer, at=now, seen="another"),
    ]

    for way in ways:
        with pytest.raises(Refused) as refusal:
            way()
        assert [r.code for r in refusal.value.refusals] == ["UPLOAD-12"]

    assert UploadRow.objects.filter(mended={}).count() == 2


def test_the_pages_of_a_file_that_is_being_entered_lead_to_what_becomes_of_it(queued, client):
    after = f"/after/{queued.key}/"

    for page in ("resume", "mend", "check", "confirmation", "discard"):
        assert client.get(address(page)).url == after
    assert client.get(address("headings")).url == address("resume")
    assert client.post(address("mend"), {"aside": "2"}).url == after
    assert "Show what becomes of it" in words(client.get(reverse("uploads:list")))


def test_a_file_that_is_submitted_while_its_row_is_mended_keeps_nothing(parcel_file, client, monkeypatch):
    parcel_file()
    real = services.save_rows

    def submitted_meanwhile(**given):
        Upload.objects.update(state=UploadState.QUEUED)
        return real(**given)

    monkeypatch.setattr(services, "save_rows", submitted_meanwhile)

    page = client.post(address("mend"), {"was-cell-2-name": "Ann", "cell-2-name": "Eve"})

    assert page.url == address("resume")
    assert UploadRow.objects.get().mended == {}


# --- what is kept -----------------------------------------------------------------------------------------------------


def test_rows_that_wait_to_be_entered_are_kept_whatever_their_date(queued, now):
    assert services.purge_uploads(at=now + timedelta(days=90)) == 0

    assert states(queued) == (UploadState.QUEUED, {RowState.OPEN})
    assert enter_queued(upload_pk=queued.pk, at=now + timedelta(days=90))


def test_rows_that_were_refused_are_kept_for_a_while_to_be_mended(queued, told, now):
    late = queued.keep_until + MINUTE
    told.fails_with = refused()
    enter_queued(upload_pk=queued.pk, at=late)

    assert services.purge_uploads(at=late + timedelta(days=13)) == 0
    assert services.purge_uploads(at=late + timedelta(days=15)) == 1
