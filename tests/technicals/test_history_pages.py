"""The entry submission history: its list, its filters, and the list as a file."""

from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse

from candidates.models import CandidateGroup
from core.moments import UK
from technicals.codecs.history import HistoryAsked, read_history_asked
from technicals.enums import Channel
from technicals.enums import SubmissionStatus as Status
from tests.factories.candidates import CandidateFactory
from tests.factories.technicals import QualificationFactory, RegistrationFactory, SubmissionFactory, UnitEntryFactory
from tests.reports.pages import count_queries, words_of
from tests.technicals.submissions import submitted

pytestmark = pytest.mark.django_db

HISTORY = "/technicals/submissions/"
HISTORY_QUERIES = 12
DAY = timedelta(days=1)


@pytest.fixture
def client(signed_in, officer):
    return signed_in(officer)


@pytest.fixture
def submission(centre, officer):
    """Make a submission of the centre."""

    def make(**fields):
        return SubmissionFactory(centre=centre, submitted_by=officer, **fields)

    return make


def listed(client, **asked):
    """The numbers in the list, as they stand."""
    return [each.number for each in client.get(HISTORY, asked).context["page"]]


# --- what an address asks ---------------------------------------------------------------------------------------------


def test_an_address_that_asks_nothing_shows_everything():
    asked = read_history_asked({})

    assert asked == HistoryAsked()
    assert not asked.is_narrowed


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2027-01-31", date(2027, 1, 31)),
        ("31/01/2027", date(2027, 1, 31)),
        (" 1/2/2027 ", date(2027, 2, 1)),
        ("2027-02-30", None),
        ("01/13/2027", None),
        ("soon", None),
        ("١/١/٢٠٢٧", None),
        ("", None),
    ],
)
def test_a_day_is_read_as_browsers_send_it_and_as_people_type_it(typed, day):
    assert read_history_asked({"since": [typed]}).since == day


@pytest.mark.parametrize(
    "parameters",
    [{"group": ["x"]}, {"qualification": ["0583"]}, {"status": ["lost"]}, {"sort": ["secret"]}, {"page": ["-1"]}],
)
def test_nonsense_is_left_out(parameters):
    assert read_history_asked(parameters) == HistoryAsked()


def test_order_and_page_narrow_nothing():
    assert not read_history_asked({"sort": ["number"], "page": ["3"]}).is_narrowed
    assert read_history_asked({"status": ["empty-file"]}).is_narrowed


# --- the list ---------------------------------------------------------------------------------------------------------


def test_a_line_says_all_that_the_guide_asks_for(client, submission, centre):
    submission(number="CT000007", order_number="PO 12", counts={"registrations": 1, "unit_entries": 2, "already": 3})

    page = client.get(HISTORY)

    said = words_of(page)
    assert "CT000007" in said
    assert "by Olivia Marsh Spreadsheet technicals.csv PO 12 Processing complete" in said
    assert "1 full award, 2 unit entries, 3 entered already" in said
    assert "<h1>View Cambridge Technicals entry submission history</h1>" in page.text


def test_the_web_form_stands_in_the_same_list(client, submission):
    submission(channel=Channel.WEB_FORM, status=Status.SUBMITTED, file_name="")

    assert "Web form None None Submitted" in words_of(client.get(HISTORY))


def test_a_line_says_what_is_to_be_done_and_leads_there(client, centre, officer, submission):
    first = submission()
    rejected = submitted(centre, officer, Status.READ_AND_REJECTED, note="Mend row 3.")
    submission(status=Status.DUPLICATE_FILE, duplicate_of=first)
    submission(status=Status.EMPTY_FILE)

    page = client.get(HISTORY)

    said, upload = words_of(page), reverse("uploads:upload", args=["technicals"])
    assert (
        "There was a problem when the spreadsheet was processed. Nothing of it was entered. Our note: Mend row 3."
        in said
    )
    assert f'href="{reverse("uploads:resume", args=[rejected.upload.key])}">Open the upload and mend it' in page.text
    assert f"The first submission: {first.number} Upload only the new rows" in said
    assert f'href="{upload}">Upload the file again' in page.text


def test_a_read_only_member_reads_the_list_and_is_offered_no_upload(signed_in, colleague, centre, officer):
    submitted(centre, officer, Status.READ_AND_REJECTED)

    page = signed_in(colleague).get(HISTORY).text

    assert "Read and rejected" in page
    assert "/uploads/" not in page.split("<main")[1].split("</main>")[0]


def test_every_status_is_explained_under_the_list_and_the_number_to_call_is_told(client, submission):
    said = words_of(client.get(HISTORY))

    assert [status.label for status in Status if status.label not in said] == []
    assert "02476 851509" in said


def test_a_centre_without_submissions_is_told_where_to_begin(client):
    page = client.get(HISTORY)

    assert "Your centre has submitted nothing yet" in page.text
    assert 'name="search"' not in page.text


def test_submissions_of_another_centre_are_not_there(client, submission, other_centre):
    ours = submission()
    SubmissionFactory(centre=other_centre)

    assert listed(client) == [ours.number]


@pytest.mark.parametrize(
    ("sort", "order"),
    [("", "cab"), ("submitted", "bac"), ("number", "abc"), ("-number", "cba"), ("file", "bca"), ("status", "bac")],
)
def test_the_headings_sort_the_list(sort, order, client, submission, now):
    values = {
        "a": ("CT000001", now - DAY, "c.csv", Status.PROCESSING_COMPLETE),
        "b": ("CT000002", now - 2 * DAY, "a.csv", Status.DUPLICATE_FILE),
        "c": ("CT000003", now, "b.csv", Status.UPLOAD_FAILED),
    }
    for number, at, file_name, status in values.values():
        submission(number=number, submitted_at=at, file_name=file_name, status=status)

    names = {number: name for name, (number, *_) in values.items()}
    assert "".join(names[number] for number in listed(client, sort=sort)) == order


# --- filters ----------------------------------------------------------------------------------------------------------


def test_the_days_are_days_in_the_united_kingdom_and_include_the_last(client, submission):
    first = submission(submitted_at=datetime(2027, 7, 1, 0, 0, tzinfo=UK))
    last = submission(submitted_at=datetime(2027, 7, 2, 23, 59, 59, tzinfo=UK))
    submission(submitted_at=datetime(2027, 6, 30, 23, 59, 59, tzinfo=UK))
    submission(submitted_at=datetime(2027, 7, 3, 0, 0, tzinfo=UK))

    assert listed(client, since="2027-07-01", until="02/07/2027") == [last.number, first.number]
    assert len(listed(client, since="0001-01-01", until="9999-12-31")) == 4


def test_submissions_of_a_status_are_found(client, submission):
    submission()
    rejected = submission(status=Status.READ_AND_REJECTED)

    assert listed(client, status=Status.READ_AND_REJECTED) == [rejected.number]


@pytest.mark.parametrize("search", ["zoe", "o'neil", "ZOË", "neil zo", "61111", "9X"])
@pytest.mark.parametrize("factory", [RegistrationFactory, UnitEntryFactory])
def test_a_submission_is_found_by_a_candidate_in_it(factory, search, client, submission, centre):
    names = {"plain_first_name": "Zoe", "plain_last_name": "ONeil", "uci": "611110270009X"}
    candidate = CandidateFactory(centre=centre, first_name="Zoë", last_name="O'Neil", **names)
    found = submission()
    factory(centre=centre, candidate=candidate, submission=found)
    factory(centre=centre, submission=submission())

    assert listed(client, search=search) == [found.number]


def test_a_submission_is_found_by_the_present_members_of_a_group(client, submission, centre, other_centre, now):
    group = CandidateGroup.objects.create(centre=centre, name="12 Business", created_at=now)
    theirs = CandidateGroup.objects.create(centre=other_centre, name="Theirs", created_at=now)
    entries = [RegistrationFactory(centre=centre, submission=submission()) for _ in range(2)]
    group.candidates.add(entries[0].candidate)
    theirs.candidates.add(entries[0].candidate)

    assert listed(client, group=group.key) == [entries[0].submission.number]
    assert listed(client, group=theirs.key) == []
    page = client.get(HISTORY)
    assert ("12 Business" in page.text, "Theirs" in page.text) == (True, False)


def test_a_submission_is_found_by_qualification_among_those_entered_for(client, submission, centre):
    other = QualificationFactory(code="05835")
    QualificationFactory(code="05836")
    RegistrationFactory(centre=centre, submission=submission())
    found = submission()
    UnitEntryFactory(centre=centre, submission=found, qualification=other)

    assert listed(client, qualification="05835") == [found.number]
    choices = client.get(HISTORY).context["filter_form"].fields["qualification"].choices
    assert [code for code, _ in choices] == ["", "05834", "05835"]


def test_several_filters_ask_for_one_entry_that_has_them_all(client, submission, centre):
    both, ann = submission(), CandidateFactory(centre=centre, last_name="Wanted")
    RegistrationFactory(centre=centre, submission=both, candidate=ann)
    RegistrationFactory(centre=centre, submission=both, qualification=QualificationFactory(code="05835"))

    assert listed(client, search="wanted", qualification="05834") == [both.number]
    assert listed(client, search="wanted", qualification="05835") == []


def test_where_nothing_is_found_the_way_back_is_offered(client, submission):
    submission()

    page = client.get(HISTORY, {"status": Status.EMPTY_FILE})

    assert "No submission of your centre is as asked for" in page.text
    assert f'<a href="{HISTORY}">Show all submissions</a>' in page.text


def test_filters_are_kept_while_sorting_and_paging(client, submission):
    for _ in range(26):
        submission()

    page = client.get(HISTORY, {"status": Status.PROCESSING_COMPLETE, "since": "2020-01-01"}).text

    assert "?status=processing-complete&amp;since=2020-01-01&amp;sort=number" in page
    assert "?status=processing-complete&amp;since=2020-01-01&amp;page=2" in page
    assert "submissions.xlsx?status=processing-complete&amp;since=2020-01-01" in page
    assert 'value="2020-01-01"' in page


def test_the_list_asks_the_same_number_of_queries_for_one_and_for_three(client, centre, officer, now):
    def one_more():
        submission = submitted(centre, officer, Status.READ_AND_REJECTED)
        entry = RegistrationFactory(centre=centre, submission=submission)
        group = CandidateGroup.objects.create(centre=centre, name=submission.number, created_at=now)
        group.candidates.add(entry.candidate)
        return f"{HISTORY}?search=smith&group={group.key}&qualification=05834&since=2020-01-01"

    address = one_more()
    client.get(address)
    with_one = count_queries(client, address)
    one_more()
    one_more()

    assert (with_one, count_queries(client, address)) == (HISTORY_QUERIES, HISTORY_QUERIES)
    assert count_queries(client, HISTORY) == HISTORY_QUERIES


# --- the list as a file -----------------------------------------------------------------------------------------------


def test_the_list_is_taken_away_with_its_filters(client, submission):
    submission(number="CT000001", counts={"registrations": 2, "unit_entries": 0, "already": 1})
    submission(number="CT000002", status=Status.EMPTY_FILE)

    file = client.get(reverse("technicals:submissions-file", args=["csv"]), {"status": Status.PROCESSING_COMPLETE})

    headings, *lines = file.content.decode("utf-8-sig").splitlines()
    assert headings.startswith('"Submission number","Date and time","Channel","File name"')
    assert [line.split(",")[0] for line in lines] == ['"CT000001"']
    assert lines[0].endswith('"2","0","1","Olivia Marsh"')
    assert "61111-entry-submission-history-" in file.headers["Content-Disposition"]


def test_the_list_is_there_as_a_workbook_and_in_no_unknown_form(client, submission):
    submission()

    answers = [client.get(reverse("technicals:submissions-file", args=[form])) for form in ("xlsx", "xls", "pdf")]

    assert [answer.status_code for answer in answers] == [200, 200, 404]
    assert answers[0].content.startswith(b"PK")
