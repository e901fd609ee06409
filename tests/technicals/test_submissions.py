"""The page of a submission: Upload confirmation."""

import pytest
from django.urls import reverse

from technicals.enums import EntryState
from technicals.enums import SubmissionStatus as Status
from technicals.models import Submission
from technicals.queries.submissions import ENTRIES_ON_A_PAGE
from technicals.services.moving import move
from tests.factories.technicals import RegistrationFactory, UnitEntryFactory
from tests.reports.pages import count_queries, words_of
from tests.technicals.submissions import charge, page_of, submitted
from uploads.enums import RowState
from uploads.models import Upload, UploadRow

pytestmark = pytest.mark.django_db

PAGE_QUERIES = 18
NOTE = "Row 3 has a scheme code that was withdrawn."


@pytest.fixture
def client(signed_in, officer):
    return signed_in(officer)


@pytest.fixture
def complete(centre, officer):
    """A submission that was processed."""
    return submitted(centre, officer, Status.PROCESSING_COMPLETE, number="CT000007", order_number="PO 12")


def test_the_page_says_what_was_submitted_by_whom_and_what_it_costs(client, complete, centre):
    Submission.objects.update(counts={"rows": 3, "registrations": 2, "unit_entries": 1, "already": 0})
    entries = [RegistrationFactory(centre=centre, submission=complete) for _ in range(2)]
    unit = UnitEntryFactory(centre=centre, submission=complete)
    charge(entries[0], 4500)
    charge(entries[1], 4500, is_sample=True)
    charge(unit, None)

    page = client.get(page_of(complete))

    said = words_of(page)
    assert "<h1>Upload confirmation</h1>" in page.text
    assert "Entry status: Processing complete" in said
    assert "by Olivia Marsh, for Northgate School (61111)" in said
    assert "Order number or reference PO 12" in said
    assert "2 full awards, 1 unit entry, from 3 rows" in said
    assert "Total fee £90.00, and 1 charge on invoice (example amounts: the invoice counts)" in said
    assert "Quote your centre number and CT000007" in said


def test_rows_that_were_set_aside_are_counted_and_lead_to_mending_them(client, complete):
    UploadRow.objects.create(upload=complete.upload, number=3, state=RowState.SET_ASIDE)

    page = client.get(page_of(complete))

    assert "1 row of this file is not entered, because it was set aside. It is kept until" in words_of(page)
    assert f"{reverse('uploads:mend', args=[complete.upload.key])}?rows=aside" in page.text
    assert reverse("uploads:rows", args=[complete.upload.key, "left", "xlsx"]) in page.text


def test_rows_that_were_brought_back_lead_to_those_to_mend(client, complete):
    UploadRow.objects.create(upload=complete.upload, number=3, state=RowState.SET_ASIDE)
    UploadRow.objects.create(upload=complete.upload, number=4, state=RowState.OPEN)

    page = client.get(page_of(complete))

    assert "2 rows of this file are not entered" in words_of(page)
    assert f'href="{reverse("uploads:mend", args=[complete.upload.key])}">' in page.text


def test_a_read_only_member_can_only_take_set_aside_rows_away(signed_in, colleague, complete):
    UploadRow.objects.create(upload=complete.upload, number=3, state=RowState.SET_ASIDE)

    page = signed_in(colleague).get(page_of(complete))

    assert reverse("uploads:rows", args=[complete.upload.key, "left", "xlsx"]) in page.text
    assert reverse("uploads:mend", args=[complete.upload.key]) not in page.text


def test_rows_that_are_deleted_or_still_wait_are_not_offered_for_mending(client, complete, centre, officer, now):
    UploadRow.objects.create(upload=complete.upload, number=3, state=RowState.SET_ASIDE)
    Upload.objects.update(purged_at=now)
    waiting = submitted(centre, officer)

    assert [client.get(page_of(each)).context["rows_left"] for each in (complete, waiting)] == [0, 0]


def test_without_charges_nothing_is_to_pay(client, complete, centre):
    UnitEntryFactory(centre=centre, submission=complete)

    said = words_of(client.get(page_of(complete)))

    assert "Total fee No charge" in said


def test_the_entries_stand_in_the_order_of_the_file_each_with_its_fee(client, complete, centre):
    unit = UnitEntryFactory(centre=centre, submission=complete, row=3)
    second = RegistrationFactory(centre=centre, submission=complete, row=4, state=EntryState.WITHDRAWN)
    first = RegistrationFactory(centre=centre, submission=complete, row=2)
    charge(first, 4500)
    charge(first, None)

    page = client.get(page_of(complete))

    assert list(page.context["page"]) == [first, unit, second]
    said = words_of(page)
    assert "£45.00 and on invoice" in said
    assert "Full award: Withdrawn" in said
    assert f"Unit entry Unit 1 {unit.unit.title}" in said


def test_many_entries_are_paged(client, complete, centre):
    shared = {"centre": centre, "submission": complete}
    RegistrationFactory.create_batch(ENTRIES_ON_A_PAGE, **shared)
    last = UnitEntryFactory(**shared, row=9999)

    assert list(client.get(page_of(complete), {"page": 2}).context["page"]) == [last]


def test_the_page_asks_the_same_number_of_queries_for_one_entry_and_for_three(client, complete, centre):
    def one_more():
        charge(RegistrationFactory(centre=centre, submission=complete), 4500)
        charge(UnitEntryFactory(centre=centre, submission=complete), None)

    one_more()
    client.get(page_of(complete))
    with_one = count_queries(client, page_of(complete))
    one_more()
    one_more()

    assert (with_one, count_queries(client, page_of(complete))) == (PAGE_QUERIES, PAGE_QUERIES)


def test_a_submission_that_waits_says_how_many_are_before_it_and_asks_again(client, centre, other_centre, officer):
    submitted(other_centre, officer, Status.PROCESSING_IN_PROGRESS)
    submitted(other_centre, officer, Status.PROCESSING_COMPLETE)
    waits = submitted(centre, officer)
    submitted(centre, officer)

    page = client.get(page_of(waits))

    assert "1 submission will be processed before this one." in words_of(page)
    assert f'href="{page_of(waits)}">Refresh</a>' in page.text
    assert f'data-progress="{page_of(waits)}now/"' in page.text


@pytest.mark.parametrize(
    ("status", "progress", "leads_on"),
    [
        (Status.READ_AND_RECOGNISED, "It is the next to be processed.", False),
        (Status.PROCESSING_IN_PROGRESS, "Its rows are being entered.", False),
        (Status.PROCESSING_COMPLETE, "", True),
        (Status.OCR_HANDLING_THIS, "", True),
    ],
)
def test_an_open_page_hears_how_far_it_is_and_leads_on_when_it_is_done(
    status, progress, leads_on, client, centre, officer
):
    submission = submitted(centre, officer, status)

    answer = client.get(f"{page_of(submission)}now/").json()

    assert answer == {"progress": progress, "next": page_of(submission) if leads_on else ""}


@pytest.mark.parametrize("status", [Status.PROCESSING_COMPLETE, Status.READ_AND_REJECTED, Status.OCR_HANDLING_THIS])
def test_a_submission_that_waits_for_no_worker_has_no_refresh(status, client, centre, officer):
    assert ">Refresh</a>" not in client.get(page_of(submitted(centre, officer, status))).text


def test_a_rejected_submission_names_the_rows_and_leads_to_its_upload(client, centre, officer):
    refusals = [{"code": "UCI-02", "sentence": "The last letter must be X.", "row": 12}]
    rejected = submitted(centre, officer, Status.READ_AND_REJECTED, refusals=refusals, note=NOTE)

    page = client.get(page_of(rejected))

    assert "Row 12: The last letter must be X." in words_of(page)
    assert f"Our note: {NOTE}" in words_of(page)
    assert f'href="{reverse("uploads:resume", args=[rejected.upload.key])}">Open the upload and mend it' in page.text


def test_a_rejected_submission_whose_rows_are_gone_is_uploaded_again(client, centre, officer):
    rejected = submitted(centre, officer, Status.READ_AND_REJECTED, upload=None)

    page = client.get(page_of(rejected)).text

    assert "Open the upload and mend it" not in page
    assert f'href="{reverse("uploads:upload", args=["technicals"])}">Upload the file again' in page


def test_a_read_only_member_reads_it_all_and_is_offered_nothing(signed_in, colleague, centre, officer):
    rejected = submitted(centre, officer, Status.READ_AND_REJECTED)

    page = signed_in(colleague).get(page_of(rejected)).text

    assert "Read and rejected" in page
    assert "uploads/" not in page.split("<main")[1].split("</main>")[0]


def test_a_duplicate_file_leads_to_the_first_submission_and_to_the_new_rows(client, complete, centre, officer):
    duplicate = submitted(centre, officer, Status.DUPLICATE_FILE, upload=None, duplicate_of=complete)

    page = client.get(page_of(duplicate)).text

    assert f'href="{page_of(complete)}">CT000007</a>' in page
    assert "Upload only the new rows" in page


@pytest.mark.parametrize("status", [Status.EMPTY_FILE, Status.UPLOAD_FAILED])
def test_a_file_that_could_not_be_read_is_uploaded_again(status, client, centre, officer):
    refusals = [{"code": "FILE-06", "sentence": "Remove the password.", "row": None}]
    page = client.get(page_of(submitted(centre, officer, status, upload=None, refusals=refusals))).text

    assert "<li>Remove the password.</li>" in page
    assert "Upload the file again" in page


def test_of_very_many_reasons_the_first_are_listed_and_the_others_counted(client, centre, officer):
    refusals = [{"code": "X-01", "sentence": f"Reason {number}.", "row": number} for number in range(2, 253)]

    page = client.get(page_of(submitted(centre, officer, Status.READ_AND_REJECTED, refusals=refusals)))

    assert page.text.count("<li>Row ") == 200
    assert "And 51 more." in page.text


def test_every_move_stands_there_with_who_made_it(client, centre, officer, staff, now):
    submission = submitted(centre, officer)
    for to, by, fields in [
        (Status.PROCESSING_IN_PROGRESS, None, {}),
        (Status.OCR_HANDLING_THIS, staff, {"note": NOTE}),
    ]:
        submission = move(submission=submission, to=to, by=by, at=now, **fields)

    said = words_of(client.get(page_of(submission)))

    assert "Read and recognised, by Olivia Marsh" in said
    assert "Processing in progress, by the portal" in said
    assert f"OCR handling this, by OCR. Note: {NOTE}" in said
    assert "Sam Taylor" not in said


def test_the_submission_of_another_centre_is_not_there(client, other_centre, officer):
    theirs = submitted(other_centre, officer, Status.PROCESSING_COMPLETE)

    answers = [
        client.get(page_of(theirs)),
        client.get(reverse("technicals:submission-file", args=[theirs.number, "csv"])),
    ]

    assert [answer.status_code for answer in answers] == [404, 404]
