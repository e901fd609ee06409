import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from candidates.rules.names import (
    capitalise,
    has_plain_form,
    is_hidden,
    name_has_letters_of_names_only,
    name_has_no_hidden_character,
    name_is_given,
    name_is_plain,
    name_is_short_enough,
    name_starts_with_a_letter,
    one_name_is_the_last_name,
    plain_form,
    plain_form_or_empty,
    plain_name_is_plain,
    tidy,
)
from core.refusals import Refusal

ANY_TEXT = st.text(max_size=60)
LIKE_A_NAME = st.text(alphabet="abcdMmOoDdQß éłﬁǆǅ'’ʼ‘-‐‑.\u0301\u0332\u200b\u00a0\x00=+@1,😀", max_size=45)
TEXTS = st.one_of(ANY_TEXT, LIKE_A_NAME)
RULES = (
    name_is_short_enough,
    name_starts_with_a_letter,
    name_has_no_hidden_character,
    name_has_letters_of_names_only,
)
RISKY_NAMES = st.builds(
    "{}{}{}".format,
    st.sampled_from(["", *"=+-@'\t\r\x00\u200b", "\u200b=", " +", "ʼ", "ʼ="]),
    st.text(alphabet="Anéß '-.", max_size=20),
    st.sampled_from(["", "", *"\x00\x1b\u202e\u200b", "n", "’s"]),
)
EVERY_TIME = settings(deadline=None, database=None)


def codes_of(name):
    """The codes of all rules that refuse this name."""
    return [refusal.code for rule in RULES if (refusal := rule("last_name", "Last Name", name))]


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
