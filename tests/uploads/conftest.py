"""Uploading, judging and submitting as the officer of Northgate does."""

from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse, reverse_lazy

from step_entries.kinds import STEP_CANDIDATES
from tests.factories.uploads import sheet, upload_of
from uploads.models import Upload
from uploads.services import judge, submit_upload

UPLOAD = reverse_lazy("uploads:upload", args=["step"])


@pytest.fixture
def uploaded(session, centre, officer, now):
    def upload(rows, **layout):
        return upload_of(rows, centre=centre, by=officer, at=now, **layout)

    return upload


@pytest.fixture
def submit(officer, now):
    def submit_as_seen(upload, seen=None, at=now):
        seen = seen if seen is not None else judge(upload=upload, kind=STEP_CANDIDATES, at=now).fingerprint
        return submit_upload(upload=upload, kind=STEP_CANDIDATES, by=officer, at=at, seen=seen)

    return submit_as_seen


@pytest.fixture
def judged(now):
    return lambda upload: judge(upload=upload, kind=STEP_CANDIDATES, at=now)


@pytest.fixture
def client(officer, signed_in):
    return signed_in(officer)


@pytest.fixture
def send(client):
    """Send a file through the page; the page that it leads to."""

    def send_file(rows=None, *, content=None, name="step.csv", headings=None):
        content = content if content is not None else sheet(rows, headings=headings)
        return client.post(UPLOAD, {"file": SimpleUploadedFile(name, content)}, follow=True)

    return send_file


def address(page, upload=None, *arguments):
    return reverse(f"uploads:{page}", args=[(upload or Upload.objects.get()).key, *arguments])


def words(response):
    return " ".join(unescape(response.text).split())
