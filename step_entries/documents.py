"""The statement of entry: the paper with the entry number that a centre gives to its candidate (guide 4.5)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings

from core.moments import date_in_words, in_words, time_in_words
from core.typesetting import UNPRINTABLE, pdf_of, printable
from core.windows import Window

from .enums import PAPERS_OF, Combination
from .models import SessionPaper, StepEntry, StepSession

MANY = 200
"""From more statements than this on, the page says that the file takes some seconds."""


def statements_pdf(
    entries: Iterable[StepEntry], *, title: str, session: StepSession, window: Window, at: datetime
) -> bytes:
    """Statements of entries of one session, a page each, in the order given, as a tagged PDF.

    window: when the centre can make and amend entries. at: the moment of printing.
    Asks one query for the papers; the entries come with their centre, courses and institutions.
    """
    papers = {paper.paper: paper for paper in session.papers.all()}
    statements = [_statement(entry, session, papers, window, at) for entry in entries]
    team = f"STEP Mathematics team: {settings.STEP_TEAM_EMAIL}, {settings.STEP_TEAM_PHONE}."
    return pdf_of("statement", {"title": title, "team": team, "unprintable": UNPRINTABLE, "statements": statements})


def _statement(
    entry: StepEntry, session: StepSession, papers: dict[str, SessionPaper], window: Window, at: datetime
) -> dict[str, Any]:
    courses = _courses(entry)
    facts = _facts(entry)
    free_texts = [entry.name, entry.centre.name, *courses, *(text for _, text in facts)]
    return {
        "number": entry.number,
        "session": str(session),
        "centre": f"{entry.centre.name}, {entry.centre.number}",
        "name": entry.name,
        "plain_name": entry.plain_name,
        "facts": [{"label": label, "text": text} for label, text in facts],
        "status": entry.get_status_display(),
        "status_meaning": _status_meaning(entry),
        "papers": [
            {"name": paper.label, "day": _day(papers.get(paper)), "starts": _start(papers.get(paper))}
            for paper in PAPERS_OF[Combination(entry.papers)]
        ],
        "courses": courses,
        "checks": _checks(entry),
        "deadline": _deadline(window, at),
        "printed": in_words(at),
        "has_unprintable": printable(free_texts) != free_texts,
    }


def _facts(entry: StepEntry) -> list[tuple[str, str]]:
    facts = [
        ("Date of birth", date_in_words(entry.date_of_birth)),
        ("Gender", entry.get_gender_display()),
        ("UCAS ID", entry.ucas_id_shown or "Not given yet"),
    ]
    return [*facts, ("Own school", entry.own_school)] if entry.own_school else facts


def _courses(entry: StepEntry) -> list[str]:
    named = [str(course) for course in entry.courses.all()]
    other = f"Other: {entry.other_course}" if entry.other_course else "Other"
    return [*named, other] if entry.has_other_course else named


def _status_meaning(entry: StepEntry) -> str:
    if entry.is_confirmed:
        return "entered and processed."
    return "entered, and waiting to be processed."


def _day(paper: SessionPaper | None) -> str:
    return f"{paper.day:%A} {date_in_words(paper.day)}" if paper else "Not known yet"


def _start(paper: SessionPaper | None) -> str:
    return time_in_words(paper.starts_at) if paper else "Not known yet"


def _checks(entry: StepEntry) -> list[str]:
    ucas_id = (
        "The UCAS ID is yours."
        if entry.ucas_id
        else "There is no UCAS ID yet. Give yours to your exams officer: universities match results by it."
    )
    return [
        "The name is spelled as on your UCAS application, with first and last name in the right order.",
        "Day, month and year of birth are right.",
        ucas_id,
        "The papers are those that your offers name.",
        "Every course that needs the result is named.",
    ]


def _deadline(window: Window, at: datetime) -> str:
    begin = "If something is wrong, tell your exams officer at once."
    if at < window.ends_at:
        return f"{begin} Your centre can amend the entry until {in_words(window.deadline)}."
    return (
        f"{begin} Registration closed on {in_words(window.deadline)}; your centre can ask the STEP team for a change."
    )
