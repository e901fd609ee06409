"""The names of groups, and who a file says is in one."""

from datetime import date

import pytest

from candidates.rules.groups import (
    name_is_given,
    name_is_its_own,
    name_is_short_enough,
    refusals_of_name,
    somebody_is_ticked,
)
from candidates.rules.members import (
    Member,
    columns_of,
    file_names_candidates,
    members_of,
    place_of_headings,
    row_agrees_with_itself,
    row_names_one_candidate,
)

ZOE = Member(1, "Zoë Fox", "zoefox", date(2009, 3, 4), uci="689990980001D", ocr_number="12345678")
LIAM = Member(2, "Liam O'Hara", "liamohara", date(2008, 2, 1))
TWIN, OTHER_TWIN = (Member(id, "Ann Smith", "annsmith", date(2009, 1, 1)) for id in (3, 4))
ALL = [ZOE, LIAM, TWIN, OTHER_TWIN]
BY_NAME = {"last_name": 0, "first_name": 1, "date_of_birth": 2}
BY_BOTH = BY_NAME | {"uci": 3, "ocr_number": 4}


def codes(refusals):
    return [refusal.code for refusal in refusals]


def test_group_01_a_group_has_a_name():
    assert name_is_given("").code == "GROUP-01"
    assert name_is_given("Year 12") is None


def test_group_02_the_name_of_a_group_has_at_most_60_characters():
    assert name_is_short_enough("x" * 61).sentence == "Name must be 60 characters or fewer. It has 61."
    assert name_is_short_enough("x" * 60) is None


@pytest.mark.parametrize("other", ["Year 12 IT", "YEAR 12 it", "year 12 IT"])
def test_group_03_the_name_of_a_group_is_its_own_whatever_its_capitals(other):
    refusal = name_is_its_own("Year 12 IT", ["Year 13", other])

    assert (refusal.code, refusal.field) == ("GROUP-03", "name")
    assert refusal.sentence == f"Your centre has a group called “{other}”. Choose another name."


def test_group_03_other_names_are_free():
    assert name_is_its_own("Straße", ["STRASS", "Strasse 2"]) is None
    assert name_is_its_own("Straße", ["STRASSE"]) is not None


@pytest.mark.parametrize("name", ["=1+1", "@x", "a\u200bb"])
def test_a_name_is_text_that_no_spreadsheet_would_run(name):
    assert codes(refusals_of_name(name, [])) in (["TEXT-02"], ["TEXT-03"])


def test_group_04_somebody_is_ticked():
    assert somebody_is_ticked(0).sentence == "Tick at least one candidate."
    assert somebody_is_ticked(1) is None


@pytest.mark.parametrize(
    ("headings", "columns"),
    [
        (["UCI"], {"uci": 0}),
        (["Form", "ocr number "], {"ocr_number": 1}),
        (["Surname", "Forename", "Date of birth (DD/MM/YYYY)"], BY_NAME),
        (["Legal Surname", "Legal Forename", "DOB"], BY_NAME),
        (["UCI", "U.C.I."], {"uci": 0}),
        (["", "Reg"], {}),
    ],
)
def test_headings_are_recognised_whatever_their_spelling(headings, columns):
    assert columns_of(headings) == columns


def test_the_headings_are_found_below_a_title():
    assert place_of_headings([["Class list"], ["Surname", "Forename", "DOB"], ["Fox", "Zoë", "4/3/2009"]]) == 1
    assert place_of_headings([["x"], ["y"]]) == 0
    assert place_of_headings([]) == 0


@pytest.mark.parametrize("columns", [["uci"], ["ocr_number"], list(BY_NAME), list(BY_BOTH)])
def test_group_05_a_file_that_names_candidates_is_taken(columns):
    assert file_names_candidates(columns) is None


@pytest.mark.parametrize("columns", [[], ["last_name"], ["last_name", "first_name"], ["date_of_birth"]])
def test_group_05_a_file_that_names_nobody_is_refused(columns):
    assert (file_names_candidates(columns).code, file_names_candidates(columns).field) == ("GROUP-05", "file")


@pytest.mark.parametrize(
    ("cells", "id"),
    [
        (["", "", "", "689990980001d"], 1),
        (["", "", "", "689990980001", "12345678"], 1),
        (["", "", "", "", "1234 5678"], 1),
        (["FOX", "zoe", "4 March 2009", "689990980001D"], 1),
        (["Fox", "", "", "689990980001D"], 1),
        (["fox", "ZOE", "04/03/2009"], 1),
        (["O\u2019Hara", " Liam ", "2008-02-01 00:00:00"], 2),
    ],
)
def test_a_row_names_a_candidate_by_identifier_or_by_name_and_birth(cells, id):
    found = members_of([(2, cells)], BY_BOTH, ALL)

    assert (found.members, found.problems) == ([id], [])


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        (["", "", "", "681990012058G"], "No candidate of your centre has the UCI 681990012058G."),
        (["Fox", "Zoë", "04/03/2009", "", "87654321"], "No candidate of your centre has the OCR number 87654321."),
        (
            ["Fox", "Zoë", "05/03/2009"],
            "No candidate of your centre has the name “Zoë Fox” and the date of birth 5 March 2009.",
        ),
        (["", "", "05/03/2009"], "No candidate of your centre has the name “” and the date of birth 5 March 2009."),
        (
            ["Smith", "Ann", "1/1/2009"],
            "2 candidates of your centre have the name “Ann Smith” and the date of birth 1 January 2009. "
            "Give the UCI, or tick the right one.",
        ),
    ],
)
def test_group_06_a_row_that_names_nobody_or_several_is_told(cells, sentence):
    found = members_of([(7, cells)], BY_BOTH, ALL)

    assert (found.members, found.problems) == ([], [(7, sentence)])


def test_group_06_one_candidate_is_enough():
    assert row_names_one_candidate(1, "the UCI") is None


@pytest.mark.parametrize("cells", [["Fox", "Zara", "", "689990980001D"], ["", "", "05/03/2009", "689990980001D"]])
def test_group_07_a_row_whose_name_or_birth_is_another_is_told(cells):
    found = members_of([(3, cells)], BY_BOTH, ALL)

    sentence = "The candidate with the UCI 689990980001D is Zoë Fox, born 4 March 2009; the row says otherwise."
    assert (found.members, found.problems) == ([], [(3, sentence)])


def test_group_07_a_row_that_agrees_is_taken():
    assert row_agrees_with_itself(ZOE, "the UCI", True) is None


def test_what_cannot_be_read_is_told_by_row():
    found = members_of([(2, ["", "", "", "TBC"]), (3, ["Fox", "Zoë", "soon"]), (4, ["Fox"])], BY_BOTH, ALL)

    assert found.members == []
    assert [number for number, _ in found.problems] == [2, 3, 4]
    assert [sentence.split()[0] for _, sentence in found.problems] == ["UCI", "Date", "Enter"]


def test_rows_with_nothing_in_these_columns_are_left_out_and_nobody_is_found_twice():
    rows = [
        (2, ["", "", "", "", "", "a note"]),
        (3, []),
        (4, ["Fox", "Zoe", "4/3/2009"]),
        (5, ["", "", "", "689990980001D"]),
    ]

    found = members_of(rows, BY_BOTH, ALL)

    assert (found.members, found.problems) == ([1], [])
