"""Confirming entries: one act, whether for one entry or for fifty thousand."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F

from core.history import record
from core.refusals import Refusal
from outbox.services import raise_alert

from ..enums import ConfirmationOutcome, EntryStatus
from ..models import ConfirmationItem, ConfirmationRun, StepEntry
from ..querysets import StepEntryQuerySet
from ..rules import MOVES, ConfirmationFacts, refusals_to_confirm

CHUNK = 1000
NUMBERS_NAMED = 10
"""How many entries an alarm names before it counts the rest."""
ITEMS_SHOWN = 200
"""How many entries that would not be confirmed a preview names."""

Alarm = tuple[str, str]
"""The key of an alarm and its sentence."""


@dataclass(frozen=True)
class Preview:
    """What a run would do: the number of entries "confirmed", "held" and "refused", and items that it would write."""

    counts: Counter[str] = field(default_factory=Counter)
    items: list[ConfirmationItem] = field(default_factory=list)

    @property
    def left(self) -> int:
        """How many would not be confirmed; `items` names the first of them."""
        return self.counts.total() - self.counts["confirmed"]


def due_entries(*, at: datetime) -> StepEntryQuerySet:
    """Entries whose waiting time (STEP_CONFIRM_AFTER) is over, those held by staff included."""
    return StepEntry.objects.awaiting_confirmation(at, settings.STEP_CONFIRM_AFTER)


def run_due_confirmations(*, by: Any, at: datetime) -> ConfirmationRun | None:
    """Confirm every entry that is due, in chunks; None where there is nothing to do.

    Safe when two run at once and when one is cut off: each chunk is a transaction of its own, and what
    it did not reach is still due for the next run.
    """
    if not due_entries(at=at).filter(held_at=None).exists():
        return None
    return confirm_entries(entries=due_entries(at=at), by=by, at=at)


def confirm_entries(*, entries: StepEntryQuerySet, by: Any, at: datetime) -> ConfirmationRun:
    """Confirm these entries; each one is confirmed, or an item of the run says why not.

    Entries that another run holds locked are left to it. *Modified* does not change. The number of
    confirmed, held and refused entries stands on the run.
    """
    run = ConfirmationRun.objects.create(started_at=at, started_by=by)
    last = 0
    while (reached := _work_chunk(run, entries, last, by, at)) is not None:
        last = reached
    ConfirmationRun.objects.filter(pk=run.pk).update(is_finished=True)
    run.refresh_from_db()
    return run


@transaction.atomic
def _work_chunk(run: ConfirmationRun, entries: StepEntryQuerySet, after: int, by: Any, at: datetime) -> int | None:
    chunk = list(
        entries.filter(pk__gt=after)
        .order_by("pk")
        .select_for_update(skip_locked=True, of=("self",))
        .prefetch_related("session__papers")[:CHUNK]
    )
    if not chunk:
        return None
    verdicts = [(entry, refusals_to_confirm(_facts(entry))) for entry in chunk]
    clear = [entry for entry, refusals in verdicts if not refusals]
    items = [_item(run, entry, refusals) for entry, refusals in verdicts if refusals]
    _confirm(clear, run, by, at)
    ConfirmationItem.objects.bulk_create(items)
    alarms = _hold_refused(items, run, at) + _same_people(clear)
    held = sum(item.outcome == ConfirmationOutcome.HELD for item in items)
    ConfirmationRun.objects.filter(pk=run.pk).update(
        confirmed=F("confirmed") + len(clear), held=F("held") + held, refused=F("refused") + len(items) - held
    )
    _raise_alarms(alarms, at)
    return chunk[-1].pk


def _facts(entry: StepEntry) -> ConfirmationFacts:
    return ConfirmationFacts(
        status=entry.status,
        held_reason=entry.held_reason if entry.is_held else None,
        papers=entry.papers,
        session_papers=[paper.paper for paper in entry.session.papers.all()],
    )


def _outcome(refusals: Sequence[Refusal]) -> str:
    if not refusals:
        return ""
    is_held = any(refusal.code == "CONFIRM-02" for refusal in refusals)
    return ConfirmationOutcome.HELD if is_held else ConfirmationOutcome.REFUSED


def _item(run: ConfirmationRun | None, entry: StepEntry, refusals: Sequence[Refusal]) -> ConfirmationItem:
    return ConfirmationItem(
        run=run,
        entry=entry,
        outcome=_outcome(refusals),
        reason=" ".join(refusal.sentence for refusal in refusals)[:300],
    )


def _hold_refused(items: list[ConfirmationItem], run: ConfirmationRun, at: datetime) -> list[Alarm]:
    """An entry that a rule refuses is held with the reason and told to staff, and does not come up in every run.

    One that does not await confirmation (any more) is left alone.
    """
    refused = [item for item in items if item.outcome == ConfirmationOutcome.REFUSED]
    waiting = [item for item in refused if item.entry.status == EntryStatus.NOT_YET_CONFIRMED]
    for item in waiting:
        hold_entries(entries=[item.entry], reason=item.reason[:200], by=None, at=at)
    return [
        (
            f"step-not-confirmed:{item.entry.number}:run-{run.pk}",
            f"{item.entry.number} was not confirmed and is held: {item.reason}",
        )
        for item in waiting
    ]


def _raise_alarms(alarms: list[Alarm], at: datetime) -> None:
    """Raise them in the order of their keys, so that two runs with the same alarms do not wait for each other."""
    for key, sentence in sorted(alarms):
        raise_alert(key=key, sentence=sentence, at=at)


def _confirm(entries: list[StepEntry], run: ConfirmationRun, by: Any, at: datetime) -> None:
    _, confirmed = MOVES["confirm"]
    StepEntry.objects.filter(pk__in=[entry.pk for entry in entries]).update(
        status=confirmed, confirmed_at=at, version=F("version") + 1
    )
    record(
        by=by,
        at=at,
        action="step-entry.confirmed",
        subjects=entries,
        changes={"status": [EntryStatus.NOT_YET_CONFIRMED, confirmed]},
        note=f"run {run.pk}",
    )


def _same_people(entries: list[StepEntry]) -> list[Alarm]:
    """The same person entered at another centre is flagged to staff and not held (decision 0006)."""
    alarms = []
    flagged = StepEntry.objects.filter(pk__in=[entry.pk for entry in entries]).with_same_person_elsewhere()
    for entry in flagged.filter(is_entered_elsewhere=True):
        others = (
            StepEntry.objects.live()
            .filter(session=entry.session_id, person_key=entry.person_key, date_of_birth=entry.date_of_birth)
            .order_by("number")
        )
        alarms.append(_same_person([other.number for other in others]))
    return alarms


def _same_person(numbers: list[str]) -> Alarm:
    named, more = numbers[:NUMBERS_NAMED], len(numbers) - NUMBERS_NAMED
    key, shown = "-".join(named), ", ".join(named)
    if more > 0:
        key, shown = f"{key}-{more}-more-to-{numbers[-1]}", f"{shown} and {more} more"
    return (
        f"step-same-person:{key}",
        f"The same name and date of birth stand on entries of different centres: {shown}.",
    )


def entries_left_by(run: ConfirmationRun, entries: StepEntryQuerySet) -> StepEntryQuerySet:
    """Those of the entries handed to a run that it did not reach, because somebody else was working on them."""
    return entries.exclude(confirmed_at=run.started_at).exclude(pk__in=run.items.values("entry")).order_by("number")


def preview_run(*, at: datetime) -> Preview:
    """What a run would do now. Changes nothing."""
    due = due_entries(at=at).order_by("pk").select_related("centre").prefetch_related("session__papers")
    preview = Preview()
    for entry in due.iterator(chunk_size=CHUNK):
        refusals = refusals_to_confirm(_facts(entry))
        preview.counts[_outcome(refusals) or "confirmed"] += 1
        if refusals and len(preview.items) < ITEMS_SHOWN:
            preview.items.append(_item(None, entry, refusals))
    return preview


def hold_entries(*, entries: Iterable[StepEntry], reason: str, by: Any, at: datetime) -> int:
    """Keep entries from being confirmed until they are released; the number of entries held by this call."""
    return _set_hold(entries, at, reason, by, at, "step-entry.held")


def release_entries(*, entries: Iterable[StepEntry], by: Any, at: datetime) -> int:
    """Let held entries be confirmed again; the number of entries released by this call."""
    return _set_hold(entries, None, "", by, at, "step-entry.released")


@transaction.atomic
def _set_hold(
    entries: Iterable[StepEntry], held_at: datetime | None, reason: str, by: Any, at: datetime, action: str
) -> int:
    ids = [entry.pk for entry in entries]
    changing = list(
        StepEntry.objects.select_for_update()
        .filter(pk__in=ids, status=EntryStatus.NOT_YET_CONFIRMED, held_at__isnull=held_at is not None)
        .order_by("pk")
    )
    StepEntry.objects.filter(pk__in=[entry.pk for entry in changing]).update(held_at=held_at, held_reason=reason)
    record(by=by, at=at, action=action, subjects=changing, note=reason)
    return len(changing)
