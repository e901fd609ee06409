"""The list of candidates, its search and its pages; groups with their members; and pairs that may be one person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, Window

from core.moments import UK, uk_date

from .codecs import Asked, first_day
from .enums import Added, Clash
from .models import Candidate, CandidateGroup, CandidatesDiffer
from .querysets import CandidateQuerySet, GroupQuerySet
from .rules.clashes import Identity, Pair, clashing_pairs

SORT_COLUMNS = {
    "name": ["sort_name", "date_of_birth", "pk"],
    "born": ["date_of_birth", "sort_name", "pk"],
    "uci": ["uci", "sort_name", "pk"],
    "uln": ["uln", "sort_name", "pk"],
    "ocr-number": ["ocr_number", "sort_name", "pk"],
    "number": ["candidate_number", "sort_name", "pk"],
    "added": ["created_at", "sort_name", "pk"],
}


def candidates_of(*, centre: Any, user: Any) -> CandidateQuerySet:
    """The records of a centre that count, as far as this person may see them."""
    return Candidate.objects.visible_to(user).filter(centre=centre).active()


def groups_of(*, centre: Any, user: Any) -> GroupQuerySet:
    """The groups of a centre, as far as this person may see them."""
    return CandidateGroup.objects.visible_to(user).filter(centre=centre)


def candidates_shown(*, centre: Any, user: Any, asked: Asked, at: datetime) -> CandidateQuerySet:
    """The candidates of a centre that are as asked for, in the order asked for."""
    candidates = candidates_of(centre=centre, user=user)
    if day := first_day(asked.added, uk_date(at)):
        candidates = candidates.filter(created_at__gte=datetime.combine(day, time(), UK))
    if asked.group:
        candidates = candidates.filter(groups__key=asked.group)
    if asked.search:
        candidates = candidates.found_by(asked.search)
    sign = "-" if asked.sort.startswith("-") else ""
    return candidates.with_name().order_by(*[sign + column for column in SORT_COLUMNS[asked.sort.removeprefix("-")]])


def candidates_page(candidates: CandidateQuerySet, *, number: int, size: int) -> Page:
    """A page of a list, in one query; past the end, the last page. Each candidate has `found`, their number in all."""
    counted = candidates.annotate(found=Window(Count("pk")))
    paginator: Paginator = Paginator(counted, size)
    rows = list(counted[(number - 1) * size : number * size])
    if not rows and number > 1:
        return paginator.get_page(number)
    paginator.count = rows[0].found if rows else 0
    return Page(rows, number, paginator)


def found_at_any_time(*, centre: Any, user: Any, asked: Asked, at: datetime) -> int:
    """How many candidates a search that found nobody would find, had it not asked since when they were added."""
    anew = Asked(search=asked.search, group=asked.group, added=Added.ANY)
    return 0 if asked.added == Added.ANY else candidates_shown(centre=centre, user=user, asked=anew, at=at).count()


@dataclass(frozen=True)
class AlikePair:
    """Two records that may be of one person, the older one first, and why."""

    one: Candidate
    other: Candidate
    reasons: Sequence[Clash]


def alike_pairs(*, centre: Any, user: Any) -> list[AlikePair]:
    """The pairs of a centre that may be one person and were not told apart, by name; three queries."""
    rows = candidates_of(centre=centre, user=user).values_list("pk", "person_key", "date_of_birth", "ucas_id")
    apart = CandidatesDiffer.objects.filter(one__centre=centre).values_list("one", "other")
    pairs = clashing_pairs([Identity(*row) for row in rows.order_by("pk")], set(apart))
    return sorted(_found(pairs), key=lambda pair: (pair.one.plain_last_name.lower(), pair.one.pk, pair.other.pk))


def alike_to(*, candidate: Candidate, user: Any) -> list[AlikePair]:
    """The pairs of which this candidate is one; three queries, of none more than a few rows."""
    others = candidates_of(centre=candidate.centre_id, user=user)
    alike = Q(person_key=candidate.person_key)
    if candidate.ucas_id:
        alike |= Q(ucas_id=candidate.ucas_id)
    rows = others.filter(alike).values_list("pk", "person_key", "date_of_birth", "ucas_id")
    pairs = clashing_pairs([Identity(*row) for row in rows.order_by("pk")], _told_apart(candidate))
    return _found([pair for pair in pairs if candidate.pk in (pair.one, pair.other)])


def told_apart_from(*, candidate: Candidate, user: Any) -> list[Candidate]:
    """The candidates of whom somebody said that they are not this one."""
    pks = {pk for pair in _told_apart(candidate) for pk in pair} - {candidate.pk}
    return list(candidates_of(centre=candidate.centre_id, user=user).filter(pk__in=pks).order_by("pk"))


def _told_apart(candidate: Candidate) -> set[tuple[int, int]]:
    pairs = CandidatesDiffer.objects.filter(Q(one=candidate) | Q(other=candidate))
    return set(pairs.values_list("one", "other"))


def _found(pairs: Sequence[Pair]) -> list[AlikePair]:
    records = Candidate.objects.in_bulk([pk for pair in pairs for pk in (pair.one, pair.other)]) if pairs else {}
    return [AlikePair(records[pair.one], records[pair.other], pair.reasons) for pair in pairs]
