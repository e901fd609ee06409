"""Current entries: the list, its search and its filters; and the drafts that are not entered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, Q, Subquery, Window

from candidates.rules.searching import folded, has_words, joined
from requests_forms.enums import Status
from requests_forms.models import Request
from requests_forms.queries import asked_for
from step_entries.enums import LIVE, EntryStatus, Paper
from step_entries.models import SessionPaper, StepDraft, StepEntry, StepSession
from step_entries.querysets import StepEntryQuerySet

from ..codecs import Asked
from ..enums import Requests, Shown, UcasIds

SORT_COLUMNS = {
    "number": ["number"],
    "candidate": ["sort_name", "number"],
    "papers": ["papers", "number"],
    "created": ["created_at", "number"],
    "modified": ["modified_at", "number"],
    "status": ["status", "number"],
}
STARTS = {Paper.STEP_2: "step_2_starts_at", Paper.STEP_3: "step_3_starts_at"}
SHOWN_DRAFTS = 50


def entries_shown(
    *, session: StepSession | None, centre: Any, user: Any, asked: Asked, at: datetime
) -> StepEntryQuerySet:
    """The entries of a centre in a session that are as asked for; withdrawn ones only where they are asked for."""
    entries = _with_status(StepEntry.objects.visible_to(user).filter(session=session, centre=centre), asked.status, at)
    if asked.papers:
        entries = entries.filter(papers=asked.papers)
    if asked.ucas_id == UcasIds.MISSING:
        entries = entries.filter(ucas_id="")
    if asked.requests != Requests.ALL:
        entries = entries.filter(_have_requests(asked.requests))
    sign = "-" if asked.sort.startswith("-") else ""
    columns = [sign + column for column in SORT_COLUMNS[asked.sort.removeprefix("-")]]
    return entries.filter(_have_words(asked.words)).with_name().order_by(*columns)


def entries_page(entries: StepEntryQuerySet, *, number: int, size: int) -> Page:
    """A page of a list, in one query; past the end, the last page.

    Each entry has `found`, the number of entries in the list, and `found_waiting`, of those NOT YET CONFIRMED;
    `asked_for`, the fields of an OfEntry or None; and the starts of the papers of its session for `papers_on`.
    """
    waiting = Q(status=EntryStatus.NOT_YET_CONFIRMED)
    counted = entries.annotate(
        found=Window(Count("pk")), found_waiting=Window(Count("pk", filter=waiting)), asked_for=asked_for(), **_starts()
    )
    paginator: Paginator = Paginator(counted, size)
    rows = list(counted[(number - 1) * size : number * size])
    if not rows and number > 1:
        return paginator.get_page(number)
    paginator.count = rows[0].found if rows else 0
    return Page(rows, number, paginator)


def papers_on(page: Page) -> list[SessionPaper]:
    """The papers of the session that the entries of a page are of, each with its start; asks no query."""
    starts = {paper: getattr(page[0], name) for paper, name in STARTS.items()} if page.object_list else {}
    return [SessionPaper(paper=paper, starts_at=at) for paper, at in starts.items() if at]


def _starts() -> dict[str, Subquery]:
    papers = SessionPaper.objects.filter(session=OuterRef("session"))
    return {name: Subquery(papers.filter(paper=paper).values("starts_at")) for paper, name in STARTS.items()}


@dataclass(frozen=True)
class Elsewhere:
    """Where a candidate is whom a search did not find: entries outside its filters, counted, and drafts."""

    current: int
    withdrawn: int
    drafts: Sequence[StepDraft]


def entries_elsewhere(*, session: StepSession | None, centre: Any, user: Any, asked: Asked) -> Elsewhere:
    """All entries and drafts that have the words of a search which found nothing, in two queries."""
    scope = {"session": session, "centre": centre}
    entries = StepEntry.objects.visible_to(user).filter(_have_words(asked.words), **scope)
    drafts = StepDraft.objects.visible_to(user).not_entered().filter(**scope)
    return Elsewhere(
        **entries.aggregate(
            current=Count("pk", filter=Q(status__in=LIVE)),
            withdrawn=Count("pk", filter=Q(status=EntryStatus.WITHDRAWN)),
        ),
        drafts=[draft for draft in drafts if has_words(draft.title, asked.words)],
    )


def drafts_not_entered(*, session: StepSession | None, centre: Any, user: Any) -> Sequence[StepDraft]:
    """The drafts of a centre that somebody began and nobody submitted, the last changed first, at most SHOWN_DRAFTS.

    Each has `count_in_all`, the number of them without that limit, from the same query.
    """
    drafts = StepDraft.objects.visible_to(user).not_entered().filter(session=session, centre=centre)
    return list(drafts.annotate(count_in_all=Window(Count("pk"))).select_related("started_by")[:SHOWN_DRAFTS])


def _with_status(entries: StepEntryQuerySet, status: str, at: datetime) -> StepEntryQuerySet:
    if status == Shown.CURRENT:
        return entries.live()
    if status == Shown.OVERDUE:
        return entries.overdue(at)
    return entries.filter(status=status)


def _have_requests(asked: str) -> Q:
    """Those for which something open was asked, to which the STEP team waits for an answer, or nothing was asked."""
    of_entry = Request.objects.filter(entry=OuterRef("pk"))
    if asked == Requests.NONE:
        return Q(~Exists(of_entry))
    waiting = of_entry.open() if asked == Requests.OPEN else of_entry.filter(status=Status.MORE_INFORMATION)
    return Q(Exists(waiting))


def _have_words(words: Sequence[str]) -> Q:
    """Each word somewhere in the first name, last name, plain name or number; accents, capitals and blanks ignored."""
    found = Q()
    for word in words:
        found &= _have_word(word)
    return found


def _have_word(word: str) -> Q:
    found = Q(number__icontains=word) | Q(first_name__icontains=word) | Q(last_name__icontains=word)
    if plain := folded(word):
        found |= Q(plain_first_name__icontains=plain) | Q(plain_last_name__icontains=plain)
        found |= Q(person_key__contains=joined(plain))
    return found
