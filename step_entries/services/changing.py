"""What amending an entry, withdrawing it and bringing it back have in common."""

from datetime import datetime
from typing import Any

from centres.models import Membership
from core.history import history_of

from ..models import StepEntry
from ..rules import ChangeFacts, LastChange
from .facts import facts_to_start

DID = {
    "step-entry.amended": "changed",
    "step-entry.withdrawn": "withdrew",
    "step-entry.restored": "brought back",
    "step-entry.confirmed": "confirmed",
}
"""What the acts that raise the version of an entry are called in a sentence."""


def lock_entry(entry: StepEntry) -> StepEntry:
    """The entry as it stands now, locked until the transaction ends."""
    entries = StepEntry.objects.select_related("session", "centre__exams_officer", "submitted_by")
    return entries.select_for_update(of=("self",)).get(pk=entry.pk)


def change_facts(
    entry: StepEntry, *, by: Any, at: datetime, seen: int | None = None, is_granted: bool = False
) -> ChangeFacts:
    """The facts of this person changing this entry; seen is the version that they were shown, if they send one.

    is_granted: whether the STEP team carries out a request of the centre.
    """
    start = facts_to_start(session=entry.session, centre=entry.centre, at=at)
    return ChangeFacts(
        at=at,
        window=start.window,
        status=entry.status,
        may_change=_may_change(entry, by),
        version=entry.version,
        seen=seen,
        last_change=_last_change(entry, by),
        team_contact=start.team_contact,
        entered_anew_as=_entered_anew_as(entry) if entry.is_withdrawn else "",
        is_granted=is_granted and by.is_staff,
    )


def _may_change(entry: StepEntry, by: Any) -> bool:
    if by.is_staff:
        return True
    membership = Membership.objects.in_centre(entry.centre).filter(user=by).first()
    return bool(membership and membership.may_make_entries)


def _last_change(entry: StepEntry, reader: Any) -> LastChange:
    change = history_of(entry).filter(action__in=DID).first()
    if change is None:
        return LastChange("Somebody", "changed", entry.modified_at)
    return LastChange(_who(change.by, reader), DID[change.action], change.at)


def _who(by: Any, reader: Any) -> str:
    if by is None:
        return "The portal"
    if by == reader:
        return "You"
    return "The STEP team" if by.is_staff else by.name


def _entered_anew_as(entry: StepEntry) -> str:
    others = StepEntry.objects.live().filter(session=entry.session_id, candidate=entry.candidate_id)
    return others.order_by("number").values_list("number", flat=True).first() or ""
