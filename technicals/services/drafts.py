"""The web form while it is filled in: begun, its candidates and options, and cancelled. Nothing here is an entry."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from candidates.models import Candidate
from candidates.rules.people import academic_year
from candidates.services.correcting import person_of, register_candidate
from core.moments import uk_date
from core.refusals import Refused, raise_if_any
from core.texts import storable

from ..enums import EntryKind, EntryOption
from ..models import DraftEntry, EntryDraft, Qualification, Series
from ..rules.form import (
    candidates_are_chosen,
    every_candidate_has_an_option,
    form_is_there,
    list_is_short_enough,
    moving_down_is_declared_once_for_all,
    option_is_chosen,
    somebody_is_ticked,
    ticks_are_applied,
    top_up_has_no_units,
    unit_entry_names_units,
    units_are_few,
    units_go_with_a_unit_entry,
)
from ..rules.registering import declaration

LONGEST_KEPT = 60
"""Characters of an order number that is kept as typed, though it may be refused at Submit."""
KEEP_DRAFTS = timedelta(days=30)
"""How long a web form that nobody changes is kept (decision 19)."""


@transaction.atomic
def start_draft(
    *,
    centre: Any,
    qualification: Qualification,
    series: Series | None,
    candidates: Iterable[Candidate] = (),
    by: Any,
    at: datetime,
) -> EntryDraft:
    """Begin a web form for one entry code; nothing is entered. series: of its unit entries.

    candidates: who is put onto it at once. Raises Refused where they are too many.
    """
    draft = EntryDraft.objects.create(
        centre=centre, qualification=qualification, series=series, started_by=by, started_at=at, changed_at=at
    )
    _add(draft, candidates, at)
    return draft


@transaction.atomic
def change_assessment(
    *, draft: EntryDraft, qualification: Qualification, series: Series | None, at: datetime
) -> EntryDraft:
    """Give a web form another entry code or series; with another code every option is to be chosen anew.

    Raises Refused where the form is gone.
    """
    draft = lock_draft(draft)
    if draft.qualification_id != qualification.pk:
        draft.entries.update(option="", units=[], declared="")
    draft.qualification, draft.series = qualification, series
    return _changed(draft, at)


@transaction.atomic
def add_candidates(*, draft: EntryDraft, candidates: Iterable[Candidate], at: datetime) -> int:
    """Put candidates of the centre onto a web form; how many of them were not on it before.

    Raises Refused where the form is gone, or would have too many.
    """
    return _add(lock_draft(draft), candidates, at)


@transaction.atomic
def add_new_candidate(*, draft: EntryDraft, by: Any, at: datetime, **details: Any) -> Candidate:
    """Register somebody whom the centre does not have yet, and put the new record onto a web form.

    details: as `register_candidate` takes them. Raises Refused where it does, or where the form is gone or full, and
    then nobody is registered.
    """
    draft = lock_draft(draft)
    candidate = register_candidate(centre=draft.centre, by=by, at=at, **details)
    _add(draft, [candidate], at)
    return candidate


def _add(draft: EntryDraft, candidates: Iterable[Candidate], at: datetime) -> int:
    there = set(draft.entries.values_list("candidate_id", flat=True))
    wanted = {candidate.pk for candidate in candidates if candidate.centre_id == draft.centre_id} - there
    too_many = list_is_short_enough(len(there) + len(wanted))
    raise_if_any([too_many] if too_many else [])
    DraftEntry.objects.bulk_create(DraftEntry(draft=draft, candidate_id=pk) for pk in sorted(wanted))
    _changed(draft, at)
    return len(wanted)


@transaction.atomic
def remove_candidates(*, draft: EntryDraft, entries: Collection[int], at: datetime) -> int:
    """Take candidates off a web form, by the ids of their lines; how many were on it.

    Raises Refused where the form is gone.
    """
    draft = lock_draft(draft)
    removed, _ = draft.entries.filter(pk__in=entries).delete()
    _changed(draft, at)
    return removed


@transaction.atomic
def apply_option(
    *,
    draft: EntryDraft,
    entries: Collection[int],
    option: str,
    units: Sequence[int] = (),
    is_declared: bool = False,
    at: datetime,
) -> int:
    """Give candidates of a web form an entry option, by the ids of their lines; how many were given it.

    units: unit numbers, of a unit entry. is_declared: the centre declares, for each of them by name, what a moving
    down needs. Raises Refused with every reason, and then nothing has changed.
    """
    draft = lock_draft(draft)
    code = draft.qualification
    lines = list(draft.entries.filter(pk__in=entries).select_related("candidate"))
    kind = EntryKind(code.entry_kind)
    told = [
        option_is_chosen(option),
        top_up_has_no_units(option, kind.label, kind == EntryKind.FULL),
        unit_entry_names_units(option, units),
        units_go_with_a_unit_entry(option, units),
        units_are_few(units),
        moving_down_is_declared_once_for_all(kind, is_declared),
        somebody_is_ticked(len(lines)),
    ]
    raise_if_any(refusal for refusal in told if refusal)
    year = academic_year(uk_date(at))
    for line in lines:
        line.option = option
        line.units = sorted(set(units)) if option == EntryOption.UNITS else []
        line.declared = declaration(code.code, person_of(line.candidate, year)) if is_declared else ""
    DraftEntry.objects.bulk_update(lines, ["option", "units", "declared"], batch_size=500)
    _changed(draft, at)
    return len(lines)


def check_candidates(*, draft: EntryDraft) -> None:
    """Raise Refused where a web form cannot go on to the entry options."""
    refusal = candidates_are_chosen(draft.entries.count())
    raise_if_any([refusal] if refusal else [])


def check_options(*, draft: EntryDraft, ticked: int) -> None:
    """Raise Refused with every reason why a web form cannot go on to its summary.

    ticked: for how many candidates a tick stands on the page that no option was applied to since.
    """
    lines = list(draft.entries.select_related("candidate"))
    told = [
        candidates_are_chosen(len(lines)),
        ticks_are_applied(ticked),
        every_candidate_has_an_option([str(line.candidate) for line in lines if not line.option]),
    ]
    raise_if_any(refusal for refusal in told if refusal)


@transaction.atomic
def set_order_number(*, draft: EntryDraft, order_number: str, at: datetime) -> EntryDraft:
    """Keep the order number that was typed, as it was typed. Raises Refused where the form is gone."""
    draft = lock_draft(draft)
    draft.order_number = storable(order_number).strip()[:LONGEST_KEPT]
    return _changed(draft, at)


def cancel_draft(*, draft: EntryDraft) -> bool:
    """Exit and cancel: the form and its lines are deleted; whether it was there to be deleted."""
    deleted, _ = EntryDraft.objects.filter(pk=draft.pk).delete()
    return deleted > 0


def purge_drafts(*, at: datetime) -> int:
    """Delete web forms that nobody changed for 30 days; how many."""
    old = EntryDraft.objects.filter(changed_at__lt=at - KEEP_DRAFTS)
    count = old.count()
    old.delete()
    return count


def lock_draft(draft: EntryDraft) -> EntryDraft:
    """The form as it stands now, locked until the end of the transaction. Raises Refused where it is gone."""
    locked = EntryDraft.objects.select_for_update(of=("self",)).select_related("qualification", "series", "centre")
    found = locked.filter(pk=draft.pk).first()
    if found is None:
        raise Refused([form_is_there()])
    return found


def _changed(draft: EntryDraft, at: datetime) -> EntryDraft:
    draft.changed_at = at
    draft.save()
    return draft
