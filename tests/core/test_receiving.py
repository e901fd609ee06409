"""Of a file that is far too large the portal takes in only the beginning."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from core.receiving import MOST_BYTES
from core.rules.sheets import LARGEST_FILE


@pytest.mark.parametrize(
    ("sent", "least", "most"),
    [
        (1000, 1000, 1000),
        (LARGEST_FILE, LARGEST_FILE, LARGEST_FILE),
        (3 * MOST_BYTES, LARGEST_FILE + 1, MOST_BYTES),
    ],
)
def test_a_file_is_cut_off_where_it_is_far_too_large_and_nowhere_else(sent, least, most):
    request = RequestFactory().post("/", {"file": SimpleUploadedFile("a.csv", b"a" * sent)})

    with request.FILES["file"] as file:
        assert least <= len(file.read()) <= most
        assert file.size == sent
