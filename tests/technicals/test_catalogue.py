"""Codes and sources of the catalogue in words, and what a centre reads of it."""

from datetime import timedelta

import pytest

from technicals.codecs.entry_codes import APPROVED, CodesAsked, read_codes_asked
from technicals.queries.catalogue import CODE_HEADINGS, entry_code_rows, entry_codes
from technicals.queries.entry_rules import OTHER, entry_rules, group_of
from technicals.rules.catalogue import (
    availability_in_words,
    awaiting_in_words,
    full_unit_code,
    unverified_cells,
    unverified_in_words,
)
from tests.factories.technicals import (
    QualificationFactory,
    TechnicalsApprovalFactory,
    UnitFactory,
    load_reference,
    today,
)


@pytest.mark.parametrize(
    ("source", "cells"),
    [
        ("memory", ["everything"]),
        ("Memory of a colleague", ["everything"]),
        ("https://example.org (code only); size and GLH memory", ["size", "GLH"]),
        ("https://example.org (code and size); GLH memory", ["GLH"]),
        ("https://example.org (title); number and GLH memory", ["number", "GLH"]),
        ("https://example.org (code only); 360 GLH for this size https://example.net ; size memory", ["size"]),
        ("https://example.org (code and size)", []),
        ("Sample, made up for demonstrations", ["sample"]),
    ],
)
def test_what_a_source_calls_memory_is_not_verified(source, cells):
    assert unverified_cells(source) == cells


def test_what_is_not_verified_is_told_to_staff_and_awaits_confirmation_for_centres():
    source = "https://example.org (code only); size and GLH memory"

    assert unverified_in_words(source) == "not verified: size, GLH"
    assert unverified_in_words("https://example.org") == ""
    assert awaiting_in_words(["size", "GLH"]) == "awaiting confirmation: size, GLH"
    assert awaiting_in_words(["everything"]) == "awaiting confirmation"
    assert awaiting_in_words([]) == ""


def test_a_row_that_is_made_up_for_demonstrations_says_so_to_staff_and_centres():
    source = "sample, made up for demonstrations"

    assert unverified_in_words(source) == "sample"
    assert awaiting_in_words(unverified_cells(source)) == "sample, not a code of OCR's"


def test_a_unit_has_a_code_under_each_entry_code():
    assert full_unit_code("05834", 1) == "05834/01"


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        (("2016", "examined", True, True), "January and June"),
        (("2016", "examined", True, False), "January"),
        (("2016", "examined", False, True), "June"),
        (("2016", "moderated", False, False), "Claimed, not entered"),
        (("2012", "moderated", False, False), "In any series"),
    ],
)
def test_when_a_unit_is_entered_is_told_in_words(facts, words):
    assert availability_in_words(*facts) == words


@pytest.mark.parametrize(
    ("parameters", "asked"),
    [
        ({}, CodesAsked()),
        ({"search": [" 05834 "], "shown": ["approved"]}, CodesAsked(search="05834", shown=APPROVED)),
        ({"shown": ["none"], "level": ["9"], "suite": ["2014"]}, CodesAsked()),
        ({"subject": ["IT"], "level": ["3"], "suite": ["2016"]}, CodesAsked(subject="IT", level="3", suite="2016")),
    ],
)
def test_an_address_asks_for_codes_and_nonsense_is_left_out(parameters, asked):
    assert read_codes_asked(parameters) == asked


@pytest.fixture
def catalogue(centre):
    """Business, of which the centre is approved, and IT, of which it is not."""
    QualificationFactory(code="05834", size="Certificate")
    QualificationFactory(code="05835", size="Extended Certificate")
    QualificationFactory(code="05838", subject="IT", source="https://example.org (code only); size and GLH memory")
    UnitFactory(number=1, title="The business environment")
    UnitFactory(number=2, title="Economics", assessment="moderated", source="memory")
    UnitFactory(number=1, subject="IT", title="Fundamentals of IT")
    TechnicalsApprovalFactory(centre=centre)


def shown(centre, **asked):
    """The families that are found, with their entry codes and unit titles."""
    found = entry_codes(centre=centre, on=today(), asked=CodesAsked(**asked))
    return {
        each.title: (
            bool(each.approval),
            [code.qualification.code for code in each.codes],
            [unit.unit.title for unit in each.units],
        )
        for each in found
    }


BUSINESS, IT = "Business, Level 3, 2016 suite", "IT, Level 3, 2016 suite"


def test_approved_codes_come_first_and_all_are_shown(catalogue, centre):
    TechnicalsApprovalFactory(centre=centre, subject="IT", until=today() - timedelta(days=1))

    assert list(shown(centre).items()) == [
        (BUSINESS, (True, ["05834", "05835"], ["The business environment", "Economics"])),
        (IT, (False, ["05838"], ["Fundamentals of IT"])),
    ]


def test_the_approval_counts_before_the_alphabet(catalogue, other_centre):
    TechnicalsApprovalFactory(centre=other_centre, subject="IT")

    assert list(shown(other_centre)) == [IT, BUSINESS]


def test_only_approved_codes_are_shown_where_asked_for(catalogue, centre, other_centre):
    assert list(shown(centre, shown=APPROVED)) == [BUSINESS]
    assert shown(other_centre, shown=APPROVED) == {}


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("05835", {BUSINESS: (True, ["05835"], ["The business environment", "Economics"])}),
        ("5838", {IT: (False, ["05838"], ["Fundamentals of IT"])}),
        ("05835/02", {BUSINESS: (True, ["05834", "05835"], ["Economics"])}),
        ("ECONOM", {BUSINESS: (True, ["05834", "05835"], ["Economics"])}),
        ("extended business", {BUSINESS: (True, ["05835"], ["The business environment", "Economics"])}),
        ("philosophy", {}),
    ],
)
def test_a_search_finds_codes_and_titles_in_any_place(catalogue, centre, search, found):
    assert shown(centre, search=search) == found


def test_subject_level_and_suite_narrow_what_is_shown(catalogue, centre):
    assert list(shown(centre, subject="IT")) == [IT]
    assert shown(centre, level="2") == {}
    assert shown(centre, suite="2012") == {}


def test_codes_and_units_out_of_use_are_not_shown(catalogue, centre):
    QualificationFactory(code="05836", is_in_use=False)
    UnitFactory(number=9, is_in_use=False)

    assert shown(centre)[BUSINESS] == (True, ["05834", "05835"], ["The business environment", "Economics"])


def test_units_without_an_entry_code_are_shown_last(catalogue, centre):
    UnitFactory(number=1, subject="Art", title="Drawing")

    assert list(shown(centre).items())[-1] == ("Art, Level 3, 2016 suite", (False, [], ["Drawing"]))


def test_a_top_up_is_told_with_its_codes_and_has_no_unit_codes(catalogue, centre):
    QualificationFactory(code="05899", entry_kind="top-up", from_code="05834", to_code="05835")

    [business, _] = entry_codes(centre=centre, on=today(), asked=CodesAsked())

    assert [code.kind for code in business.codes] == ["Full award", "Full award", "Top-up from 05834 to 05835"]
    assert business.units[0].codes == ("05834/01", "05835/01")


def test_a_file_has_a_row_for_each_code_and_unit_and_says_what_awaits_confirmation(catalogue, centre):
    families = entry_codes(centre=centre, on=today(), asked=CodesAsked())

    rows = [dict(zip(CODE_HEADINGS, row, strict=True)) for row in entry_code_rows(families)]

    assert [row["Unit code"] for row in rows] == ["05834/01", "05834/02", "05835/01", "05835/02", "05838/01"]
    assert [row["Approved for your centre"] for row in rows] == ["Yes"] * 4 + ["No"]
    assert [row["Unit awaits confirmation"] for row in rows[:2]] == ["", "awaiting confirmation"]
    assert rows[4]["Code awaits confirmation"] == "awaiting confirmation: size, GLH"


def test_a_file_has_a_row_for_a_code_without_units_and_for_units_without_a_code(centre):
    QualificationFactory(code="05834", combination="Two units.", combination_source="memory")
    UnitFactory(number=1, subject="Art", title="Drawing")

    families = entry_codes(centre=centre, on=today(), asked=CodesAsked())
    rows = [dict(zip(CODE_HEADINGS, row, strict=True)) for row in entry_code_rows(families)]

    assert [(row["Entry code"], row["Unit title"]) for row in rows] == [("05834", ""), ("", "Drawing")]
    assert rows[0]["Rule of combination"] == "Two units. (awaiting confirmation)"


def test_no_row_of_the_shipped_catalogue_that_is_from_memory_is_shown_as_verified(centre):
    load_reference()

    families = entry_codes(centre=centre, on=today(), asked=CodesAsked())

    codes = [code for each in families for code in each.codes]
    units = [unit for each in families for unit in each.units]
    assert (len(codes), len(units)) == (60, 217)
    assert {bool(code.awaiting) for code in codes if "memory" in code.qualification.source} == {True}
    assert {bool(unit.awaiting) for unit in units if "memory" in unit.unit.source} == {True}
    assert not any(code.awaiting for code in codes if "memory" not in code.qualification.source)


def test_the_rules_stand_in_groups_each_once():
    groups = entry_rules()
    codes = [rule.code for group in groups for rule in group.rules]

    assert {"Entering for Cambridge Technicals", "Identifiers"} <= {group.title for group in groups}
    assert len(codes) == len(set(codes))
    assert {"NAME-01", "LOADING-01", "CALENDAR-01"} <= set(codes)
    assert not any(code.startswith(("STEP-", "CENTRE-")) for code in codes)


@pytest.mark.parametrize(("code", "title"), [("UCI-01", "Identifiers"), ("WEATHER-01", OTHER)])
def test_a_rule_belongs_to_the_group_of_its_code(code, title):
    assert group_of(code) == title
