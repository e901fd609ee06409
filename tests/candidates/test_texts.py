import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from candidates.rules.names import tidy
from candidates.rules.texts import (
    refusals_of_text,
    text_cannot_become_a_formula,
    text_has_no_hidden_character,
    text_is_short_enough,
)
from core.refusals import Refusal

FIELD = ("own_school", "Candidate's own school")


@pytest.mark.parametrize("length", [0, 99, 100])
def test_text_01_a_text_of_up_to_100_characters_is_accepted(length):
    assert text_is_short_enough(*FIELD, "x" * length) is None


@pytest.mark.parametrize("length", [101, 5000])
def test_text_01_a_longer_text_is_refused_with_its_length(length):
    assert text_is_short_enough(*FIELD, "x" * length) == Refusal(
        "TEXT-01", f"Candidate's own school must be 100 characters or fewer. It has {length}.", "own_school"
    )


@pytest.mark.parametrize("text", ["", "St Mary's (girls) = 2", "1st School", "École", "'quoted'", "(new)", "東京高校"])
def test_text_02_a_text_that_starts_otherwise_is_accepted(text):
    assert text_cannot_become_a_formula(*FIELD, text) is None


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_text_02_a_text_that_starts_like_a_formula_is_refused(start):
    assert text_cannot_become_a_formula(*FIELD, f"{start}SUM(A1)") == Refusal(
        "TEXT-02",
        f"Candidate's own school must not start with “{start}”. Start with a letter or a digit.",
        "own_school",
    )


@pytest.mark.parametrize("text", ["", "St Mary's, no. 2", "Collège d'Été", "İstanbul Lisesi", "東京高校", "50% & co."])
def test_text_03_a_text_without_hidden_characters_is_accepted(text):
    assert text_has_no_hidden_character(*FIELD, text) is None


@pytest.mark.parametrize(
    "char", ["\x00", "\ufffd", "\n", "\t", "\u200b", "\u202e", "\u00a0", "\ufe0f", "\u3164", "🏫", "🏽"]
)
@pytest.mark.parametrize("text", ["St{}Mary", "{}"])
def test_text_03_a_hidden_character_is_refused(text, char):
    assert text_has_no_hidden_character(*FIELD, text.format(char)) == Refusal(
        "TEXT-03",
        "Candidate's own school contains a hidden or unusual character. Delete the text and type it again.",
        "own_school",
    )


def test_an_empty_text_is_right():
    assert refusals_of_text(*FIELD, "") == []


def test_everything_that_is_wrong_with_a_text_is_said_at_once():
    refusals = refusals_of_text(*FIELD, "=" + "x" * 100 + "\x00")

    assert [(refusal.code, refusal.field) for refusal in refusals] == [
        ("TEXT-01", "own_school"),
        ("TEXT-02", "own_school"),
        ("TEXT-03", "own_school"),
    ]


@settings(deadline=None, database=None)
@given(st.builds("{}{}{}".format, st.sampled_from(["", "\t", "\r", "\u200b", " ", "="]), st.text(), st.characters()))
def test_no_text_that_passes_all_rules_can_become_a_formula_or_hides_a_control_character(typed):
    text = tidy(typed)

    if not refusals_of_text(*FIELD, text):
        assert text[:1] not in {"=", "+", "-", "@", "\t", "\r"}
        assert not any(unicodedata.category(char) in {"Cc", "Cf", "Cs"} for char in text)
