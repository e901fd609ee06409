"""What is said against a file is the same at the upload, in the history and at the desk of staff."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from technicals.models import Submission
from tests.reports.pages import words_of
from tests.technicals.corpus_files import FILES
from tests.technicals.submissions import desk_of, page_of

pytestmark = pytest.mark.django_db
ONE_OF_EACH = list({case.rows: case for case in FILES if not case.becomes}.values())


@pytest.mark.parametrize("case", ONE_OF_EACH, ids=lambda case: case.rows[0])
def test_officer_and_staff_read_the_same_reason_against_a_file(case, january, signed_in, officer, staff):
    client, desk = signed_in(officer), signed_in(staff)
    file = SimpleUploadedFile(case.file_name, case.content())

    upload = client.post(
        reverse("uploads:upload", args=["technicals"]), {"file": file, "period": str(january.pk)}, follow=True
    )

    submission = Submission.objects.get()
    [refusal] = submission.refusals
    assert refusal["code"] == case.rows[0]
    pages = upload, client.get(page_of(submission)), desk.get(desk_of(submission))
    assert [refusal["sentence"] in words_of(page) for page in pages] == [True] * 3
