"""DOB-01: a date of birth is read from the forms that people write."""

import calendar
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from candidates.rules.reading import read_date_of_birth
from core.refusals import Refused

NOT_A_DATE = "Date of birth must be a date in the order day, month, year (DD/MM/YYYY), for example 27/03/2008."
FOUR_DIGITS = "Date of birth must have a year of four digits, for example 2008."
EVERY_TIME = settings(deadline=None, database=None)
BIRTHDAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(9999, 12, 31))
FORMS_OF_A_DATE = [
    "{d:02}/{m:02}/{y}",
    "{d}/{m}/{y}",
    "{d:02}.{m:02}.{y}",
    "{d}-{m}-{y}",
    "{d} {m} {y}",
    " {d} / {m} / {y} ",
    "{y}-{m:02}-{d:02}",
    "{d} {month} {y}",
    "{d} {month}, {y}",
    "{d}{mon}{y}",
    "{d}-{mon}-{y}",
    "{d} {mon}. {y}",
    "{month} {d}, {y}",
    "{mon} {d} {y}",
    "{month} {d:02}, {y}",
]


def refusal_of_date(typed):
    with pytest.raises(Refused) as refused:
        read_date_of_birth(typed)
    [refusal] = refused.value.refusals
    assert (refusal.code, refusal.field) == ("DOB-01", "date_of_birth")
    return refusal.sentence


def date_or_codes(typed):
    try:
        return read_date_of_birth(typed), []
    except Refused as refused:
        return None, [refusal.code for refusal in refused.refusals]


# --- DOB-01 -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [
        "04/03/2009",
        "4/3/2009",
        " 4/3/2009 ",
        "4 / 3 / 2009",
        "04.03.2009",
        "4-3-2009",
        "4 3 2009",
        "4 Mar 2009",
        "4 mar. 2009",
        "4Mar2009",
        "4-MAR-2009",
        "04 march 2009",
        "4th March 2009",
        "4th march, 2009",
        "March 4, 2009",
        "March 4 2009",
        "Mar. 4th, 2009",
        "march\u00a04\u2003 2009",
        "2009-03-04",
        "2009-3-4",
        "\u200e04/03/2009\u200f",
        "\ufeff04/03/2009",
    ],
)
def test_dob_01_a_date_is_read_from_the_forms_that_people_write(typed):
    assert read_date_of_birth(typed) == date(2009, 3, 4)


@pytest.mark.parametrize(
    ("typed", "born"),
    [
        ("29/02/2008", date(2008, 2, 29)),
        ("29 February 2000", date(2000, 2, 29)),
        ("31/12/1900", date(1900, 12, 31)),
        ("01/01/1900", date(1900, 1, 1)),
        ("1 sept 2008", date(2008, 9, 1)),
        ("1 June 2008", date(2008, 6, 1)),
        ("1 jul 2008", date(2008, 7, 1)),
        ("21st may 2008", date(2008, 5, 21)),
        ("22nd may 2008", date(2008, 5, 22)),
        ("23rd may 2008", date(2008, 5, 23)),
        ("12/11/2008", date(2008, 11, 12)),
    ],
)
def test_dob_01_the_day_stands_before_the_month(typed, born):
    assert read_date_of_birth(typed) == born


@EVERY_TIME
@given(BIRTHDAYS, st.sampled_from(FORMS_OF_A_DATE))
def test_dob_01_reading_a_date_from_any_of_its_forms_gives_the_date_back(born, form):
    month = calendar.month_name[born.month]

    typed = form.format(d=born.day, m=born.month, y=born.year, month=month, mon=month[:3])

    assert read_date_of_birth(typed) == born
    assert read_date_of_birth(typed.upper()) == born


@EVERY_TIME
@given(st.one_of(st.text(max_size=30), st.text(alphabet="0123456789//-. marchjuly,٣", max_size=12)))
def test_dob_01_any_text_is_read_as_a_date_with_its_year_in_it_or_refused(text):
    born, codes = date_or_codes(text)

    assert (born is None) == (codes == ["DOB-01"])
    assert born is None or str(born.year) in text


@pytest.mark.parametrize("typed", ["", " ", "\u00a0\t", "\u200b"])
def test_dob_01_no_date_is_refused(typed):
    assert refusal_of_date(typed) == "Enter the date of birth as DD/MM/YYYY, for example 27/03/2008."


@pytest.mark.parametrize(
    "typed",
    [
        "yesterday",
        "4/3",
        "2009",
        "04032009",
        "4/3/2009/1",
        "4//3/2009",
        "-4/3/2009",
        "2009/03/04",
        "20090304",
        "4 ma 2009",
        "the 4th of March 2009",
        "4/3/2009 00:00:00",
        "٠٤/٠٣/٢٠٠٩",
        "０４/０３/２００９",
        "4/3/２００９",
        "४ mar 2009",
        "²/3/2009",
        "04／03／2009",
        "March 4,2009",
        "4 mαr 2009",
    ],
)
def test_dob_01_a_text_that_is_no_date_is_refused_and_quoted(typed):
    assert refusal_of_date(typed) == f"{NOT_A_DATE} You entered “{typed}”."


@pytest.mark.parametrize(
    "typed", ["4/3/2009" + "9" * 30 + "/", "x" * 5000, "04/\u202e03/2009", "04\u200b/03/2009", "0\x004"]
)
def test_dob_01_a_long_text_or_one_with_hidden_characters_is_not_quoted(typed):
    assert refusal_of_date(typed) == NOT_A_DATE


@pytest.mark.parametrize("typed", ["3/27/07", "27/03/07", "4 Mar 09", "March 4, 09", "4/3/209", "4/3/20099", "4-3-9"])
def test_dob_01_a_year_that_has_not_four_digits_is_refused_and_not_guessed(typed):
    assert refusal_of_date(typed) == f"{FOUR_DIGITS} You entered “{typed}”."


def test_dob_01_a_year_of_thousands_of_digits_is_refused():
    assert refusal_of_date("4/3/" + "9" * 4996) == FOUR_DIGITS


@pytest.mark.parametrize("typed", ["31/12/1899", "4 March 0009", "0000-01-01"])
def test_dob_01_a_year_before_1900_is_refused(typed):
    assert refusal_of_date(typed) == (f"Check the year: date of birth must be in 1900 or later. You entered “{typed}”.")


@pytest.mark.parametrize(
    ("typed", "month"),
    [("01/13/2008", "13"), ("03/27/2007", "27"), ("01/00/2008", "00"), ("4 juny 2009", "juny"), ("2008-13-01", "13")],
)
def test_dob_01_a_month_that_there_is_not_is_named(typed, month):
    assert refusal_of_date(typed) == f"There is no month {month}. Enter the day first, for example 27/03/2008."


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("31/02/2008", "February 2008 has no day 31."),
        ("30/02/2008", "February 2008 has no day 30."),
        ("29/02/2007", "February 2007 has no day 29."),
        ("29/02/1900", "February 1900 has no day 29."),
        ("31 April 2008", "April 2008 has no day 31."),
        ("32/01/2008", "January 2008 has no day 32."),
        ("00/01/2008", "January 2008 has no day 0."),
        ("2008-06-31", "June 2008 has no day 31."),
    ],
)
def test_dob_01_a_day_that_its_month_has_not_is_named(typed, words):
    assert refusal_of_date(typed) == f"Date of birth must be a real date. {words}"
