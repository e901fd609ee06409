"""NAME-04 to NAME-07: the characters of names and of their plain forms."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candidates.rules.names import (
    capitalise,
    is_hidden,
    name_has_letters_of_names_only,
    name_has_no_hidden_character,
    name_is_plain,
    plain_name_is_plain,
    tidy,
)
from core.refusals import Refusal
from tests.candidates.names import EVERY_TIME, TEXTS, codes_of

RISKY_NAMES = st.builds(
    "{}{}{}".format,
    st.sampled_from(["", *"=+-@'\t\r\x00\u200b", "\u200b=", " +", "ʼ", "ʼ="]),
    st.text(alphabet="Anéß '-.", max_size=20),
    st.sampled_from(["", "", *"\x00\x1b\u202e\u200b", "n", "’s"]),
)


# --- NAME-04 ----------------------------------------------------------------------------------------------------------


HIDDEN = {
    "NUL": "\x00",
    "NUL as the form shows it": "\ufffd",
    "escape": "\x1b",
    "delete": "\x7f",
    "next line": "\x85",
    "tab": "\t",
    "line feed": "\n",
    "zero-width space": "\u200b",
    "zero-width non-joiner": "\u200c",
    "zero-width joiner": "\u200d",
    "word joiner": "\u2060",
    "byte order mark": "\ufeff",
    "soft hyphen": "\u00ad",
    "right-to-left override": "\u202e",
    "left-to-right embedding": "\u202a",
    "isolate": "\u2066",
    "end of isolate": "\u2069",
    "left-to-right mark": "\u200e",
    "Arabic letter mark": "\u061c",
    "grapheme joiner": "\u034f",
    "text variation selector": "\ufe0e",
    "emoji variation selector": "\ufe0f",
    "supplementary variation selector": "\U000e0100",
    "tag character": "\U000e0041",
    "line separator": "\u2028",
    "paragraph separator": "\u2029",
    "no-break space": "\u00a0",
    "em space": "\u2003",
    "ideographic space": "\u3000",
    "Hangul choseong filler": "\u115f",
    "Hangul jungseong filler": "\u1160",
    "Hangul filler": "\u3164",
    "halfwidth Hangul filler": "\uffa0",
    "blank braille": "\u2800",
    "symbol": "°",
    "emoji": "😀",
    "skin tone": "\U0001f3fd",
    "lightest skin tone": "\U0001f3fb",
    "darkest skin tone": "\U0001f3ff",
    "regional indicator": "\U0001f1ec",
    "keycap": "\u20e3",
    "mark of the Katakana": "\u3099",
    "harpoon of the mathematicians": "\u20d0",
    "Hebrew point": "\u05b0",
    "surrogate": "\ud800",
    "private use": "\ue000",
    "not assigned": "\u0378",
}


@pytest.mark.parametrize("char", HIDDEN.values(), ids=HIDDEN)
def test_name_04_a_hidden_or_unusual_character_is_refused_and_its_place_told(char):
    assert is_hidden(char) is True
    assert name_has_no_hidden_character("last_name", "Last Name", f"Ann{char}Smith") == Refusal(
        "NAME-04",
        "Last Name contains a hidden or unusual character after “Ann”. Delete it and type the name again.",
        "last_name",
    )
    assert codes_of(f"Ann{char}Smith") == ["NAME-04"]


def test_name_04_a_family_emoji_is_refused_once():
    assert codes_of("Ann 👩🏽‍👩🏻‍👧‍👦️") == ["NAME-04"]


def test_name_04_a_hidden_character_at_the_beginning_is_told():
    assert name_has_no_hidden_character("first_name", "First Name", "\u200bAnn") == Refusal(
        "NAME-04",
        "First Name contains a hidden or unusual character at its beginning. Delete it and type the name again.",
        "first_name",
    )


def test_name_04_the_sentence_quotes_no_more_than_20_characters():
    refusal = name_has_no_hidden_character("first_name", "First Name", "b" * 4979 + "a" * 20 + "\x00")

    assert refusal is not None
    assert f" after “{'a' * 20}”. " in refusal.sentence


@pytest.mark.parametrize(
    "name", ["Ann", "Zoë", "Ọ\u0301la", "O’Brien", "St. John", "Jean\u2011Luc", "ʻOkina", "a,1`+", ""]
)
def test_name_04_what_can_be_seen_is_not_hidden(name):
    assert name_has_no_hidden_character("last_name", "Last Name", name) is None


# --- NAME-05 ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "Ann",
        "van der Berg",
        "O'Brien-Mackie",
        "O’Brien",
        "O‘Brien",
        "OʼBrien",
        "ʻOkina",
        "Jean\u2010Luc",
        "Jean\u2011Luc",
        "St. John",
        "Müller-Søby",
        "Ọ\u0301la",
        "Nguyễn",
        "Strauß",
        "Nǃxau",
        "",
    ],
)
def test_name_05_latin_letters_spaces_hyphens_apostrophes_and_full_stops_are_accepted(name):
    assert name_has_letters_of_names_only("last_name", "Last Name", name) is None


@pytest.mark.parametrize(
    "char",
    [*",;:!?/\\\"()<>&%*_=+@#|~^`´€½²1４Ⅳª–—−·", "Ａ", "а", "λ", "李", "ب", "א", "अ", "ʿ", "ʰ", "＋", "，", "𝐀"],
)  # fmt: skip
def test_name_05_any_other_character_is_refused_and_shown(char):
    refusal = name_has_letters_of_names_only("last_name", "Last Name", f"Ann{char}Smith")

    assert refusal == Refusal(
        "NAME-05",
        f"Last Name can have letters, spaces, hyphens, apostrophes and full stops. Take out “{char}”.",
        "last_name",
    )


def test_name_05_each_wrong_character_is_shown_once_and_no_more_than_five_of_them():
    refusal = name_has_letters_of_names_only("last_name", "Last Name", "9a8b7c6d5e4f3g9")

    assert refusal is not None
    assert refusal.sentence.endswith("Take out “3” “4” “5” “6” “7”.")


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("=zoë", ["NAME-03"]),
        ("1Ann", ["NAME-03"]),
        ("=zoë=", ["NAME-03", "NAME-05"]),
        ("=1", ["NAME-03", "NAME-05"]),
        ("Zoë=", ["NAME-05"]),
    ],
)
def test_name_05_a_first_character_that_is_told_already_is_not_told_twice(name, codes):
    assert codes_of(name) == codes


# --- NAME-06 ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["Ann", "Ann Marie Smith", "x", ""])
def test_name_06_a_plain_name_is_accepted_where_only_plain_names_are(name):
    assert name_is_plain("last_name", "Last Name", name) is None


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("Müller-Søby", "Muller Soby"),
        ("O'Connor", "OConnor"),
        ("Ann  Marie", "Ann Marie"),
        ("Smith, Ann", "Smith Ann"),
    ],
)
def test_name_06_another_name_is_refused_with_the_plain_form_to_use(name, plain):
    assert name_is_plain("last_name", "Last Name", name) == Refusal(
        "NAME-06",
        f"Last Name can only have letters A to Z and single spaces. For “{name}” you can use “{plain}”: "
        "check that it matches the UCAS form as closely as possible.",
        "last_name",
    )


# --- NAME-07 ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("plain", "name"), [("Muller Soby", "Müller-Søby"), ("A" * 40, "ß"), ("x", "x"), ("", "")])
def test_name_07_a_plain_form_of_letters_and_single_spaces_is_accepted(plain, name):
    assert plain_name_is_plain("plain_last_name", "Last Name", plain, name) is None


@pytest.mark.parametrize(
    "plain", ["", "Müller", "Soby-Muller", "O'Connor", "Ann  Marie", " Ann", "Ann ", "Ann\n", "Ann1", "Ａnn", "A" * 41]
)
def test_name_07_any_other_plain_form_is_refused(plain):
    assert plain_name_is_plain("plain_last_name", "Last Name", plain, "Søby") == Refusal(
        "NAME-07",
        "Plain form of the last name must have letters A to Z and single spaces only, and 40 characters or fewer. "
        "Type it as closely to “Søby” as you can.",
        "plain_last_name",
    )


def test_name_07_a_plain_form_without_a_name_is_refused():
    assert plain_name_is_plain("plain_first_name", "First Name", "Ann", "") == Refusal(
        "NAME-07", "Leave the plain form of the first name empty: there is no First Name.", "plain_first_name"
    )


# --- all rules together -----------------------------------------------------------------------------------------------


@EVERY_TIME
@given(st.one_of(TEXTS, RISKY_NAMES))
def test_no_name_that_passes_all_rules_can_become_a_formula_or_hides_a_control_character(text):
    name = tidy(text)
    is_accepted = bool(name) and codes_of(name) == []

    if is_accepted:
        assert name[0] not in "=+-@\t\r"
        assert not any(unicodedata.category(char) in {"Cc", "Cf", "Cs"} for char in name)
        assert any(unicodedata.category(char) in {"Lu", "Ll", "Lt", "Lo"} for char in name)
        assert len(capitalise(name)) <= 40


@EVERY_TIME
@given(st.text(alphabet="abzMQéøß '’-.\u0301", max_size=40))
def test_a_name_of_latin_letters_that_starts_with_one_is_accepted(text):
    name = tidy(f"A{text}")[:40]

    assert codes_of(name) == []
