"""Marking a candidate absent for a unit, and undoing that, by staff (decision 0019)."""

from datetime import datetime
from typing import Any

from django.db import transaction

from core.history import record
from core.refusals import raise_if_any

from ..enums import EntryState
from ..models import UnitEntry
from ..rules.withdrawing import absence_can_be_undone, absence_is_of_a_live_entry
from .entering import wait_for_others
from .withdrawing import OF_WITHDRAWAL, lock_unit_entry

MARKED = "technicals-unit-entry.marked-absent"
UNMARKED = "technicals-unit-entry.absence-undone"


@transaction.atomic
def mark_absent(*, entry: UnitEntry, by: Any, at: datetime) -> UnitEntry:
    """Note that a candidate did not sit a unit: the entry is no attempt, and a later sitting is charged as a resit.

    Raises Refused where the entry does not stand.
    """
    wait_for_others(entry.centre)
    entry = lock_unit_entry(entry)
    refusal = absence_is_of_a_live_entry(entry.state)
    raise_if_any([refusal] if refusal else [])
    return _move(entry, EntryState.ABSENT, MARKED, by, at)


@transaction.atomic
def undo_absence(*, entry: UnitEntry, by: Any, at: datetime) -> UnitEntry:
    """Let a unit entry stand again whose candidate was marked absent, by staff or by a late withdrawal.

    Raises Refused where no absence stands, or the candidate is entered for the unit and series again.
    """
    wait_for_others(entry.centre)
    entry = lock_unit_entry(entry)
    again = UnitEntry.objects.live().filter(candidate=entry.candidate_id, unit=entry.unit_id, series=entry.series_id)
    refusal = absence_can_be_undone(entry.state, again.exists())
    raise_if_any([refusal] if refusal else [])
    entry.withdrawal_asked_at = None
    entry.withdrawal_reason = entry.withdrawal_note = ""
    return _move(entry, EntryState.LIVE, UNMARKED, by, at)


def _move(entry: UnitEntry, state: EntryState, action: str, by: Any, at: datetime) -> UnitEntry:
    before, entry.state = entry.state, state
    entry.save(update_fields=["state", *OF_WITHDRAWAL])
    record(by=by, at=at, action=action, subjects=[entry], changes={"state": [before, state]})
    return entry
