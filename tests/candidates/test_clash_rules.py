"""When two records may be of one person, and what is refused or asked for that."""

from datetime import date

import pytest

from candidates.enums import Clash
from candidates.rules.clashes import (
    MOST_PAIRS,
    Identity,
    Pair,
    clashing_pairs,
    identifier_is_free,
    person_is_new,
    record_is_as_seen,
)

BORN = date(2009, 4, 3)
SWAPPED = date(2009, 3, 4)


def person(id, key="annsmith", born=BORN, ucas_id=""):
    return Identity(id, key, born, ucas_id)


def pairs(*people, told_apart=()):
    return clashing_pairs(people, told_apart)


@pytest.mark.parametrize(
    ("other", "reasons"),
    [
        (person(2), (Clash.SAME_BIRTH,)),
        (person(2, born=SWAPPED), (Clash.SWAPPED_BIRTH,)),
        (person(2, key="liamfox", ucas_id="1234567890"), (Clash.SAME_UCAS_ID,)),
        (person(2, ucas_id="1234567890"), (Clash.SAME_BIRTH, Clash.SAME_UCAS_ID)),
        (person(2, key="liamfox"), None),
        (person(2, key="liamfox", born=SWAPPED), None),
        (person(2, born=date(2009, 4, 4)), None),
        (person(2, born=date(2008, 3, 4)), None),
    ],
)
def test_two_records_clash_by_name_and_birth_or_by_ucas_id(other, reasons):
    expected = [Pair(1, 2, reasons)] if reasons else []

    assert pairs(person(1, ucas_id="1234567890"), other) == expected
    assert pairs(other, person(1, ucas_id="1234567890")) == expected


@pytest.mark.parametrize("born", [date(2009, 4, 4), date(2009, 4, 13)])
def test_a_day_that_is_no_month_or_the_same_one_is_not_swapped(born):
    assert pairs(person(1, born=born), person(2, born=date(2009, 4, 5))) == []


def test_empty_ucas_ids_are_not_the_same():
    assert pairs(person(1, key="annsmith"), person(2, key="liamfox")) == []


def test_three_of_one_name_are_three_pairs_less_those_told_apart():
    three = [person(3), person(1), person(2)]

    assert [(pair.one, pair.other) for pair in pairs(*three)] == [(1, 2), (1, 3), (2, 3)]
    assert [(pair.one, pair.other) for pair in pairs(*three, told_apart={(1, 3)})] == [(1, 2), (2, 3)]


def test_no_more_pairs_than_a_page_can_mean_are_told():
    assert len(pairs(*[person(id) for id in range(40)])) == MOST_PAIRS


@pytest.mark.parametrize(("field", "label"), [("uci", "UCI"), ("uln", "ULN"), ("ocr_number", "OCR number")])
def test_clash_01_an_identifier_of_another_candidate_is_refused(field, label):
    refusal = identifier_is_free(field, "12345678", "Ann Smith")

    assert (refusal.code, refusal.field) == ("CLASH-01", field)
    assert refusal.sentence == f"{label} 12345678 is that of Ann Smith. Use that record, or correct the {label}."


def test_clash_01_an_identifier_that_nobody_has_is_free():
    assert identifier_is_free("uci", "689990980001D", "") is None


def test_clash_02_a_namesake_is_asked_about():
    refusal = person_is_new(["Ann Smith"], "key-of-ann", "")

    assert (refusal.code, refusal.field) == ("CLASH-02", "last_name")
    assert (refusal.confirm_with, refusal.confirm_as) == ("is_different_person", "key-of-ann")
    assert refusal.sentence == (
        "Your centre has a candidate of this name and date of birth: Ann Smith. "
        "Use that record, or tick “This is a different person”."
    )


def test_clash_02_several_namesakes_are_counted():
    sentence = person_is_new(["Ann Smith", "Ann  Smith"], "two", "").sentence

    assert sentence.startswith("Your centre has 2 candidates of this name and date of birth: Ann Smith, Ann  Smith.")


@pytest.mark.parametrize(
    ("same", "question", "answer", "asked"),
    [
        (["Ann Smith"], "key-of-ann", "key-of-ann", False),
        (["Ann Smith"], "key-of-ann", "key-of-somebody-else", True),
        ([], "", "", False),
        ([], "", "key-of-ann", False),
    ],
)
def test_clash_02_the_answer_counts_for_those_who_were_shown(same, question, answer, asked):
    assert bool(person_is_new(same, question, answer)) is asked


@pytest.mark.parametrize(("seen", "refused"), [(None, False), ("now", False), ("before", True), ("", True)])
def test_clash_03_a_record_that_was_changed_meanwhile_is_shown_first(seen, refused):
    refusal = record_is_as_seen(seen, "now", "Ann Smith")

    assert bool(refusal) is refused
    assert not refusal or refusal.sentence.startswith("The record of Ann Smith was changed while your page was open.")
