"""Undoing the withdrawal of a unit entry, which charges anew what was credited (decision 0019)."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from core.history import record
from core.moments import uk_date
from core.refusals import raise_if_any

from ..enums import GONE, EntryState, FeeReason
from ..models import FeeLine, Registration, UnitEntry
from ..rules.facts import LEADING_ON
from ..rules.restoring import RestoreFacts, refusals_to_restore
from .crediting import lines_of
from .entering import wait_for_others
from .withdrawing import OF_WITHDRAWAL, lock_unit_entry

RESTORED = "technicals-unit-entry.withdrawal-undone"


@transaction.atomic
def restore_unit(*, entry: UnitEntry, by: Any, at: datetime) -> UnitEntry:
    """Let a withdrawn unit entry stand again, as it was; each charge that was credited is made anew.

    Raises Refused with every reason, and then nothing has changed.
    """
    wait_for_others(entry.centre)
    entry = lock_unit_entry(entry)
    raise_if_any(refusals_to_restore(_facts(entry, at)))
    charges = _charge_again(entry, at)
    before, entry.state = entry.state, EntryState.LIVE
    entry.withdrawal_asked_at = None
    entry.withdrawal_reason = entry.withdrawal_note = ""
    entry.save(update_fields=["state", *OF_WITHDRAWAL])
    changes = {"state": [before, entry.state.value], "charged again": [0, len(charges)]}
    record(by=by, at=at, action=RESTORED, subjects=[entry], changes=changes)
    return entry


def _facts(entry: UnitEntry, at: datetime) -> RestoreFacts:
    others = UnitEntry.objects.filter(candidate=entry.candidate_id, unit=entry.unit_id).exclude(pk=entry.pk)
    since = Q(created_at__gte=entry.withdrawal_asked_at or entry.created_at) & ~Q(state__in=GONE)
    stands = Q(series=entry.series_id, state=EntryState.LIVE)  # of a record that was merged: made before, moved since
    code = entry.qualification
    leading = Q(qualification__to_code=code.code, qualification__entry_kind__in=LEADING_ON)
    registered = Registration.objects.live().filter(
        Q(qualification=code) | leading, candidate=entry.candidate_id, centre=entry.centre_id
    )
    return RestoreFacts(
        state=entry.state,
        today=uk_date(at),
        code=code.code,
        refund_until=entry.series.refund_until,
        is_entered_again=others.filter(since | stands).exists(),
        is_registered=not entry.series.is_exam_series or registered.exists(),
    )


def _charge_again(entry: UnitEntry, at: datetime) -> list[FeeLine]:
    withdrawn_at = entry.withdrawal_asked_at or entry.created_at
    credits = lines_of(entry).filter(reason=FeeReason.REFUND, created_at=withdrawn_at)
    return FeeLine.objects.bulk_create(
        FeeLine(
            centre_id=credit.centre_id,
            submission_id=credit.submission_id,
            registration_id=credit.registration_id,
            unit_entry_id=credit.unit_entry_id,
            kind=credit.kind,
            amount=None if credit.amount is None else -credit.amount,
            is_sample=credit.is_sample,
            order_number=credit.order_number,
            created_at=at,
        )
        for credit in credits.order_by("pk")
    )
