"""From the cells of a spreadsheet to the answers of the wizard. Plain Python."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from candidates.rules.names import tidy
from candidates.rules.reading import read_gender, without_midnight
from core.refusals import Refusal
from uploads.rules.headings import folded
from uploads.rules.rows import cell_says_yes_or_no, yes_or_no

from ..enums import Combination
from .entering import refusals_of_answers
from .facts import EntryFacts

PAPERS = {"2": Combination.STEP_2, "ii": Combination.STEP_2, "3": Combination.STEP_3, "iii": Combination.STEP_3}
AROUND_PAPERS = {"step", "paper", "papers", "and", "both", "only", "mathematics", "maths"}
OTHER = {"other", "others"}
BETWEEN_COURSES = re.compile(r"[;\n|]")
LEFT_OUT_OF_NAMES = re.compile(r"\b(university|of|the)\b")
YES_OR_NO = {"has_one_name": "One legal name?", "auto_capitalise": "Auto Capitalize Name"}
AS_TYPED = (
    "first_name", "last_name", "ucas_id", "own_school", "plain_first_name", "plain_last_name",
    "is_different_person", "age_is_right",
)  # fmt: skip


ROW = "row "
"""How the number of a duplicate begins that stands in the same file and is no entry yet."""


@dataclass(frozen=True)
class OfferedCourse:
    """A course that the session offers; `also` are other spellings of its institution."""

    id: int
    institution: str
    institution_code: str
    name: str
    code: str
    also: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.institution}: {self.name}{f' ({self.code})' if self.code else ''}"

    @property
    def institution_spellings(self) -> set[str]:
        """The institution's name, its name without "University of", its code, and its other spellings, folded."""
        short = LEFT_OUT_OF_NAMES.sub("", self.institution.casefold())
        return {folded(name) for name in (self.institution, short, self.institution_code, *self.also)} - {""}

    @property
    def spellings(self) -> set[str]:
        """Every way to name it: the institution, alone or with the course's name, its code, or both."""
        courses = {"", *(folded(name) for name in (self.name, self.code, self.name + self.code))}
        return {institution + course for institution in self.institution_spellings for course in courses}


class CourseNames:
    """The courses of a session by all the ways to name them."""

    def __init__(self, offered: Iterable[OfferedCourse]) -> None:
        self.offered = list(offered)
        self.by_spelling: dict[str, list[OfferedCourse]] = {}
        for course in self.offered:
            for spelling in course.spellings:
                self.by_spelling.setdefault(spelling, []).append(course)

    def named(self, text: str) -> list[OfferedCourse]:
        """The courses that a text can mean."""
        return self.by_spelling.get(folded(text), [])


def course_is_offered(text: str, meant: list[OfferedCourse], offered: list[OfferedCourse]) -> Refusal | None:
    """SHEET-01: Each course that a cell names is one that the session offers; one that could be several is asked for.

    An institution without a course is enough where it has one course.
    """
    if len(meant) == 1:
        return None
    choice = "; ".join(str(course) for course in meant or offered)
    if meant:
        sentence = f"“{_quoted(text)}” has several courses. Name one of: {choice}."
    elif offered:
        sentence = (
            f"“{_quoted(text)}” is not on the list. Offered: {choice}. "
            "Name what is not offered under “Other course or institution”."
        )
    else:
        sentence = f"“{_quoted(text)}” is not on the list. This session has no courses yet: use “Other course”."
    return Refusal("SHEET-01", sentence, "courses")


def answers_of_cells(cells: Mapping[str, str], courses: CourseNames) -> tuple[dict[str, Any], list[Refusal]]:
    """The wizard's answers, by its field names, and what could not be read."""
    unread = [refusal for field, label in YES_OR_NO.items() if (refusal := _unread(field, label, cells))]
    chosen, names_other, unknown = _courses(cells.get("courses", ""), courses)
    other = tidy(cells.get("other_course", ""))
    is_only_a_tick = folded(other) in OTHER or yes_or_no(other) is not None
    answers: dict[str, Any] = {field: cells.get(field, "") for field in AS_TYPED}
    answers |= {
        "has_one_name": yes_or_no(cells.get("has_one_name", "")),
        "auto_capitalise": yes_or_no(cells.get("auto_capitalise", "").strip() or "yes"),
        "date_of_birth": without_midnight(cells.get("date_of_birth", "")),
        "gender": read_gender(cells.get("gender", "")),
        "papers": _papers(cells.get("papers", "")),
        "courses": [str(course.id) for course in chosen],
        "has_other_course": names_other or (bool(other) and yes_or_no(other) is not False),
        "other_course": "" if is_only_a_tick else other,
    }
    return answers, [*unread, *unknown]


def _unread(field: str, label: str, cells: Mapping[str, str]) -> Refusal | None:
    return cell_says_yes_or_no(field, label, cells.get(field, ""))


def _papers(text: str) -> str:
    """The combination that a text names, however it is written: "STEP 2 and STEP 3", "II, III", "both"."""
    words = re.findall(r"[a-z]+|[0-9]+", text.casefold())
    if not words or not set(words) <= AROUND_PAPERS | set(PAPERS):
        return text.strip()
    named = {PAPERS[word] for word in words if word in PAPERS}
    if len(named) == 2 or (not named and "both" in words):
        return Combination.BOTH.value
    return named.pop().value if len(named) == 1 and "both" not in words else text.strip()


def _courses(text: str, courses: CourseNames) -> tuple[list[OfferedCourse], bool, list[Refusal]]:
    """The courses named, whether Other is named among them, and what is unknown."""
    chosen: list[OfferedCourse] = []
    unknown: list[Refusal] = []
    names_other = False
    for piece in _pieces(text, courses):
        meant = courses.named(piece)
        if folded(piece) in OTHER:
            names_other = True
        elif refusal := course_is_offered(piece, meant, courses.offered):
            unknown.append(refusal)
        else:
            chosen += meant
    return chosen, names_other, unknown


def _pieces(text: str, courses: CourseNames) -> list[str]:
    """The texts between semicolons; where one means nothing, those between its commas, if they do."""
    pieces = [piece.strip() for piece in BETWEEN_COURSES.split(text) if piece.strip()]
    split: list[str] = []
    for piece in pieces:
        parts = [part.strip() for part in piece.split(",") if part.strip()]
        is_list = not courses.named(piece) and all(courses.named(part) or folded(part) in OTHER for part in parts)
        split += parts if is_list else [piece]
    return split


def _quoted(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:60]}…"


def refusals_of_row(number: int, facts: EntryFacts) -> list[Refusal]:
    """Everything that the rules of the wizard say of a row, in the words and the columns of a file."""
    told = refusals_of_answers(facts)
    codes = {refusal.code for refusal in told}
    told = [refusal for refusal in told if not (refusal.code == "STEP-04" and "SHEET-01" in codes)]
    about_rows = {refusal.code for refusal in told if refusal.about.startswith(ROW)}
    if {"STEP-05", "STEP-06"} <= about_rows:
        told = [refusal for refusal in told if refusal.code != "STEP-06"]
    return [_of_a_file(refusal, number, facts, is_whole="STEP-06" in about_rows) for refusal in told]


def _of_a_file(refusal: Refusal, number: int, facts: EntryFacts, *, is_whole: bool) -> Refusal:
    """A refusal about another row of the file names both rows; a tick of the wizard is a cell here."""
    if refusal.field == "has_other_course":
        return replace(refusal, field="other_course")
    if not refusal.about.startswith(ROW):
        return refusal
    rows = _rows_like(number, facts, refusal.code)
    if refusal.code == "STEP-06":
        sentence = f"{rows} have the same UCAS ID. Check each against its UCAS application."
        return replace(refusal, sentence=sentence, about="")
    sentence = f"{rows} are the same candidate. Set all but one aside"
    if is_whole:
        return replace(refusal, sentence=f"{sentence}.", confirm_with="", confirm_as="", about="")
    return replace(refusal, sentence=f"{sentence}, or tick “This is a different person” in each.", about="")


def _rows_like(number: int, facts: EntryFacts, code: str) -> str:
    """This row and those that it collides with: "Rows 14 and 31"."""
    ids = {facts.details.ucas_id} - {""}
    same = facts.same_people if code == "STEP-05" else [o for o in facts.possible_duplicates if o.ucas_id in ids]
    others = [int(other.number.removeprefix(ROW)) for other in same if other.number.startswith(ROW)]
    first, *rest, last = sorted([number, *others])
    return f"Rows {', '.join(map(str, [first, *rest]))} and {last}"
