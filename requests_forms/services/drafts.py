"""A request that is being written: its answers and its files (decision 0016)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from candidates.models import Candidate
from core.history import record
from core.refusals import raise_if_any
from step_entries.models import StepEntry
from technicals.models import Invoice

from ..enums import Act, Kind, Status
from ..models import Request
from ..rules import KEEP_DRAFTS, refusals_to_ask
from .facts import facts_to_ask
from .locking import lock_request, refuse_unless_it_can_be
from .storing import delete_files


def draft_of(
    *,
    kind: str,
    centre: Any,
    entry: StepEntry | None = None,
    invoice: Invoice | None = None,
    candidate: Candidate | None = None,
    by: Any,
) -> Request | None:
    """The draft of this kind that was begun: about the centre by this person, otherwise by anybody of the centre."""
    about = {"entry": entry, "invoice": invoice, "candidate": candidate}
    drafts = Request.objects.visible_to(by).drafts().filter(kind=kind, centre=centre, **about)
    drafts = drafts if any(about.values()) else drafts.filter(started_by=by)
    return drafts.select_related("entry__session", "invoice", "candidate", "centre").first()


@transaction.atomic
def raise_request(
    *,
    kind: str,
    centre: Any,
    entry: StepEntry | None = None,
    invoice: Invoice | None = None,
    candidate: Candidate | None = None,
    answers: Mapping[str, Any],
    by: Any,
    at: datetime,
) -> Request:
    """Begin a request with these answers, as typed; nothing is sent. Where one was begun already, it gets them.

    What is typed is kept though the window has closed meanwhile. Raises Refused where the person may not ask.
    """
    facts = facts_to_ask(kind=kind, centre=centre, entry=entry, by=by, at=at)
    raise_if_any(refusal for refusal in refusals_to_ask(facts) if not facts.may_ask and refusal.code == "ASK-07")
    about: dict[str, Any] = {"entry": entry, "invoice": invoice, "candidate": candidate}
    draft = draft_of(kind=kind, centre=centre, by=by, **about) or _begin(kind, centre, about, by, at)
    return save_request(request=draft, answers=answers, by=by, at=at)


def _begin(kind: str, centre: Any, about: dict[str, Any], by: Any, at: datetime) -> Request:
    begun = Request(kind=Kind(kind), centre=centre, **about, started_by=by, started_at=at, changed_at=at)
    try:
        with transaction.atomic():
            begun.save()
    except IntegrityError:
        # The other click of a double click, or a colleague, began it in the same moment.
        found = draft_of(kind=kind, centre=centre, by=by, **about)
        if found is None:
            raise
        return found
    return begun


@transaction.atomic
def save_request(*, request: Request, answers: Mapping[str, Any], by: Any, at: datetime) -> Request:
    """Keep the answers of a draft, as typed. Raises Refused where it was sent meanwhile, or `by` may not."""
    request = lock_request(request)
    refuse_unless_it_can_be(request, Act.SAVE, by=by, at=at)
    request.answers, request.changed_at = dict(answers), at
    request.version += 1
    request.save()
    return request


@transaction.atomic
def discard_request(*, request: Request, by: Any, at: datetime) -> None:
    """Delete a draft and its files. A second click finds nothing, and is no error.

    Raises Refused where it was sent meanwhile, or `by` may not.
    """
    try:
        request = lock_request(request)
    except Request.DoesNotExist:
        return
    refuse_unless_it_can_be(request, Act.DISCARD, by=by, at=at)
    record(by=by, at=at, action="request.discarded", subjects=[request])
    delete_files(request.evidence.all())
    request.delete()


def purge_requests_not_sent(*, at: datetime) -> int:
    """Delete drafts that nobody changed for 14 days, with their files; how many."""
    old = Request.objects.filter(status=Status.DRAFT, changed_at__lt=at - KEEP_DRAFTS)
    count = 0
    for draft in old:
        with transaction.atomic():
            locked = Request.objects.select_for_update().filter(pk=draft.pk, status=Status.DRAFT).first()
            if locked and locked.changed_at < at - KEEP_DRAFTS:
                delete_files(locked.evidence.all())
                locked.delete()
                count += 1
    return count
