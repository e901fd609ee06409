"""Drafts: what an officer types before Submit."""

from datetime import datetime
from typing import Any

from django.db import transaction

from core.refusals import raise_if_any

from ..models import StepDraft, StepSession
from ..rules import refusals_to_start
from .facts import facts_to_start


def start_entry(*, session: StepSession, centre: Any, by: Any, at: datetime) -> StepDraft:
    """A new, empty draft. It stands in no list before something is answered.

    Raises Refused outside the registration window, and where the centre is not approved.
    """
    raise_if_any(refusals_to_start(facts_to_start(session=session, centre=centre, at=at)))
    return StepDraft.objects.create(session=session, centre=centre, started_by=by, created_at=at, modified_at=at)


@transaction.atomic
def save_step(*, draft: StepDraft, step: str, answers: dict[str, Any], at: datetime) -> StepDraft:
    """Keep what was typed in one step, right or wrong; the other steps stay as they are.

    A draft that was submitted in the meantime is left alone. Raises StepDraft.DoesNotExist where it was discarded.
    """
    locked = StepDraft.objects.select_for_update(of=("self",)).select_related("session", "centre").get(pk=draft.pk)
    if locked.submitted_at is None:
        locked.answers[step] = answers
        locked.modified_at = at
        locked.save(update_fields=["answers", "modified_at"])
    return locked


@transaction.atomic
def discard_draft(*, draft: StepDraft) -> bool:
    """Delete a draft that was not submitted; whether it was deleted. One that was submitted stays, with its entry."""
    count, _ = StepDraft.objects.filter(pk=draft.pk, submitted_at=None).delete()
    return count > 0


def purge_drafts(*, at: datetime) -> int:
    """Delete drafts that are kept no longer (14 days after closing; empty ones after a day); their number."""
    _, deleted = StepDraft.objects.expired(at).delete()
    return deleted.get(StepDraft._meta.label, 0)
