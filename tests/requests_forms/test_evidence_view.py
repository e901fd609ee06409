"""Opening a file of evidence (S56): as an attachment that runs nothing, and with a line in the history."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from core.models import HistoryEntry
from requests_forms.enums import ScanState, Status
from tests.factories.requests import PNG, EvidenceFactory, RequestFactory

pytestmark = pytest.mark.django_db

HTML = b"%PDF-1.7\n<html><script>alert(document.cookie)</script></html>"


@pytest.fixture
def client(signed_in, officer):
    return signed_in(officer)


@pytest.fixture
def case(entry, officer):
    return RequestFactory(entry=entry, started_by=officer)


def url(file):
    return reverse("requests:evidence", args=[file.request.reference, file.key])


def opened():
    return HistoryEntry.objects.filter(action="evidence.opened")


def test_s56_a_file_comes_as_an_attachment_under_its_own_name_and_is_not_kept(client, case):
    file = EvidenceFactory(request=case, name="Attest für Zoë.png")

    answer = client.get(url(file))

    assert b"".join(answer.streaming_content) == PNG
    assert answer.headers["Content-Disposition"] == "attachment; filename*=utf-8''Attest%20f%C3%BCr%20Zo%C3%AB.png"
    assert {name: answer.headers[name] for name in ("Content-Type", "X-Content-Type-Options", "Cache-Control")} == {
        "Content-Type": "image/png",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }
    assert answer.headers["Content-Security-Policy"] == "sandbox"


def test_s56_a_page_inside_a_pdf_is_neither_shown_nor_run(client, case):
    content = ContentFile(HTML, name="0")
    file = EvidenceFactory(request=case, name="letter.pdf", content_type="application/pdf", file=content)

    answer = client.get(url(file))

    assert b"".join(answer.streaming_content) == HTML
    assert answer.headers["Content-Disposition"] == 'attachment; filename="letter.pdf"'
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "sandbox"


def test_each_opening_of_a_file_is_in_the_history(client, case, officer):
    file = EvidenceFactory(request=case)

    for _ in range(2):
        client.get(url(file)).getvalue()

    assert [(line.by, line.subject_id, line.note) for line in opened()] == [
        (officer, case.pk, f"Evidence {file.pk}")
    ] * 2
    assert "a file was opened by Olivia Marsh" in client.get(reverse("requests:detail", args=[case.reference])).text


@pytest.mark.parametrize(
    ("state", "sentence"),
    [(ScanState.HELD, "is being checked for viruses"), (ScanState.INFECTED, "A virus was found in")],
)
def test_s57_a_file_that_is_held_or_has_a_virus_is_not_given_and_says_why(client, case, state, sentence):
    answer = client.get(url(EvidenceFactory(request=case, scan_state=state)))

    assert (answer.status_code, answer.headers["Content-Type"]) == (404, "text/html; charset=utf-8")
    assert sentence in answer.text
    assert not opened().exists()


def test_a_file_that_is_gone_says_so(client, case):
    file = EvidenceFactory(request=case)
    file.file.storage.delete(file.file.name)

    answer = client.get(url(file))

    assert answer.status_code == 404
    assert "is not there any more" in answer.text


def test_the_file_of_another_request_is_not_found_under_this_one(client, case, entry, officer):
    other = EvidenceFactory(request=RequestFactory(entry=entry, started_by=officer, status=Status.IN_PROGRESS))

    answer = client.get(reverse("requests:evidence", args=[case.reference, other.key]))

    assert answer.status_code == 404
    assert not opened().exists()


@pytest.mark.parametrize(("person", "status"), [("colleague", 403), ("officer_elsewhere", 404), ("stranger", 403)])
def test_nobody_else_opens_a_file(request, signed_in, case, person, status):
    file = EvidenceFactory(request=case)

    answer = signed_in(request.getfixturevalue(person)).get(url(file))

    assert answer.status_code == status
    assert not opened().exists()


def test_a_file_is_not_opened_by_asking_for_its_head(client, case):
    assert client.head(url(EvidenceFactory(request=case))).status_code == 405
    assert not opened().exists()
