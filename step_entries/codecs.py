"""From typed answers to values, from an entry back to answers, and from values to words. Plain Python."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from candidates.enums import Gender
from candidates.rules.identity import Details, in_groups
from candidates.rules.names import plain_form_or_empty, tidy
from candidates.rules.reading import read_details
from core.moments import date_in_words
from core.refusals import Refusal

from .enums import Combination, EntryStatus

STEP_FIELDS = {
    "candidate": {
        "first_name": "First Name",
        "last_name": "Last Name",
        "plain_first_name": "Plain form of the first name",
        "plain_last_name": "Plain form of the last name",
        "auto_capitalise": "Auto Capitalize Name",
        "is_different_person": "Declared a different person",
        "date_of_birth": "Date of birth",
        "gender": "Gender",
        "ucas_id": "UCAS ID",
        "own_school": "Candidate's own school",
    },
    "papers": {"papers": "Papers"},
    "courses": {
        "courses": "Courses and institutions",
        "has_other_course": "Other",
        "other_course": "Which other course or institution",
    },
}
"""What each step of the wizard puts onto an entry, with its name on the pages."""
COURSE_ID = re.compile(r"[0-9]{1,18}")  # no more than a database holds


@dataclass(frozen=True)
class Answers:
    """What a draft says, read. Text that could not be read is told in `unread`."""

    details: Details
    unread: tuple[Refusal, ...]
    papers: str
    courses: tuple[int, ...]
    has_other_course: bool
    other_course: str
    different_from: str


def read_answers(answers: Mapping[str, Any]) -> Answers:
    """The answers of all steps, by field name, as typed values."""
    details, unread = read_details(answers)
    return Answers(
        details=details,
        unread=tuple(unread),
        papers=str(answers.get("papers", "")),
        courses=tuple(int(course) for course in answers.get("courses", []) if COURSE_ID.fullmatch(str(course))),
        has_other_course=bool(answers.get("has_other_course")),
        other_course=tidy(str(answers.get("other_course", ""))),
        different_from=str(answers.get("is_different_person") or ""),
    )


def answers_of(entry: Any, courses: Iterable[int]) -> dict[str, Any]:
    """What would be typed to make this entry with these courses as it stands, by field name."""
    return {
        "first_name": entry.first_name,
        "has_one_name": not entry.first_name,
        "last_name": entry.last_name,
        "auto_capitalise": entry.auto_capitalise,
        "date_of_birth": entry.date_of_birth.strftime("%d/%m/%Y"),
        "gender": entry.gender,
        "ucas_id": in_groups(entry.ucas_id),
        "own_school": entry.own_school,
        "plain_first_name": _unless_derived(entry.plain_first_name, entry.first_name),
        "plain_last_name": _unless_derived(entry.plain_last_name, entry.last_name),
        "papers": entry.papers,
        "courses": [str(course) for course in courses],
        "has_other_course": entry.has_other_course,
        "other_course": entry.other_course,
    }


def _unless_derived(plain: str, name: str) -> str:
    return "" if plain == plain_form_or_empty(name) else plain


def without_followers(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values by field, without the plain forms of names where they say the same as the names."""
    return {
        name: value for name, value in values.items() if name not in FOLLOWED or value != values.get(FOLLOWED[name])
    }


FOLLOWED = {"plain_first_name": "first_name", "plain_last_name": "last_name"}
"""The fields that need no word of their own as long as they say the same as another."""


def told_value(field: str, value: Any) -> str:
    """A value of a field in words; days may come as text too, as history keeps them."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, list):
        return "; ".join(value) or "none"
    if field == "date_of_birth" and value:
        return date_in_words(value if isinstance(value, date) else date.fromisoformat(value))
    if field == "ucas_id":
        return in_groups(value) or "none"
    return WORDS.get(field, {}).get(value) or str(value or "none")


WORDS: dict[str, dict[str, str]] = {
    "gender": dict(Gender.choices),
    "papers": dict(Combination.choices),
    "status": dict(EntryStatus.choices),
}
"""The fields whose values are among a few words."""
