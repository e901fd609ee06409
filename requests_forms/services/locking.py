"""The request as it stands now, and what the rules need to know of somebody doing something with it."""

from datetime import datetime
from typing import Any

from core.history import history_of
from core.refusals import raise_if_any

from ..enums import Act
from ..models import Request
from ..rules import ActFacts, at_the_beginning, refusals_to_open_act
from .facts import makes_entries


def lock_request(request: Request) -> Request:
    """The request as it stands now, locked until the transaction ends. Raises DoesNotExist where it was discarded."""
    related = ("centre__exams_officer", "entry__session", "entry__centre", "invoice", "candidate", "sent_by", "person")
    return Request.objects.select_related(*related).select_for_update(of=("self",)).get(pk=request.pk)


def act_facts(request: Request, act: Act, *, by: Any, at: datetime, seen: int | None = None, **given: Any) -> ActFacts:
    """The facts of this person doing this; seen is the version that they were shown, None where any will do."""
    last = history_of(request).filter(action__startswith="request.moved").first()
    return ActFacts(
        at=at,
        act=act,
        kind=request.kind,
        status=request.status,
        makes_entries=makes_entries(request.centre, by),
        is_staff=by.is_staff,
        version=request.version,
        is_reduced=request.is_reduced,
        seen=request.version if seen is None else seen,
        last_who=_who(last.by if last else request.started_by, by, request.team),
        last_at=last.at if last else request.changed_at,
        **given,
    )


def refuse_unless_it_can_be(request: Request, act: Act, *, by: Any, at: datetime) -> None:
    """Raise Refused with every reason against this act of this person now."""
    raise_if_any(refusals_to_open_act(act_facts(request, act, by=by, at=at)))


def _who(by: Any, reader: Any, team: str) -> str:
    if by is None:
        return "The portal"
    if by == reader:
        return "You"
    return at_the_beginning(team) if by.is_staff and not reader.is_staff else by.name
