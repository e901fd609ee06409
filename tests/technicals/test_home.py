"""Make entries, and the tabs."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from core.moments import in_words
from technicals.enums import SeriesKind
from technicals.models import Approval
from tests.factories.technicals import EntryDraftFactory, TechnicalsApprovalFactory, exam_series, today
from tests.reports.pages import count_queries, words_of
from tests.technicals.submissions import submitted, upload_for
from uploads.enums import RowState, UploadState
from uploads.models import UploadRow

pytestmark = pytest.mark.django_db

HOME = "/technicals/"
HOME_QUERIES = 11
UPLOAD = "Upload Cambridge Technicals entries spreadsheet"
DAY = timedelta(days=1)


@pytest.fixture
def client(signed_in, officer):
    return signed_in(officer)


@pytest.fixture
def approval(centre):
    return TechnicalsApprovalFactory(centre=centre)


def tabs(page):
    """The tabs of a page in their order, and the one that is current."""
    found = re.findall(r'<li><a href="[^"]*" (aria-current="page")?>([^<]*)</a></li>', page.text.split("</nav>")[0])
    return [title for _, title in found], [title for current, title in found if current]


# --- Make entries -----------------------------------------------------------------------------------------------------


def test_the_page_leads_to_the_spreadsheet_and_to_all_that_is_looked_up(client, approval):
    page = client.get(HOME)

    assert "<h1>Make entries</h1>" in page.text
    assert f'href="{reverse("uploads:upload", args=["technicals"])}">{UPLOAD}</a>' in page.text
    titles = ["Entry codes", "Fees list", "Key dates", "Entry rules", "Entry submission history"]
    assert [title for title in titles if f">{title}</a>" not in page.text] == []


def test_a_centre_without_an_approval_is_told_whom_to_ask(client, centre):
    TechnicalsApprovalFactory(centre=centre, until=today() - DAY)

    page = client.get(HOME)

    assert UPLOAD not in page.text
    assert "Your centre has no approval" in page.text
    assert "02476 851509" in page.text
    assert "vocational.qualifications@ocr.org.uk" in page.text


def test_a_read_only_member_is_not_offered_the_upload(signed_in, colleague, approval):
    page = signed_in(colleague).get(HOME)

    assert UPLOAD not in page.text
    assert "Your role at this centre is read-only" in page.text


def test_files_that_nobody_submitted_are_listed_with_who_uploaded_them(client, officer, centre, other_centre, approval):
    upload_for(centre, officer, file_name="waits.csv")
    upload_for(centre, officer, file_name="unread.csv", state=UploadState.RECEIVED)
    upload_for(centre, officer, file_name="queued.csv", state=UploadState.QUEUED)
    upload_for(centre, officer, file_name="done.csv", state=UploadState.ENTERED)
    upload_for(centre, officer, file_name="of step.csv", kind="step")
    upload_for(other_centre, officer, file_name="theirs.csv")

    page = client.get(HOME)

    assert sorted(upload.file_name for upload in page.context["uploads"]) == ["unread.csv", "waits.csv"]
    assert "by Olivia Marsh" in words_of(page)


def test_rows_that_were_set_aside_of_an_entered_file_are_not_forgotten(client, officer, centre, approval):
    entered = upload_for(centre, officer, file_name="all.csv", state=UploadState.ENTERED)
    partly = upload_for(centre, officer, file_name="most.csv", state=UploadState.ENTERED)
    aside = [UploadRow(upload=partly, number=number, state=RowState.SET_ASIDE) for number in (3, 4)]
    UploadRow.objects.bulk_create(aside)

    page = client.get(HOME)

    assert page.context["uploads_left"] == [partly]
    assert f'<a href="{reverse("uploads:mend", args=[partly.key])}?rows=aside">most.csv</a>' in page.text
    assert "2 rows are set aside or not submitted. The others are entered." in words_of(page)
    assert reverse("uploads:mend", args=[entered.key]) not in page.text


def test_the_next_deadlines_stand_there_with_what_comes_after_them(client, approval):
    open_now = exam_series(SeriesKind.JANUARY, is_sample=True)
    late_now = exam_series(
        SeriesKind.JUNE,
        today().year + 1,
        opens_on=today() - 60 * DAY,
        entry_deadline=today() - DAY,
        late_until=today() + DAY,
    )
    exam_series(SeriesKind.JUNE, today().year - 1, opens_on=today() - 400 * DAY, entry_deadline=today() - 300 * DAY)

    page = client.get(HOME)

    assert page.context["series"] == [late_now, open_now]
    said = words_of(page)
    assert f"{late_now}, examined units Late entries, for a charge, until" in said
    assert f"{in_words(late_now.window_with_late.deadline)} {open_now}" in said
    assert "(an example date)" in said


def test_the_page_asks_the_same_number_of_queries_for_one_and_for_three_of_everything(
    client, officer, centre, approval
):
    upload_for(centre, officer)
    EntryDraftFactory(centre=centre, started_by=officer)
    exam_series()
    client.get(HOME)
    with_one = count_queries(client, HOME)
    for number in (1, 2):
        upload_for(centre, officer)
        EntryDraftFactory(centre=centre, started_by=officer)
        exam_series(SeriesKind.JUNE, today().year + number)

    assert (with_one, count_queries(client, HOME)) == (HOME_QUERIES, HOME_QUERIES)


# --- tabs -------------------------------------------------------------------------------------------------------------


def test_the_tabs_stand_in_the_order_of_the_words(client, session, approval):
    shown, _ = tabs(client.get(HOME))

    assert shown == [
        "Entries Overview",
        "STEP",
        "Cambridge Technicals",
        "Candidates",
        "Entries",
        "My Details",
        "Help",
    ]


def test_without_an_approval_in_force_there_is_no_tab_of_cambridge_technicals(client, session, centre):
    Approval.objects.bulk_create(
        TechnicalsApprovalFactory.build(centre=centre, since=since, until=until)
        for since, until in [(today() - 9 * DAY, today() - DAY), (today() + DAY, None)]
    )

    shown, _ = tabs(client.get("/"))

    assert shown == ["Entries Overview", "STEP", "Candidates", "Entries", "My Details", "Help"]


def test_who_belongs_to_no_centre_has_the_tabs_of_the_account_alone(signed_in, stranger):
    assert tabs(signed_in(stranger).get("/help/")) == (["My Details", "Help"], ["Help"])


@pytest.mark.parametrize(
    ("url", "current"),
    [
        ("/", "Entries Overview"),
        ("/requests/", "Entries Overview"),
        ("/step/", "STEP"),
        ("/technicals/", "Cambridge Technicals"),
        ("/technicals/entry-codes/", "Cambridge Technicals"),
        ("/technicals/submissions/", "Entries"),
        ("/candidates/", "Candidates"),
        ("/uploads/new/step/", "STEP"),
        ("/uploads/new/technicals/", "Cambridge Technicals"),
        ("/account/my-details/", "My Details"),
        ("/help/getting-started/", "Help"),
    ],
)
def test_one_tab_is_current(url, current, client, session, approval):
    assert tabs(client.get(url))[1] == [current]


def test_the_page_of_a_submission_and_of_an_upload_have_their_tabs(client, officer, centre, session, approval):
    submission = submitted(centre, officer)
    upload = upload_for(centre, officer, state=UploadState.HEADINGS, headings=["A"], mapping=[None])

    pages = [reverse("technicals:submission", args=[submission.number]), reverse("uploads:discard", args=[upload.key])]

    assert [tabs(client.get(page))[1] for page in pages] == [["Entries"], ["Cambridge Technicals"]]
