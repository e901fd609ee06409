"""Withdrawing an entry and undoing that, while registration is open (guide 6.3, decision 0011)."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from core.history import record
from core.refusals import Refusal, raise_if_any

from ..models import StepEntry
from ..rules import MOVES, EntryFacts, refusals_to_restore, refusals_to_withdraw
from .amending import facts_to_amend
from .changing import change_facts, lock_entry
from .facts import judged_alone
from .mails import queue_entry_mail


@transaction.atomic
def withdraw_entry(
    *, entry: StepEntry, version: int | None, by: Any, at: datetime, is_granted: bool = False
) -> StepEntry:
    """Withdraw an entry: status, history and mail in one transaction. It keeps its number; a hold ends with it.

    version: that of the entry as the person saw it; None where any will do. at: when the request arrived.
    is_granted: whether the STEP team carries out a request of the centre, also after closing.
    Raises Refused with every reason against it, and then nothing has changed.
    """
    entry = lock_entry(entry)
    facts = change_facts(entry, by=by, at=at, seen=version, is_granted=is_granted)
    raise_if_any(refusals_to_withdraw(facts))
    old = entry.status
    _, entry.status = MOVES["withdraw"]
    changes: dict[str, list[Any]] = {"status": [old, entry.status]}
    if entry.is_held:
        changes["held_reason"] = [entry.held_reason, ""]
    entry.withdrawn_at, entry.confirmed_at = at, None
    entry.held_at, entry.held_reason = None, ""
    entry.version += 1
    entry.save()
    record(by=by, at=at, action="step-entry.withdrawn", subjects=[entry], changes=changes)
    _tell(entry, "withdrawn", by, at, deadline=facts.window.deadline, can_be_undone=facts.window.is_open(at))
    return entry


def undo_withdrawal(*, entry: StepEntry, by: Any, at: datetime, different_from: str = "") -> StepEntry:
    """Bring a withdrawn entry back under its old number, as NOT YET CONFIRMED, judged as at Submit.

    different_from: what the tick "different person" answers, where it was asked.
    Raises Refused with every reason against it, and then nothing has changed.
    """
    try:
        with transaction.atomic():
            return _restore(entry, by, at, different_from)
    except IntegrityError:
        # A colleague's Submit won the race to one of the constraints: now the rules see their entry.
        entry.refresh_from_db()
        raise_if_any(refusals_to_undo_withdrawal(entry, by=by, at=at, different_from=different_from))
        raise


def _restore(entry: StepEntry, by: Any, at: datetime, different_from: str) -> StepEntry:
    entry = lock_entry(entry)
    facts = judged_alone(entry.centre, lambda: _facts(entry, at, different_from))
    raise_if_any(refusals_to_restore(change_facts(entry, by=by, at=at, seen=entry.version), facts))
    old = entry.status
    entry.is_different_person = facts.is_different_person
    _, entry.status = MOVES["restore"]
    entry.withdrawn_at, entry.unconfirmed_since = None, at
    entry.version += 1
    entry.save()
    record(by=by, at=at, action="step-entry.restored", subjects=[entry], changes={"status": [old, entry.status]})
    _tell(entry, "restored", by, at)
    return entry


def refusals_to_undo_withdrawal(
    entry: StepEntry, *, by: Any, at: datetime, different_from: str = "", is_sent: bool = True
) -> list[Refusal]:
    """Every reason against bringing this entry back now; is_sent says whether the person asks for it already."""
    change = change_facts(entry, by=by, at=at, seen=entry.version if is_sent else None)
    return refusals_to_restore(change, _facts(entry, at, different_from))


def _facts(entry: StepEntry, at: datetime, different_from: str) -> EntryFacts:
    return facts_to_amend(entry, {"is_different_person": different_from}, at=at)


def _tell(entry: StepEntry, what: str, by: Any, at: datetime, **context: Any) -> None:
    queue_entry_mail(
        entry,
        key=f"step-entry-{what}:{entry.number}:{entry.version}",
        template=f"step_entry_{what}",
        by=by,
        at=at,
        **context,
    )
