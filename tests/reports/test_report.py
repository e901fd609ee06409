"""The report (guide 5.2): its rows, its files, and that no cell of it can become a formula."""

import csv
import io
import re
from datetime import UTC, datetime, timedelta

import openpyxl
import pytest
import time_machine
from django.core.exceptions import ValidationError
from python_calamine import CalamineWorkbook

from candidates.rules.identity import Details, refusals_of_names
from candidates.rules.reading import read_details
from candidates.rules.texts import refusals_of_text
from centres.enums import CentreKind
from step_entries.codecs import read_answers
from step_entries.enums import Combination, EntryStatus
from step_entries.models import StepEntryCourse
from tests.factories.step_entries import (
    CourseFactory,
    DraftFactory,
    InstitutionFactory,
    SessionFactory,
    StepEntryFactory,
)
from tests.reports.pages import count_queries

pytestmark = pytest.mark.django_db

FORMS = ["xls", "xlsx", "csv"]
FILE_QUERIES, PAGE_QUERIES = 6, 9
HEADINGS = [
    "Entry #", "First Name", "Last Name", "Plain name", "Date of birth", "Gender", "UCAS ID", "Test", "Papers",
    "Institution", "Courses", "Created", "Modified", "Status",
]  # fmt: skip
PROBES = ["=1+1", "+1+1", "-1+1", "@SUM(1)", "\t=1+1", "\r=1+1"]


@pytest.fixture
def client(signed_in, officer):
    return signed_in(officer)


def read(form, content):
    if form == "csv":
        return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def report(client, form="csv", query=""):
    response = client.get(f"/report/entries.{form}{query}")
    assert response.status_code == 200
    return read(form, response.content)


def columns(table, *names):
    places = [table[0].index(name) for name in names]
    return [tuple(row[place] for place in places) for row in table[1:]]


@pytest.fixture
def entered(session, centre):
    """One candidate with two courses at one institution, one at another, and Other."""
    with time_machine.travel(datetime(2027, 4, 30, 22, 59, tzinfo=UTC), tick=False):  # 23:59 (BST)
        entry = StepEntryFactory(
            session=session,
            centre=centre,
            number="S00042",
            first_name="Zoë",
            last_name="Müller-Søby",
            plain_first_name="Zoe",
            plain_last_name="Muller Soby",
            ucas_id="0123456789",
            papers=Combination.STEP_2,
            has_other_course=True,
            other_course="Engineering in Delft",
            own_school="St Mary's",
            modified_at=datetime(2027, 4, 30, 23, 0, tzinfo=UTC),  # 1 May, 00:00 (BST)
        )
    cambridge, warwick = (InstitutionFactory(name=name) for name in ("University of Cambridge", "Warwick"))
    entry.courses.set(
        [
            CourseFactory(institution=warwick, name="MORSE", ucas_code=""),
            CourseFactory(institution=cambridge, name="Mathematics", ucas_code="G100"),
            CourseFactory(institution=cambridge, name="Computer Science", ucas_code="G400"),
        ]
    )
    return entry


def test_a_candidate_has_a_row_for_each_institution(client, entered):
    details = [
        "S00042",
        "Zoë",
        "Müller-Søby",
        "Zoe Muller Soby",
        "04/03/2009",
        "Female",
        "0123456789",
        "STEP",
        "STEP 2",
    ]
    dates = ["30/04/2027", "01/05/2027", "NOT YET CONFIRMED"]

    assert report(client) == [
        HEADINGS,
        [*details, "University of Cambridge", "Computer Science (G400); Mathematics (G100)", *dates],
        [*details, "Warwick", "MORSE", *dates],
        [*details, "Other", "Engineering in Delft", *dates],
    ]


def test_a_candidate_can_have_one_row_that_names_all_institutions(client, entered):
    [row] = columns(report(client, query="?rows=candidates"), "Entry #", "Institution", "Courses")

    assert row == (
        "S00042",
        "University of Cambridge; Warwick; Other",
        "University of Cambridge: Computer Science (G400); University of Cambridge: Mathematics (G100); "
        "Warwick: MORSE; Other: Engineering in Delft",
    )


def test_an_entry_without_an_institution_has_a_row_as_well(client, session, centre):
    StepEntryFactory(session=session, centre=centre, number="S00001")

    for query in ("", "?rows=candidates"):
        assert columns(report(client, query=query), "Entry #", "Institution", "Courses") == [("S00001", "", "")]


def test_open_centres_see_the_candidates_own_schools(client, entered, centre):
    assert "Own school" not in report(client)[0]

    centre.kind = CentreKind.OPEN
    centre.save()

    assert report(client)[0] == [*HEADINGS, "Own school"]
    assert columns(report(client), "Own school") == [("St Mary's",)] * 3


def test_the_report_has_the_current_entries_of_the_centre_by_last_name_and_nothing_else(
    client, session, centre, other_centre, officer, now
):
    last_year = SessionFactory(opens_at=now - timedelta(days=400))
    for number, last_name in (("S00001", "Young"), ("S00002", "Abbot")):
        StepEntryFactory(session=session, centre=centre, number=number, candidate__last_name=last_name)
    StepEntryFactory(session=session, centre=centre, status=EntryStatus.WITHDRAWN, withdrawn_at=now)
    StepEntryFactory(session=session, centre=other_centre)
    StepEntryFactory(session=last_year, centre=centre)
    DraftFactory(session=session, centre=centre, started_by=officer)

    assert columns(report(client), "Entry #") == [("S00002",), ("S00001",)]


@pytest.mark.parametrize("query", ["", "?rows=candidates"])
def test_the_three_files_agree_cell_by_cell(client, entered, session, centre, query):
    StepEntryFactory.create_batch(5, session=session, centre=centre, status=EntryStatus.NOT_YET_CONFIRMED)

    xls, xlsx, plain = (report(client, form, query) for form in FORMS)

    assert xls == plain
    assert xlsx == plain
    assert {len(row) for row in plain} == {14}


def test_the_page_has_the_same_rows_as_the_files(client, entered):
    page = client.get("/report/")

    assert page.context["headings"] == HEADINGS
    assert [[text for _, text in row] for row in page.context["page"]] == report(client)[1:]


@pytest.mark.parametrize(("query", "shown"), [("", 100), ("?size=500", 101), ("?page=2", 1), ("?page=99", 1)])
def test_the_page_is_paged(client, session, centre, query, shown):
    StepEntryFactory.create_batch(101, session=session, centre=centre)

    page = client.get(f"/report/{query}")

    assert len(page.context["page"].object_list) == shown
    assert "101 rows." in page.text


def test_an_empty_report_says_so_and_its_file_has_headings_only(client, session):
    assert "so the report has no rows" in client.get("/report/").text
    assert report(client) == [HEADINGS]


# --- files ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "content_type"),
    [
        ("xls", "application/vnd.ms-excel"),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("csv", "text/csv; charset=utf-8"),
    ],
)
def test_a_file_is_named_for_centre_session_and_day(signed_in, officer, session, form, content_type):
    session.name = "June 2027"
    session.save()
    with time_machine.travel(datetime(2027, 5, 1, 23, 30, tzinfo=UTC), tick=False):  # 2 May, 00:30 (BST)
        response = signed_in(officer).get(f"/report/entries.{form}")

    assert response["Content-Type"] == content_type
    assert response["Content-Disposition"] == f'attachment; filename="61111-step-june-2027-2027-05-02.{form}"'
    assert response["Cache-Control"] == "no-store"


def test_the_overview_offers_the_report_by_the_words_click_here(client, session):
    section = client.get("/").text.partition('id="report"')[2].partition("</section>")[0]
    links = [(words, url) for url, words in re.findall(r'<a href="([^"]*)">([^<]*)</a>', section)]

    assert links == [
        ("Click Here", "/report/entries.xls"),
        (".xlsx", "/report/entries.xlsx"),
        (".csv", "/report/entries.csv"),
        ("a page to read and print", "/report/"),
        (".xls", "/report/entries.xls?rows=candidates"),
        (".xlsx", "/report/entries.xlsx?rows=candidates"),
        (".csv", "/report/entries.csv?rows=candidates"),
        ("a page", "/report/?rows=candidates"),
        ("statements of entry", "/step/statements/"),
    ]
    assert [client.get(url).status_code for _, url in links] == [200] * 9


def test_a_file_of_another_form_is_not_found(client, session):
    assert client.get("/report/entries.pdf").status_code == 404


def test_without_a_session_there_is_no_file(client, centre):
    assert client.get("/report/entries.xls").status_code == 404
    assert client.get("/report/").status_code == 200


def test_identifiers_and_dates_are_text_in_both_workbooks(client, entered):
    content = client.get("/report/entries.xlsx").content
    cells = [cell for row in openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows() for cell in row]

    assert {cell.data_type for cell in cells} == {"s"}
    [row, *_] = columns(report(client, "xls"), "Entry #", "Date of birth", "UCAS ID")
    assert row == ("S00042", "04/03/2009", "0123456789")


# --- no cell can become a formula (S44) -------------------------------------------------------------------------------


def as_name(text):
    details, _ = read_details({"first_name": text, "last_name": text, "plain_last_name": text})
    return refusals_of_names(details, plain_only=False)


def as_plain_name(text):
    return refusals_of_names(Details(first_name="Ann", last_name="Lee", typed_plain_last_name=text), plain_only=False)


def as_own_school(text):
    return refusals_of_text("own_school", "Candidate's own school", read_details({"own_school": text})[0].own_school)


def as_other_course(text):
    return refusals_of_text("other_course", "Which other", read_answers({"other_course": text}).other_course)


def as_name_of(row):
    row.full_clean(exclude=["institution"])
    return []


def as_institution(text):
    return as_name_of(InstitutionFactory.build(name=text))


def as_course(text):
    return as_name_of(CourseFactory.build(name=text, institution=None))


def is_refused(field, text):
    try:
        return bool(field(text))
    except ValidationError:
        return True


@pytest.mark.parametrize("field", [as_name, as_plain_name, as_own_school, as_other_course, as_institution, as_course])
def test_what_could_become_a_formula_is_refused_in_every_exported_text(field):
    assert [text for text in ["Ann", *PROBES] if is_refused(field, text)] == PROBES


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("probe", PROBES)
def test_a_row_that_got_past_every_refusal_is_text_still(client, session, centre, form, probe):
    """Put straight into the database, in every exported text."""
    centre.kind = CentreKind.OPEN
    centre.save()
    texts = {"first_name": probe, "last_name": probe, "plain_first_name": probe, "plain_last_name": probe}
    entry = StepEntryFactory(
        session=session, centre=centre, **texts, has_other_course=True, other_course=probe, own_school=probe
    )
    StepEntryCourse.objects.create(entry=entry, course=CourseFactory(institution__name=probe, name=probe, ucas_code=""))

    table = report(client, form)

    told = probe.translate({9: " ", 13: " "})
    fields = ("First Name", "Last Name", "Institution", "Courses", "Own school")
    assert columns(table, *fields) == [(told, told, told, told, told), (told, told, "Other", told, told)]
    if form == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(client.get("/report/entries.xlsx").content))
        assert {cell.data_type for row in book.active.iter_rows() for cell in row if cell.value} == {"s"}


# --- how much it costs ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "queries"),
    [
        ("/report/entries.xls", FILE_QUERIES),
        ("/report/entries.xlsx", FILE_QUERIES),
        ("/report/entries.csv?rows=candidates", FILE_QUERIES),
        ("/report/", PAGE_QUERIES),
    ],
)
def test_a_report_asks_the_same_few_queries_for_3_and_for_1000_entries(client, session, centre, officer, url, queries):
    courses = list(session.courses.all())
    StepEntryFactory.create_batch(3, session=session, centre=centre, submitted_by=officer)
    client.get(url)  # the first page of a session notes the session as well
    with_three = count_queries(client, url)
    entries = StepEntryFactory.create_batch(997, session=session, centre=centre, submitted_by=officer)
    StepEntryCourse.objects.bulk_create(
        StepEntryCourse(entry=entry, course=course) for entry in entries for course in courses
    )

    assert (with_three, count_queries(client, url)) == (queries, queries)
