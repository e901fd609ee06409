"""DOB-02 to DOB-04, GENDER-01, and the details as a whole."""

from datetime import date

import pytest

from candidates.rules.identity import (
    age_is_usual_or_confirmed,
    born_in_the_past,
    candidate_is_old_enough,
    gender_is_given,
    refusals_of_details,
    refusals_of_names,
)
from core.refusals import Refusal
from tests.candidates.candidate import details

TODAY = date(2027, 4, 20)
TEST_DAY = date(2027, 6, 4)


def codes(refusals):
    return [refusal.code for refusal in refusals]


def codes_of_details(plain_only=False, **changes):
    return codes(refusals_of_details(details(**changes), today=TODAY, test_day=TEST_DAY, plain_only=plain_only))


# --- DOB-02 -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("born", [None, date(1900, 1, 1), date(2027, 4, 19)])
def test_dob_02_a_day_before_today_is_accepted(born):
    assert born_in_the_past(details(date_of_birth=born), TODAY) is None


@pytest.mark.parametrize("born", [TODAY, date(2027, 4, 21), date(9999, 12, 31)])
def test_dob_02_today_and_later_are_refused(born):
    assert born_in_the_past(details(date_of_birth=born), TODAY) == Refusal(
        "DOB-02", "Date of birth must be in the past. Check the year.", "date_of_birth"
    )


# --- DOB-03 -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("born", [None, date(2009, 3, 4), date(2017, 6, 3), date(2017, 6, 4)])
def test_dob_03_a_candidate_who_is_10_on_the_test_day_is_accepted(born):
    assert candidate_is_old_enough(details(date_of_birth=born), TEST_DAY) is None


@pytest.mark.parametrize(
    ("born", "age"),
    [
        (date(2017, 6, 5), "9 years"),
        (date(2025, 6, 5), "1 year"),
        (date(2026, 6, 4), "1 year"),
        (date(2026, 6, 5), "0 years"),
        (TEST_DAY, "0 years"),
        (date(2028, 1, 1), "0 years"),
    ],
)
def test_dob_03_a_younger_candidate_is_refused_with_the_age(born, age):
    assert candidate_is_old_enough(details(date_of_birth=born), TEST_DAY) == Refusal(
        "DOB-03",
        f"Check the year: this candidate would be {age} old on the test day (4 June 2027).",
        "date_of_birth",
    )


@pytest.mark.parametrize(("test_day", "is_accepted"), [(date(2026, 2, 28), False), (date(2026, 3, 1), True)])
def test_dob_03_born_on_29_february_is_10_on_1_march(test_day, is_accepted):
    candidate = details(date_of_birth=date(2016, 2, 29))

    assert (candidate_is_old_enough(candidate, test_day) is None) is is_accepted


def test_dob_03_cannot_be_confirmed():
    assert codes_of_details(date_of_birth=date(2018, 1, 1), age_is_right_for="2018-01-01") == ["DOB-03"]


def test_dob_03_is_not_said_beside_a_date_that_is_not_in_the_past():
    assert codes_of_details(date_of_birth=TODAY) == ["DOB-02"]


# --- DOB-04 -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "born",
    [
        None,
        date(2013, 6, 4),  # 14 on the test day
        date(2009, 3, 4),
        date(2002, 6, 4),  # 25 on the test day
        date(2001, 6, 5),  # 26 on the day after
    ],
)
def test_dob_04_an_age_from_14_to_25_is_not_asked_about(born):
    assert age_is_usual_or_confirmed(details(date_of_birth=born), TEST_DAY) is None


@pytest.mark.parametrize(
    ("born", "words", "age"),
    [
        (date(2013, 6, 5), "5 June 2013", 13),  # 14 on the day after
        (date(2017, 6, 4), "4 June 2017", 10),
        (date(2001, 6, 4), "4 June 2001", 26),
        (date(1900, 1, 1), "1 January 1900", 127),
    ],
)
def test_dob_04_another_age_is_asked_about(born, words, age):
    assert age_is_usual_or_confirmed(details(date_of_birth=born), TEST_DAY) == Refusal(
        "DOB-04",
        f"Is the date of birth {words} right? The candidate would be {age} years old on the test day. "
        "Correct the date, or tick “Yes, the date of birth is right”.",
        "date_of_birth",
        confirm_with="age_is_right",
        confirm_as=born.isoformat(),
    )


@pytest.mark.parametrize(
    ("born", "test_day", "is_asked"),
    [
        (date(2008, 2, 29), date(2022, 2, 28), True),  # 13
        (date(2008, 2, 29), date(2022, 3, 1), False),  # 14
        (date(2000, 2, 29), date(2026, 2, 28), False),  # 25
        (date(2000, 2, 29), date(2026, 3, 1), True),  # 26
    ],
)
def test_dob_04_born_on_29_february_has_the_birthday_on_1_march(born, test_day, is_asked):
    assert (age_is_usual_or_confirmed(details(date_of_birth=born), test_day) is not None) is is_asked


@pytest.mark.parametrize("born", [date(2013, 6, 5), date(2001, 6, 4)])
def test_dob_04_an_unusual_age_that_is_confirmed_is_accepted(born):
    assert codes_of_details(date_of_birth=born) == ["DOB-04"]
    assert codes_of_details(date_of_birth=born, age_is_right_for=born.isoformat()) == []


@pytest.mark.parametrize("answered", ["1999-01-01", "True", "on"])
def test_dob_04_an_answer_about_another_date_does_not_count(answered):
    assert codes_of_details(date_of_birth=date(1909, 1, 1), age_is_right_for=answered) == ["DOB-04"]


def test_dob_04_is_not_asked_of_a_candidate_who_is_too_young():
    assert codes_of_details(date_of_birth=date(2017, 6, 5)) == ["DOB-03"]


# --- GENDER-01 --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("gender", ["female", "male", "other"])
def test_gender_01_each_of_the_three_values_is_accepted(gender):
    assert gender_is_given(details(gender=gender)) is None


@pytest.mark.parametrize("gender", ["", "Female", "unicorn", "female "])
def test_gender_01_nothing_and_anything_else_are_refused(gender):
    assert gender_is_given(details(gender=gender)) == Refusal(
        "GENDER-01", "Select a gender. If you do not know it, select “Other / not stated”.", "gender"
    )


# --- the details as a whole -------------------------------------------------------------------------------------------


def test_right_details_have_no_refusals():
    assert codes_of_details() == []
    assert codes_of_details(plain_only=True) == []


def test_everything_that_is_wrong_is_said_at_once():
    wrong = details(
        first_name="",
        last_name="=" + "x" * 40 + "\x00",
        date_of_birth=date(2027, 5, 1),
        gender="",
        own_school="@" + "x" * 100,
    )

    refusals = refusals_of_details(wrong, today=TODAY, test_day=TEST_DAY, plain_only=False)

    assert [(refusal.code, refusal.field) for refusal in refusals] == [
        ("NAME-01", "first_name"),
        ("NAME-02", "last_name"),
        ("NAME-04", "last_name"),
        ("NAME-03", "last_name"),
        ("DOB-02", "date_of_birth"),
        ("GENDER-01", "gender"),
        ("TEXT-01", "own_school"),
        ("TEXT-02", "own_school"),
    ]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"first_name": ""}, ["NAME-01"]),
        ({"first_name": "", "has_one_name": True}, []),
        ({"last_name": "", "has_one_name": True}, ["NAME-01", "NAME-08"]),
        ({"first_name": "", "last_name": ""}, ["NAME-01", "NAME-01"]),
    ],
)
def test_name_01_only_the_first_name_may_be_blank_and_only_with_the_tick(changes, expected):
    assert codes(refusals_of_names(details(**changes), plain_only=False)) == expected


@pytest.mark.parametrize("name", ["Müller-Søby", "O'Connor", "St. John"])
def test_name_06_such_names_are_refused_only_where_plain_names_alone_are_taken(name):
    assert codes_of_details(last_name=name, plain_only=False) == []
    assert codes_of_details(last_name=name, plain_only=True) == ["NAME-06"]


@pytest.mark.parametrize("plain_only", [False, True])
@pytest.mark.parametrize("field", ["first", "last"])
def test_name_07_a_typed_plain_form_is_judged_under_either_setting(field, plain_only):
    refusals = refusals_of_names(details(**{f"typed_plain_{field}_name": "Müller"}), plain_only=plain_only)

    assert [(refusal.code, refusal.field) for refusal in refusals] == [("NAME-07", f"plain_{field}_name")]


def test_name_07_a_name_with_a_letter_that_has_no_plain_one_needs_a_typed_plain_form():
    assert codes_of_details(last_name="Nǃxau") == ["NAME-07"]
    assert codes_of_details(last_name="Nǃxau", typed_plain_last_name="Nxau") == []


def test_name_07_a_derived_plain_form_of_more_than_40_letters_needs_a_typed_one():
    assert codes_of_details(last_name="ß" * 20) == []
    assert codes_of_details(last_name="ß" * 20 + "s") == ["NAME-07"]
    assert codes_of_details(last_name="ß" * 20 + "s", typed_plain_last_name="S") == []


def test_name_07_a_plain_first_name_of_a_candidate_with_one_name_is_refused():
    assert codes_of_details(first_name="", has_one_name=True, typed_plain_first_name="x" * 5000) == ["NAME-07"]


def test_name_07_is_not_said_of_a_name_that_is_refused_itself():
    assert codes_of_details(last_name="Müll3r", typed_plain_last_name="Müll3r") == ["NAME-05"]


def test_a_name_of_an_apostrophe_alone_has_no_letter_and_is_refused():
    assert codes_of_details(last_name="ʼ", typed_plain_last_name="A") == ["NAME-03"]


def test_name_08_is_asked_of_the_details():
    assert codes_of_details(first_name="Ann", has_one_name=True) == ["NAME-08"]
    assert codes_of_details(first_name="", has_one_name=True) == []
