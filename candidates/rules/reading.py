"""From what people type to a candidate's details."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from core.refusals import Refusal, Refused

from ..enums import Gender
from .identity import Details
from .names import is_hidden, single_spaced, tidy

DATE_FORMS = (
    re.compile(r"(?P<day>\d{1,2})\s*[/.\- ]\s*(?P<month>\d{1,2})\s*[/.\- ]\s*(?P<year>\d+)", re.ASCII),
    re.compile(r"(?P<day>\d{1,2})(?:st|nd|rd|th)?[\s/.\-]*(?P<month>[a-z]{3,9})\.?,?[\s/.\-]*(?P<year>\d+)", re.ASCII),
    re.compile(r"(?P<month>[a-z]{3,9})\.?\s*(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d+)", re.ASCII),
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})", re.ASCII),
)
AT_MIDNIGHT = re.compile(r"[T ]0?0:00(:00(\.0+)?)?$")
GENDERS = {
    Gender.FEMALE: {"f", "female", "girl", "woman"},
    Gender.MALE: {"m", "male", "boy", "man"},
    Gender.OTHER: {
        "o", "other", "othernotstated", "x", "u", "n", "nonbinary", "notknown", "notspecified", "notstated",
        "prefernottosay", "unknown",
    },
}  # fmt: skip
GENDER_OF_WORD = {word: gender.value for gender, words in GENDERS.items() for word in words}
FIRST_YEAR = 1900
NOT_A_DATE = "Date of birth must be a date in the order day, month, year (DD/MM/YYYY), for example 27/03/2008."
FULL_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip


def read_date_of_birth(typed: str) -> date:
    """DOB-01: A date of birth is a real date, day before month, its year in full; month names are understood.

    Raises Refused with the sentence that names what is wrong with it.
    """
    text = " ".join(tidy(typed).split()).lower()
    if not text:
        raise _refused_date("Enter the date of birth as DD/MM/YYYY, for example 27/03/2008.")
    parts = next((match.groupdict() for form in DATE_FORMS if (match := form.fullmatch(text))), None)
    if parts is None:
        raise _refused_date(f"{NOT_A_DATE}{_entered(typed)}")
    if len(parts["year"]) != 4:
        raise _refused_date(f"Date of birth must have a year of four digits, for example 2008.{_entered(typed)}")
    if int(parts["year"]) < FIRST_YEAR:
        raise _refused_date(f"Check the year: date of birth must be in {FIRST_YEAR} or later.{_entered(typed)}")
    month = _month(parts["month"])
    if month is None:
        raise _refused_date(f"There is no month {parts['month']}. Enter the day first, for example 27/03/2008.")
    try:
        return date(int(parts["year"]), month, int(parts["day"]))
    except ValueError:
        raise _refused_date(
            f"Date of birth must be a real date. {FULL_MONTHS[month - 1].title()} {parts['year']} "
            f"has no day {int(parts['day'])}."
        ) from None


def _month(text: str) -> int | None:
    if text.isdigit():
        return int(text) if 1 <= int(text) <= 12 else None
    return next((place for place, name in enumerate(FULL_MONTHS, 1) if name.startswith(text)), None)


def _entered(typed: str) -> str:
    """What was typed, quoted where it can be read at a glance."""
    text = tidy(typed)
    return "" if len(text) > 30 or any(map(is_hidden, text)) else f" You entered “{text}”."


def _refused_date(sentence: str) -> Refused:
    return Refused([Refusal("DOB-01", sentence, "date_of_birth")])


def read_ucas_id(typed: str) -> str:
    """UCAS-01: A UCAS ID is ten digits, not all zeros; spaces and hyphens in it are ignored, and it may be left empty.

    Returns the ten digits, or "". Raises Refused.
    """
    digits = re.sub(r"[\s\-\u2010\u2011\u2013]", "", tidy(typed))
    if not digits or (re.fullmatch(r"[0-9]{10}", digits) and digits.strip("0")):
        return digits
    wanted = "must not be all zeros" if digits == "0" * 10 else "must be 10 digits, for example 123 456 7890"
    sentence = f"UCAS ID {wanted}. You can leave it empty and add it later."
    raise Refused([Refusal("UCAS-01", sentence, "ucas_id")])


def without_midnight(typed: str) -> str:
    """A date as a school's system writes it, without the midnight behind it."""
    return AT_MIDNIGHT.sub("", tidy(typed))


def read_gender(typed: str) -> str:
    """The value that a word or letter means, "F" and "girl" alike; what means none stays as it is, to be refused."""
    word = "".join(char for char in typed.casefold() if char.isalnum())
    return GENDER_OF_WORD.get(word, typed.strip())


def read_details(answers: Mapping[str, Any]) -> tuple[Details, list[Refusal]]:
    """A candidate's details from typed answers (texts and ticks by field name), and what could not be read."""
    unread: list[Refusal] = []
    born, ucas_id = None, ""
    try:
        born = read_date_of_birth(str(answers.get("date_of_birth", "")))
    except Refused as refused:
        unread += refused.refusals
    try:
        ucas_id = read_ucas_id(str(answers.get("ucas_id", "")))
    except Refused as refused:
        unread += refused.refusals
    has_one_name, auto_capitalise = bool(answers.get("has_one_name")), bool(answers.get("auto_capitalise"))
    first_name, last_name = (tidy(str(answers.get(name, ""))) for name in ("first_name", "last_name"))
    if auto_capitalise:
        first_name, last_name = single_spaced(first_name), single_spaced(last_name)
    details = Details(
        first_name=first_name,
        last_name=last_name,
        has_one_name=has_one_name,
        auto_capitalise=auto_capitalise,
        typed_plain_first_name=tidy(str(answers.get("plain_first_name", ""))),
        typed_plain_last_name=tidy(str(answers.get("plain_last_name", ""))),
        date_of_birth=born,
        gender=str(answers.get("gender", "")),
        ucas_id=ucas_id,
        own_school=tidy(str(answers.get("own_school", ""))),
        age_is_right_for=str(answers.get("age_is_right") or ""),
    )
    return details, unread
