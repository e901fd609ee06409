"""Date of birth, UCAS ID and gender, and when two candidates are one person (guide 4.2, decision 0004)."""

from dataclasses import dataclass
from datetime import date

from core.moments import date_in_words
from core.refusals import Refusal

from ..enums import Gender
from . import names, texts

YOUNGEST = 10
USUAL_AGES = range(14, 26)


@dataclass(frozen=True)
class Details:
    """A candidate's details, read from what was typed.

    Names are as typed, without blanks at their ends, and with single ones where auto_capitalise is ticked.
    date_of_birth is None where none could be read.
    ucas_id is ten digits, or empty. The plain names are those typed by the officer, or empty.
    age_is_right_for is the date of birth (YYYY-MM-DD) that the officer ticked as right, or empty.
    """

    first_name: str = ""
    last_name: str = ""
    has_one_name: bool = False
    auto_capitalise: bool = True
    typed_plain_first_name: str = ""
    typed_plain_last_name: str = ""
    date_of_birth: date | None = None
    gender: str = ""
    ucas_id: str = ""
    own_school: str = ""
    age_is_right_for: str = ""

    @property
    def stored_first_name(self) -> str:
        """The first name as it will be stored."""
        return names.capitalise(self.first_name) if self.auto_capitalise else self.first_name

    @property
    def stored_last_name(self) -> str:
        """The last name as it will be stored."""
        return names.capitalise(self.last_name) if self.auto_capitalise else self.last_name

    @property
    def plain_first_name(self) -> str:
        """The plain form of the first name: the officer's, or else the derived one."""
        return self.typed_plain_first_name or names.plain_form_or_empty(self.stored_first_name)

    @property
    def plain_last_name(self) -> str:
        """The plain form of the last name: the officer's, or else the derived one."""
        return self.typed_plain_last_name or names.plain_form_or_empty(self.stored_last_name)

    @property
    def ucas_id_shown(self) -> str:
        """The UCAS ID as UCAS prints it."""
        return in_groups(self.ucas_id)


def in_groups(ucas_id: str) -> str:
    """A UCAS ID in groups of 3, 3 and 4 digits; an empty one stays empty."""
    return f"{ucas_id[:3]} {ucas_id[3:6]} {ucas_id[6:]}".strip()


def person_key(first_name: str, last_name: str) -> str:
    """What two spellings of one name have in common: its plain form in lower case, without blanks.

    It is made from the names themselves, so that an edited plain form hides no duplicate.
    """
    key = names.plain_form(f"{first_name} {last_name}") or f"{first_name} {last_name}"
    return key.lower().replace(" ", "")


def age_on(day: date, born: date) -> int:
    """Age in whole years on a day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def refusals_of_names(details: Details, plain_only: bool) -> list[Refusal]:
    """Everything that is wrong with the two names and their plain forms."""
    may_be_blank = {"first_name": details.has_one_name, "last_name": False}
    found: list[Refusal | None] = []
    for field, label, name, plain in (
        ("first_name", "First Name", details.first_name, details.plain_first_name),
        ("last_name", "Last Name", details.last_name, details.plain_last_name),
    ):
        of_name = [names.name_is_given(field, label, name, may_be_blank[field])]
        of_name += names.refusals_of_characters(field, label, name)
        if not any(of_name):
            of_name.append(names.plain_name_is_plain(f"plain_{field}", label, plain, name))
            if plain_only:
                of_name.append(names.name_is_plain(field, label, name))
        found += of_name
    found.append(names.one_name_is_the_last_name(details.first_name, details.has_one_name))
    return [refusal for refusal in found if refusal]


def born_in_the_past(details: Details, today: date) -> Refusal | None:
    """DOB-02: A date of birth lies in the past."""
    if details.date_of_birth is None or details.date_of_birth < today:
        return None
    return Refusal("DOB-02", "Date of birth must be in the past. Check the year.", "date_of_birth")


def candidate_is_old_enough(details: Details, test_day: date) -> Refusal | None:
    """DOB-03: A candidate is at least 10 years old on the day of the first paper."""
    born = details.date_of_birth
    if born is None or age_on(test_day, born) >= YOUNGEST:
        return None
    age = max(0, age_on(test_day, born))
    return Refusal(
        "DOB-03",
        f"Check the year: this candidate would be {age} {'year' if age == 1 else 'years'} old on the test day "
        f"({date_in_words(test_day)}).",
        "date_of_birth",
    )


def age_is_usual_or_confirmed(details: Details, test_day: date) -> Refusal | None:
    """DOB-04: Below 14 or above 25 on the day of the first paper, the officer is asked whether the date is right.

    The answer counts for the date that was asked about, and for no other.
    """
    born = details.date_of_birth
    if born is None or details.age_is_right_for == born.isoformat():
        return None
    age = age_on(test_day, born)
    if age in USUAL_AGES or age < YOUNGEST:
        return None
    return Refusal(
        "DOB-04",
        f"Is the date of birth {date_in_words(born)} right? The candidate would be {age} years old on the test day. "
        "Correct the date, or tick “Yes, the date of birth is right”.",
        "date_of_birth",
        confirm_with="age_is_right",
        confirm_as=born.isoformat(),
    )


def gender_is_given(details: Details) -> Refusal | None:
    """GENDER-01: The board needs a value for gender; "Other / not stated" is one."""
    if details.gender in Gender.values:
        return None
    return Refusal("GENDER-01", "Select a gender. If you do not know it, select “Other / not stated”.", "gender")


def refusals_of_details(details: Details, *, today: date, test_day: date, plain_only: bool) -> list[Refusal]:
    """Everything that is wrong with a candidate's details on this day; unread text is not judged here."""
    others = [
        born_in_the_past(details, today) or candidate_is_old_enough(details, test_day),
        age_is_usual_or_confirmed(details, test_day),
        gender_is_given(details),
    ]
    return [
        *refusals_of_names(details, plain_only),
        *[refusal for refusal in others if refusal],
        *texts.refusals_of_text("own_school", "Candidate's own school", details.own_school),
    ]
