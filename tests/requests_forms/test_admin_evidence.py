"""Files of evidence as the STEP team opens them."""

import pytest
from django.urls import reverse

from core.history import history_of
from requests_forms.enums import ScanState, Status
from tests.factories.requests import EvidenceFactory, RequestFactory
from tests.reports.test_overview import words_of
from tests.requests_forms.admin_pages import desk_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(signed_in, staff):
    return signed_in(staff)


@pytest.fixture
def case(entry, officer):
    """A request of Northgate that was sent."""
    return RequestFactory(entry=entry, started_by=officer)


def file_of(evidence, case=None):
    return reverse("admin:requests_forms_request_evidence", args=[(case or evidence.request).pk, evidence.key])


def test_evidence_is_downloaded_and_its_opening_recorded(client, case, staff):
    evidence = EvidenceFactory(request=case, name="Brief vom Arzt – März.png")

    link = file_of(evidence) in client.get(desk_of(case)).text
    file = client.get(file_of(evidence))

    assert (link, b"".join(file.streaming_content)[:4]) == (True, b"\x89PNG")
    assert file.headers["Content-Disposition"] == (
        "attachment; filename*=utf-8''Brief%20vom%20Arzt%20%E2%80%93%20M%C3%A4rz.png"
    )
    assert {name: file.headers[name] for name in ("Content-Type", "Content-Security-Policy", "Cache-Control")} == {
        "Content-Type": "image/png",
        "Content-Security-Policy": "sandbox",
        "Cache-Control": "no-store",
    }
    assert file.headers["X-Content-Type-Options"] == "nosniff"
    opened = history_of(case).get(action="evidence.opened")
    assert (opened.by, opened.note) == (staff, f"Evidence {evidence.pk}")


@pytest.mark.parametrize("state", [ScanState.HELD, ScanState.INFECTED])
def test_a_file_that_cannot_be_opened_is_named_with_the_reason_and_not_linked(client, case, state):
    evidence = EvidenceFactory(request=case, scan_state=state)

    page = client.get(desk_of(case))

    assert f"letter.png: {state.label}" in words_of(page)
    assert file_of(evidence) not in page.text
    assert client.get(file_of(evidence)).status_code == 404
    assert history_of(case).filter(action="evidence.opened").count() == 0


def test_a_file_is_found_with_its_own_request_alone(client, case):
    evidence = EvidenceFactory(request=case)

    assert client.get(file_of(evidence, RequestFactory())).status_code == 404


def test_a_file_of_a_draft_is_not_found(client):
    assert client.get(file_of(EvidenceFactory(request__status=Status.DRAFT))).status_code == 404


def test_a_file_that_is_gone_from_its_place_is_not_found(client, case):
    evidence = EvidenceFactory(request=case)
    evidence.file.storage.delete(evidence.file.name)

    assert client.get(file_of(evidence)).status_code == 404
