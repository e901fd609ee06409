"""The staff of Cambridge Technicals: a submission that stands still, and the catalogue. axe finds nothing at all."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from outbox.models import OutgoingEmail
from technicals.enums import SubmissionStatus
from technicals.kinds import TECHNICALS_ENTRIES
from technicals.models import Qualification, Registration, Submission
from tests.browser.keyboard import arrive
from tests.browser.pages import follow, press
from tests.browser.technicals_world import rows, set_up
from tests.factories.technicals import SHIPPED
from tests.factories.technicals_files import upload_of
from uploads.services import judge, submit_upload

NOTE = "We look into the series of two rows."


@pytest.fixture
def submission(centre, officer):
    """A spreadsheet that was submitted an hour ago and still waits for a worker."""
    set_up(centre)
    at = timezone.now() - timedelta(hours=1)
    upload = upload_of(rows(8), centre=centre, by=officer, at=at)
    seen = judge(upload=upload, kind=TECHNICALS_ENTRIES, at=at).fingerprint
    submit_upload(upload=upload, kind=TECHNICALS_ENTRIES, by=officer, at=at, seen=seen)
    return Submission.objects.get()


@pytest.fixture
def staff_page(browser, live_server, staff, sign_in):
    """The front page of the administration, in the browser of one of the staff."""
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        sign_in(context, staff)
        page = context.new_page()
        page.has_scripts = True
        page.goto(f"{live_server.url}/admin/")
        yield page


def stands_at(submission, status):
    submission.refresh_from_db()
    return submission.status == status


def test_a_submission_is_taken_over_with_a_note_and_put_back(
    staff_page, page, live_server, officer, sign_in, submission
):
    sign_in(page.context, officer)
    page.has_scripts = True
    follow(staff_page.get_by_role("link", name="Submissions", exact=True).first)
    follow(staff_page.get_by_role("link", name="Submissions to look at"))
    arrive(staff_page, "Submissions to look at")
    follow(staff_page.get_by_role("link", name=submission.number))
    arrive(staff_page, f"{submission.number}: Read and recognised")
    press(staff_page, "Take over: OCR handling this")
    arrive(staff_page, f"{submission.number}: Read and recognised")
    assert stands_at(submission, SubmissionStatus.READ_AND_RECOGNISED)
    staff_page.get_by_label("Note to the centre").fill(NOTE)
    press(staff_page, "Take over: OCR handling this")
    arrive(staff_page, "Submissions to look at")
    page.goto(f"{live_server.url}/technicals/submissions/{submission.number}/")
    arrive(page, "Upload confirmation")
    expect(page.get_by_role("main")).to_contain_text("OCR handling this")
    expect(page.get_by_role("main")).to_contain_text(NOTE)

    follow(staff_page.get_by_role("link", name=submission.number))
    arrive(staff_page, f"{submission.number}: OCR handling this")
    press(staff_page, "Put back into the queue")
    page.reload()

    expect(page.get_by_role("main")).to_contain_text("Processing complete")
    assert stands_at(submission, SubmissionStatus.PROCESSING_COMPLETE)
    assert Registration.objects.count() == 6
    assert [mail.to for mail in OutgoingEmail.objects.filter(key__startswith="technicals-")] == [[officer.email]]


def test_the_catalogue_is_loaded_after_its_differences_were_seen(staff_page, centre):
    set_up(centre)
    Qualification.objects.filter(code="05834").update(size="Small Certificate")
    Qualification.objects.filter(code="05836").delete()
    follow(staff_page.get_by_role("link", name="Qualifications", exact=True).first)
    follow(staff_page.get_by_role("link", name="Load from CSV"))
    arrive(staff_page, "Load from CSV")
    staff_page.get_by_label("Entry codes").set_input_files(SHIPPED / "qualifications.csv")
    press(staff_page, "Show the differences")
    arrive(staff_page, "Load from CSV")
    expect(staff_page.locator("#content")).to_contain_text("Small Certificate")
    expect(staff_page.locator("#content")).to_contain_text("05836")
    assert Qualification.objects.get(code="05834").size == "Small Certificate"

    press(staff_page, "Apply")

    expect(staff_page.get_by_text("2 differences applied.")).to_be_visible()
    assert Qualification.objects.get(code="05834").size == "Certificate"
    assert Qualification.objects.filter(code="05836").exists()
