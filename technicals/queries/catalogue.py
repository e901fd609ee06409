"""The catalogue as a centre reads it: entry codes with their units."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ..codecs.entry_codes import APPROVED, CodesAsked
from ..enums import EntryKind
from ..models import Approval, Qualification, Unit
from ..rules.catalogue import Family, availability_in_words, awaiting_in_words, family_in_words, unverified_cells


@dataclass(frozen=True)
class CodeShown:
    """An entry code, and what of it awaits confirmation."""

    qualification: Qualification
    awaiting: str
    combination_awaiting: str

    def unit_code(self, unit: Unit) -> str:
        """The code of a unit under it; empty where units are not entered under it."""
        is_full = self.qualification.entry_kind == EntryKind.FULL
        return unit.code_under(self.qualification.code) if is_full else ""

    @property
    def kind(self) -> str:
        """What it enters for, as in "Top-up from 05834 to 05835"."""
        from_code, to_code = self.qualification.from_code, self.qualification.to_code
        led = f" from {from_code} to {to_code}" if from_code else ""
        return f"{self.qualification.get_entry_kind_display()}{led}"


@dataclass(frozen=True)
class UnitShown:
    """A unit, its codes under the full award codes of its family, and what of it awaits confirmation."""

    unit: Unit
    codes: tuple[str, ...]
    availability: str
    awaiting: str


@dataclass
class FamilyShown:
    """The codes and units of a subject, level and suite. approval: the centre's, that is in force; None for none."""

    family: Family
    approval: Approval | None
    codes: list[CodeShown] = field(default_factory=list)
    units: list[UnitShown] = field(default_factory=list)

    @property
    def title(self) -> str:
        """Its subject, level and suite in words."""
        return family_in_words(self.family)


def entry_codes(*, centre: Any, on: date, asked: CodesAsked) -> list[FamilyShown]:
    """What is asked for of the catalogue, the families that the centre is approved for on this day first.

    Asks three queries, however many codes there are.
    """
    families = _families(centre, on)
    chosen = [shown for shown in families.values() if _is_asked_for(shown, asked)]
    found = [narrowed for shown in chosen if (narrowed := _narrowed(shown, asked.words))]
    return sorted(found, key=lambda shown: (shown.approval is None, not shown.codes))


def subjects() -> list[str]:
    """The subjects of all entry codes in use, by name."""
    return list(Qualification.objects.in_use().order_by("subject").values_list("subject", flat=True).distinct())


def _families(centre: Any, on: date) -> dict[Family, FamilyShown]:
    approvals = {approval.family: approval for approval in Approval.objects.filter(centre=centre).in_force(on)}
    families: dict[Family, FamilyShown] = {}
    for qualification in Qualification.objects.in_use():
        family = qualification.family
        shown = families.setdefault(family, FamilyShown(family, approvals.get(family)))
        shown.codes.append(_code(qualification))
    for unit in Unit.objects.filter(is_in_use=True):
        shown = families.setdefault(unit.family, FamilyShown(unit.family, approvals.get(unit.family)))
        shown.units.append(_unit(unit, shown.codes))
    return families


def _code(qualification: Qualification) -> CodeShown:
    return CodeShown(
        qualification,
        awaiting_in_words(qualification.unverified),
        awaiting_in_words(unverified_cells(qualification.combination_source)),
    )


def _unit(unit: Unit, of_family: Iterable[CodeShown]) -> UnitShown:
    codes = (unit_code for code in of_family if (unit_code := code.unit_code(unit)))
    availability = availability_in_words(unit.suite, unit.assessment, unit.in_january, unit.in_june)
    return UnitShown(unit, tuple(codes), availability, awaiting_in_words(unit.unverified))


def _is_asked_for(shown: FamilyShown, asked: CodesAsked) -> bool:
    subject, level, suite = shown.family
    return (
        (asked.shown != APPROVED or shown.approval is not None)
        and asked.subject in ("", subject)
        and asked.level in ("", str(level))
        and asked.suite in ("", suite)
    )


def _narrowed(shown: FamilyShown, words: list[str]) -> FamilyShown | None:
    """The family with the codes and units that have all the words; of the one kind all, where only the other has."""
    codes = [code for code in shown.codes if _has(words, shown.title, *_texts_of(code.qualification))]
    units = [
        unit
        for unit in shown.units
        if _has(words, shown.title, unit.unit.title, f"unit {unit.unit.number}", *unit.codes)
    ]
    if not codes and not units:
        return None
    return FamilyShown(shown.family, shown.approval, codes or shown.codes, units or shown.units)


def _texts_of(qualification: Qualification) -> list[str]:
    return [qualification.code, qualification.title, qualification.size, qualification.from_code, qualification.to_code]


def _has(words: list[str], *texts: str) -> bool:
    text = " ".join(texts).casefold()
    return all(word in text for word in words)


CODE_HEADINGS = [
    "Subject",
    "Level",
    "Suite",
    "Approved for your centre",
    "Entry code",
    "Size",
    "Title",
    "GLH",
    "Kind of entry",
    "From code",
    "To code",
    "Rule of combination",
    "Code awaits confirmation",
    "Unit code",
    "Unit",
    "Unit title",
    "Assessment",
    "Entered",
    "Unit GLH",
    "Mandatory in",
    "Unit awaits confirmation",
]


NO_CODES: list[CodeShown | None] = [None]
NO_UNITS: list[UnitShown | None] = [None]


def entry_code_rows(families: Iterable[FamilyShown]) -> list[list[str]]:
    """The rows of a file: one for each entry code and unit; one for a code or a unit that stands alone."""
    return [
        [*_code_cells(shown, code), *_unit_cells(code, unit)]
        for shown in families
        for code in shown.codes or NO_CODES
        for unit in shown.units or NO_UNITS
    ]


def _code_cells(shown: FamilyShown, code: CodeShown | None) -> list[str]:
    subject, level, suite = shown.family
    of_family = [subject, str(level), suite, "Yes" if shown.approval else "No"]
    if code is None:
        return of_family + [""] * 9
    own = code.qualification
    combination = own.combination
    if combination and code.combination_awaiting:
        combination = f"{combination} ({code.combination_awaiting})"
    return [
        *of_family,
        own.code,
        own.size,
        own.title,
        _number(own.glh),
        own.get_entry_kind_display(),
        own.from_code,
        own.to_code,
        combination,
        code.awaiting,
    ]


def _unit_cells(code: CodeShown | None, shown: UnitShown | None) -> list[str]:
    if shown is None:
        return [""] * 8
    unit = shown.unit
    return [
        code.unit_code(unit) if code else "",
        str(unit.number),
        unit.title,
        unit.get_assessment_display(),
        shown.availability,
        _number(unit.glh),
        unit.mandatory_in,
        shown.awaiting,
    ]


def _number(value: int | None) -> str:
    return "" if value is None else str(value)
