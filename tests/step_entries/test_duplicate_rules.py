"""STEP-05 and STEP-06: nobody is entered twice."""

from datetime import date

import pytest

from core.refusals import Refusal
from step_entries.rules.entering import (
    candidate_is_not_entered_yet,
    refusals_to_submit,
    ucas_id_is_not_entered_yet,
)
from tests.step_entries.rule_facts import codes, entered, facts

# --- STEP-05 ----------------------------------------------------------------------------------------------------------


def test_step_05_a_candidate_with_the_name_and_date_of_birth_of_an_entry_is_refused():
    assert candidate_is_not_entered_yet(facts(possible_duplicates=(entered(),))) == Refusal(
        "STEP-05",
        "Ann Smith, born 4 March 2009, is already entered: S00007. "
        "If this is somebody else of the same name, tick “This is a different person”.",
        "last_name",
        confirm_with="is_different_person",
        confirm_as="S00007 annsmith",
        about="S00007",
    )


@pytest.mark.parametrize(
    "others",
    [
        (),
        (entered(person_key="annasmith"),),
        (entered(date_of_birth=date(2009, 4, 3)),),
        (entered(person_key="bobjones", ucas_id="1234567890"),),
    ],
)
def test_step_05_a_candidate_who_differs_in_name_or_date_of_birth_is_accepted(others):
    assert candidate_is_not_entered_yet(facts(possible_duplicates=others)) is None


def test_step_05_the_second_of_the_possible_duplicates_is_found():
    others = (entered(number="S00001", person_key="bobjones", ucas_id="1234567890"), entered(number="S00002"))

    refusal = candidate_is_not_entered_yet(facts(possible_duplicates=others))

    assert refusal is not None
    assert refusal.about == "S00002"


def test_step_05_a_declared_different_person_is_accepted():
    declared = facts(possible_duplicates=(entered(),), different_from="S00007 annsmith")

    assert declared.is_different_person
    assert candidate_is_not_entered_yet(declared) is None
    assert refusals_to_submit(declared) == []


@pytest.mark.parametrize(
    ("different_from", "entered_now"),
    [
        ("S00006 annsmith", ["S00007"]),
        ("S00007 bobjones", ["S00007"]),
        ("S00007 annsmith", ["S00007", "S00008"]),
        ("True", ["S00007"]),
        ("on", ["S00007"]),
    ],
)
def test_step_05_a_declaration_about_others_does_not_count(different_from, entered_now):
    others = tuple(entered(number=number) for number in entered_now)
    declared = facts(possible_duplicates=others, different_from=different_from)

    refusal = candidate_is_not_entered_yet(declared)

    assert not declared.is_different_person
    assert refusal is not None
    assert refusal.confirm_as == " ".join([*entered_now, "annsmith"])


def test_step_05_without_a_namesake_nobody_is_declared_different():
    assert not facts(different_from="S00007 annsmith").is_different_person
    assert not facts(different_from="").is_different_person


def test_step_05_without_a_date_of_birth_nobody_is_the_same():
    assert candidate_is_not_entered_yet(facts(date_of_birth=None, possible_duplicates=(entered(),))) is None


# --- STEP-06 ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("different_from", ["", "S00007 annsmith"])
def test_step_06_a_ucas_id_that_stands_on_an_entry_is_refused_without_exception(different_from):
    other = entered(name="Bob Jones", person_key="bobjones", ucas_id="1234567890")

    refused = facts(possible_duplicates=(other,), different_from=different_from)

    assert refusals_to_submit(refused) == [
        Refusal(
            "STEP-06",
            "This UCAS ID is already on the entry S00007 (Bob Jones). Check both against the UCAS applications.",
            "ucas_id",
            about="S00007",
        )
    ]


@pytest.mark.parametrize(("own", "other"), [("1234567890", "1234567891"), ("1234567890", ""), ("", "")])
def test_step_06_another_ucas_id_or_none_is_accepted(own, other):
    others = (entered(person_key="bobjones", ucas_id=other),)

    assert ucas_id_is_not_entered_yet(facts(ucas_id=own, possible_duplicates=others)) is None


def test_the_same_person_with_the_same_ucas_id_hears_both_reasons():
    twice = facts(possible_duplicates=(entered(ucas_id="1234567890"),))

    assert codes(refusals_to_submit(twice)) == ["STEP-05", "STEP-06"]
