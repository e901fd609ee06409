"""What rows would become: registrations, unit entries and what they cost. Plain Python."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from candidates.rules.matching import Finding
from candidates.rules.people import Person
from core.refusals import Refusal

from ..enums import EntryKind, PriceKind
from .facts import Code, Facts, SeriesFacts, UnitOfFamily
from .prices import PriceFact

Who = tuple[str, int]
"""A person within a file: ("known", id of the record), or ("new", number of the first row that names the person)."""

OF_IDENTITY = "IDENTITY-"
"""How the codes begin that ask whom a row is about."""
PRICE_OF_KIND = {
    EntryKind.FULL: PriceKind.REGISTRATION,
    EntryKind.TOP_UP: PriceKind.TOP_UP,
    EntryKind.MOVING_DOWN: PriceKind.MOVING_DOWN,
    EntryKind.RE_ENTRY: PriceKind.RE_ENTRY,
}


@dataclass(frozen=True)
class Charge:
    """One line of a fee."""

    kind: str
    price: PriceFact


@dataclass(frozen=True)
class PlannedRegistration:
    """A registration that a row would make. follows: the id of the one that it tops up, moves down from or renews."""

    code: Code
    series: SeriesFacts
    charges: tuple[Charge, ...]
    follows: int | None = None
    is_declared: bool = False


@dataclass(frozen=True)
class PlannedUnit:
    """A unit entry that a row would make. attempt: which of the candidate's attempts it would be."""

    code: Code
    unit: UnitOfFamily
    series: SeriesFacts
    attempt: int
    is_late: bool
    charges: tuple[Charge, ...]


@dataclass
class Row:
    """A row on its way through the rules. already: where what it asks for stands entered, or ""."""

    number: int
    answers: Mapping[str, str]
    person: Person
    code: Code | None = None
    units: list[tuple[str, UnitOfFamily]] = field(default_factory=list)
    series: SeriesFacts | None = None
    has_units: bool = False
    finding: Finding | None = None
    who: Who = ("new", 0)
    refusals: list[Refusal] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    already: str = ""
    registration: PlannedRegistration | None = None
    unit_entries: list[PlannedUnit] = field(default_factory=list)

    @property
    def is_settled(self) -> bool:
        """Whether it is known whom the row is about; otherwise nothing else can be said of its entries."""
        return not any(refusal.code.startswith(OF_IDENTITY) for refusal in self.refusals)

    @property
    def charges(self) -> list[Charge]:
        """Everything that it would cost."""
        of_registration = self.registration.charges if self.registration else ()
        return [*of_registration, *(charge for entry in self.unit_entries for charge in entry.charges)]

    @property
    def is_late(self) -> bool:
        """Whether a unit entry of it would be late."""
        return any(entry.is_late for entry in self.unit_entries)

    def refuse(self, *refusals: Refusal | None) -> None:
        """Note what stands against the row."""
        self.refusals += [refusal for refusal in refusals if refusal]


def registration_charges(code: Code, facts: Facts) -> tuple[Charge, ...]:
    """What a registration under a code costs, by its kind (decision 0018)."""
    kind = PRICE_OF_KIND[EntryKind(code.kind)]
    return (Charge(kind, facts.prices.price(kind, code.code, code.level)),)


def unit_charges(code: Code, *, entered_before: int, is_late: bool, facts: Facts) -> tuple[Charge, ...]:
    """What a unit entry costs: a first one is part of the registration (2016), a later one is a resit, late is extra.

    entered_before: how often the unit was entered before, absences included and withdrawals not.
    """
    kinds = []
    if code.is_of_2012:
        kinds.append(PriceKind.UNIT)
    elif entered_before:
        kinds.append(PriceKind.RESIT)
    if is_late:
        kinds.append(PriceKind.LATE)
    return tuple(Charge(kind, facts.prices.price(kind, code.code, code.level)) for kind in kinds)
