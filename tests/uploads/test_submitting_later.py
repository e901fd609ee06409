"""Submit on the check page of rows that are entered later: few at once, many behind the page."""

import pytest

from tests.uploads.conftest import address, words
from uploads.enums import UploadState
from uploads.models import Upload
from uploads.views import checking

pytestmark = pytest.mark.django_db


def acts(told):
    return [act[0] for act in told.acts]


def press_submit(client, **given):
    seen = client.get(address("check")).context["judgement"].fingerprint
    return client.post(address("check"), {"seen": seen} | given)


def test_few_rows_are_entered_at_once_and_the_page_leads_to_what_became_of_them(parcel_file, client, told):
    upload = parcel_file()

    page = press_submit(client)

    assert page.url == f"/after/{upload.key}/"
    assert acts(told) == ["queued", "begun", "submit"]
    assert client.get(address("check")).url == client.get(address("confirmation")).url == page.url


def test_many_rows_are_left_to_the_worker(parcel_file, client, told, monkeypatch, django_capture_on_commit_callbacks):
    monkeypatch.setattr(checking, "ENTERED_AT_ONCE", 1)
    parcel_file([("Ann", "Small"), ("Bea", "Small")])

    with django_capture_on_commit_callbacks() as rung:
        press_submit(client)
    assert acts(told) == ["queued"]

    rung[0]()
    assert acts(told) == ["queued", "begun", "submit"]


def test_what_goes_wrong_after_submit_is_left_to_the_sweep(parcel_file, client, told):
    upload = parcel_file()
    told.fails_with = RuntimeError("Something broke.")

    page = press_submit(client)

    assert page.url == f"/after/{upload.key}/"
    assert Upload.objects.get(pk=upload.pk).state == UploadState.QUEUED


def test_a_refused_amount_is_told_on_the_check_page(parcel_file, client, told):
    parcel_file([("Ann", "Large")])

    page = press_submit(client)

    assert "Tick “I accept £2.00 for large parcels”, then press Submit." in words(page)
    assert told.acts == []
    press_submit(client, accepted="2")
    assert "queued" in acts(told)
