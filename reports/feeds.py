"""The key dates of a centre as a calendar (RFC 5545) that calendar programs read again and again."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from icalendar import Calendar, Event

from core.history import revisions_of
from core.moments import date_in_words, in_words, uk_date
from step_entries import feeds as step
from step_entries.models import StepSession
from technicals.queries import key_dates as technicals

READ_AGAIN = timedelta(hours=6)
"""How often a calendar program is asked to look for changes."""


@dataclass(frozen=True)
class Shown:
    """An event: its name for ever, its title, its moment or day, the row that holds it, and since when it is known."""

    uid: str
    title: str
    at: date | datetime
    row: Any
    known_since: datetime


def calendar_of(*, centre: Any, at: datetime) -> bytes:
    """The key dates of a centre: STEP's, of which its own closing counts, and those of Cambridge Technicals where it is
    approved for them on the day. Nothing in it is about people.

    An event keeps its UID for ever. Its DTSTAMP and SEQUENCE come from the history of the row that holds its moment,
    so that programs take over a moved deadline.
    """
    shown = [*_of_step(centre, at), *_of_technicals(centre, at)]
    revisions = revisions_of({event.row for event in shown})
    calendar = Calendar()
    calendar.add("prodid", "-//Entries Portal//Key dates//EN")
    calendar.add("version", "2.0")
    calendar.add("name", f"Key dates, centre {centre.number}")
    calendar.add("x-wr-calname", f"Key dates, centre {centre.number}")
    calendar.add("refresh-interval", READ_AGAIN, parameters={"VALUE": "DURATION"})
    for event in shown:
        calendar.add_component(_event(event, *revisions.get(event.row, (0, min(event.known_since, at)))))
    return calendar.to_ical()


def _of_step(centre: Any, at: datetime) -> Iterator[Shown]:
    for session in StepSession.objects.current_and_later(at):
        for date_ in step.key_dates(session, centre):
            uid = _uid("step", session.pk, date_.slug, centre)
            yield Shown(uid, f"STEP {session.name}: {date_.title}", date_.at, date_.row, session.opens_at)


def _of_technicals(centre: Any, at: datetime) -> Iterator[Shown]:
    for series in technicals.series_for_calendars(centre=centre, on=uk_date(at)):
        for date_ in technicals.key_dates(series):
            uid = _uid("technicals", series.pk, date_.slug, centre)
            title = f"Cambridge Technicals, {series}: {date_.title}"
            yield Shown(uid, title, date_.at, date_.row, series.window.opens_at)


def _uid(kind: str, pk: int, slug: str, centre: Any) -> str:
    return f"{kind}-{pk}-{slug}-{centre.number}@{urlsplit(settings.SITE_URL).hostname}"


def _event(shown: Shown, revision: int, revised_at: datetime) -> Event:
    event = Event()
    event.add("uid", shown.uid)
    event.add("dtstamp", revised_at.astimezone(UTC))
    event.add("sequence", revision)
    if isinstance(shown.at, datetime):
        event.add("dtstart", shown.at.astimezone(UTC))
        words = f"{in_words(shown.at)} in the United Kingdom. Deadlines are open to the end of the minute."
    else:
        event.add("dtstart", shown.at)
        words = f"{date_in_words(shown.at)}, the whole day, in the United Kingdom."
    event.add("summary", shown.title)
    event.add("description", words)
    event.add("url", settings.SITE_URL)
    event.add("transp", "TRANSPARENT")
    return event
