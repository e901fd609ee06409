"""The requests on the administration's front page."""

from datetime import timedelta

import pytest
from django.urls import reverse

from entries_portal.front_page import figures_of_requests
from requests_forms.enums import ScanState, Status
from tests.factories.requests import EvidenceFactory, RequestFactory
from tests.reports.test_overview import words_of

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def requests(staff, now):
    """One of everything that is counted, and another that must not be."""
    RequestFactory(due_at=now - DAY)
    RequestFactory(due_at=now + DAY, assignee=staff, status=Status.IN_PROGRESS)
    RequestFactory(status=Status.MORE_INFORMATION, assignee=staff)
    RequestFactory(status=Status.APPROVED, due_at=now - DAY)
    RequestFactory(status=Status.DRAFT)


def test_the_requests_that_wait_are_counted(requests, now):
    assert [(figure.label, figure.count) for figure in figures_of_requests(now)] == [
        ("Open", 3),
        ("Open, past the date of their decision", 1),
        ("Open, assigned to nobody", 1),
        ("More information needed", 1),
    ]


def test_files_that_wait_for_the_scanner_are_counted_by_their_requests_while_there_are_any(now):
    case = EvidenceFactory(scan_state=ScanState.HELD).request
    EvidenceFactory(request=case, scan_state=ScanState.HELD)
    EvidenceFactory()

    [held] = [figure for figure in figures_of_requests(now) if "virus scanner" in figure.label]

    assert (held.count, held.is_alarming) == (1, True)


def test_each_number_leads_to_the_list_of_what_it_counts(requests, signed_in, staff, now):
    EvidenceFactory(request__status=Status.APPROVED, scan_state=ScanState.HELD)
    client = signed_in(staff)

    shown = client.get(reverse("admin:index")).context["requests"]

    assert len(shown) == 5
    for figure in shown:
        listed = client.get(figure.url).context["cl"].result_count
        assert (figure.url, listed) == (figure.url, figure.count)


def test_the_front_page_shows_them_under_a_heading_of_their_own(requests, signed_in, staff):
    words = words_of(signed_in(staff).get(reverse("admin:index")))

    assert "Requests on " in words
    assert "Open, past the date of their decision 1" in words
