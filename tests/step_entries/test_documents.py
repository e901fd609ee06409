"""Statements of entry: what stands on the paper, that it is tagged, and that no text becomes markup."""

import io
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from pypdf import PdfReader

from step_entries.documents import statements_pdf
from step_entries.enums import Combination, EntryStatus
from step_entries.models import SessionExtension
from step_entries.services import window_of
from tests.factories.step_entries import CourseFactory, SessionFactory, StepEntryFactory
from tests.pdfs import tags_of, text_of

pytestmark = pytest.mark.django_db

AT = datetime(2027, 4, 1, 12, tzinfo=UTC)


@pytest.fixture
def session(db):
    return SessionFactory(
        name="June 2027",
        opens_at=datetime(2027, 3, 1, tzinfo=UTC),
        closes_at=datetime(2027, 5, 4, 22, 59, tzinfo=UTC),
    )


@pytest.fixture
def entry(session, centre):
    return StepEntryFactory(
        number="S00042",
        session=session,
        centre=centre,
        first_name="Zoë",
        last_name="Müller-Søby",
        plain_first_name="Zoe",
        plain_last_name="Muller Soby",
        ucas_id="1234567890",
    )


def statement(entry, at=AT):
    return statements_pdf(
        [entry], title="Title", session=entry.session, window=window_of(entry.session, entry.centre), at=at
    )


def test_the_paper_says_what_was_entered_and_until_when_it_can_be_amended(entry):
    entry.courses.add(CourseFactory(institution__name="University of Warwick"))
    entry.has_other_course, entry.other_course = True, "Oxford"

    words = text_of(statement(entry))

    for said in (
        "Statement of entry S00042",
        "Zoë Müller-Søby",
        "Zoe Muller Soby",
        "4 March 2009",
        "Female",
        "123 456 7890",
        "STEP 2 Sunday 13 June 2027 23:59 (BST)",
        "STEP 3 Saturday 19 June 2027 23:59 (BST)",
        "University of Warwick: Mathematics (G100)",
        "Other: Oxford",
        "NOT YET CONFIRMED",
        "STEP June 2027",
        "Northgate School, 61111",
        "Your centre can amend the entry until 4 May 2027, 23:59 (BST).",
        "Candidate’s signature",
        "Printed on 1 April 2027, 13:00 (BST).",
        "STEPMaths@ocr.org.uk",
    ):
        assert said in words


def test_the_longest_entry_stays_on_one_page(entry):
    entry.first_name = entry.plain_first_name = "Maximiliane Theodora Alexandra Wilhelmi"
    entry.last_name = entry.plain_last_name = "Featherstonehaugh Cholmondeley Marjorib"
    entry.ucas_id, entry.own_school, entry.has_other_course = "", "School with a long name " * 4, True
    for number in range(8):
        entry.courses.add(CourseFactory(institution__name=f"University of a Place with a Long Name {number}"))

    assert len(PdfReader(io.BytesIO(statement(entry))).pages) == 1


def test_only_the_papers_of_the_entry_stand_on_it(entry):
    entry.papers = Combination.STEP_3

    words = text_of(statement(entry))

    assert ("STEP 3 Saturday" in words, "STEP 2" in words) == (True, False)


def test_a_missing_ucas_id_is_asked_for_and_a_confirmed_entry_says_so(entry):
    entry.ucas_id, entry.status = "", EntryStatus.CONFIRMED

    words = text_of(statement(entry))

    assert "Not given yet" in words
    assert "There is no UCAS ID yet. Give yours to your exams officer" in words
    assert "CONFIRMED: entered and processed." in words


@pytest.mark.parametrize(
    ("extended", "said"),
    [
        (False, "Registration closed on 4 May 2027, 23:59 (BST); your centre can ask the STEP team for a change."),
        (True, "Your centre can amend the entry until 6 May 2027, 12:00 (BST)."),
    ],
)
def test_the_centres_own_closing_is_printed(entry, extended, said):
    if extended:
        closes_at = datetime(2027, 5, 6, 11, tzinfo=UTC)
        SessionExtension.objects.create(session=entry.session, centre=entry.centre, closes_at=closes_at)

    assert said in text_of(statement(entry, at=datetime(2027, 5, 5, 8, tzinfo=UTC)))


def test_the_pdf_is_tagged_and_has_a_title_and_a_language(entry):
    pdf = statement(entry)
    root = PdfReader(io.BytesIO(pdf)).trailer["/Root"]

    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert PdfReader(io.BytesIO(pdf)).metadata.title == "Title"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf or b'pdfuaid:part="1"' in pdf
    tags = tags_of(pdf)
    assert tags.count("/H1") == 1
    assert tags.count("/H2") == 3
    assert tags.count("/TH") == 3
    assert tags.count("/TD") == 6


MARKUP = [
    '#eval("1+1")',
    '#read("/etc/passwd")',
    "*bold* _italic_",
    "$x^2$",
    "\\ \\\\ \\u{41}",
    "<label> @label",
    "= Heading",
    "- list",
    "`raw` ```raw```",
    '"]} {"number": "S99999"',
    "#{ 1 + 1 } #[x]",
    "https://example.com // comment",
    "~ -- ---",
]


@pytest.mark.parametrize("typed", MARKUP)
def test_what_people_type_is_never_read_as_markup(entry, typed):
    entry.own_school, entry.has_other_course, entry.other_course = typed, True, typed
    entry.centre.name = f"School {typed}"

    words = text_of(statement(entry))

    spaceless = re.sub(r"\s", "", typed)
    assert re.sub(r"\s", "", words).count(spaceless) == 3


@pytest.mark.parametrize("typed", ["שלום", "مرحبا", "Кириллица", "Ελληνικά", "Nguyễn", "½ × “€”"])
def test_other_scripts_that_the_fonts_have_are_printed(entry, typed):
    entry.own_school = typed

    assert "cannot be printed here" not in text_of(statement(entry))


@pytest.mark.parametrize("typed", ["日本語", "😀", "हिन्दी", "\x07", "\u202e"])
def test_a_character_that_no_font_has_becomes_a_box_and_the_paper_says_so(entry, typed):
    entry.own_school = f"School {typed}"

    words = text_of(statement(entry))

    assert "School □" in words
    assert "□ stands for a letter that cannot be printed here." in words


def test_an_officer_gets_the_statement_as_a_file(signed_in, officer, entry):
    answer = signed_in(officer).get(reverse("step_entries:entry-statement", args=[entry.number]))

    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="61111-statement-S00042.pdf"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert PdfReader(io.BytesIO(answer.content)).metadata.title == "Statement of entry S00042, STEP June 2027"


def test_a_withdrawn_entry_has_no_statement(signed_in, officer, session, centre):
    withdrawn = StepEntryFactory(session=session, centre=centre, status=EntryStatus.WITHDRAWN)

    answer = signed_in(officer).get(reverse("step_entries:entry-statement", args=[withdrawn.number]))

    assert answer.status_code == 404


def test_all_live_entries_of_the_centre_stand_in_one_file_by_name(signed_in, officer, other_centre, time_machine):
    time_machine.move_to(AT)
    session = SessionFactory(opens_at=AT - timedelta(days=1))
    centre = officer.memberships.get().centre
    for last_name in ("Young", "Adams", "Lee"):
        StepEntryFactory(session=session, centre=centre, candidate__last_name=last_name)
    StepEntryFactory(session=session, centre=centre, candidate__last_name="Gone", status=EntryStatus.WITHDRAWN)
    StepEntryFactory(session=session, centre=other_centre, candidate__last_name="Elsewhere")

    answer = signed_in(officer).get(reverse("step_entries:statements-file"))
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages]

    assert [re.search(r"Ann (\w+)", page)[1] for page in pages] == ["Adams", "Lee", "Young"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_file_costs_the_same_queries_for_any_number_of_entries(
    signed_in, officer, django_assert_num_queries, count
):
    session = SessionFactory()
    centre = officer.memberships.get().centre
    for entry in StepEntryFactory.create_batch(count, session=session, centre=centre):
        entry.courses.set(session.courses.all())
    client = signed_in(officer)

    with django_assert_num_queries(12):
        client.get(reverse("step_entries:statements-file"))


@pytest.mark.parametrize(("count", "takes_long"), [(0, False), (1, False), (200, False), (201, True)])
def test_the_page_says_how_many_and_that_many_take_some_seconds(signed_in, officer, count, takes_long):
    session = SessionFactory()
    centre = officer.memberships.get().centre
    StepEntryFactory.create_batch(count, session=session, centre=centre, submitted_by=officer)

    page = signed_in(officer).get(reverse("step_entries:statements")).text

    assert ("It takes some seconds" in page) == takes_long
    assert (reverse("step_entries:statements-file") in page) == (count > 0)
    assert {0: "so there is no statement", 1: "One candidate"}.get(count, f"{count} candidates") in page


def test_without_a_session_there_is_no_statement(signed_in, officer):
    client = signed_in(officer)

    assert "so there is no statement" in client.get(reverse("step_entries:statements")).text
    assert client.get(reverse("step_entries:statements-file")).status_code == 404
