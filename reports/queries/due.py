"""What is due: the short list at the top of the Entries Overview, and what of it is STEP's."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from core.windows import Window, WindowState
from requests_forms.enums import Kind, Status
from requests_forms.queries import Waiting
from requests_forms.rules import EntryDates, consideration, considered_now, window_of
from step_entries.enums import PAPERS_OF, Combination
from step_entries.models import StepSession

from ..enums import Shown, UcasIds
from .breakdown import Breakdown


@dataclass(frozen=True)
class Due:
    """One thing to do.

    until: the window in which it can be done; None where it has to be done now.
    link, link_text: where it is done; empty where it is not done in the portal.
    writes_to_team: whether it is done by writing to the STEP team.
    waits_for: who has to do something first, in words; such things stand last.
    """

    what: str
    remedy: str
    until: Window | None = None
    link: str = ""
    link_text: str = ""
    writes_to_team: bool = False
    waits_for: str = ""


def soonest_first(things: Iterable[Due], at: datetime) -> list[Due]:
    """Things to do in their order: what is to be done now, then by deadline, then what waits for somebody else."""
    return sorted(things, key=lambda due: (bool(due.waits_for), due.until.ends_at if due.until else at))


def due_of_requests(requests: Waiting) -> list[Due]:
    """What waits for the centre among its requests: questions about any, and those of no session that are not sent."""
    return [*_about_questions(requests), *_about_technicals_not_sent(requests.technicals_not_sent)]


def due_of_step(
    *,
    session: StepSession,
    window: Window,
    breakdown: Breakdown,
    drafts: int,
    rows: int,
    requests: Waiting,
    dates: Mapping[str, EntryDates],
    at: datetime,
) -> list[Due]:
    """What a centre has to do in a session, what is missing before what is to come.

    window: the centre's own. drafts, rows: how many drafts, and rows of spreadsheets, are not entered.
    requests: what waits among requests. dates: when something can be asked for, by what an entry is for.
    It asks no query.
    """
    return [
        *_about_entries(breakdown),
        *_about_drafts(drafts, window, at),
        *_about_rows(rows, window, at),
        *_about_requests_not_sent(requests, dates, at),
        *_about_ucas_ids(breakdown, window, at),
        *_about_considerations(breakdown, dates, at),
        *_about_deadlines(session, window, breakdown, at),
    ]


def _about_entries(breakdown: Breakdown) -> Iterator[Due]:
    if count := breakdown.overdue:
        yield Due(
            what=f"{count} {'entry' if count == 1 else 'entries'} not confirmed for more than 48 hours.",
            remedy=f"Write to the STEP team with the entry {'number' if count == 1 else 'numbers'}.",
            link=_list(f"status={Shown.OVERDUE}"),
            link_text="Show the late entry" if count == 1 else "Show the late entries",
            writes_to_team=True,
        )


def _about_drafts(count: int, window: Window, at: datetime) -> Iterator[Due]:
    one = count == 1
    link_text = "Show the draft" if one else "Show the drafts"
    if count and window.is_open(at):
        yield Due(
            what=f"{count} {'draft is' if one else 'drafts are'} not entered.",
            remedy="Go on and press Submit, or discard it." if one else "Go on and press Submit, or discard them.",
            until=window,
            link="#drafts",
            link_text=link_text,
        )
    if count and window.state(at) is WindowState.CLOSED:
        yield Due(
            what=f"{count} {'draft was' if one else 'drafts were'} not entered before registration closed.",
            remedy="Who should sit STEP all the same: contact the STEP team at once.",
            link="#drafts",
            link_text=link_text,
            writes_to_team=True,
        )


def _about_rows(count: int, window: Window, at: datetime) -> Iterator[Due]:
    link = reverse("uploads:list")
    candidates = "1 candidate" if count == 1 else f"{count} candidates"
    if count and window.is_open(at):
        yield Due(
            what=f"{candidates} in an uploaded spreadsheet {'is' if count == 1 else 'are'} not entered.",
            remedy=f"Go on to the last page and press Submit, or set the {'row' if count == 1 else 'rows'} aside.",
            until=window,
            link=link,
            link_text="Show the spreadsheets",
        )
    if count and window.state(at) is WindowState.CLOSED:
        yield Due(
            what=f"{candidates} in an uploaded spreadsheet {'was' if count == 1 else 'were'} not entered.",
            remedy="Registration has closed. Who should sit STEP all the same: contact the STEP team at once.",
            link=link,
            link_text="Show the spreadsheets",
            writes_to_team=True,
        )


def _about_ucas_ids(breakdown: Breakdown, window: Window, at: datetime) -> Iterator[Due]:
    if (count := breakdown.without_ucas_id) and window.is_open(at):
        yield Due(
            what=f"{count} {'entry has' if count == 1 else 'entries have'} no UCAS ID.",
            remedy="Universities match results by it. Add it to the entry.",
            until=window,
            link=_list(f"ucas_id={UcasIds.MISSING}"),
            link_text=f"Show the {'entry' if count == 1 else 'entries'} without a UCAS ID",
        )


def _about_questions(requests: Waiting) -> Iterator[Due]:
    if count := requests.more_information:
        yield Due(
            what=f"{count} {'request needs' if count == 1 else 'requests need'} more information.",
            remedy="Answer: nothing is decided until then.",
            link=_requests(f"status={Status.MORE_INFORMATION}"),
            link_text=f"Show the {'request' if count == 1 else 'requests'}",
        )


def _about_requests_not_sent(requests: Waiting, dates: Mapping[str, EntryDates], at: datetime) -> Iterator[Due]:
    ends: dict[tuple[Kind, Window], int] = {}
    for group in requests.not_sent:
        end = (group.kind, _can_be_sent(group.kind, dates[group.papers], at))
        ends[end] = ends.get(end, 0) + group.count
    for (kind, window), count in ends.items():
        yield _not_sent(kind, count, window, at)


def _about_technicals_not_sent(count: int) -> Iterator[Due]:
    one = count == 1
    if count:
        yield Due(
            what=f"{count} {'request' if one else 'requests'} about Cambridge Technicals {'is' if one else 'are'} not "
            "sent.",
            remedy=f"Go on and send {'it' if one else 'them'}, or discard {'it' if one else 'them'}.",
            link=_requests(f"status={Status.DRAFT}"),
            link_text=f"Show the {'request' if one else 'requests'}",
        )


def _can_be_sent(kind: Kind, dates: EntryDates, at: datetime) -> Window:
    """When a request of a kind can be sent: in time, where it can be late; for the paper whose window ends first."""
    if kind == Kind.ACCESS_ARRANGEMENT and dates.registration.is_open(at):
        return dates.registration
    papers = considered_now(dates, at) if kind == Kind.SPECIAL_CONSIDERATION else []
    windows = [consideration(dates, paper) for paper in papers] or [window_of(kind, dates)]
    return min(windows, key=lambda window: window.ends_at)


def _not_sent(kind: Kind, count: int, window: Window, at: datetime) -> Due:
    one, is_open = count == 1, window.state(at) is not WindowState.CLOSED
    requests = f"{count} {'request' if one else 'requests'}"
    state = ("is" if one else "are") if is_open else ("was" if one else "were")
    return Due(
        what=f"{kind.label}: {requests} {state} not sent{'' if is_open else ' in time'}.",
        remedy=f"Go on and send {'it' if one else 'them'}, or discard {'it' if one else 'them'}."
        if is_open
        else "If it is needed all the same, contact the STEP team.",
        until=window if is_open else None,
        link=_requests(f"status={Status.DRAFT}&kind={kind}"),
        link_text=f"Show the {'request' if one else 'requests'}",
        writes_to_team=not is_open,
    )


def _about_considerations(breakdown: Breakdown, dates: Mapping[str, EntryDates], at: datetime) -> Iterator[Due]:
    """Of each paper that was sat by candidates of the centre, as long as special consideration can be asked for."""
    entered = {paper for value, _, count in breakdown.by_papers if count for paper in PAPERS_OF[Combination(value)]}
    both = dates[Combination.BOTH]
    for paper in considered_now(both, at):
        if paper.paper in entered:
            yield Due(
                what=f"Special consideration for {paper.label} can be asked for.",
                remedy="Candidates who were ill, injured or disturbed: Submit special consideration in the Action list "
                "of the entry.",
                until=consideration(both, paper),
                link=reverse("reports:entries"),
                link_text="Show the entries",
            )


def _about_deadlines(session: StepSession, window: Window, breakdown: Breakdown, at: datetime) -> Iterator[Due]:
    modified_papers = Window(session.opens_at, session.modified_papers_until)
    if not window.is_open(at):
        return
    if modified_papers.is_open(at):
        yield Due(
            what="Modified papers can be asked for.",
            remedy="Candidates who need Braille, large print or another modified paper: Submit access arrangement in "
            "the Action list of the entry.",
            until=modified_papers,
            link=reverse("reports:entries") if breakdown.total else "",
            link_text="Show the entries" if breakdown.total else "",
        )
    yield Due(
        what="STEP registration closes.",
        remedy="After it no entry can be made; amendments and withdrawals have to be asked for.",
        until=window,
    )


def _list(query: str) -> str:
    return f"{reverse('reports:entries')}?{query}"


def _requests(query: str) -> str:
    return f"{reverse('requests:list')}?{query}"
