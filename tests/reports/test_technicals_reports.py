"""Cambridge Technicals reports: what stands in each, its filters, its files, and what it costs."""

import csv
import io
from datetime import UTC, date, datetime, timedelta

import openpyxl
import pytest
import time_machine
from django.urls import reverse
from python_calamine import CalamineWorkbook

from technicals.enums import EntryKind, EntryState, FeeReason, PriceKind, Watched
from technicals.models import FeeLine
from tests.factories.candidates import CandidateFactory, GroupFactory
from tests.factories.technicals import (
    QualificationFactory,
    RegistrationFactory,
    SubmissionFactory,
    UnitEntryFactory,
    exam_series,
    registration_series,
    today,
)
from tests.reports.pages import words_of

pytestmark = pytest.mark.django_db

REPORTS = ["entries", "candidates", "groups", "fees", "to-look-at"]
FORMS = ["xls", "xlsx", "csv"]
DAY = timedelta(days=1)
AT = datetime(2026, 10, 5, 12, tzinfo=UTC)


@pytest.fixture
def client(signed_in, officer):
    return signed_in(officer)


@pytest.fixture
def read(client):
    """A report as its file has it, by the heading of each cell."""

    def act(report, query="", form="csv"):
        answer = client.get(reverse("reports:technicals-report-file", args=[report, form]) + query)
        assert answer.status_code == 200
        if form == "csv":
            table = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))
        else:
            table = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
        return [dict(zip(table[0], row, strict=True)) for row in table[1:]]

    return act


def charge(entry, kind, amount, **fields):
    of = {"unit_entry": entry} if hasattr(entry, "unit") else {"registration": entry}
    same = {"centre": entry.centre, "submission": entry.submission, "created_at": entry.created_at}
    return FeeLine.objects.create(kind=kind, amount=amount, **of, **same, **fields)


@pytest.fixture
def ann(centre):
    """Ann, registered for a certificate that was topped up, and entered for unit 1 twice."""
    with time_machine.travel(AT, tick=False):
        person = CandidateFactory(
            centre=centre, first_name="Ann", last_name="Abbot", ocr_number="12345678", uci="611110270001A"
        )
        submission = SubmissionFactory(centre=centre, number="CT700001")
        common = {"candidate": person, "centre": centre, "submission": submission, "order_number": "PO 17"}
        registered = registration_series()
        first = RegistrationFactory(
            **common, series=registered, state=EntryState.TOPPED_UP, completion_date=date(2028, 8, 31)
        )
        top_up = QualificationFactory(code="05991", entry_kind=EntryKind.TOP_UP, size="Top-up", to_code="05835")
        second = RegistrationFactory(**common, series=registered, qualification=top_up, follows=first)
        january = exam_series()
        unit = UnitEntryFactory(**common, series=january, attempt=2, is_late=True)
    registration = charge(first, PriceKind.REGISTRATION, 5000, is_sample=True)
    charge(second, PriceKind.TOP_UP, None)
    charge(unit, PriceKind.RESIT, 2500)
    charge(unit, PriceKind.LATE, 1200)
    charge(first, PriceKind.REGISTRATION, -5000, reason=FeeReason.DECISION, credits=registration)
    return person


def kind_in(cells):
    return next(text for heading, text, _ in cells if heading == "Kind")


def test_the_page_has_the_columns_that_fit_and_says_which_the_files_have(client, ann):
    page = client.get(reverse("reports:technicals-report", args=["entries"]))

    _, cells = page.context["rows"][0]
    assert [heading for heading, _, _ in cells] == [
        "Date of birth", "Kind", "Entry code", "Unit", "Series", "State", "Attempt", "Late", "Estimated completion",
        "Submission", "Order number or reference", "Fee",
    ]  # fmt: skip
    assert "The files have more columns: Candidate number, OCR number, UCI, ULN, Title," in words_of(page)


def test_the_entries_stand_with_everything_that_is_said_of_each(read, ann):
    registration, top_up, unit = read("entries")

    assert unit == {
        "Last name": "Abbot",
        "First name": "Ann",
        "Date of birth": "04/03/2009",
        "Candidate number": "",
        "OCR number": "12345678",
        "UCI": "611110270001A",
        "ULN": "",
        "Kind": "Unit entry",
        "Entry code": "05834",
        "Title": "OCR Level 3 Cambridge Technical Certificate in Business",
        "Unit": "05834/01",
        "Unit title": "Unit of Business 1",
        "Series": "January 2027",
        "State": "Entered",
        "Attempt": "2",
        "Late": "Late",
        "Estimated completion": "",
        "Submission": "CT700001",
        "Order number or reference": "PO 17",
        "Your reference": "",
        "Entered": "05/10/2026",
        "Fee": "£37.00",
    }
    shown = ("Kind", "Entry code", "Series", "State", "Estimated completion", "Fee")
    assert [registration[name] for name in shown] == [
        "Full award", "05834", "Registrations 2026/27", "Topped up", "31/08/2028", "£0.00",
    ]  # fmt: skip
    assert [top_up[name] for name in shown] == ["Top-up", "05991", "Registrations 2026/27", "Entered", "", "on invoice"]


def test_each_candidate_stands_on_one_line(read, ann):
    [line] = read("candidates")

    assert line["Full awards"] == "05834, Topped up; 05991"
    assert line["Units"] == "05834/01 January 2027, attempt 2"


def test_a_group_shows_who_is_entered_and_who_is_not(read, ann, centre):
    zoe = CandidateFactory(centre=centre, first_name="Zoe", last_name="Young")
    GroupFactory(centre=centre, name="Year 13", members=[zoe, ann])
    GroupFactory(centre=centre, name="Evening", members=[ann])

    lines = read("groups")

    assert [(line["Candidate group"], line["Last name"], line["Units"]) for line in lines] == [
        ("Evening", "Abbot", "05834/01 January 2027, attempt 2"),
        ("Year 13", "Abbot", "05834/01 January 2027, attempt 2"),
        ("Year 13", "Young", "None"),
    ]


def test_every_charge_and_every_credit_has_a_line(read, ann):
    shown = ("Entry code", "Unit", "For", "Why", "Amount", "Remark", "Order number or reference", "Invoice")

    lines = [[line[name] for name in shown] for line in read("fees")]

    assert lines == [
        ["05834", "", "Registration", "Charged", "£50.00", "Example amount", "", ""],
        ["05991", "", "Top-up", "Charged", "on invoice", "", "", ""],
        ["05834", "05834/01", "Unit resit", "Charged", "£25.00", "", "", ""],
        ["05834", "05834/01", "Late entry", "Charged", "£12.00", "", "", ""],
        ["05834", "", "Registration", "Credited by OCR", "-£50.00", "", "", ""],
    ]


def test_what_is_to_be_looked_at_stands_with_every_reason_and_the_remedy(read, centre):
    for name, fields in (
        ("Abbot", {"completion_date": today() - DAY}),
        ("Brown", {"completion_date": today()}),
        ("Clark", {"state": EntryState.WITHDRAWING}),
    ):
        RegistrationFactory(centre=centre, candidate__last_name=name, **fields)
    UnitEntryFactory(centre=centre, candidate__last_name="Dean")

    lines = read("to-look-at")

    assert [(line["Last name"], line["Reason"]) for line in lines] == [
        ("Abbot", "Estimated completion has passed; No unit entry yet"),
        ("Brown", "Completes this academic year without a unit entry"),
        ("Clark", "Withdrawal pending"),
        ("Dean", "Unit entry without a registration"),
    ]
    assert all(line["What to do"] for line in lines)
    assert [line["Last name"] for line in read("to-look-at", f"?reason={Watched.NO_UNITS}")] == ["Abbot", "Brown"]


@pytest.mark.parametrize(
    ("query", "kinds"),
    [
        ("", ["Full award", "Top-up", "Unit entry"]),
        ("?series=january-2027", ["Unit entry"]),
        ("?code=05991", ["Top-up"]),
        ("?state=topped-up", ["Full award"]),
        ("?group=GROUP&series=january-2027", ["Unit entry"]),
        ("?group=00000000-0000-0000-0000-000000000000", []),
        ("?series=nonsense&code=1&state=x&group=y", ["Full award", "Top-up", "Unit entry"]),
    ],
)
def test_the_filters_narrow_page_and_file_alike(client, read, ann, centre, query, kinds):
    group = GroupFactory(centre=centre, members=[ann])
    CandidateFactory(centre=centre)
    query = query.replace("GROUP", str(group.key))

    page = client.get(reverse("reports:technicals-report", args=["entries"]) + query)

    assert [kind_in(cells) for _, cells in page.context["rows"]] == kinds
    assert [line["Kind"] for line in read("entries", query)] == kinds


@pytest.mark.parametrize("report", REPORTS)
def test_the_three_files_agree_and_hold_text_alone(client, read, ann, centre, report):
    GroupFactory(centre=centre, members=[ann])
    RegistrationFactory(centre=centre, candidate__last_name="=HYPERLINK(1)", completion_date=today() - DAY)

    plain = read(report)

    assert [read(report, form=form) for form in FORMS] == [plain] * 3
    content = client.get(reverse("reports:technicals-report-file", args=[report, "xlsx"])).content
    cells = [cell for row in openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if cell.value} == {"s"}


@pytest.mark.parametrize("report", REPORTS)
def test_nothing_of_another_centre_stands_in_a_report(read, ann, officer_elsewhere, signed_in, report):
    GroupFactory(centre=ann.centre, members=[ann])

    page = signed_in(officer_elsewhere).get(reverse("reports:technicals-report", args=[report]))

    assert (page.context["rows"], "Abbot" in page.text) == ([], False)


def test_the_page_is_paged_and_leads_to_the_candidate(client, centre):
    submission = SubmissionFactory(centre=centre)
    RegistrationFactory.create_batch(101, centre=centre, submission=submission)

    page = client.get(reverse("reports:technicals-report", args=["entries"]) + "?state=live&page=2")

    assert (len(page.context["rows"]), "101 rows. Shown: 101 to 101." in words_of(page)) == (1, True)
    [(person, _)] = page.context["rows"]
    assert f'href="{reverse("technicals:candidate", args=[person.key])}"' in page.text
    assert "?state=live&amp;page=1" in page.text
    assert (
        f'href="{reverse("reports:technicals-report-file", args=["entries", "xls"])}?state=live&amp;page=2"'
        in page.text
    )


def test_all_reports_stand_on_one_page_that_make_entries_leads_to(client, centre):
    page = client.get(reverse("reports:technicals"))

    assert [report for report, _ in page.context["reports"]] == REPORTS
    assert f'href="{reverse("reports:technicals")}">Cambridge Technicals reports</a>' in client.get("/technicals/").text


@pytest.mark.parametrize("report", REPORTS)
def test_an_empty_report_says_so_and_its_file_has_headings_alone(client, read, centre, report):
    said = words_of(client.get(reverse("reports:technicals-report", args=[report])))

    assert "rows. Shown" not in said
    assert read(report) == []
