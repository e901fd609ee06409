"""Names as typed, Auto Capitalize Name, and the plain form."""

import re
import unicodedata

import pytest
from hypothesis import given

from candidates.rules.names import (
    capitalise,
    has_plain_form,
    plain_form,
    plain_form_or_empty,
    tidy,
)
from tests.candidates.names import EVERY_TIME, TEXTS

# --- as typed ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Ann", "Ann"),
        ("  Ann  Marie ", "Ann  Marie"),
        ("\u00a0Ann\u2003", "Ann"),
        ("\u200bAnn\u200d\u202e", "Ann"),
        ("\ufeff \u200eAnn\t\r\n", "Ann"),
        ("An\u200bn", "An\u200bn"),
        ("Zoe\u0308", "Zoë"),
        ("Ọ\u0301la", "Ọ\u0301la"),
        ("\u2009\u200b", ""),
        ("", ""),
        ("Ａnn", "Ａnn"),
        ("ﬁn", "ﬁn"),
        ("Ann\ufe0f", "Ann\ufe0f"),
        ("\x00Ann", "\x00Ann"),
    ],
)
def test_a_typed_name_loses_the_blanks_at_its_ends_and_nothing_else(typed, name):
    assert tidy(typed) == name


@EVERY_TIME
@given(TEXTS)
def test_tidying_twice_is_tidying_once(text):
    assert tidy(tidy(text)) == tidy(text)


@EVERY_TIME
@given(TEXTS)
def test_tidying_only_composes_and_cuts(text):
    assert tidy(text) in unicodedata.normalize("NFC", text)


# --- Auto Capitalize Name ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "capitalised"),
    [
        ("ann", "Ann"),
        ("ann marie", "Ann Marie"),
        ("van der Berg", "Van Der Berg"),
        ("jean-pierre", "Jean-Pierre"),
        ("jean\u2010pierre", "Jean\u2010Pierre"),
        ("jean\u2011pierre", "Jean\u2011Pierre"),
        ("o'brien-mackie", "O'Brien-MacKie"),
        ("o’brien", "O’Brien"),
        ("o‘brien", "O‘Brien"),
        ("oʼbrien", "OʼBrien"),
        ("d'arcy", "D'Arcy"),
        ("d’arcy", "D’Arcy"),
        ("l'oréal", "L'oréal"),
        ("n'golo", "N'golo"),
        ("mcdonald", "McDonald"),
        ("macdonald", "MacDonald"),
        ("mackie", "MacKie"),
        ("macé", "MacÉ"),
        ("mac arthur", "Mac Arthur"),
        ("mac-arthur", "Mac-Arthur"),
        ("mac", "Mac"),
        ("mc", "Mc"),
        ("tamac", "Tamac"),
        ("almcdonald", "Almcdonald"),
        ("deMacdonald", "DeMacdonald"),
        ("do'connor", "Do'connor"),
        ("st.john", "St.John"),
        ("élodie", "Élodie"),
        ("ørsted", "Ørsted"),
        ("ñuñez", "Ñuñez"),
        ("ılgaz", "Ilgaz"),
        ("ǆukić", "ǅukić"),
        ("  ann", "  Ann"),
        ("", ""),
    ],
)
def test_auto_capitalise_raises_the_letters_that_the_guide_names(typed, capitalised):
    assert capitalise(typed) == capitalised


@pytest.mark.parametrize(
    "name", ["ANN", "MACDONALD", "McDonald", "DeShawn", "O'BRIEN", "ǅukić", "ǄUKIĆ", "VAN DER BERG", "李"]
)
def test_auto_capitalise_leaves_capitals_as_they_are(name):
    assert capitalise(name) == name


@pytest.mark.parametrize("name", ["ßen", "ŉen", "ﬁn", "ǰan"])
def test_auto_capitalise_leaves_a_letter_whose_capital_would_be_two_letters(name):
    assert capitalise(name) == name


@pytest.mark.parametrize("name", ["Mcßen", "O'ßen"])
def test_auto_capitalise_leaves_such_a_letter_after_a_prefix_too(name):
    assert capitalise(name) == name


@EVERY_TIME
@given(TEXTS)
def test_auto_capitalise_never_lowers_a_letter_and_changes_nothing_but_case(name):
    capitalised = capitalise(name)

    assert len(capitalised) == len(name)
    for old, new in zip(name, capitalised, strict=True):
        assert new == old or (old.islower() and new in (old.upper(), old.title()))


@EVERY_TIME
@given(TEXTS)
def test_auto_capitalise_twice_is_auto_capitalise_once(name):
    assert capitalise(capitalise(name)) == capitalise(name)


# --- the plain form ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("Müller-Søby", "Muller Soby"),
        ("O'Connor", "OConnor"),
        ("O’Connor", "OConnor"),
        ("Zoë", "Zoe"),
        ("Zoe\u0308", "Zoe"),
        ("Ọ\u0301la", "Ola"),
        ("Nguyễn", "Nguyen"),
        ("Łukasz", "Lukasz"),
        ("Đặng", "Dang"),
        ("Strauß", "Strauss"),
        ("STRAUẞ", "STRAUSS"),
        ("Ærø", "Aero"),
        ("Ǽther", "Aether"),
        ("Þór", "Thor"),
        ("Guðrún", "Gudrun"),
        ("Iğdır", "Igdir"),
        ("Əliyev", "Eliyev"),
        ("ſmith", "smith"),
        ("St. John", "St John"),
        ("Anne--Marie", "Anne Marie"),
        (" Ann   Marie ", "Ann Marie"),
        ("Jean\u2011Luc", "Jean Luc"),
        ("Smith, Ann", "Smith Ann"),
        ("Ann1", "Ann"),
        ("", ""),
    ],
)
def test_the_plain_form_folds_accents_drops_apostrophes_and_parts_at_hyphens(name, plain):
    assert plain_form(name) == plain


@EVERY_TIME
@given(TEXTS)
def test_the_plain_form_of_any_text_has_letters_a_to_z_and_single_spaces_only(text):
    assert re.fullmatch(r"([A-Za-z]+( [A-Za-z]+)*)?", plain_form(text))


@EVERY_TIME
@given(TEXTS)
def test_the_plain_form_of_a_plain_form_is_itself(text):
    assert plain_form(plain_form(text)) == plain_form(text)


LATIN_LETTERS = [
    char for char in map(chr, range(0x00C0, 0x0180)) if char.isalpha() and unicodedata.name(char).startswith("LATIN")
]


def test_there_are_190_latin_letters_from_latin_1_to_latin_extended_a():
    assert len(LATIN_LETTERS) == 190


@pytest.mark.parametrize("letter", LATIN_LETTERS)
def test_every_latin_letter_of_latin_1_and_latin_extended_a_has_a_plain_form(letter):
    plain = plain_form(letter)

    assert re.fullmatch("[A-Za-z]{1,2}", plain)
    assert plain[0].isupper() == letter.isupper()
    assert has_plain_form(letter)


@pytest.mark.parametrize("name", ["Nǃxau", "ǀKosi", "ﬁn", "李", "Ivan Петров"])
def test_a_name_with_a_letter_that_has_no_plain_one_has_no_plain_form(name):
    assert has_plain_form(name) is False
    assert plain_form_or_empty(name) == ""


@pytest.mark.parametrize("name", ["Müller-Søby", "O'Connor", "Oʼahu", "Ǽther", "Ọ\u0301la", ""])
def test_a_name_of_which_every_letter_has_a_plain_one_has_a_plain_form(name):
    assert has_plain_form(name) is True
    assert plain_form_or_empty(name) == plain_form(name)
