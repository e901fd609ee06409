"""Making one record of two: what has to be chosen, and who moves what."""

from datetime import date
from types import SimpleNamespace

import pytest

from candidates.rules import merging
from candidates.rules.details import CELLS, Cell, academic_year_in_words, text_in_words, value_in_words
from candidates.rules.merging import (
    Mover,
    chosen_values,
    differing,
    every_cell_is_chosen,
    record_is_active,
    staying_record_is_chosen,
    value_is_chosen,
)

UCI = Cell("uci", "UCI", ("uci",))


def record(**details):
    own = {"first_name": "Zoë", "plain_first_name": "Zoe", "middle_names": "", "last_name": "Fox"}
    own |= {"plain_last_name": "Fox", "date_of_birth": date(2009, 3, 4), "gender": "female", "uci": "", "uln": ""}
    own |= {"ocr_number": "", "candidate_number": "", "numbered_in": None, "ucas_id": ""}
    return SimpleNamespace(**own | details)


def test_the_details_that_differ_are_found_with_their_plain_forms_and_years():
    one = record(candidate_number="0042", numbered_in=2025, uci="689990980001D")
    other = record(plain_first_name="Zoey", candidate_number="0042", numbered_in=2026)

    assert [cell.slug for cell in differing(one, other)] == ["first_name", "uci", "candidate_number"]
    assert differing(one, one) == []


def test_the_chosen_side_is_taken_cell_by_cell_with_what_belongs_to_it():
    one, other = record(uci="689990980001D"), record(plain_first_name="Zoey", candidate_number="0042", numbered_in=2026)

    values = chosen_values(one, other, {"first_name": "other", "uci": "one", "candidate_number": "other"})

    assert values == {
        "first_name": "Zoë",
        "plain_first_name": "Zoey",
        "uci": "689990980001D",
        "candidate_number": "0042",
        "numbered_in": 2026,
    }


def test_merge_01_a_merged_record_is_changed_no_more():
    refusal = record_is_active("Ann Smith", "Anne Smith")

    assert refusal.code == "MERGE-01"
    assert refusal.sentence == "The record of Ann Smith was merged into that of Anne Smith. Go on with that record."
    assert record_is_active("Ann Smith", "") is None


@pytest.mark.parametrize(("side", "refused"), [("one", False), ("other", False), ("", True), ("both", True)])
def test_merge_02_of_each_detail_that_differs_a_value_is_chosen(side, refused):
    refusal = value_is_chosen(UCI, side)

    assert bool(refusal) is refused
    assert not refusal or (refusal.code, refusal.field) == ("MERGE-02", "uci")


def test_merge_02_each_missing_choice_is_told():
    refusals = every_cell_is_chosen(CELLS[:3], {"first_name": "one"})

    assert [refusal.sentence for refusal in refusals] == [
        "Middle names: choose which of the two stays.",
        "Surname: choose which of the two stays.",
    ]


@pytest.mark.parametrize(("side", "refused"), [("one", False), ("other", False), ("", True), ("both", True)])
def test_merge_03_the_record_that_stays_is_chosen(side, refused):
    refusal = staying_record_is_chosen(side)

    assert bool(refusal) is refused
    assert not refusal or (refusal.code, refusal.field) == ("MERGE-03", "stays")


def test_movers_are_known_by_their_names_in_order(monkeypatch):
    monkeypatch.setattr(merging, "_MOVERS", {})
    movers = [Mover(name, lambda goes, stays: [], lambda goes, stays, by, at: 0) for name in ("Units", "Awards")]

    for mover in [*movers, movers[0]]:
        merging.register(mover)

    assert [mover.name for mover in merging.movers()] == ["Awards", "Units"]


@pytest.mark.parametrize(
    ("details", "slug", "words"),
    [
        ({}, "first_name", "Zoë (plain form: Zoe)"),
        ({}, "last_name", "Fox"),
        ({"first_name": "", "plain_first_name": ""}, "first_name", ""),
        ({"plain_first_name": ""}, "first_name", "Zoë"),
        ({}, "date_of_birth", "4 March 2009"),
        ({}, "gender", "Female"),
        ({"ucas_id": "1234567890"}, "ucas_id", "123 456 7890"),
        ({"candidate_number": "0042", "numbered_in": 2026}, "candidate_number", "0042, in 2026/27"),
        ({}, "candidate_number", ""),
        ({"uci": "689990980001D"}, "uci", "689990980001D"),
    ],
)
def test_a_detail_is_told_in_words(details, slug, words):
    cell = next(cell for cell in CELLS if cell.slug == slug)

    assert value_in_words(record(**details), cell) == words


def test_texts_of_history_and_years_are_told_in_words():
    assert text_in_words("date_of_birth", "2009-03-04") == "4 March 2009"
    assert text_in_words("date_of_birth", "") == ""
    assert text_in_words("gender", "unheard-of") == "unheard-of"
    assert academic_year_in_words(2099) == "2099/00"
