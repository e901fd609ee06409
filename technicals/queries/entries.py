"""The Cambridge Technicals entries of one candidate: chains of registrations, unit entries, what each costs."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, prefetch_related_objects

from candidates.models import Candidate
from core.models import HistoryEntry

from ..enums import GONE, STANDING, EntryState
from ..models import FeeLine, Registration, Transfer, UnitEntry
from ..rules.crediting import with_those_before
from ..rules.restoring import RestoreFacts, refusals_to_restore
from ..rules.withdrawing import (
    RegistrationFacts,
    facts_of_unit,
    is_unresolved,
    refusals_to_open_registration,
    refusals_to_open_unit,
    unit_in_words,
)

SHOWN_HISTORY = 100
MOST_PENDING = 101


@dataclass(frozen=True)
class Line:
    """An entry, and why it cannot be withdrawn now; "" where it can. to: the centre that it was transferred to.

    can_be_restored: whether its withdrawal can be undone now.
    """

    entry: Any
    blocked: str = ""
    to: Any = None
    can_be_restored: bool = False


@dataclass(frozen=True)
class Chain:
    """Registrations of which each follows the one before: topped up, moved down, entered again, transferred."""

    lines: Sequence[Line]

    @property
    def qualification(self) -> Any:
        """That of the first."""
        return self.lines[0].entry.qualification


@dataclass(frozen=True)
class EntriesOfCandidate:
    """All Cambridge Technicals entries of a candidate, whatever became of them."""

    chains: Sequence[Chain]
    units: Sequence[Line]
    history: Sequence[tuple[Any, HistoryEntry]]

    @property
    def is_empty(self) -> bool:
        return not self.chains and not self.units


def entries_of(candidate: Any, *, today: date, contact: str) -> EntriesOfCandidate:
    """Everything that a candidate of a centre is or was entered for, by a constant number of queries."""
    registrations, units = list(registrations_of(candidate)), list(unit_entries_of(candidate))
    to = _last_transfer(candidate)
    return EntriesOfCandidate(
        chains=_chains([_line_of_registration(each, units, today) for each in registrations]),
        units=[
            _line_of_unit(each, today, contact, to, _restore_facts(each, units, registrations, today)) for each in units
        ],
        history=_history(registrations, units),
    )


def registrations_of(candidate: Any) -> QuerySet[Registration]:
    """The registrations of a candidate, the first one first, with what pages say of each."""
    together = ("centre", "submission", "qualification", "series", "follows__qualification", "follows__centre")
    followers = Registration.objects.select_related("qualification", "centre").order_by("pk")
    found = Registration.objects.filter(candidate=candidate).select_related(*together).order_by("pk")
    return found.prefetch_related(_fee_lines(), Prefetch("followed_by", queryset=followers))


def unit_entries_of(candidate: Any) -> QuerySet[UnitEntry]:
    """The unit entries of a candidate, the newest series first, with what pages say of each."""
    together = ("centre", "submission", "qualification", "series", "unit")
    found = UnitEntry.objects.filter(candidate=candidate).select_related(*together)
    return found.order_by("-series__opens_on", "unit__number", "-pk").prefetch_related(_fee_lines())


def unresolved_units(registration: Registration, units: Iterable[UnitEntry], today: date) -> list[UnitEntry]:
    """The unit entries that stand in the way of withdrawing a registration."""
    family = registration.qualification.family
    return [entry for entry in units if entry.unit.family == family and is_unresolved(entry, today)]


@dataclass(frozen=True)
class Pending:
    """A withdrawal that is pending; used: how many unit entries were ever made under it."""

    registration: Registration
    used: int


def pending_withdrawals(keys: Sequence[int] = ()) -> list[Pending]:
    """The withdrawals that are pending, the oldest first: of these registrations, or all; by three queries.

    One that was transferred more than twice asks more.
    """
    together = ("candidate", "centre", "qualification", "series", "submission")
    before = ("follows__qualification", "follows__follows")
    found = Registration.objects.filter(state=EntryState.WITHDRAWING).select_related(*together, *before)
    shown = list((found.filter(pk__in=keys) if keys else found).order_by("withdrawal_asked_at", "pk")[:MOST_PENDING])
    prefetch_related_objects(shown, _fee_lines())
    chains = [list(with_those_before(each)) for each in shown]
    units = UnitEntry.objects.exclude(state=EntryState.TRANSFERRED)
    units = units.filter(candidate__in={each.candidate_id for chain in chains for each in chain})
    entered = list(units.values_list("candidate_id", "qualification__code", "created_at"))
    return [Pending(chain[0], _used(chain, entered)) for chain in chains]


def _used(chain: Sequence[Registration], entered: Iterable[tuple[int, str, Any]]) -> int:
    """How many of these unit entries were made under a registration, or before it was transferred; it stands first."""
    records, begun = {each.candidate_id for each in chain}, chain[-1].created_at
    under = chain[0].qualification.leads_to
    return sum(candidate in records and code == under and at >= begun for candidate, code, at in entered)


def candidates_with_entries(user: Any, number: str, search: str) -> QuerySet[Candidate]:
    """Candidates who have a registration or a unit entry, of the centre of this number, found by a search."""
    found = Candidate.objects.visible_to(user).active().select_related("centre")
    if number:
        found = found.filter(centre__number=number)
    registered = Registration.objects.filter(candidate=OuterRef("pk"), state__in=STANDING)
    entered = UnitEntry.objects.live().filter(candidate=OuterRef("pk"))
    return found.found_by(search).filter(Exists(registered) | Exists(entered)).order_by("last_name", "first_name", "pk")


def _line_of_registration(registration: Registration, units: Iterable[UnitEntry], today: date) -> Line:
    waiting = [unit_in_words(entry) for entry in unresolved_units(registration, units, today)]
    told = refusals_to_open_registration(
        RegistrationFacts(registration.state, registration.qualification.code, waiting)
    )
    elsewhere = (each.centre for each in registration.followed_by.all() if each.centre_id != registration.centre_id)
    return Line(registration, told[0].sentence if told else "", next(elsewhere, None))


def _line_of_unit(entry: UnitEntry, today: date, contact: str, to: Any, restoring: RestoreFacts) -> Line:
    told = refusals_to_open_unit(facts_of_unit(entry, today, contact))
    return Line(entry, told[0].sentence if told else "", to, not refusals_to_restore(restoring))


def _restore_facts(
    entry: UnitEntry, units: Iterable[UnitEntry], registrations: Iterable[Registration], today: date
) -> RestoreFacts:
    code, withdrawn_at = entry.qualification.code, entry.withdrawal_asked_at or entry.created_at
    others = (each for each in units if each.unit_id == entry.unit_id and each.pk != entry.pk)
    standing = (each.qualification.leads_to for each in registrations if each.state == EntryState.LIVE)
    return RestoreFacts(
        state=entry.state,
        today=today,
        code=code,
        refund_until=entry.series.refund_until,
        is_entered_again=any(
            (each.created_at >= withdrawn_at and each.state not in GONE)
            or (each.series_id == entry.series_id and each.state == EntryState.LIVE)
            for each in others
        ),
        is_registered=not entry.series.is_exam_series or code in standing,
    )


def _chains(lines: Sequence[Line]) -> list[Chain]:
    """Lines in the order in which they follow each other; the chain of the newest registration first."""
    own = {line.entry.pk for line in lines}
    following: dict[int | None, list[Line]] = defaultdict(list)
    for line in lines:
        follows = line.entry.follows_id
        following[follows if follows in own else None].append(line)

    def after(line: Line) -> list[Line]:
        return [line, *(each for next_one in following[line.entry.pk] for each in after(next_one))]

    chains = [Chain(after(first)) for first in following[None]]
    return sorted(chains, key=lambda chain: -max(line.entry.pk for line in chain.lines))


def _fee_lines() -> Prefetch:
    return Prefetch("fee_lines", queryset=FeeLine.objects.select_related("invoice").order_by("pk"))


def _last_transfer(candidate: Any) -> Any:
    """The centre to which a candidate was transferred last; None where that never was."""
    made = Transfer.objects.filter(source=candidate).select_related("target__centre").order_by("-pk").first()
    return made.target.centre if made else None


def _history(registrations: Iterable[Registration], units: Iterable[UnitEntry]) -> list[tuple[Any, HistoryEntry]]:
    """What happened to these entries, the newest first, each with the entry."""
    entries = {(each._meta.label_lower, each.pk): each for each in [*registrations, *units]}
    of_these = Q(pk__in=[])
    for kind in (Registration, UnitEntry):
        label = kind._meta.label_lower
        of_these |= Q(subject_type=label, subject_id__in=[pk for name, pk in entries if name == label])
    found = HistoryEntry.objects.filter(of_these).select_related("by").order_by("-at", "-pk")[:SHOWN_HISTORY]
    return [(entries[change.subject_type, change.subject_id], change) for change in found]
