"""The key dates of STEP, for the calendar of a centre."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from .models import SessionPaper, StepSession
from .services import window_of


@dataclass(frozen=True)
class KeyDate:
    """A moment that a centre needs in its calendar, and the row from which it comes."""

    slug: str
    title: str
    at: datetime
    row: StepSession | SessionPaper


def key_dates(session: StepSession, centre: Any) -> Iterator[KeyDate]:
    """The key dates of a session for one centre, in their order of a year; asks two queries."""
    yield KeyDate("opens", "registration opens", session.opens_at, session)
    yield KeyDate("modified-papers", "last moment for modified papers", session.modified_papers_until, session)
    yield KeyDate("closes", "registration closes", window_of(session, centre).deadline, session)
    for paper in session.papers.all():
        yield KeyDate(paper.paper, f"{paper} starts", paper.starts_at, paper)
    if session.results_at:
        yield KeyDate("results", "results are released", session.results_at, session)
    if session.enquiries_until:
        yield KeyDate("enquiries", "last moment for results enquiries", session.enquiries_until, session)
