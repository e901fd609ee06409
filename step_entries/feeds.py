"""The key dates of STEP as a calendar (RFC 5545) that calendar programs read again and again."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from icalendar import Calendar, Event

from core.history import revisions_of
from core.moments import in_words

from .models import SessionPaper, StepSession
from .services import window_of

READ_AGAIN = timedelta(hours=6)
"""How often a calendar program is asked to look for changes."""


@dataclass(frozen=True)
class KeyDate:
    """A moment that a centre needs in its calendar, and the row from which it comes."""

    slug: str
    title: str
    at: datetime
    row: StepSession | SessionPaper


def calendar_of(*, centre: Any, sessions: Iterable[StepSession], at: datetime) -> bytes:
    """The key dates of these sessions for one centre, whose own closing counts; nothing about people.

    An event keeps its UID for ever. Its DTSTAMP and SEQUENCE come from the history of the row that holds its moment,
    so that programs take over a moved deadline.
    """
    dates = {session: list(key_dates(session, centre)) for session in sessions}
    revisions = revisions_of({date.row for of_session in dates.values() for date in of_session})
    calendar = Calendar()
    calendar.add("prodid", "-//Entries Portal//STEP key dates//EN")
    calendar.add("version", "2.0")
    calendar.add("name", f"STEP key dates, centre {centre.number}")
    calendar.add("x-wr-calname", f"STEP key dates, centre {centre.number}")
    calendar.add("refresh-interval", READ_AGAIN, parameters={"VALUE": "DURATION"})
    for session, of_session in dates.items():
        for date in of_session:
            revision, revised_at = revisions.get(date.row, (0, min(session.opens_at, at)))
            calendar.add_component(_event(date, session, centre, revision, revised_at))
    return calendar.to_ical()


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


def _event(date: KeyDate, session: StepSession, centre: Any, revision: int, revised_at: datetime) -> Event:
    event = Event()
    host = urlsplit(settings.SITE_URL).hostname
    event.add("uid", f"step-{session.pk}-{date.slug}-{centre.number}@{host}")
    event.add("dtstamp", revised_at.astimezone(UTC))
    event.add("sequence", revision)
    event.add("dtstart", date.at.astimezone(UTC))
    event.add("summary", f"STEP {session.name}: {date.title}")
    event.add("description", f"{in_words(date.at)} in the United Kingdom. Deadlines are open to the end of the minute.")
    event.add("url", settings.SITE_URL)
    event.add("transp", "TRANSPARENT")
    return event
