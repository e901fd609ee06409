"""From the cells of a spreadsheet to the answers of the wizard."""

import csv

import pytest

from step_entries.kinds import COLUMNS, HEADINGS, headings
from step_entries.rules.sheets import CourseNames, OfferedCourse, answers_of_cells
from uploads.rules.headings import folded

CAMBRIDGE = OfferedCourse(1, "University of Cambridge", "C05", "Mathematics", "G100")
COMPUTING = OfferedCourse(2, "University of Cambridge", "C05", "Computer Science", "G400")
BATH = OfferedCourse(3, "University of Bath", "B16", "Mathematics", "")
UCL = OfferedCourse(4, "University College London", "U80", "Mathematics", "G100", also=("UCL",))
OFFERED = CourseNames([CAMBRIDGE, COMPUTING, BATH, UCL])


def read(**cells):
    return answers_of_cells(cells, OFFERED)


def answer(field, **cells):
    answers, unread = read(**cells)
    assert unread == []
    return answers[field]


@pytest.mark.parametrize(
    ("typed", "gender"),
    [
        ("F", "female"), ("female", "female"), ("Girl", "female"), ("M", "male"), ("MALE", "male"),
        ("X", "other"), ("Other / not stated", "other"), ("Non-binary", "other"), ("", ""), ("Z", "Z"), ("1", "1"),
    ],
)  # fmt: skip
def test_genders_are_understood_and_never_guessed(typed, gender):
    assert answer("gender", gender=typed) == gender


@pytest.mark.parametrize(
    ("typed", "papers"),
    [
        ("STEP 2", "step-2"), ("step2", "step-2"), ("2", "step-2"), ("II", "step-2"), ("STEP III", "step-3"),
        ("STEP 2 and STEP 3", "step-2-and-3"), ("2 & 3", "step-2-and-3"), ("3;2", "step-2-and-3"),
        ("both", "step-2-and-3"), ("Both papers", "step-2-and-3"), ("II/III", "step-2-and-3"),
        ("Both 2 and 3", "step-2-and-3"),
        ("", ""), ("STEP", "STEP"), ("STEP 1", "STEP 1"), ("2 or 3", "2 or 3"), ("23", "23"), ("both 2", "both 2"),
    ],
)  # fmt: skip
def test_papers_are_understood_and_never_guessed(typed, papers):
    assert answer("papers", papers=typed) == papers


@pytest.mark.parametrize(
    ("typed", "courses"),
    [
        ("University of Cambridge: Mathematics (G100)", [1]),
        ("University of Cambridge: Mathematics", [1]),
        ("cambridge mathematics", [1]),
        ("C05 G400", [2]),
        ("C05-G100; B16", [1, 3]),
        ("Bath", [3]),
        ("UCL", [4]),
        ("UCL G100\nBath", [4, 3]),
        ("Bath, UCL", [3, 4]),
        ("Cambridge Computer Science | University of Bath", [2, 3]),
        ("", []),
        (" ; ", []),
    ],
)
def test_courses_are_understood_by_names_and_codes(typed, courses):
    assert answer("courses", courses=typed) == [str(course) for course in courses]


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("Cambridge", "“Cambridge” has several courses. Name one of: University of Cambridge: Mathematics (G100); "),
        ("Oxbridge", "“Oxbridge” is not on the list. Offered: University of Cambridge: Mathematics (G100); "),
        ("London", "“London” is not on the list."),
        ("G100", "“G100” is not on the list."),
        ("Bath, Oxbridge", "“Bath, Oxbridge” is not on the list."),
    ],
)
def test_sheet_01_a_course_that_is_not_offered_or_could_be_several_is_refused(typed, says):
    _, [refusal] = read(courses=typed)

    assert refusal.sentence.startswith(says)
    assert (refusal.code, refusal.field) == ("SHEET-01", "courses")


def test_sheet_01_what_is_known_beside_what_is_not_is_kept():
    answers, [refusal] = read(courses="Bath; Oxbridge")

    assert answers["courses"] == ["3"]
    assert "“Oxbridge”" in refusal.sentence


def test_sheet_01_a_session_without_courses_says_so():
    _, [refusal] = answers_of_cells({"courses": "Bath"}, CourseNames([]))

    assert "This session has no courses yet" in refusal.sentence


@pytest.mark.parametrize(
    ("cells", "has_other", "which"),
    [
        ({"courses": "Bath; Other"}, True, ""),
        ({"other_course": "Yes"}, True, ""),
        ({"other_course": "Other"}, True, ""),
        ({"other_course": "ETH Zürich"}, True, "ETH Zürich"),
        ({"other_course": "No"}, False, ""),
        ({}, False, ""),
    ],
)
def test_other_is_ticked_by_a_word_or_by_its_name(cells, has_other, which):
    answers, unread = read(**cells)

    assert (answers["has_other_course"], answers["other_course"], unread) == (has_other, which, [])


@pytest.mark.parametrize(
    ("typed", "date"),
    [
        ("27/03/2008 00:00:00", "27/03/2008"),
        ("2008-03-27T00:00:00", "2008-03-27"),
        ("27/03/2008 09:30", "27/03/2008 09:30"),
    ],
)
def test_a_midnight_that_a_school_system_adds_is_dropped(typed, date):
    assert answer("date_of_birth", date_of_birth=typed) == date


def test_names_are_capitalised_unless_the_file_says_no():
    assert answer("auto_capitalise") is True
    assert answer("auto_capitalise", auto_capitalise="No") is False


def test_a_tick_that_cannot_be_read_is_told():
    _, [refusal] = read(has_one_name="perhaps")

    assert (refusal.code, refusal.field) == ("UPLOAD-09", "has_one_name")


# --- the table of headings --------------------------------------------------------------------------------------------


def test_every_heading_of_the_table_means_one_column_and_names_its_source():
    with HEADINGS.open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))

    slugs = {column.slug for column in COLUMNS} | {""}
    names = [folded(line["heading"]) for line in lines]
    assert {line["column"] for line in lines} <= slugs
    assert [name for name in names if names.count(name) > 1] == []
    assert all(line["source"] for line in lines)


def test_no_synonym_is_the_label_of_another_column():
    labels = {folded(name): column.slug for column in COLUMNS for name in (column.label, column.slug)}

    assert [
        (column, h) for column, hs in headings().items() for h in hs if labels.get(folded(h), column) != column
    ] == []
