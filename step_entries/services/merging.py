"""Moving the STEP entries of a candidate whose record becomes one with another."""

from collections import defaultdict
from datetime import datetime
from typing import Any

from candidates.rules.merging import Mover
from core.history import record
from core.refusals import Refusal

from ..models import StepEntry
from ..rules.merging import candidates_share_no_session


def refusals_to_merge(goes: int, stays: int) -> list[Refusal]:
    """Why the STEP entries of two candidates, by the ids of their records, cannot be those of one."""
    live = StepEntry.objects.live().filter(candidate__in=[goes, stays]).select_related("session").order_by("number")
    by_session: dict[str, list[str]] = defaultdict(list)
    for entry in live:
        by_session[str(entry.session)].append(entry.number)
    pairs = {session: (numbers[0], numbers[1]) for session, numbers in by_session.items() if len(numbers) > 1}
    return [refusal for session, pair in pairs.items() if (refusal := candidates_share_no_session(session, pair))]


def move_entries(goes: Any, stays: Any, by: Any, at: datetime) -> int:
    """Let the entries of one record, withdrawn ones too, be those of the other; how many they are.

    They keep number, status and their own copy of the details (decision 0002).
    """
    entries = list(StepEntry.objects.filter(candidate=goes).select_for_update(of=("self",)).order_by("pk"))
    StepEntry.objects.filter(pk__in=[entry.pk for entry in entries]).update(candidate=stays)
    changes = {"candidate": [goes.pk, stays.pk]}
    record(by=by, at=at, action="step-entry.candidate-merged", subjects=entries, changes=changes)
    return len(entries)


MOVER = Mover("STEP entries", refusals_to_merge, move_entries)
