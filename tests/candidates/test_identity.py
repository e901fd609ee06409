"""Names as stored, when two are one person, and age."""

from datetime import date

import pytest

from candidates.rules.identity import (
    age_on,
    in_groups,
    person_key,
)
from tests.candidates.candidate import details

# --- what is stored ---------------------------------------------------------------------------------------------------


def test_ticked_auto_capitalise_stores_the_raised_name():
    candidate = details(first_name="ann-marie", last_name="o'brien", auto_capitalise=True)

    assert candidate.stored_first_name == "Ann-Marie"
    assert candidate.stored_last_name == "O'Brien"


def test_unticked_auto_capitalise_stores_the_name_as_typed():
    candidate = details(first_name="ann-marie", last_name="o'brien", auto_capitalise=False)

    assert candidate.stored_first_name == "ann-marie"
    assert candidate.stored_last_name == "o'brien"


def test_the_plain_form_is_derived_from_the_stored_name():
    candidate = details(first_name="zoë", last_name="müller-søby", auto_capitalise=True)

    assert candidate.plain_first_name == "Zoe"
    assert candidate.plain_last_name == "Muller Soby"


def test_a_typed_plain_form_stands_before_the_derived_one():
    candidate = details(
        last_name="Müller", typed_plain_first_name="Anna Maria", typed_plain_last_name="Mueller", first_name="Ann"
    )

    assert candidate.plain_first_name == "Anna Maria"
    assert candidate.plain_last_name == "Mueller"


def test_a_name_with_a_letter_that_has_no_plain_one_is_not_shortened():
    assert details(last_name="Nǃxau").plain_last_name == ""
    assert details(first_name="Nǃxau").plain_first_name == ""


@pytest.mark.parametrize(("ucas_id", "shown"), [("0123456789", "012 345 6789"), ("", "")])
def test_a_ucas_id_is_shown_in_groups(ucas_id, shown):
    assert in_groups(ucas_id) == shown
    assert details(ucas_id=ucas_id).ucas_id_shown == shown


# --- when two are one person ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first_name", "last_name"),
    [
        ("Zoe", "Muller Soby"),
        ("zoë", "müller-søby"),
        ("ZOË", "MÜLLER SØBY"),
        ("Zoe\u0308", "Mu\u0308ller-Søby"),
        ("Zo'e", "Mullersoby"),
        ("", "Zoë Müller-Søby"),
    ],
)
def test_spellings_of_one_name_have_one_key(first_name, last_name):
    assert person_key(first_name, last_name) == "zoemullersoby"


def test_other_names_have_other_keys():
    keys = {
        person_key(*name) for name in [("Ann", "Smith"), ("Anna", "Smith"), ("Ann", "Smyth"), ("李", ""), ("李", "明")]
    }

    assert keys == {"annsmith", "annasmith", "annsmyth", "李", "李明"}


@pytest.mark.parametrize("letter", ["ß", "ﬃ", "ǃ", "İ", "Ǽ", "a\u0332", "ŉ"])
def test_a_key_is_never_longer_than_its_column(letter):
    name = (letter * 40)[:40]

    assert len(person_key(name, name)) <= 160


# --- age --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "born", "age"),
    [
        (date(2027, 6, 3), date(2009, 6, 4), 17),
        (date(2027, 6, 4), date(2009, 6, 4), 18),
        (date(2027, 6, 5), date(2009, 6, 4), 18),
        (date(2026, 2, 28), date(2008, 2, 29), 17),
        (date(2026, 3, 1), date(2008, 2, 29), 18),
        (date(2028, 2, 28), date(2008, 2, 29), 19),
        (date(2028, 2, 29), date(2008, 2, 29), 20),
        (date(2027, 1, 1), date(2026, 12, 31), 0),
        (date(2027, 6, 4), date(2027, 6, 4), 0),
        (date(2027, 6, 4), date(2027, 6, 5), -1),
    ],
)
def test_age_grows_on_the_birthday_and_for_29_february_on_1_march(day, born, age):
    assert age_on(day, born) == age
