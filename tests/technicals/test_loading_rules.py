"""What is refused in the files of the catalogue, before anything is written."""

import pytest

from technicals.codecs.catalogue import QUALIFICATIONS, TABLES, UNITS, LoadedRow, Table
from technicals.rules import loading

QUALIFICATION = {
    "code": "05834",
    "suite": "2016",
    "level": "3",
    "subject": "Business",
    "size": "Certificate",
    "title": "OCR Level 3 Cambridge Technical Certificate in Business",
    "glh": "180",
    "entry_kind": "full",
    "from_code": "",
    "to_code": "",
    "source": "https://example.org",
}
UNIT = {
    "qualification_subject": "Business",
    "level": "3",
    "suite": "2016",
    "unit_number": "1",
    "entry_code": "",
    "title": "The business environment",
    "assessment": "examined",
    "january": "yes",
    "june": "yes",
    "mandatory_in": "",
    "glh": "120",
    "source": "https://example.org",
}
COMBINATION = {"code": "05834", "rule": "Two units.", "source": "https://example.org"}
PRICE = {
    "kind": "resit",
    "code": "",
    "level": "3",
    "amount": "12.50",
    "since": "2027-01-01",
    "until": "",
    "sample": "yes",
}
ROWS = {"qualifications": QUALIFICATION, "units": UNIT, "combinations": COMBINATION, "prices": PRICE}
FAMILIES = {"05834": ("Business", 3, "2016"), "05835": ("Business", 3, "2016"), "05838": ("IT", 3, "2016")}


def refusals(table: str, *changes: dict[str, str]):
    """The code, row and column of every refusal of a file with these rows."""
    rows = [LoadedRow(number, ROWS[table] | change) for number, change in enumerate(changes or [{}], start=2)]
    found = loading.refusals_to_load(table, TABLES[table].columns, rows, FAMILIES)
    return [(refusal.code, refusal.sentence.partition(":")[0]) for refusal in found]


@pytest.mark.parametrize("table", ROWS)
def test_a_right_row_is_not_refused(table):
    assert refusals(table) == []


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_loading_01_headings_may_stand_in_any_order(table: Table):
    assert loading.file_has_its_columns([*reversed(table.columns), "remarks"], table.columns) is None


def test_loading_01_a_missing_and_a_doubled_heading_are_refused_together():
    headings = [column for column in UNITS.columns if column != "june"] + ["title"]

    refusal = loading.file_has_its_columns(headings, UNITS.columns)

    assert refusal.code == "LOADING-01"
    assert refusal.sentence == "The first row must have each heading once. Missing: june. Twice: title."


@pytest.mark.parametrize(("table", "column"), [(t, c) for t, columns in loading.REQUIRED.items() for c in columns])
def test_loading_02_an_empty_cell_is_refused_where_it_must_be_filled(table, column):
    assert ("LOADING-02", f"{table}, row 2, {column}") in refusals(table, {column: ""})


@pytest.mark.parametrize(
    ("table", "column"), [("qualifications", "glh"), ("units", "mandatory_in"), ("prices", "until")]
)
def test_loading_02_other_cells_may_be_empty(table, column):
    assert refusals(table, {column: ""}) == []


@pytest.mark.parametrize(
    ("table", "column", "text"),
    [
        ("qualifications", "suite", "2014"),
        ("qualifications", "level", "5"),
        ("qualifications", "entry_kind", "topup"),
        ("units", "assessment", "exam"),
        ("units", "january", "maybe"),
        ("prices", "kind", "gift"),
        ("prices", "sample", "true"),
    ],
)
def test_loading_03_a_word_that_is_not_in_the_list_is_refused(table, column, text):
    assert ("LOADING-03", f"{table}, row 2, {column}") in refusals(table, {column: text})


def test_loading_03_a_text_may_fill_its_column_and_not_more():
    assert refusals("units", {"title": "x" * 150}) == []
    assert refusals("units", {"title": "x" * 151}) == [("LOADING-03", "units, row 2, title")]


@pytest.mark.parametrize(
    ("table", "column", "text"),
    [
        ("qualifications", "code", "834"),
        ("qualifications", "code", "058345"),
        ("qualifications", "glh", "0"),
        ("qualifications", "glh", "12.5"),
        ("qualifications", "glh", "5001"),
        ("units", "unit_number", "100"),
        ("units", "unit_number", "one"),
        ("prices", "amount", "12.5"),
        ("prices", "amount", "-1"),
        ("prices", "since", "31/02/2027"),
        ("prices", "until", "soon"),
    ],
)
def test_loading_04_a_cell_that_has_not_its_form_is_refused(table, column, text):
    assert ("LOADING-04", f"{table}, row 2, {column}") in refusals(table, {column: text})


@pytest.mark.parametrize(
    ("table", "column", "text"),
    [
        ("prices", "amount", "12"),
        ("prices", "amount", "£12.50"),
        ("prices", "since", "28/02/2027"),
        ("qualifications", "glh", "5000"),
        ("units", "unit_number", "99"),
    ],
)
def test_loading_04_other_ways_to_write_it_are_taken(table, column, text):
    assert refusals(table, {column: text}) == []


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"from_code": "05835"}, "from_code"),
        ({"to_code": "05835"}, "to_code"),
        ({"entry_kind": "re-entry", "from_code": "05835"}, "from_code"),
        ({"entry_kind": "top-up"}, "from_code"),
        ({"entry_kind": "top-up", "from_code": "05835"}, "to_code"),
        ({"entry_kind": "top-up", "from_code": "05835", "to_code": "05838"}, "to_code"),
        ({"entry_kind": "moving-down", "from_code": "05999", "to_code": "05835"}, "from_code"),
        ({"entry_kind": "moving-down", "from_code": "05835", "to_code": "05835"}, "to_code"),
    ],
)
def test_loading_05_codes_before_and_after_that_do_not_belong_are_refused(change, column):
    changed = {"code": "05840"} | change

    assert refusals("qualifications", changed) == [("LOADING-05", f"qualifications, row 2, {column}")]


def test_loading_05_a_top_up_names_two_codes_of_its_family_also_of_its_own_file():
    top_up = {"code": "05899", "entry_kind": "top-up", "from_code": "05834", "to_code": "05898"}

    assert refusals("qualifications", top_up, {"code": "05898"}) == []


def test_loading_06_what_stands_twice_is_refused_at_the_second_row():
    assert refusals("qualifications", {}, {}) == [("LOADING-06", "qualifications, row 3, code")]
    assert refusals("units", {}, {"unit_number": "2"}, {"unit_number": "1"}) == [
        ("LOADING-06", "units, row 4, unit_number")
    ]


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"assessment": "moderated"}, "january"),
        ({"assessment": "moderated", "january": "on demand (claim)"}, "june"),
        ({"suite": "2012"}, "assessment"),
        ({"january": "no", "june": "no"}, "january"),
        ({"january": "on demand (claim)"}, "january"),
    ],
)
def test_loading_07_a_unit_that_is_not_offered_as_it_is_assessed_is_refused(change, column):
    assert refusals("units", change) == [("LOADING-07", f"units, row 2, {column}")]


@pytest.mark.parametrize(
    "change",
    [
        {"january": "no"},
        {"assessment": "moderated", "january": "on demand (claim)", "june": "on demand (claim)"},
        {"assessment": "moderated", "january": "no", "june": "no", "suite": "2012"},
    ],
)
def test_loading_07_a_unit_that_is_offered_as_it_is_assessed_is_taken(change):
    assert refusals("units", change) == []


def test_loading_08_a_rule_of_combination_for_an_unknown_code_is_refused():
    assert refusals("combinations", {"code": "05999"}) == [("LOADING-08", "combinations, row 2, code")]


def test_everything_that_is_wrong_is_told_at_once():
    found = refusals("qualifications", {"suite": "2014", "glh": "x"}, {"title": ""})

    assert found == [
        ("LOADING-03", "qualifications, row 2, suite"),
        ("LOADING-04", "qualifications, row 2, glh"),
        ("LOADING-02", "qualifications, row 3, title"),
        ("LOADING-06", "qualifications, row 3, code"),
    ]


def test_a_refusal_of_a_code_says_where_it_stands_and_what_to_do():
    [refusal] = loading.refusals_to_load(
        "qualifications", QUALIFICATIONS.columns, [LoadedRow(2, QUALIFICATION | {"code": "834"})], {}
    )

    assert refusal.field == "qualifications"
    assert refusal.sentence == (
        "qualifications, row 2, code: “834” is not an entry code. Type its five digits, with the leading zero."
    )
