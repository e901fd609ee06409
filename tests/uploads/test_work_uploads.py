from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from uploads.enums import UploadState
from uploads.models import Upload

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("waited", "state", "done"),
    [(timedelta(), UploadState.QUEUED, 0), (timedelta(minutes=5), UploadState.ENTERED, 1)],
    ids=["left to the bell", "nobody came"],
)
def test_the_command_enters_what_nobody_came_for_and_says_where(parcel_file, send_in, now, waited, state, done):
    upload = send_in(parcel_file())
    Upload.objects.update(asked_at=now - waited)
    out = StringIO()

    call_command("work_uploads", stdout=out)

    upload.refresh_from_db()
    assert upload.state == state
    assert out.getvalue().startswith(f"work_uploads: {done} done, database ")
