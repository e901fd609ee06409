"""What one page asks of requests for many entries, asked of the database once."""

from collections.abc import Iterable, Mapping

from django.http import HttpRequest

from step_entries.access import facts_now, session_now
from step_entries.enums import Combination
from step_entries.models import SessionPaper, StepEntry

from .rules import EntryDates
from .services import dates_of


def dates_now(request: HttpRequest, papers: Iterable[SessionPaper] = ()) -> Mapping[str, EntryDates]:
    """The dates that decide what can be asked now, by what an entry is for; empty without a session.

    They are those of entries of the centre in use in the current session. papers: those of the session, where the
    page has them already; without them they are asked for in one query.
    """
    session, facts = session_now(request), facts_now(request)
    if not session or not facts:
        return {}
    if not hasattr(request, "request_dates"):
        papers = list(papers) or list(session.papers.all())
        entries = [StepEntry(papers=each, session=session, centre=request.membership.centre) for each in Combination]
        request.request_dates = {entry.papers: dates_of(entry, window=facts.window, papers=papers) for entry in entries}
    return request.request_dates
