"""Taking back what was charged: a line that credits another one; no line is ever changed or deleted."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from core.history import record
from core.refusals import raise_if_any

from ..enums import EntryState, FeeReason
from ..models import FeeLine, Registration, Transfer, UnitEntry
from ..rules.crediting import (
    charge_is_credited_once,
    charge_is_what_is_credited,
    credit_says_why,
    with_those_before,
)
from .entering import wait_for_others

CREDITED = "technicals-fee-line.credited"


def credit_charges(*, entry: Registration | UnitEntry, reason: FeeReason, by: Any, at: datetime) -> list[FeeLine]:
    """Credit every charge of an entry that is not credited yet; the credits that were made.

    What another centre was charged for it, before it was transferred, is credited to that centre. The caller's
    transaction holds the lock of `wait_for_others` on the centre of the entry.
    """
    charges = lines_of(entry).filter(reason=FeeReason.CHARGED).order_by("pk")
    locked = [charge.pk for charge in charges.select_for_update(of=("self",))]
    # Asked once they are locked: staff credit a line of another centre without waiting for this one.
    return _credit(FeeLine.objects.filter(pk__in=locked, credited_by=None).order_by("pk"), reason, "", by, at)


@transaction.atomic
def credit_by_decision(*, line: FeeLine, note: str, by: Any, at: datetime) -> FeeLine:
    """Credit one charge because staff decided so; the credit. The note is kept in the history of the charge.

    Raises Refused where it is credited already, or is a credit itself, or nobody says why.
    """
    wait_for_others(line.centre)
    charge = FeeLine.objects.select_for_update(of=("self",)).get(pk=line.pk)
    told = (
        charge_is_what_is_credited(charge.reason),
        charge_is_credited_once(charge.credited_by.exists()),
        credit_says_why(note),
    )
    raise_if_any(refusal for refusal in told if refusal)
    [credit] = _credit([charge], FeeReason.DECISION, note.strip(), by, at)
    return credit


def lines_of(entry: Registration | UnitEntry) -> QuerySet[FeeLine]:
    """The fee lines of an entry, and of the entries of other centres that it was transferred from."""
    if isinstance(entry, Registration):
        return FeeLine.objects.filter(registration__in=[each.pk for each in with_those_before(entry)])
    before = UnitEntry.objects.filter(
        candidate__in=_records_before(entry.candidate_id),
        unit=entry.unit_id,
        series=entry.series_id,
        state=EntryState.TRANSFERRED,
    )
    return FeeLine.objects.filter(Q(unit_entry=entry) | Q(unit_entry__in=before.order_by().values("pk")))


def _records_before(candidate: int) -> set[int]:
    """The records of other centres from which a candidate was transferred, one after the other."""
    found: set[int] = set()
    waiting = {candidate}
    while waiting:
        sources = set(Transfer.objects.filter(target__in=waiting).values_list("source_id", flat=True))
        waiting = sources - found
        found |= waiting
    return found


def _credit(charges: Iterable[FeeLine], reason: FeeReason, note: str, by: Any, at: datetime) -> list[FeeLine]:
    charges = list(charges)
    credits = FeeLine.objects.bulk_create(_credit_of(charge, reason, at) for charge in charges)
    changes = {"credited": [None, reason.value], "note": [None, note]}
    record(by=by, at=at, action=CREDITED, subjects=charges, changes=changes)
    return credits


def _credit_of(charge: FeeLine, reason: FeeReason, at: datetime) -> FeeLine:
    return FeeLine(
        centre_id=charge.centre_id,
        submission_id=charge.submission_id,
        registration_id=charge.registration_id,
        unit_entry_id=charge.unit_entry_id,
        kind=charge.kind,
        reason=reason,
        credits=charge,
        amount=None if charge.amount is None else -charge.amount,
        is_sample=charge.is_sample,
        order_number=charge.order_number,
        created_at=at,
    )
