"""Sending a request to whoever decides it (decisions 0016, 0019)."""

import uuid
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from core.refusals import Refused, raise_if_any
from step_entries.codecs import STEP_FIELDS
from step_entries.models import StepEntry
from step_entries.services import compare_versions

from ..enums import ABOUT_A_USER, DIFFERING, Act, Kind
from ..models import Evidence, Request
from ..rules import (
    RequestFacts,
    evidence_will_follow,
    is_late,
    last_paper,
    refusals_to_send,
    request_is_as_checked,
)
from .acting import move
from .corrections import wanted_of
from .facts import entry_answers, fingerprint, others_named, request_facts
from .invoices import queue_invoice_query
from .locking import lock_request, refuse_unless_it_can_be


def send_request(*, request: Request, seen: str | None, by: Any, at: datetime) -> Request:
    """Send a draft: judged anew, with history and mail, in one transaction. A second click sends nothing twice.

    seen: the fingerprint of what the person checked. at: when the request arrived.
    Special consideration for several candidates of one event becomes one request for each, with the same event.
    Raises Refused with every reason against it, and then nothing has changed and the draft is kept.
    """
    try:
        with transaction.atomic():
            return _send(request, seen, by, at)
    except IntegrityError:
        # Another request for the same won the race to one of the constraints: now the rules see it.
        request.refresh_from_db()
        raise_if_any(refusals_to_send(request_facts(request, by=by, at=at)))
        raise


def _send(request: Request, seen: str | None, by: Any, at: datetime) -> Request:
    request = lock_request(request)
    if request.sent_by_id == by.pk and not request.is_draft:
        return request  # the other click of a double click
    refuse_unless_it_can_be(request, Act.SEND, by=by, at=at)
    if stale := request_is_as_checked(seen, fingerprint(request)):
        raise Refused([stale])
    _wait_for_candidates(request)
    facts = request_facts(request, by=by, at=at)
    raise_if_any(refusals_to_send(facts))
    act = Act.SEND_AHEAD if evidence_will_follow(facts) else Act.SEND
    others = entries_of_event(request)
    request.event = uuid.uuid4() if others else None
    _complete(request, facts, by)
    move(request, act, by=by, at=at, others=[other.number for other in others])
    for other in others:
        _send_for(other, request, act, by, at)
    if request.kind == Kind.INVOICE_QUERY:
        queue_invoice_query(request, at=at)
    return request


def _wait_for_candidates(request: Request) -> None:
    """Until this transaction ends, no other event of these candidates is judged; two may name one another's."""
    if request.kind != Kind.SPECIAL_CONSIDERATION:
        return
    own: Any = request.entry
    keys = [entry.pk for entry in [own, *entries_of_event(request)]]
    list(StepEntry.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk").values_list("pk"))


def _complete(request: Request, facts: RequestFacts, by: Any) -> None:
    """What a request has from the moment on which it is sent."""
    request.sent_by, request.sent_at = by, facts.at
    if request.kind == Kind.ACCOUNT_CHANGE and facts.text("change") in ABOUT_A_USER:
        request.person_id = int(facts.text("person"))
    if request.kind == Kind.SPECIAL_CONSIDERATION:
        request.paper = facts.text("paper")
    if request.kind in DIFFERING:
        request.answers |= {"differences": told_differences(request, at=facts.at)}
    if facts.dates:
        request.is_late = is_late(request.kind, facts.dates, facts.at)
        request.due_at = last_paper(facts.dates) if request.kind in BEFORE_THE_TEST else facts.dates.results_at


BEFORE_THE_TEST = (Kind.ACCESS_ARRANGEMENT, Kind.TIMETABLE_VARIATION, Kind.WITHDRAWAL)
"""The kinds that are decided before the last paper begins; the others before results are released."""


def told_differences(request: Request, *, at: datetime) -> list[list[str]]:
    """What a request wants to be different, in words: the name of each field, its value now and the one wanted."""
    if request.kind == Kind.CANDIDATE_CORRECTION:
        return wanted_of(request, at=at).differences
    entry: Any = request.entry
    answers = entry_answers(request)
    compared = [
        each for step in STEP_FIELDS for each in compare_versions(entry=entry, step=step, answers=answers, at=at)
    ]
    return [[each.label, each.theirs, each.yours] for each in compared if each.differs]


def entries_of_event(request: Request) -> list[StepEntry]:
    """The entries of the other candidates of an event, by number."""
    entry: Any = request.entry
    if request.kind != Kind.SPECIAL_CONSIDERATION:
        return []
    numbers = [number for number in others_named(request.answers) if number != entry.number]
    entries = StepEntry.objects.filter(centre=request.centre, session=entry.session, number__in=numbers)
    return list(entries.select_related("session", "centre").order_by("number"))


def _send_for(entry: StepEntry, request: Request, act: Act, by: Any, at: datetime) -> None:
    """A request for another candidate of the event, with the same answers and files; one mail tells of all."""
    same = ("kind", "centre", "paper", "event", "answers", "started_by", "started_at", "sent_by", "sent_at", "due_at")
    other = Request(entry=entry, **{field: getattr(request, field) for field in same})
    move(other, act, by=by, at=at, others=None)
    of_file = ("file", "name", "content_type", "size", "sha256", "scan_state", "added_by", "added_at")
    for file in request.evidence.all():
        Evidence.objects.create(request=other, **{field: getattr(file, field) for field in of_file})
