"""Acts on a request that was sent: answering and withdrawing it, asking for more, deciding (decision 0016)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from core.history import record
from core.refusals import Refusal, Refused, raise_if_any
from step_entries.services import grant_amendment, withdraw_entry

from ..enums import Act, Kind
from ..models import Message, Request
from ..rules import amendment_adds_no_paper, refusals_to_act, target_of
from .corrections import make_correction
from .evidence import ReceivedFile, keep_files
from .facts import entry_answers, request_facts
from .locking import act_facts, lock_request, refuse_unless_it_can_be
from .mails import queue_request_mail


def move(
    request: Request,
    act: Act,
    *,
    by: Any,
    at: datetime,
    others: Sequence[str] | None = (),
    decided: Mapping[str, Any] | None = None,
) -> None:
    """Lead a locked request where the act leads it: status, history and mail.

    decided: what else the history keeps of a decision. others: the entry numbers of the other candidates of its
    event; None where the mail of the event tells of this one.
    """
    old, new = request.status, target_of(act, request.kind)
    request.status = str(new)
    request.changed_at = at
    request.ended_at = at if request.is_ended else None
    request.version += 1
    request.save()
    action, changes = f"request.moved.{act}", {"status": [old, request.status], **(decided or {})}
    record(by=by, at=at, action=action, subjects=[request], changes=changes)
    if others is not None:
        queue_request_mail(request, act=act, at=at, others=others)


@transaction.atomic
def withdraw_request(*, request: Request, version: int, by: Any, at: datetime) -> Request:
    """Take a request back, as long as it is Submitted. Raises Refused."""
    request = lock_request(request)
    raise_if_any(refusals_to_act(act_facts(request, Act.WITHDRAW, by=by, at=at, seen=version)))
    move(request, Act.WITHDRAW, by=by, at=at)
    return request


@transaction.atomic
def answer_request(
    *, request: Request, text: str, files: Iterable[ReceivedFile], version: int, by: Any, at: datetime
) -> Request:
    """Give the team what it asked for: words, files or both. Raises Refused, and then no file is kept."""
    files = list(files)
    request = lock_request(request)
    facts = act_facts(request, Act.ANSWER, by=by, at=at, seen=version, text=text, files=len(files))
    raise_if_any(refusals_to_act(facts))
    message = _say(request, text, by=by, at=at)
    keep_files(request=request, files=files, message=message, by=by, at=at)
    move(request, Act.ANSWER, by=by, at=at)
    return request


@transaction.atomic
def take_up(*, request: Request, version: int, by: Any, at: datetime) -> Request:
    """Begin to work on a request: it is In progress, and its assignee is the person. Raises Refused."""
    request = lock_request(request)
    raise_if_any(refusals_to_act(act_facts(request, Act.TAKE_UP, by=by, at=at, seen=version)))
    request.assignee = by
    move(request, Act.TAKE_UP, by=by, at=at)
    return request


@transaction.atomic
def assign_request(*, request: Request, to: Any, by: Any, at: datetime) -> Request:
    """Hand an open request to one of the staff, or to nobody; the centre is not told. Raises Refused."""
    request = lock_request(request)
    for person in filter(None, (by, to)):
        refuse_unless_it_can_be(request, Act.DECLINE, by=person, at=at)
    old, request.assignee = request.assignee, to
    request.save(update_fields=["assignee"])
    changes = {"assignee": [old.name if old else None, to.name if to else None]}
    record(by=by, at=at, action="request.assigned", subjects=[request], changes=changes)
    return request


@transaction.atomic
def ask_for_more(*, request: Request, text: str, version: int, by: Any, at: datetime) -> Request:
    """Ask the centre for more information; the question stands in the thread, not in the mail. Raises Refused."""
    request = lock_request(request)
    raise_if_any(refusals_to_act(act_facts(request, Act.ASK, by=by, at=at, seen=version, text=text)))
    _say(request, text, by=by, at=at, is_of_staff=True)
    move(request, Act.ASK, by=by, at=at)
    return request


@transaction.atomic
def decide_request(
    *,
    request: Request,
    act: Act,
    version: int,
    by: Any,
    at: datetime,
    text: str = "",
    severity: str = "",
    is_fee_waived: bool = False,
) -> Request:
    """Accept or decline a request: what it asks for is done to the entry in the same transaction.

    An accepted withdrawal withdraws the entry, an accepted amendment amends it, an accepted correction corrects the
    candidate, through their own services.
    text: shown to the centre; of special consideration kept for staff. severity: for staff and institutions alone.
    Raises Refused where somebody else was quicker, and where the rules of entry or candidate say no; then nothing has
    changed.
    """
    request = lock_request(request)
    facts = act_facts(request, act, by=by, at=at, seen=version, text=text, severity=severity)
    raise_if_any([*_is_a_decision(act), *refusals_to_act(facts)])
    request.is_accepted, request.decided_by = act == Act.ACCEPT, by
    request.severity, request.is_fee_waived = severity, is_fee_waived and request.kind == Kind.WITHDRAWAL
    if text.strip():
        is_silent = request.kind == Kind.SPECIAL_CONSIDERATION
        _say(request, text, by=by, at=at, is_of_staff=True, is_internal=is_silent)
    if request.is_accepted:
        _carry_out(request, by=by, at=at)
    decided = {name: [None, getattr(request, name)] for name in ("is_accepted", "severity", "is_fee_waived")}
    move(request, act, by=by, at=at, decided=decided)
    return request


@transaction.atomic
def decide_event(*, request: Request, act: Act, versions: dict[str, int], by: Any, at: datetime, **given: Any) -> int:
    """Decide all open requests of one event alike, or none of them; how many.

    versions: what the person saw, by reference. Raises Refused, each sentence with the reference that it is about.
    """
    requests = Request.objects.of_event(request.event).open().order_by("pk")
    refusals: list[Refusal] = []
    for each in requests:
        try:
            decide_request(request=each, act=act, version=versions.get(each.reference, 0), by=by, at=at, **given)
        except Refused as refused:
            refusals += [
                Refusal.retold(vars(why) | {"sentence": f"{each}: {why.sentence}"}) for why in refused.refusals
            ]
    raise_if_any(refusals)
    return len(requests)


def _is_a_decision(act: Act) -> list[Refusal]:
    return [] if act in (Act.ACCEPT, Act.DECLINE) else [Refusal("ACT-02", "Choose Accept or Decline.", "act")]


def _carry_out(request: Request, *, by: Any, at: datetime) -> None:
    if request.kind == Kind.CANDIDATE_CORRECTION:
        make_correction(request, by=by, at=at)
    entry: Any = request.entry
    if request.kind == Kind.WITHDRAWAL:
        withdraw_entry(entry=entry, version=None, by=by, at=at, is_granted=True)
    elif request.kind == Kind.ENTRY_AMENDMENT:
        raise_if_any(filter(None, [amendment_adds_no_paper(request_facts(request, by=by, at=at))]))
        grant_amendment(entry=entry, answers=entry_answers(request), by=by, at=at)


def _say(
    request: Request, text: str, *, by: Any, at: datetime, is_of_staff: bool = False, is_internal: bool = False
) -> Message:
    return Message.objects.create(
        request=request, at=at, by=by, is_of_staff=is_of_staff, is_internal=is_internal, text=text.strip()
    )
