"""Moving the registrations and unit entries of a candidate whose record becomes one with another."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from candidates.rules.merging import Mover
from core.history import record
from core.refusals import Refusal

from ..enums import STANDING
from ..models import DraftEntry, Registration, Transfer, UnitEntry
from ..rules.merging import candidates_share_no_registration, candidates_share_no_unit


def refusals_to_merge(goes: int, stays: int) -> list[Refusal]:
    """Why the entries of two candidates, by the ids of their records, cannot be those of one."""
    both = [goes, stays]
    codes = Registration.objects.filter(candidate__in=both, state__in=STANDING).order_by("qualification__code")
    units = UnitEntry.objects.live().filter(candidate__in=both).order_by("unit__number", "series_id")
    told = [
        candidates_share_no_registration(code, True)
        for code in _twice(codes.values_list("qualification__code", flat=True))
    ]
    entries = {(entry.unit_id, entry.series_id): entry for entry in units.select_related("unit", "series")}
    told += [
        candidates_share_no_unit(str(entries[key].unit), str(entries[key].series), True)
        for key in _twice(units.values_list("unit_id", "series_id"))
    ]
    return [refusal for refusal in told if refusal]


def move_entries(goes: Any, stays: Any, by: Any, at: datetime) -> int:
    """Let the registrations and unit entries of one record be those of the other; how many they are."""
    _move_lines_of_forms(goes, stays)
    _move_transfers(goes, stays)
    return sum(_move(model, goes, stays, by, at) for model in (Registration, UnitEntry))


def _move_lines_of_forms(goes: Any, stays: Any) -> None:
    """On web forms that have both, the one that stays is left as it is."""
    lines = DraftEntry.objects.filter(candidate=goes)
    lines.filter(draft__in=DraftEntry.objects.filter(candidate=stays).values("draft")).delete()
    lines.update(candidate=stays)


def _move_transfers(goes: Any, stays: Any) -> None:
    """Attempts at a centre before count for the record that stays."""
    Transfer.objects.filter(source=goes).update(source=stays)
    Transfer.objects.filter(target=goes).update(target=stays)


def _move(model: Any, goes: Any, stays: Any, by: Any, at: datetime) -> int:
    entries = list(model.objects.filter(candidate=goes).select_for_update(of=("self",)).order_by("pk"))
    model.objects.filter(pk__in=[entry.pk for entry in entries]).update(candidate=stays)
    changes = {"candidate": [goes.pk, stays.pk]}
    record(by=by, at=at, action="technicals-entry.candidate-merged", subjects=entries, changes=changes)
    return len(entries)


def _twice(values: Iterable[Any]) -> list[Any]:
    """What comes more than once, in order."""
    seen, twice = set(), {}
    for value in values:
        if value in seen:
            twice[value] = True
        seen.add(value)
    return list(twice)


MOVER = Mover("Cambridge Technicals entries", refusals_to_merge, move_entries)
"""What Cambridge Technicals says of two candidates whose records are to become one."""
