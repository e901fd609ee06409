"""A person as schools' systems know them: names, date of birth, gender and identifiers (decision 0018)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from core.moments import date_in_words
from core.refusals import Refusal, Refused

from ..enums import Gender
from . import names
from .identifiers import read_candidate_number, read_ocr_number, read_uci, read_uln
from .identity import age_on
from .reading import read_date_of_birth, read_gender, without_midnight

USUAL_AGES = range(13, 71)
LONGEST_MIDDLE_NAMES = 80
SEPTEMBER = 9
LABELS = {"first_name": "Forename", "last_name": "Surname", "middle_names": "Middle names"}
NO_FORENAME = " Where the candidate has one legal name, enter it as Surname and as Forename."
IDENTIFIERS: dict[str, Callable[[str], str]] = {
    "uci": read_uci,
    "uln": read_uln,
    "ocr_number": read_ocr_number,
    "candidate_number": read_candidate_number,
}


@dataclass(frozen=True)
class Person:
    """A person, read from what was typed: names in composed Unicode with single blanks, "" for what is not given."""

    first_name: str = ""
    middle_names: str = ""
    last_name: str = ""
    date_of_birth: date | None = None
    gender: str = ""
    uci: str = ""
    uln: str = ""
    ocr_number: str = ""
    candidate_number: str = ""

    @cached_property
    def plain_first_name(self) -> str:
        """The forename in the letters A to Z, cut where they are too many: some letters become two."""
        return names.plain_form(self.first_name)[: names.MAX_LENGTH].rstrip()

    @cached_property
    def plain_last_name(self) -> str:
        """The surname in the letters A to Z, cut like the forename."""
        return names.plain_form(self.last_name)[: names.MAX_LENGTH].rstrip()

    @cached_property
    def person_key(self) -> str:
        """What two spellings of the whole name have in common, as `identity.person_key` says."""
        plain = names.plain_form(f"{self.first_name} {self.last_name}")
        return (plain or f"{self.first_name} {self.last_name}").lower().replace(" ", "")

    @property
    def name(self) -> str:
        """Forename and surname."""
        return f"{self.first_name} {self.last_name}".strip()


def academic_year(day: date) -> int:
    """The academic year of a day, by its September: years run from September to August."""
    return day.year if day.month >= SEPTEMBER else day.year - 1


def read_person(answers: Mapping[str, str]) -> tuple[Person, list[Refusal]]:
    """A person from typed texts by field name, and what could not be read."""
    unread: list[Refusal] = []
    read = {field: _read(reader, answers.get(field, ""), unread) for field, reader in IDENTIFIERS.items()}
    born = None
    try:
        born = read_date_of_birth(without_midnight(answers.get("date_of_birth", "")))
    except Refused as refused:
        unread += refused.refusals
    of_names = {field: names.single_spaced(names.tidy(answers.get(field, ""))) for field in LABELS}
    return Person(**of_names, **read, date_of_birth=born, gender=read_gender(answers.get("gender", ""))), unread


def _read(reader: Callable[[str], str], typed: str, unread: list[Refusal]) -> str:
    if not typed:
        return ""
    try:
        return reader(typed)
    except Refused as refused:
        unread += refused.refusals
        return ""


def refusals_of_person(person: Person, today: date) -> list[Refusal]:
    """Everything that is wrong with a person's details on this day; unread text is not judged here."""
    found: list[Refusal | None] = []
    for field in ("last_name", "first_name"):
        name, label = getattr(person, field), LABELS[field]
        found.append(names.name_is_given(field, label, name, remedy=NO_FORENAME))
        found += names.refusals_of_characters(field, label, name)
    found += refusals_of_middle_names(person.middle_names)
    found += [born_before_today(person.date_of_birth, today), gender_is_one_of_the_words(person.gender)]
    return [refusal for refusal in found if refusal]


def refusals_of_middle_names(middle: str) -> list[Refusal]:
    """What is wrong with middle names: the characters of names, at most 80 of them; they may be empty."""
    if not middle:
        return []
    told = [
        refusal
        for refusal in names.refusals_of_characters("middle_names", LABELS["middle_names"], middle)
        if refusal.code != "NAME-02"
    ]
    too_long = middle_names_are_short_enough(middle)
    return [*told, *([too_long] if too_long else [])]


def middle_names_are_short_enough(middle: str) -> Refusal | None:
    """NAME-09: Middle names have at most 80 characters together."""
    if len(middle) <= LONGEST_MIDDLE_NAMES:
        return None
    return Refusal(
        "NAME-09",
        f"Middle names must be {LONGEST_MIDDLE_NAMES} characters or fewer. They have {len(middle)}.",
        "middle_names",
    )


def born_before_today(born: date | None, today: date) -> Refusal | None:
    """DOB-05: A date of birth lies in the past, whatever is entered for."""
    if born is None or born < today:
        return None
    return Refusal("DOB-05", "Date of birth must be in the past. Check the year.", "date_of_birth")


def gender_is_one_of_the_words(gender: str) -> Refusal | None:
    """GENDER-02: Gender is Female, Male, or Other / not stated, also written F, M or X; it is not left empty."""
    if gender in GENDER_VALUES:
        return None
    entered = f" You entered “{gender[:30]}”." if gender else ""
    return Refusal("GENDER-02", f"Gender must be Female, Male, or Other / not stated.{entered}", "gender")


GENDER_VALUES = frozenset(Gender.values)


def notices_of_person(person: Person, today: date) -> list[str]:
    """What an officer is told of a person and need not mend: an age that is not usual (decision 0018)."""
    born = person.date_of_birth
    if born is None or born >= today or (age := age_on(today, born)) in USUAL_AGES:
        return []
    return [f"Check the date of birth {date_in_words(born)}: the candidate is {age} years old today."]
