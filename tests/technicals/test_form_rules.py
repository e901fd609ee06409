"""The laws of the web form, without a database."""

import re

import pytest

from core.refusals import Refusal
from technicals.enums import EntryKind, EntryOption
from technicals.rules import entering, reading, registering
from technicals.rules import form as rules
from tests.technicals.facts import BUSINESS, CODES, FULL, OF_2012, UNAPPROVED, UNITS, facts


def test_form_01_somebody_is_on_the_form():
    assert rules.candidates_are_chosen(1) is None
    assert rules.candidates_are_chosen(0).code == "FORM-01"


def test_form_02_names_the_first_five_without_an_option_and_counts_the_others():
    names = ["Ann A", "Ben B", "Cy C", "Di D", "Ed E", "Flo F", "Gus G"]

    assert rules.every_candidate_has_an_option([]) is None
    assert "No entry option yet: Ann A." in rules.every_candidate_has_an_option(names[:1]).sentence
    assert "Ann A, Ben B, Cy C, Di D, Ed E and 2 more." in rules.every_candidate_has_an_option(names).sentence


@pytest.mark.parametrize(("count", "is_refused"), [(0, False), (3, False), (4, True)])
def test_form_03_three_units_at_once_are_the_most(count, is_refused):
    refusal = rules.units_are_few(list(range(count)))

    assert bool(refusal) is is_refused
    assert not refusal or "untick 1" in refusal.sentence


@pytest.mark.parametrize(
    ("option", "units", "is_refused"),
    [(EntryOption.UNITS, [], True), (EntryOption.UNITS, [1], False), (EntryOption.FULL, [], False)],
)
def test_form_04_a_unit_entry_names_units(option, units, is_refused):
    assert bool(rules.unit_entry_names_units(option, units)) is is_refused


def test_form_05_an_option_is_applied_to_somebody():
    assert rules.somebody_is_ticked(1) is None
    assert rules.somebody_is_ticked(0).field == "entries"


@pytest.mark.parametrize(("option", "is_refused"), [("", True), ("both", True), ("full", False), ("units", False)])
def test_form_06_one_of_the_two_options_is_chosen(option, is_refused):
    assert bool(rules.option_is_chosen(option)) is is_refused


def test_form_07_what_is_submitted_is_what_was_shown():
    assert rules.summary_is_as_seen("a", "a") is None
    assert "Nothing was entered." in rules.summary_is_as_seen("a", "b").sentence


@pytest.mark.parametrize(("count", "is_refused"), [(1000, False), (1001, True)])
def test_form_08_a_form_has_at_most_a_thousand_candidates(count, is_refused):
    refusal = rules.list_is_short_enough(count)

    assert bool(refusal) is is_refused
    assert not refusal or "up to 1,000 candidates, and with these it would have 1,001" in refusal.sentence


def test_form_09_a_form_that_is_gone_says_that_nothing_was_entered_from_it():
    assert "Nothing was entered from it." in rules.form_is_there().sentence


@pytest.mark.parametrize(("count", "begins"), [(1, "1 candidate has"), (2, "2 candidates have")])
def test_form_10_submit_waits_for_those_with_something_to_mend(count, begins):
    assert rules.nobody_has_anything_to_mend(0) is None
    assert rules.nobody_has_anything_to_mend(count).sentence.startswith(begins)


@pytest.mark.parametrize(
    ("ready", "is_anybody_there", "is_refused"), [(1, True, False), (0, True, True), (0, False, False)]
)
def test_form_11_something_is_new(ready, is_anybody_there, is_refused):
    assert bool(rules.something_is_new(ready, is_anybody_there)) is is_refused


@pytest.mark.parametrize(
    ("option", "takes_units", "is_refused"),
    [(EntryOption.UNITS, False, True), (EntryOption.UNITS, True, False), (EntryOption.FULL, False, False)],
)
def test_form_12_no_units_under_a_top_up_code(option, takes_units, is_refused):
    refusal = rules.top_up_has_no_units(option, "Top-up", takes_units)

    assert bool(refusal) is is_refused
    assert not refusal or refusal.sentence.startswith("This is a top-up code")


def test_form_13_an_assessment_is_chosen():
    assert rules.assessment_is_chosen("05835") is None
    assert rules.assessment_is_chosen("").field == "assessment"


@pytest.mark.parametrize(("count", "begins"), [(1, "1 candidate is ticked"), (2, "2 candidates are ticked")])
def test_form_14_ticks_are_applied_before_the_form_goes_on(count, begins):
    assert rules.ticks_are_applied(0) is None
    assert rules.ticks_are_applied(count).sentence.startswith(begins)


@pytest.mark.parametrize(
    ("kind", "is_declared", "is_refused"),
    [
        (EntryKind.MOVING_DOWN, False, True),
        (EntryKind.MOVING_DOWN, True, False),
        (EntryKind.TOP_UP, False, False),
        (EntryKind.FULL, False, False),
    ],
)
def test_form_15_only_a_moving_down_is_declared(kind, is_declared, is_refused):
    assert bool(rules.moving_down_is_declared_once_for_all(kind, is_declared)) is is_refused


@pytest.mark.parametrize("option", EntryOption.values)
@pytest.mark.parametrize("units", [[], [1]])
def test_form_16_units_go_with_a_unit_entry(option, units):
    is_refused = option == EntryOption.FULL and units == [1]

    assert bool(rules.units_go_with_a_unit_entry(option, units)) is is_refused


def test_form_17_the_series_is_still_offered():
    assert rules.series_is_still_offered(is_offered=True) is None
    assert rules.series_is_still_offered(is_offered=False).code == "FORM-17"


# --- words ------------------------------------------------------------------------------------------------------------

REFUSED_IN_FILES = [
    entering.registration_comes_first(CODES[FULL], [], None),
    registering.full_award_or_units(CODES[OF_2012], "CT000001"),
    entering.attempts_are_left("unit_1", UNITS[BUSINESS, 1], 3),
    reading.unit_is_entered_for("unit_1", CODES[FULL], UNITS[BUSINESS, 4]),
    reading.code_is_approved(CODES[UNAPPROVED], facts()),
    registering.registrations_are_set_up(None),
]


@pytest.mark.parametrize("refusal", REFUSED_IN_FILES, ids=lambda refusal: refusal.code)
def test_a_remedy_that_speaks_of_a_file_is_retold_for_the_form(refusal):
    said = rules.on_the_form(refusal)

    assert said.code == refusal.code
    assert said.sentence != refusal.sentence
    assert re.findall(r"\b(rows?|cells?|files?|upload)\b", said.sentence) == []


def test_every_remedy_that_is_retold_is_tested():
    assert {refusal.code for refusal in REFUSED_IN_FILES} == set(rules.SAID_OF_FILES)


def test_other_refusals_are_told_as_they_are():
    refusal = Refusal("ROUTE-01", "Enter the full award first.")

    assert rules.on_the_form(refusal) == refusal


@pytest.mark.parametrize(
    ("option", "units", "kind", "words"),
    [
        ("", [], EntryKind.FULL, ""),
        (EntryOption.FULL, [], EntryKind.FULL, "Full award entry"),
        (EntryOption.FULL, [], EntryKind.TOP_UP, "Top-up entry"),
        (EntryOption.FULL, [], EntryKind.MOVING_DOWN, "Moving down entry"),
        (EntryOption.UNITS, [2], EntryKind.FULL, "Unit entry: unit 2"),
        (EntryOption.UNITS, [1, 2, 9], EntryKind.FULL, "Unit entry: units 1, 2 and 9"),
    ],
)
def test_an_option_in_words(option, units, kind, words):
    assert rules.option_in_words(option, units, kind) == words
