"""Making one record of two; and remembering that two alike records are two people."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction

from centres.models import Centre
from core.history import record
from core.moments import uk_date
from core.refusals import Refusal, raise_if_any

from ..models import Candidate, CandidatesDiffer
from ..rules.clashes import record_is_as_seen
from ..rules.guarding import change_needs_no_proof, entries_of
from ..rules.identity import person_key
from ..rules.merging import (
    ONE,
    chosen_values,
    differing,
    every_cell_is_chosen,
    movers,
    record_is_active,
    staying_record_is_chosen,
)
from ..rules.people import academic_year
from .correcting import changed, details_in_texts, person_of


@transaction.atomic
def merge_candidates(
    *,
    one: Candidate,
    other: Candidate,
    stays: str,
    chosen: Mapping[str, str],
    seen: tuple[str, str] | None = None,
    by: Any,
    at: datetime,
) -> tuple[Candidate, dict[str, int]]:
    """Make one record of two of a centre, and move all that hangs on the one that goes; it stays, marked as merged.

    stays, and the values of chosen by the slug of a cell: "one" or "other". seen: the fingerprints of both as the
    person was shown them. Both records stay locked until the end, so nothing new is entered for either meanwhile.
    Returns the record that stays, and how much of what was moved. Raises Refused with every reason against it, and
    then nothing has changed.
    """
    _wait_for_others(one.centre_id)
    one, other = _lock(one, other)
    raise_if_any(_refusals(one, other, stays, chosen, seen))
    kept, gone = (one, other) if stays == ONE else (other, one)
    values = chosen_values(one, other, chosen)
    raise_if_any(_refusals_of_guard(kept, gone, values, at))
    before = details_in_texts(kept)
    gone.merged_into = kept
    gone.save(update_fields=["merged_into"])  # first: two records that count do not share an identifier
    for name, value in values.items():
        setattr(kept, name, value)
    kept.person_key = person_key(kept.first_name, kept.last_name)
    kept.save(update_fields=[*values, "person_key"])
    moved = _move(kept, gone, by, at)
    changes = changed(before, details_in_texts(kept))
    record(by=by, at=at, action="candidate.merged", subjects=[kept], changes=changes, note=_note(gone, moved))
    record(by=by, at=at, action="candidate.merged-away", subjects=[gone], note=str(kept)[:200])
    return kept, moved


def refusals_of_movers(*, one: Candidate, other: Candidate) -> list[Refusal]:
    """Why what hangs on two records cannot hang on one, whichever of them stays."""
    return [refusal for mover in movers() for refusal in mover.refusals(other.pk, one.pk)]


@transaction.atomic
def tell_apart(*, one: Candidate, other: Candidate, by: Any, at: datetime) -> bool:
    """Remember that two alike records are two people; whether that is new."""
    one, other = _lock(one, other)
    _, is_new = CandidatesDiffer.objects.get_or_create(one=one, other=other)
    if is_new:
        record(by=by, at=at, action="candidate.told-apart", subjects=[one], note=str(other)[:200])
        record(by=by, at=at, action="candidate.told-apart", subjects=[other], note=str(one)[:200])
    return is_new


def _wait_for_others(centre: int) -> None:
    """Nobody enters, withdraws or transfers for the centre meanwhile: what is moved was judged as it stands."""
    Centre.objects.select_for_update(of=("self",), no_key=True).get(pk=centre)


def _lock(one: Candidate, other: Candidate) -> tuple[Candidate, Candidate]:
    """Both as they stand now, the older record first whichever way they were named."""
    locked = Candidate.objects.lock(one.pk, other.pk)
    first, second = (locked[pk] for pk in sorted((one.pk, other.pk)))
    return first, second


def _refusals(
    one: Candidate, other: Candidate, stays: str, chosen: Mapping[str, str], seen: tuple[str, str] | None
) -> list[Refusal]:
    seen_one, seen_other = seen or (None, None)
    found = [
        *(record_is_active(str(each), str(each.merged_into or "")) for each in (one, other)),
        record_is_as_seen(seen_one, one.fingerprint, str(one)),
        record_is_as_seen(seen_other, other.fingerprint, str(other)),
        staying_record_is_chosen(stays),
    ]
    refusals = [refusal for refusal in found if refusal]
    return [*refusals, *every_cell_is_chosen(differing(one, other), chosen), *refusals_of_movers(one=one, other=other)]


def _refusals_of_guard(kept: Candidate, gone: Candidate, values: Mapping[str, Any], at: datetime) -> list[Refusal]:
    """What GUARD-01 says of the values that somebody with entries would have: either of the two."""
    given = {name: values.get(name, getattr(kept, name)) for name in ("first_name", "last_name", "date_of_birth")}
    year = academic_year(uk_date(at))
    both = [(person_of(each, year), entries_of(each.pk)) for each in (kept, gone)]
    found = [change_needs_no_proof(before, replace(before, **given), entries) for before, entries in both]
    return [refusal for refusal in found if refusal]


def _move(kept: Candidate, gone: Candidate, by: Any, at: datetime) -> dict[str, int]:
    Candidate.objects.filter(merged_into=gone).update(merged_into=kept)
    moved = {"groups": _move_groups(kept, gone)} | {mover.name: mover.move(gone, kept, by, at) for mover in movers()}
    _keep_apart(kept, gone)
    return {name: count for name, count in moved.items() if count}


def _move_groups(kept: Candidate, gone: Candidate) -> int:
    groups = list(gone.groups.all())
    kept.groups.add(*groups)
    gone.groups.clear()
    return len(groups)


def _keep_apart(kept: Candidate, gone: Candidate) -> None:
    """Whoever differs from the record that goes differs from the one that stays."""
    pairs = CandidatesDiffer.objects.filter(one=gone) | CandidatesDiffer.objects.filter(other=gone)
    others = {pk for pair in pairs.values_list("one", "other") for pk in pair} - {kept.pk, gone.pk}
    CandidatesDiffer.objects.bulk_create(
        (CandidatesDiffer(one_id=min(pk, kept.pk), other_id=max(pk, kept.pk)) for pk in sorted(others)),
        ignore_conflicts=True,
    )


def _note(gone: Candidate, moved: Mapping[str, int]) -> str:
    told = "; ".join(f"{name}: {count}" for name, count in moved.items())
    return f"{gone}{f' ({told})' if told else ''}"[:200]
