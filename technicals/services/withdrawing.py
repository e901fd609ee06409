"""Withdrawing unit entries, and asking for the withdrawal of registrations, by the centre (decision 0019)."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from core.history import record
from core.moments import uk_date
from core.refusals import raise_if_any

from ..enums import EntryState, FeeReason
from ..models import Registration, UnitEntry
from ..rules.withdrawing import (
    Outcome,
    RegistrationFacts,
    UnitFacts,
    facts_of_unit,
    is_unresolved,
    outcome_of,
    refusals_to_withdraw_registration,
    refusals_to_withdraw_unit,
    unit_in_words,
    withdrawal_is_pending,
)
from .crediting import credit_charges
from .entering import wait_for_others

STATE_AFTER = {
    Outcome.REFUNDED: EntryState.WITHDRAWN,
    Outcome.WITHDRAWN: EntryState.WITHDRAWN,
    Outcome.ABSENT: EntryState.ABSENT,
}
"""The state of a unit entry that was withdrawn."""
UNIT_WITHDRAWN = "technicals-unit-entry.withdrawn"
ASKED = "technicals-registration.withdrawal-asked"
UNDONE = "technicals-registration.withdrawal-undone"


@transaction.atomic
def withdraw_unit(
    *, entry: UnitEntry, reason: str = "", note: str = "", seen: bool | None = None, by: Any, at: datetime
) -> UnitEntry:
    """Withdraw a unit entry, by the days of its series: with all it cost credited, without, or as an absence.

    seen: whether the page promised a refund. Raises Refused with every reason, and then nothing has changed.
    """
    wait_for_others(entry.centre)
    entry = lock_unit_entry(entry)
    facts = unit_facts(entry, at, reason=reason, note=note, seen=seen)
    raise_if_any(refusals_to_withdraw_unit(facts))
    outcome = outcome_of(facts)
    before, entry.state = entry.state, STATE_AFTER[outcome]
    _note_withdrawal(entry, reason, note, at)
    credits = []
    if outcome is Outcome.REFUNDED:
        credits = credit_charges(entry=entry, reason=FeeReason.REFUND, by=by, at=at)
    changes = {
        "state": [before, entry.state.value],
        "reason": [None, reason],
        "note": [None, note.strip()],
        "charges credited": [0, len(credits)],
    }
    record(by=by, at=at, action=UNIT_WITHDRAWN, subjects=[entry], changes=changes)
    return entry


@transaction.atomic
def withdraw_registration(
    *, registration: Registration, reason: str, note: str = "", by: Any, at: datetime
) -> Registration:
    """Ask for the withdrawal of a registration: it is pending until staff process it, and can be undone until then.

    Meanwhile nothing new is entered under it. Raises Refused with every reason, and then nothing has changed.
    """
    wait_for_others(registration.centre)
    registration = lock_registration(registration)
    raise_if_any(refusals_to_withdraw_registration(registration_facts(registration, at, reason=reason, note=note)))
    registration.state = EntryState.WITHDRAWING
    _note_withdrawal(registration, reason, note, at)
    changes = {
        "state": [EntryState.LIVE, EntryState.WITHDRAWING],
        "reason": [None, reason],
        "note": [None, note.strip()],
    }
    record(by=by, at=at, action=ASKED, subjects=[registration], changes=changes)
    return registration


@transaction.atomic
def undo_withdrawal(*, registration: Registration, by: Any, at: datetime) -> Registration:
    """Take back the withdrawal of a registration while it is pending. Raises Refused where it is not."""
    wait_for_others(registration.centre)
    return let_stand_again(lock_registration(registration), action=UNDONE, note="", by=by, at=at)


def let_stand_again(registration: Registration, *, action: str, note: str, by: Any, at: datetime) -> Registration:
    """End a pending withdrawal without withdrawing: the registration, which the caller locked, is live again."""
    refusal = withdrawal_is_pending(registration.state)
    raise_if_any([refusal] if refusal else [])
    registration.state = EntryState.LIVE
    registration.withdrawal_asked_at = None
    registration.withdrawal_reason = registration.withdrawal_note = ""
    registration.save(update_fields=["state", *OF_WITHDRAWAL])
    changes = {"state": [EntryState.WITHDRAWING, EntryState.LIVE], "note": [None, note]}
    record(by=by, at=at, action=action, subjects=[registration], changes=changes)
    return registration


OF_WITHDRAWAL = ["withdrawal_asked_at", "withdrawal_reason", "withdrawal_note"]
"""The columns that a withdrawal fills."""


def unit_facts(entry: UnitEntry, at: datetime, **typed: Any) -> UnitFacts:
    """What the laws need of a unit entry at this moment; typed: reason, note and seen."""
    return facts_of_unit(entry, uk_date(at), contact_in_words(), **typed)


def contact_in_words() -> str:
    """Whom at OCR to ask, by telephone or mail."""
    return f"{settings.TECHNICALS_TEAM_PHONE}, {settings.TECHNICALS_TEAM_EMAIL}"


def registration_facts(registration: Registration, at: datetime, **typed: Any) -> RegistrationFacts:
    """What the laws need of a registration at this moment, with one query; typed: reason and note."""
    today, family = uk_date(at), registration.qualification.family
    subject, level, suite = family
    entries = UnitEntry.objects.live().filter(candidate=registration.candidate_id, centre=registration.centre_id)
    of_family = entries.filter(unit__subject=subject, unit__level=level, unit__suite=suite)
    found = of_family.select_related("unit", "series").order_by("series__entry_deadline", "unit__number")
    units = [unit_in_words(entry) for entry in found if is_unresolved(entry, today)]
    return RegistrationFacts(registration.state, registration.qualification.code, units, **typed)


def lock_unit_entry(entry: UnitEntry) -> UnitEntry:
    """The unit entry as it stands now, locked until the end of the transaction."""
    rows = UnitEntry.objects.select_related("series", "unit", "qualification", "centre", "candidate")
    return rows.select_for_update(of=("self",)).get(pk=entry.pk)


def lock_registration(registration: Registration) -> Registration:
    """The registration as it stands now, locked until the end of the transaction."""
    rows = Registration.objects.select_related("series", "qualification", "centre", "candidate", "submission")
    return rows.select_for_update(of=("self",)).get(pk=registration.pk)


def _note_withdrawal(entry: Registration | UnitEntry, reason: str, note: str, at: datetime) -> None:
    entry.withdrawal_asked_at = at
    entry.withdrawal_reason, entry.withdrawal_note = reason, note.strip()
    entry.save(update_fields=["state", *OF_WITHDRAWAL])
