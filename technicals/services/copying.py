"""The unit entries of one series once more, as web forms for another: to be checked, and nothing is entered."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import QuerySet

from core.refusals import raise_if_any

from ..enums import GONE, STANDING, EntryOption, SeriesKind
from ..models import DraftEntry, EntryDraft, Qualification, Registration, Series, UnitEntry
from ..rules.copying import (
    Line,
    code_to_enter_under,
    full_award_of,
    lines_of_forms,
    refusals_to_copy,
    something_is_copied,
)
from ..rules.facts import Family
from .drafts import start_draft
from .entering import wait_for_others

SAT_IN = {SeriesKind.JANUARY: "unit__in_january", SeriesKind.JUNE: "unit__in_june"}
OF_FAMILY = ("subject", "level", "suite")


@dataclass(frozen=True)
class PlannedForm:
    """A web form that a copy would make."""

    qualification: Qualification
    lines: Sequence[Line]

    @property
    def unit_count(self) -> int:
        """How many unit entries it would make, once it is submitted."""
        return sum(len(units) for _, units in self.lines)


@dataclass(frozen=True)
class CopyPlan:
    """What a copy would make. entered: unit entries that stand for the other series already, and are left out.

    not_sat: those of units that cannot be sat in it, or are not in use any more.
    """

    forms: Sequence[PlannedForm]
    entered: int = 0
    not_sat: int = 0

    @property
    def unit_count(self) -> int:
        """How many unit entries it would make in all."""
        return sum(form.unit_count for form in self.forms)

    @property
    def candidate_count(self) -> int:
        """How many candidates stand on its forms."""
        return len({candidate for form in self.forms for candidate, _ in form.lines})


class _Entered(NamedTuple):
    candidate: int
    code: str
    family: Family
    unit: int
    is_possible: bool


def plan_copy(*, centre: Any, group: Any, source: Series, target: Series) -> CopyPlan:
    """What a copy of the unit entries of a group, or of everybody, would make; four queries, and nothing is written.

    Entries that were withdrawn or transferred are not copied; those that were missed are.
    """
    found = _entered(centre, group, source, target)
    there = set(
        UnitEntry.objects.live()
        .filter(centre=centre, series=target)
        .values_list("candidate_id", "unit__number", *(f"unit__{name}" for name in OF_FAMILY))
    )
    standing = _standing(centre)
    units: dict[str, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    entered, not_sat = set(), set()
    for each in found:
        key = (each.candidate, each.unit, *each.family)
        if key in there:
            entered.add(key)
        elif not each.is_possible:
            not_sat.add(key)
        else:
            code = code_to_enter_under(each.code, standing.get((each.candidate, each.family), set()))
            units[code][each.candidate].add(each.unit)
    return CopyPlan(_forms(units), len(entered), len(not_sat))


@transaction.atomic
def copy_entries(*, centre: Any, group: Any, source: Series, target: Series, by: Any, at: datetime) -> list[EntryDraft]:
    """Make the web forms of `plan_copy`, one or more for each entry code; nothing is entered.

    A form that waits already, with the same candidates and units for the same code and series, is not made twice: so a
    second click makes nothing more. Raises Refused where the series is not open, or nothing can be copied.
    """
    raise_if_any(refusals_to_copy(source, target, at))
    wait_for_others(centre)
    plan = plan_copy(centre=centre, group=group, source=source, target=target)
    nothing = something_is_copied(plan.unit_count, source, target)
    raise_if_any([nothing] if nothing else [])
    waiting = _waiting(centre, target)
    return [waiting.get(_place(form)) or _make(form, centre, target, by, at) for form in plan.forms]


def _entered(centre: Any, group: Any, source: Series, target: Series) -> Iterable[_Entered]:
    """The unit entries of the first series, by the names of their candidates."""
    entries: QuerySet = UnitEntry.objects.filter(centre=centre, series=source, candidate__merged_into=None)
    if group is not None:
        entries = entries.filter(candidate__groups=group)
    ordered = entries.exclude(state__in=GONE).order_by(
        "candidate__plain_last_name", "candidate__plain_first_name", "candidate_id", "unit__number"
    )
    family = tuple(f"unit__{name}" for name in OF_FAMILY)
    columns = (
        "candidate_id",
        "qualification__code",
        "unit__number",
        "unit__is_in_use",
        SAT_IN[SeriesKind(target.kind)],
    )
    for candidate, code, unit, is_in_use, is_sat, *of_family in ordered.values_list(*columns, *family):
        subject, level, suite = of_family
        yield _Entered(candidate, code, (subject, level, suite), unit, is_in_use and is_sat)


def _standing(centre: Any) -> Mapping[tuple[int, Family], set[str]]:
    """The full awards for which candidates stand registered, by candidate and family."""
    found: dict[tuple[int, Family], set[str]] = defaultdict(set)
    registrations = Registration.objects.filter(centre=centre, state__in=STANDING).order_by()
    columns = ("candidate_id", *(f"qualification__{name}" for name in (*OF_FAMILY, "entry_kind", "code", "to_code")))
    for candidate, subject, level, suite, kind, code, to_code in registrations.values_list(*columns):
        if full := full_award_of(kind, code, to_code):
            found[(candidate, (subject, level, suite))].add(full)
    return found


def _forms(units: Mapping[str, Mapping[int, set[int]]]) -> list[PlannedForm]:
    """The forms of each entry code that is in the catalogue, by code."""
    codes = Qualification.objects.filter(code__in=units).in_bulk(field_name="code")
    return [
        PlannedForm(codes[code], lines)
        for code in sorted(codes)
        for lines in lines_of_forms((candidate, sorted(numbers)) for candidate, numbers in units[code].items())
    ]


Place = tuple[int, frozenset[Line]]
"""What a web form asks for: an entry code by id, and its lines."""


def _place(form: PlannedForm) -> Place:
    return form.qualification.pk, frozenset(form.lines)


def _waiting(centre: Any, target: Series) -> dict[Place, EntryDraft]:
    """The web forms for a series that wait, by what they ask for; two queries."""
    drafts = EntryDraft.objects.filter(centre=centre, series=target).prefetch_related("entries")
    return {
        (
            draft.qualification_id,
            frozenset((line.candidate_id, tuple(line.units)) for line in draft.entries.all()),
        ): draft
        for draft in drafts
    }


def _make(form: PlannedForm, centre: Any, target: Series, by: Any, at: datetime) -> EntryDraft:
    draft = start_draft(centre=centre, qualification=form.qualification, series=target, by=by, at=at)
    DraftEntry.objects.bulk_create(
        DraftEntry(draft=draft, candidate_id=candidate, option=EntryOption.UNITS, units=list(units))
        for candidate, units in form.lines
    )
    return draft
