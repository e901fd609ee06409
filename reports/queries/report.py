"""The report of a centre's candidate entries (guide 5.2), as rows of text."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.db.models import F

from core.moments import uk_date
from step_entries.models import Course, StepEntry, StepSession

from ..enums import ReportRows

HEADINGS = (
    "Entry #", "First Name", "Last Name", "Plain name", "Date of birth", "Gender", "UCAS ID", "Test", "Papers",
    "Institution", "Courses", "Created", "Modified", "Status",
)  # fmt: skip
OWN_SCHOOL = "Own school"
OTHER = "Other"
BETWEEN = "; "

Destination = tuple[str, list[str]]
"""An institution, and the courses at it."""


def report_headings(centre: Any) -> list[str]:
    """The columns of the report; open centres also see the candidates' own schools."""
    return [*HEADINGS, OWN_SCHOOL] if centre.is_open_centre else list(HEADINGS)


def report_rows(*, session: StepSession | None, centre: Any, user: Any, rows: str) -> list[list[str]]:
    """The live entries of a centre in a session by last name, in one query; rows is one of ReportRows.

    Days are DD/MM/YYYY, in the United Kingdom. A candidate with several institutions has several rows, or one row
    that names them all.
    """
    entries = StepEntry.objects.visible_to(user).live().filter(session=session, centre=centre).with_name()
    named = entries.annotate(
        institution=F("courses__institution__name"), course=F("courses__name"), course_code=F("courses__ucas_code")
    ).order_by("sort_name", "number", "institution", "course", "course_code")
    return [row for _, same in groupby(named, attrgetter("pk")) for row in _rows_of(list(same), centre, rows)]


def _rows_of(same: list[Any], centre: Any, rows: str) -> Iterable[list[str]]:
    """The rows of one entry, which comes once for each of its courses."""
    destinations = _destinations(same)
    if rows == ReportRows.CANDIDATES:
        destinations = [_in_one(destinations)]
    return [_row(same[0], destination, centre) for destination in destinations]


def _destinations(same: list[Any]) -> list[Destination]:
    destinations = [
        (institution, [Course(name=each.course, ucas_code=each.course_code).label for each in courses])
        for institution, courses in groupby(same, attrgetter("institution"))
        if institution
    ]
    if same[0].has_other_course:
        destinations.append((OTHER, [same[0].other_course] if same[0].other_course else []))
    return destinations or [("", [])]


def _in_one(destinations: list[Destination]) -> Destination:
    """All institutions, and each course with its institution before it."""
    courses = [f"{institution}: {course}" for institution, courses in destinations for course in courses]
    return BETWEEN.join(institution for institution, _ in destinations), courses


def _row(entry: StepEntry, destination: Destination, centre: Any) -> list[str]:
    institution, courses = destination
    row = [
        entry.number,
        entry.first_name,
        entry.last_name,
        entry.plain_name,
        _day(entry.date_of_birth),
        entry.get_gender_display(),
        entry.ucas_id,
        "STEP",
        entry.get_papers_display(),
        institution,
        BETWEEN.join(courses),
        _day(uk_date(entry.created_at)),
        _day(uk_date(entry.modified_at)),
        entry.get_status_display(),
    ]
    return [*row, entry.own_school] if centre.is_open_centre else row


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"
