"""Headings, rows and files on their way to entries."""

from datetime import UTC, datetime, timedelta

import pytest

from uploads.rules.headings import (
    LEAVE_OUT,
    each_column_stands_once,
    folded,
    is_help_line,
    known_headings,
    matched,
    place_of_headings,
    recognised,
    required_columns_are_there,
)
from uploads.rules.kinds import Column
from uploads.rules.rows import (
    amount_is_accepted,
    cell_has_no_formula,
    cell_says_yes_or_no,
    file_has_rows,
    file_is_new,
    file_is_not_being_entered,
    nothing_is_left_to_mend,
    order_number_can_be_quoted,
    reading_can_go_on,
    rows_are_those_seen,
    something_is_ready,
    uploads_are_spread_out,
)

AT = datetime(2027, 3, 3, 14, 2, tzinfo=UTC)
COLUMNS = [
    Column("first_name", "First Name", "As on UCAS", is_required=True, synonyms=("Forename",)),
    Column("last_name", "Last Name", "As on UCAS too", is_required=True, synonyms=("Surname", "Legal Surname")),
    Column("date_of_birth", "Date of birth (DD/MM/YYYY)", "Day first", is_required=True, synonyms=("DOB",)),
    Column("ucas_id", "UCAS ID", "10 digits"),
]
KNOWN = known_headings(COLUMNS, ["ULN"], {})


# --- headings ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("heading", "slug"),
    [
        ("First Name", "first_name"),
        ("FORENAME", "first_name"),
        (" fore-name(s) ", "first_name"),
        ("Date of birth", "date_of_birth"),
        ("Date of birth (DD/MM/YYYY)", "date_of_birth"),
        ("D.O.B.", "date_of_birth"),
        ("Úcas ID", "ucas_id"),
        ("ULN", LEAVE_OUT),
        ("Nickname", None),
        ("", None),
    ],
)
def test_a_heading_is_recognised_whatever_its_capitals_and_signs(heading, slug):
    assert recognised(heading, KNOWN) == slug


def test_what_an_officer_chose_once_counts_most():
    known = known_headings(COLUMNS, ["ULN"], {folded("Surname"): "first_name", folded("ULN"): "ucas_id"})

    assert (recognised("Surname", known), recognised("ULN", known)) == ("first_name", "ucas_id")


def test_a_remembered_column_that_is_no_longer_offered_is_asked_for_again():
    assert recognised("School", known_headings(COLUMNS, [], {"school": "own_school"})) is None


@pytest.mark.parametrize(
    ("rows", "place"),
    [
        ([["First Name", "Last Name"], ["Ann", "Smith"]], 0),
        ([["Northgate College"], ["STEP candidates", "June"], ["Forename", "Surname"], ["Ann", "Smith"]], 2),
        ([["Vorname", "Nachname"], ["Ann", "Smith"]], 0),
        ([["Name"], ["First Name"]], 0),
        ([], 0),
    ],
)
def test_the_headings_are_found_below_a_title(rows, place):
    assert place_of_headings(rows, KNOWN) == place


@pytest.mark.parametrize(
    ("cells", "is_help"),
    [
        (["As on UCAS", "As on UCAS too", "Day first", "10 digits"], True),
        (["AS ON UCAS ", "", "Day first"], True),
        (["10 digits"], False),
        (["Click here for Help", "", ""], True),
        (["", "click here for HELP "], True),
        (["Click here for Help", "Ann"], False),
        (["Help"], False),
        (["Ann", "As on UCAS", "Day first"], False),
        ([], False),
    ],
)
def test_the_help_lines_of_the_template_are_known(cells, is_help):
    assert is_help_line(cells, COLUMNS) == is_help


def test_headings_are_matched_in_any_order_and_the_officer_is_asked_for_the_rest():
    headings = ["DOB", "Nickname", "Surname", "", "", "ULN", "Forename", "Legal Surname"]
    filled = [True, True, True, True, False, True, True, True]

    assert matched(headings, filled, KNOWN) == ["date_of_birth", None, None, None, "", "", "first_name", None]


def test_an_unknown_heading_with_nothing_below_it_is_left_out_without_asking():
    assert matched(["DOB", "Nickname"], [True, False], KNOWN) == ["date_of_birth", ""]


def test_upload_02_all_missing_columns_are_named_at_once():
    refusal = required_columns_are_there(COLUMNS, ["first_name"])

    assert refusal.sentence.startswith("The file has no column for “Last Name” and “Date of birth (DD/MM/YYYY)”.")
    assert required_columns_are_there(COLUMNS, ["date_of_birth", "first_name", "last_name"]) is None


def test_upload_03_a_column_is_chosen_once():
    assert each_column_stands_once(COLUMNS, ["first_name", "last_name"]) is None
    assert "“Last Name”" in each_column_stands_once(COLUMNS, ["last_name", "ucas_id", "last_name"]).sentence


# --- files and rows ---------------------------------------------------------------------------------------------------


def test_upload_01_the_same_file_is_taken_once():
    entered, open_yet = file_is_new(AT, True), file_is_new(AT, False)

    assert file_is_new(None, False) is None
    assert entered.sentence == (
        "You uploaded this file on 3 March 2027, 14:02 (GMT) and it was processed. Nothing was entered twice."
    )
    assert open_yet.sentence.endswith("rows of it are not entered yet. Go on with it.")
    assert file_is_new(AT, False, is_queued=True).sentence.endswith(
        "it is submitted already. Look there what becomes of it."
    )


def test_upload_04_a_file_has_rows():
    assert file_has_rows(1, "candidates", "candidate") is None
    assert file_has_rows(0, "candidates", "candidate").sentence == (
        "There are no candidates in this file. Add one candidate to each row below the headings."
    )


def test_upload_05_the_rows_are_those_that_were_seen():
    assert rows_are_those_seen("a", "a") is None
    assert rows_are_those_seen("a", "b").code == rows_are_those_seen("", "b").code == "UPLOAD-05"
    assert "after you opened this page" in rows_are_those_seen("a", "b").sentence
    assert "Between Submit and now" in rows_are_those_seen("a", "b", is_later=True).sentence


def test_upload_06_something_is_ready():
    assert something_is_ready(1) is None
    assert something_is_ready(0).code == "UPLOAD-06"


def test_upload_07_ten_files_in_an_hour_are_taken_and_no_eleventh():
    assert uploads_are_spread_out(9, AT) is None
    assert "after 14:02 (GMT)" in uploads_are_spread_out(10, AT).sentence


def test_upload_08_a_formula_is_named_with_its_row_and_column():
    refusal = cell_has_no_formula(5, "first_name", "First Name")

    assert refusal.sentence == "Row 5, First Name contains a formula. Type the value instead."
    assert refusal.field == "first_name"


@pytest.mark.parametrize("text", ["Yes", "no", "Y", "", " TRUE ", "0", "✓"])
def test_upload_09_yes_no_and_nothing_are_understood(text):
    assert cell_says_yes_or_no("tick", "Tick", text) is None


@pytest.mark.parametrize("text", ["maybe", "yes!", "2"])
def test_upload_09_anything_else_is_refused(text):
    assert cell_says_yes_or_no("tick", "Tick", text).sentence == f"Tick must be yes or no. You entered “{text}”."


def test_upload_10_rows_that_go_together_wait_for_each_other():
    assert nothing_is_left_to_mend(0) is None
    assert nothing_is_left_to_mend(1).sentence == (
        "1 row has something to mend, and all rows go together. Mend it, or set it aside."
    )
    assert nothing_is_left_to_mend(1200).sentence.startswith("1,200 rows have something to mend")


def test_upload_11_what_is_accepted_is_what_stands_there_now():
    assert amount_is_accepted("", "", "") is None
    assert amount_is_accepted("400", "", "") is None
    assert amount_is_accepted("400", "400", "I accept £4.00") is None
    assert amount_is_accepted("", "400", "I accept £4.00").sentence == (
        "Nothing was entered. Tick “I accept £4.00”, then press Submit."
    )
    assert amount_is_accepted("200", "400", "I accept £4.00").sentence.startswith(
        "What has to be accepted has changed. Nothing was entered."
    )


def test_upload_12_a_file_that_is_being_entered_cannot_be_changed():
    assert file_is_not_being_entered(False) is None
    assert file_is_not_being_entered(True).code == "UPLOAD-12"


def test_upload_13_reading_is_tried_for_ten_minutes():
    assert reading_can_go_on(AT, AT + timedelta(minutes=9, seconds=59)) is None
    assert reading_can_go_on(AT, AT + timedelta(minutes=10)).code == "UPLOAD-13"


@pytest.mark.parametrize("text", ["", "PO 17", "x" * 20, "a=b", "No. 5/6-7", "Schlüssel 4"])
def test_order_01_what_can_be_quoted_is_taken(text):
    assert order_number_can_be_quoted(text) is None


@pytest.mark.parametrize("text", ["x" * 21, "=1", "+1", "-1", "@1", "a\nb", "a\x00", "a\u200bb"])
def test_order_01_what_cannot_be_quoted_is_refused(text):
    refusal = order_number_can_be_quoted(text)

    assert (refusal.code, refusal.field) == ("ORDER-01", "order_number")
