"""The page that waits while a large file is read, and what it says of one that is refused."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from step_entries.models import StepEntry
from tests.factories.uploads import candidate_row, sheet
from tests.uploads.conftest import UPLOAD, address, words
from uploads.models import Upload
from uploads.services import read_upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def send_large(send, session, reads_later, django_capture_on_commit_callbacks):
    def send_file(rows, *, is_read=True, **given):
        with django_capture_on_commit_callbacks(execute=is_read):
            return send(rows, **given)

    return send_file


def test_a_large_file_leads_to_a_page_that_waits_and_then_on(send_large, client, now):
    page = send_large([candidate_row(0), candidate_row(1)], is_read=False)
    assert page.redirect_chain[-1][0] == address("progress")
    assert "Waiting to be read" in words(page)
    assert f'data-progress="{address("progress-now")}"' in page.text
    assert client.get(address("progress-now")).json() == {"progress": "Waiting to be read", "next": ""}
    for other in ("resume", "headings", "mend", "check"):
        assert client.get(address(other), follow=True).redirect_chain[-1][0] == address("progress")
    assert client.get(address("rows", None, "left", "csv")).status_code == 404

    read_upload(upload_pk=Upload.objects.get().pk, at=now)

    assert client.get(address("progress-now")).json() == {"progress": "", "next": address("resume")}
    assert client.get(address("progress"), follow=True).redirect_chain[-1][0] == address("check")
    assert StepEntry.objects.count() == 0


def test_the_bell_rings_after_the_commit(send_large, client):
    send_large([candidate_row(0)])

    assert client.get(address("resume"), follow=True).redirect_chain[-1][0] == address("check")


def test_a_large_file_that_is_refused_says_why_and_offers_another(send_large, client):
    send_large([])

    page = client.get(address("progress"))

    assert "This file was not taken" in words(page)
    assert "There are no candidates in this file." in words(page)
    assert f'href="{UPLOAD}">Upload another file</a>' in page.text
    assert client.get(address("progress-now")).json()["next"] == address("resume")
    assert client.get(address("resume")).url == address("progress")
    assert "Show why" in words(client.get(reverse("uploads:list")))


def test_an_upload_that_was_cut_off_leaves_nothing(client, session):
    whole = SimpleUploadedFile("step.csv", sheet([candidate_row(0)]))
    cut = client.post(UPLOAD, {"file": whole}, headers={"content-length": "200"})

    assert cut.status_code == 200
    assert Upload.objects.count() == 0
