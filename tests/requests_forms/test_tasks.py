"""What is done with requests by night and by the minute."""

from datetime import timedelta
from io import StringIO

import pytest
from celery import current_app
from django.core.management import call_command
from django.utils import timezone

from core.scanning import ScannerDown
from entries_portal.celery import app
from requests_forms import tasks
from requests_forms.enums import ScanState, Status
from requests_forms.models import Evidence, Request
from tests.factories.requests import EvidenceFactory, RequestFactory
from tests.factories.step_entries import SessionFactory, StepEntryFactory

pytestmark = pytest.mark.django_db

YEARS = timedelta(days=3 * 365)


def scanner_down(content):
    raise ScannerDown("No answer.")


def said(command):
    out = StringIO()
    call_command(command, stdout=out)
    return out.getvalue()


@pytest.fixture
def kept_too_long():
    """A request of three years ago with a file, its reasons, and a draft that nobody sent."""
    before = timezone.now() - YEARS
    entry = StepEntryFactory(session=SessionFactory(opens_at=before))
    ended = RequestFactory(entry=entry, status=Status.APPROVED, started_at=before, answers={"note": "Broke an arm"})
    EvidenceFactory(request=ended)
    RequestFactory(status=Status.DRAFT, started_at=before)


def test_what_is_kept_no_longer_is_deleted_once(kept_too_long):
    first, second = tasks.purge_requests(), tasks.purge_requests()

    assert (first, second) == (3, 0)  # the file, the reasons, the draft
    assert (Request.objects.get().answers, Evidence.objects.count()) == ({}, 0)


def test_what_is_still_kept_is_left_alone():
    evidence = EvidenceFactory(request__answers={"note": "Broke an arm"})
    RequestFactory(status=Status.DRAFT)

    assert tasks.purge_requests() == 0
    assert Evidence.objects.get() == evidence
    assert Request.objects.count() == 2


def test_tidy_counts_the_requests(kept_too_long):
    assert "and what is not kept of 3 requests deleted" in said("tidy")


def test_files_that_were_held_are_opened_when_the_scanner_answers(settings):
    EvidenceFactory(scan_state=ScanState.HELD)
    settings.EVIDENCE_SCANNER = f"{__name__}.scanner_down"

    down = tasks.scan_held_evidence()
    settings.EVIDENCE_SCANNER = ""
    up = tasks.scan_held_evidence()

    assert (down, up) == (0, 1)
    assert Evidence.objects.get().scan_state == ScanState.CLEAN


def test_the_command_says_how_many_files_it_released_and_how_many_are_held(settings):
    EvidenceFactory.create_batch(2, scan_state=ScanState.HELD)
    settings.EVIDENCE_SCANNER = f"{__name__}.scanner_down"

    down = said("scan_evidence")
    settings.EVIDENCE_SCANNER = ""
    up = said("scan_evidence")

    assert down.startswith("scan_evidence: 0 released, 2 held, database ")
    assert up.startswith("scan_evidence: 2 released, 0 held, database ")


def test_the_timetable_rings_for_both(db):
    current_app.loader.import_default_modules()
    rung = {entry["task"] for entry in app.conf.beat_schedule.values()}

    assert {"requests_forms.tasks.purge_requests", "requests_forms.tasks.scan_held_evidence"} <= rung & set(app.tasks)
