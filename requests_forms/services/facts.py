"""What the rules need to know of a request, gathered from the database."""

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.conf import settings

from centres.models import Membership
from step_entries.codecs import STEP_FIELDS
from step_entries.enums import PAPERS_OF, Combination
from step_entries.models import StepEntry
from step_entries.services import preview_amendment, window_of

from ..enums import OF_TECHNICALS, OPEN, Kind, Status
from ..models import Request
from ..rules import EntryDates, OtherCandidate, PaperDate, RequestFacts, team_of
from .corrections import wanted_of
from .invoices import candidate_named


def ways_to_team(kind: str) -> tuple[str, str]:
    """The e-mail address and the telephone number of whoever decides requests of a kind."""
    if kind in OF_TECHNICALS:
        return settings.TECHNICALS_TEAM_EMAIL, settings.TECHNICALS_TEAM_PHONE
    return settings.STEP_TEAM_EMAIL, settings.STEP_TEAM_PHONE


def team_contact(kind: str) -> str:
    """Whom to ask where the portal cannot help."""
    return f"Contact {team_of(kind)}: {', '.join(ways_to_team(kind))}."


def entry_dates(entry: StepEntry) -> EntryDates:
    """The dates that decide what can be asked for an entry; asks two queries."""
    return dates_of(entry, window=window_of(entry.session, entry.centre), papers=list(entry.session.papers.all()))


def dates_of(entry: StepEntry, *, window: Any, papers: Iterable[Any]) -> EntryDates:
    """The same from the window of its centre and the papers of its session; asks no query."""
    entered = PAPERS_OF[Combination(entry.papers)]
    return EntryDates(
        registration=window,
        modified_papers_until=entry.session.modified_papers_until,
        papers=tuple(PaperDate(each.paper, str(each), each.starts_at) for each in papers if each.paper in entered),
        results_at=entry.session.results_at,
        nation=entry.centre.nation,
        extra_holidays=tuple(settings.EXTRA_BANK_HOLIDAYS),
    )


def facts_to_ask(*, kind: str, centre: Any, entry: StepEntry | None, by: Any, at: datetime) -> RequestFacts:
    """The facts of a request in which nothing is answered yet."""
    return RequestFacts(
        at=at,
        kind=kind,
        answers={},
        may_ask=makes_entries(centre, by),
        team_contact=team_contact(kind),
        dates=entry_dates(entry) if entry else None,
        is_entry_live=entry.is_live if entry else True,
    )


def request_facts(request: Request, *, by: Any, at: datetime) -> RequestFacts:
    """The facts of a draft at this moment (an aware datetime)."""
    start = facts_to_ask(kind=request.kind, centre=request.centre, entry=request.entry, by=by, at=at)
    return RequestFacts(
        **vars(start)
        | {"answers": request.answers, "files": request.evidence.kept().count()}
        | GATHERERS.get(request.kind, _nothing)(request, by, at)
    )


def fingerprint(request: Request) -> str:
    """Differs where an answer or a file differs: what Check your answers showed, and sending must find again."""
    files = [str(key) for key in request.evidence.values_list("key", flat=True)]
    return sha256(json.dumps([request.answers, files], sort_keys=True).encode()).hexdigest()


def makes_entries(centre: Any, by: Any) -> bool:
    """Whether this person makes entries for a centre; asks one query."""
    membership = Membership.objects.in_centre(centre).filter(user=by).first()
    return bool(membership and membership.may_make_entries)


def _nothing(request: Request, by: Any, at: datetime) -> dict[str, Any]:
    return {}


def _of_withdrawal(request: Request, by: Any, at: datetime) -> dict[str, Any]:
    others = Request.objects.filter(entry=request.entry, kind=Kind.WITHDRAWAL, status__in=OPEN).exclude(pk=request.pk)
    return {"open_withdrawal": others.values_list("reference", flat=True).first() or ""}


def _of_consideration(request: Request, by: Any, at: datetime) -> dict[str, Any]:
    entry: Any = request.entry
    numbers = others_named(request.answers)
    found = StepEntry.objects.live().filter(centre=request.centre, session=entry.session, number__in=numbers)
    papers = {entry.number: frozenset(PAPERS_OF[Combination(entry.papers)]) for entry in found}
    asked = asked_for([entry.number, *numbers])
    return {
        "asked_for": asked.get(entry.number, frozenset()),
        "others": tuple(
            OtherCandidate(number, papers.get(number, frozenset()), asked.get(number, frozenset()))
            for number in numbers
            if number != entry.number
        ),
    }


def others_named(answers: Mapping[str, Any]) -> list[str]:
    """The numbers of the other candidates of an event, each once, as they were ticked or typed."""
    typed = answers.get("others") or []
    words = typed.replace(",", " ").replace(";", " ").split() if isinstance(typed, str) else typed
    return list(dict.fromkeys(str(word).strip().upper()[:20] for word in words if str(word).strip()))


def asked_for(numbers: Iterable[str]) -> dict[str, frozenset[str]]:
    """The papers for which special consideration was asked, by the number of the entry; asks one query."""
    sent = Request.objects.filter(kind=Kind.SPECIAL_CONSIDERATION, entry__number__in=list(numbers))
    sent = sent.exclude(status__in=[Status.DRAFT, Status.WITHDRAWN])
    found: dict[str, set[str]] = {}
    for number, paper in sent.values_list("entry__number", "paper"):
        found.setdefault(number, set()).add(paper)
    return {number: frozenset(papers) for number, papers in found.items()}


def _of_amendment(request: Request, by: Any, at: datetime) -> dict[str, Any]:
    entry: Any = request.entry
    preview = preview_amendment(entry=entry, answers=entry_answers(request), by=by, at=at)
    entered = set(PAPERS_OF[Combination(entry.papers)])
    is_read = preview.facts.papers in Combination.values
    wanted = set(PAPERS_OF[Combination(preview.facts.papers)]) if is_read else set()
    return {
        "of_entry": tuple(preview.refusals),
        "differs": bool(preview.changes),
        "adds_a_paper": not entered.issuperset(wanted),
    }


def entry_answers(request: Request) -> dict[str, Any]:
    """What an amendment asks for, by field name of the entry's own steps; what it does not answer stays."""
    return {name: value for name, value in request.answers.items() if name in ENTRY_FIELDS}


ENTRY_FIELDS = {field for step in STEP_FIELDS.values() for field in step} | {"age_is_right", "has_one_name"}


def _of_account(request: Request, by: Any, at: datetime) -> dict[str, Any]:
    users = Membership.objects.in_centre(request.centre).values_list("user", flat=True)
    return {"users": frozenset(str(user) for user in users)}


def _of_invoice_query(request: Request, by: Any, at: datetime) -> dict[str, Any]:
    return {"named": candidate_named(request.invoice, str(request.answers.get("detail") or ""))}


def _of_correction(request: Request, by: Any, at: datetime) -> dict[str, Any]:
    wanted = wanted_of(request, at=at)
    others = Request.objects.open().filter(candidate=request.candidate).exclude(pk=request.pk)
    return {
        "open_correction": others.values_list("reference", flat=True).first() or "",
        "of_candidate": (*wanted.unread, *wanted.refusals),
        "differs": bool(wanted.differences),
        "needs_proof": wanted.needs_proof,
    }


GATHERERS: dict[str, Callable[[Request, Any, datetime], dict[str, Any]]] = {
    Kind.ENTRY_AMENDMENT: _of_amendment,
    Kind.WITHDRAWAL: _of_withdrawal,
    Kind.SPECIAL_CONSIDERATION: _of_consideration,
    Kind.ACCOUNT_CHANGE: _of_account,
    Kind.INVOICE_QUERY: _of_invoice_query,
    Kind.CANDIDATE_CORRECTION: _of_correction,
}
"""What else is gathered for each kind."""
