"""NAME-01 to NAME-03 and NAME-08: which names there are, how long, and how they begin."""

import pytest

from candidates.rules.names import (
    name_is_given,
    name_is_short_enough,
    name_starts_with_a_letter,
    one_name_is_the_last_name,
)
from core.refusals import Refusal
from tests.candidates.names import codes_of

# --- NAME-01 ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "may_be_blank"), [("Ann", False), ("Ann", True), ("", True)])
def test_name_01_a_name_or_a_permitted_blank_is_accepted(name, may_be_blank):
    assert name_is_given("first_name", "First Name", name, may_be_blank) is None


def test_name_01_an_empty_first_name_is_refused_and_the_tick_is_named():
    assert name_is_given("first_name", "First Name", "") == Refusal(
        "NAME-01",
        'Enter the First Name. Where the candidate has one legal name, leave it empty and tick "one legal name".',
        "first_name",
    )


def test_name_01_an_empty_last_name_is_refused():
    assert name_is_given("last_name", "Last Name", "") == Refusal("NAME-01", "Enter the Last Name.", "last_name")


# --- NAME-08 ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("first_name", "has_one_name"), [("Ann", False), ("", True), ("", False)])
def test_name_08_a_first_name_or_the_tick_is_accepted(first_name, has_one_name):
    assert one_name_is_the_last_name(first_name, has_one_name) is None


def test_name_08_a_first_name_beside_the_tick_is_refused_with_both_remedies():
    assert one_name_is_the_last_name("Ann", True) == Refusal(
        "NAME-08",
        "Where the candidate has one legal name, leave First Name empty and type the name as Last Name. "
        'Where there is a first name, untick "one legal name".',
        "first_name",
    )


# --- NAME-02 ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("length", [0, 1, 39, 40])
def test_name_02_a_name_of_up_to_40_characters_is_accepted(length):
    assert name_is_short_enough("last_name", "Last Name", "a" * length) is None


@pytest.mark.parametrize("length", [41, 300, 5000])
def test_name_02_a_longer_name_is_refused_with_its_length(length):
    assert name_is_short_enough("last_name", "Last Name", "ü" * length) == Refusal(
        "NAME-02", f"Last Name must be 40 characters or fewer. It has {length}.", "last_name"
    )


# --- NAME-03 ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["Ann", "ann", "Élodie", "ßen", "ʻOkina", "ʼAbd", ""])
def test_name_03_a_name_that_starts_with_a_letter_is_accepted(name):
    assert name_starts_with_a_letter("first_name", "First Name", name) is None


@pytest.mark.parametrize(
    "name", ["=Ann", "+Ann", "-Ann", "@Ann", "1Ann", "'Ann", "’Ann", ".Ann", ",Ann", "\u0301Ann", "＝Ann", "ʼ", "ʼ1"]
)
def test_name_03_a_name_that_starts_otherwise_is_refused(name):
    assert name_starts_with_a_letter("first_name", "First Name", name) == Refusal(
        "NAME-03", f"First Name must start with a letter. It starts with “{name[0]}”.", "first_name"
    )


def test_name_03_a_hidden_beginning_is_left_to_the_rule_on_hidden_characters():
    assert codes_of("\x00=Ann") == ["NAME-04", "NAME-05"]
