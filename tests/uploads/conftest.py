"""Uploading, judging and submitting as the officer of Northgate does."""

from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse, reverse_lazy

from step_entries.kinds import STEP_CANDIDATES
from tests.factories.uploads import sheet, upload_of
from tests.uploads.fake_kind import HEADINGS, Told, parcels, registered
from uploads.models import Upload
from uploads.services import judge, receive_upload, receiving, submit_upload

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


@pytest.fixture
def told():
    """What the made-up kind was told, and how it answers."""
    return Told()


@pytest.fixture
def kind(told):
    """A made-up kind whose rows are entered later."""
    with registered(parcels(told)) as kind:
        yield kind


@pytest.fixture
def parcel_file(kind, centre, officer, now):
    """An upload of parcels, or whatever else the page would have made of the file."""

    def receive(rows=(("Ann", "Small"),), *, content=None, name="parcels.csv", at=now, **given):
        [period] = kind.periods(centre, at)
        content = content if content is not None else sheet([[*row, ""] for row in rows], headings=HEADINGS)
        return receive_upload(
            kind=kind, period=period, centre=centre, file_name=name, content=content, by=officer, at=at, **given
        )

    return receive


@pytest.fixture
def reads_later(monkeypatch):
    """Every file is too large to be read while its sender waits."""
    monkeypatch.setattr(receiving, "READ_AT_ONCE", 0)


@pytest.fixture
def send_in(kind, officer, now):
    """Submit an upload of parcels as it was seen, its fees accepted."""

    def submit_as_seen(upload, accepted="", at=now):
        seen = judge(upload=upload, kind=kind, at=at).fingerprint
        return submit_upload(upload=upload, kind=kind, by=officer, at=at, seen=seen, accepted=accepted)

    return submit_as_seen


def address(page, upload=None, *arguments):
    return reverse(f"uploads:{page}", args=[(upload or Upload.objects.get()).key, *arguments])


def words(response):
    return " ".join(unescape(response.text).split())
