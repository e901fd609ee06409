"""What pages say of requests in words, also those of entries and of accounts, and what can be asked for an entry."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import template
from django.urls import reverse

from candidates.models import Candidate
from core.history import history_of
from core.models import HistoryEntry
from core.moments import in_words
from step_entries.models import StepEntry
from technicals.models import Invoice
from technicals.rules.prices import in_words as in_words_of_money

from ..enums import ABOUT_AN_ENTRY, Kind, Status
from ..kinds import WEBFORMS
from ..models import Request
from ..rules import (
    EntryDates,
    RequestFacts,
    consideration,
    considered_now,
    is_late,
    last_paper,
    refusals_to_ask,
    window_of,
)
from ..services import entry_dates, team_contact

register = template.Library()


# --- what can be asked ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Offer:
    """One of the five webforms of an entry. sentence: until when it can be sent, or why it cannot be now."""

    kind: Kind
    title: str
    url: str
    is_open: bool
    sentence: str


@register.simple_tag
def offered(entry: StepEntry, at: datetime, dates: EntryDates | None = None) -> list[Offer]:
    """The five webforms of an entry, each with whether it can be sent now, for somebody who makes entries.

    dates: those of the entry, where the page has them for many entries; without them they are asked of the database.
    """
    dates = dates or entry_dates(entry)
    return [_offer(kind, entry, dates, at, team_contact(kind)) for kind in ABOUT_AN_ENTRY]


@register.filter
def of_papers(dates: Mapping[str, EntryDates], papers: str) -> EntryDates | None:
    """The dates of entries for these papers."""
    return dates.get(papers)


def _offer(kind: Kind, entry: StepEntry, dates: EntryDates, at: datetime, contact: str) -> Offer:
    facts = RequestFacts(
        at=at, kind=kind, answers={}, may_ask=True, team_contact=contact, dates=dates, is_entry_live=entry.is_live
    )
    refusals = refusals_to_ask(facts)
    sentence = " ".join(refusal.sentence for refusal in refusals) or _until(kind, dates, at)
    url = reverse("requests:new", args=[kind.value, entry.number])
    return Offer(kind, WEBFORMS[kind].title, url, not refusals, sentence)


def _until(kind: Kind, dates: EntryDates, at: datetime) -> str:
    """Until when a form that can be sent now can be sent."""
    if kind == Kind.SPECIAL_CONSIDERATION:
        papers = considered_now(dates, at)
        return " ".join(f"For {each.label} until {in_words(consideration(dates, each).deadline)}." for each in papers)
    if kind != Kind.ACCESS_ARRANGEMENT:
        return f"Until {in_words(window_of(kind, dates).deadline)}."
    if is_late(kind, dates, at):
        return f"Late, and looked at case by case, until the last paper begins on {in_words(last_paper(dates))}."
    return (
        f"Modified papers until {in_words(dates.modified_papers_until)}, everything else until "
        f"{in_words(dates.registration.deadline)}."
    )


# --- what was asked ---------------------------------------------------------------------------------------------------


@register.simple_tag
def requests_of(entry: StepEntry, user: Any) -> list[Request]:
    """The requests for an entry that this person may see, the last changed first; those not sent as well."""
    return list(Request.objects.visible_to(user).filter(entry=entry))


@register.simple_tag
def others_of_event(case: Request, user: Any) -> list[Request]:
    """The requests for the other candidates of the same event that this person may see, by entry number."""
    others = Request.objects.visible_to(user).of_event(case.event).exclude(pk=case.pk)
    return list(others.select_related("entry").order_by("entry__number"))


@register.simple_tag
def account_requests_of(user: Any, centre: Any) -> list[Request]:
    """What this person asked about the accounts and details of a centre, the last changed first."""
    own = Request.objects.visible_to(user).filter(kind=Kind.ACCOUNT_CHANGE, centre=centre, started_by=user)
    return list(own.for_list())


@register.simple_tag
def requests_about(user: Any, candidate: Candidate | None = None, invoice: Invoice | None = None) -> list[Request]:
    """What was asked about a candidate's record, or an invoice, as far as this person may see it; not what was not
    sent. The last changed first."""
    about = {"candidate": candidate} if candidate else {"invoice": invoice}
    return list(Request.objects.visible_to(user).sent().filter(**about))


@register.filter
def still_open(cases: list[Request]) -> list[Request]:
    """Those of these that wait for an end."""
    return [case for case in cases if case.is_open]


@register.filter
def withdrawal_requested(cases: list[Request]) -> Request | None:
    """The open request for withdrawal among these; None where there is none."""
    return next((case for case in cases if case.kind == Kind.WITHDRAWAL and case.is_open), None)


CLASSES = {
    Status.DRAFT: "not-yet-confirmed",
    Status.MORE_INFORMATION: "not-yet-confirmed",
    Status.APPROVED: "confirmed",
    Status.COMPLETED: "confirmed",
    Status.WITHDRAWN: "withdrawn",
}
"""The colour of a status, by the classes that statuses of entries have; of the others none."""


@register.filter
def evidence_called(kind: str) -> str:
    """What the files of a request are called."""
    called = {Kind.CANDIDATE_CORRECTION: "proof", Kind.INVOICE_QUERY: "supporting files"}
    return called.get(Kind(kind), "evidence")


@register.filter
def pounds(pence: int) -> str:
    """An amount of money in words."""
    return in_words_of_money(pence)


@register.inclusion_tag("requests_forms/_status.html")
def request_status(case: Request) -> dict[str, Any]:
    """The status of a request in words, and that it is late."""
    return {"case": case, "colour": CLASSES.get(Status(case.status), "")}


# --- its history ------------------------------------------------------------------------------------------------------

MOVED = "request.moved."
DONE_BY_CENTRE = {
    "send": "sent by",
    "send-ahead": "sent, with evidence to follow, by",
    "withdraw": "withdrawn by",
    "answer": "answered by",
}
DONE_BY_STAFF = {"take-up": "taken up by", "ask": "more information asked for by"}
WITH_FILES = {
    "evidence.added": "a file was added by",
    "evidence.removed": "a file was taken off by",
    "evidence.opened": "a file was opened by",
}
"""What people of the centre do with files; what staff do with them is not told."""
BY_THE_PORTAL = {
    "request.evidence-deleted": "the files were deleted by their date",
    "request.reduced": "the details were deleted by their date",
}


@register.simple_tag
def history_in_words(case: Request, may_read: bool) -> list[tuple[datetime, str]]:
    """What happened to a request, the newest first, each with its moment.

    It names nobody of the board's staff, tells nothing that is for staff alone, and of special consideration no
    decision. may_read: whether the reader sees files; to others only the acts on the request are told.
    """
    told = (
        (change.at, _act(change, case.team) or (_file(change, case.team) if may_read else ""))
        for change in history_of(case)
    )
    return [(at, words) for at, words in told if words]


def _act(change: HistoryEntry, team: str) -> str:
    act = change.action.removeprefix(MOVED)
    if act == change.action:
        return BY_THE_PORTAL.get(act, "")
    if act in DONE_BY_CENTRE:
        return f"{DONE_BY_CENTRE[act]} {_who(change, team)}"
    if act in DONE_BY_STAFF:
        return f"{DONE_BY_STAFF[act]} {team}"
    # What was decided is told by the status that it led to, which of special consideration is the same for both.
    return f"{Status(change.changes['status'][1]).label.lower()}, by {team}"


def _file(change: HistoryEntry, team: str) -> str:
    is_of_centre = change.by is not None and not change.by.is_staff
    return f"{WITH_FILES[change.action]} {_who(change, team)}" if change.action in WITH_FILES and is_of_centre else ""


def _who(change: HistoryEntry, team: str) -> str:
    if change.by is None:
        return "the portal"
    return team if change.by.is_staff else change.by.name
