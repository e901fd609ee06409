"""Tables for the STEP team. Reads only."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Count, Max, Q

from .models import StepEntry, StepSession

GROUPS_SHOWN = 100

By = tuple[str, ...]
BY_PERSON: By = ("person_key", "date_of_birth")
BY_UCAS_ID: By = ("ucas_id",)


@dataclass(frozen=True)
class SamePeople:
    """Live entries of a session that speak of one person at several centres, in groups; the first GROUPS_SHOWN."""

    count: int
    groups: Sequence[Sequence[StepEntry]]


def people_at_several_centres(session: StepSession) -> SamePeople:
    """Entries of the same name and date of birth at different centres; asks two queries."""
    return _same(session, BY_PERSON, _groups(session, BY_PERSON))


def count_people_at_several_centres(session: StepSession) -> int:
    """How many people `people_at_several_centres` would find; asks one query."""
    return _groups(session, BY_PERSON).count()


def ucas_ids_at_several_centres(session: StepSession) -> SamePeople:
    """Entries of the same UCAS ID at different centres whose names or dates of birth differ; asks two queries."""
    groups = _groups(session, BY_UCAS_ID).exclude(ucas_id="")
    people = groups.annotate(names=Count("person_key", distinct=True), births=Count("date_of_birth", distinct=True))
    return _same(session, BY_UCAS_ID, people.filter(Q(names__gt=1) | Q(births__gt=1)))


def _groups(session: StepSession, by: By) -> Any:
    """One row for each person of whom several centres have a live entry, the newest first."""
    entries = StepEntry.objects.live().filter(session=session).order_by().values(*by)
    return entries.annotate(centres=Count("centre", distinct=True), newest=Max("created_at")).filter(centres__gt=1)


def _same(session: StepSession, by: By, groups: Any) -> SamePeople:
    keys = [tuple(group[field] for field in by) for group in groups.order_by("-newest")]
    shown: dict[Any, list[StepEntry]] = {key: [] for key in keys[:GROUPS_SHOWN]}
    wanted = reduce(or_, (Q(**dict(zip(by, key, strict=True))) for key in shown), Q(pk__in=[]))
    for entry in StepEntry.objects.live().filter(wanted, session=session).select_related("centre").order_by("number"):
        shown[tuple(getattr(entry, field) for field in by)].append(entry)
    return SamePeople(len(keys), list(shown.values()))
