"""The rules of entering, for people: the laws that stand in the rulebook, in plain groups."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from django.apps import apps

from core.management.commands.rulebook import Rule, rules

APPS = ("technicals", "candidates")
FIRST, OTHER, OF_THE_BOARD = "Entering for Cambridge Technicals", "Other rules", "What the board’s staff keep"
GROUPS: Mapping[str, tuple[str, ...]] = {
    FIRST: ("ROW", "CODE", "REG", "UNIT", "SERIES", "ROUTE", "TRY", "BOTH", "TWICE", "SUBMISSION", "SUBMIT"),
    "The web form": ("FORM", "REPEAT"),
    "Withdrawing and changing entries": ("OUT", "BACK", "COMPLETION", "GUARD"),
    "Names, dates of birth and gender": ("NAME", "DOB", "GENDER", "TEXT"),
    "Identifiers": ("UCI", "ULN", "OCR", "NUMBER", "UCAS", "IDENTITY"),
    "Records and groups of candidates": ("CLASH", "MERGE", "GROUP"),
    OTHER: (),
    OF_THE_BOARD: ("HANDLING", "LOADING", "CALENDAR", "PRICE", "APPROVAL", "ABSENT", "CREDIT", "TRANSFER", "INVOICE"),
}
"""The groups in their order, each with the beginnings of its codes; what begins with none is among the others."""

OF_STEP = frozenset({"DOB-02", "DOB-03", "DOB-04", "GENDER-01", "NAME-07", "NAME-08"})
"""Rules on candidates that only an entry for STEP is held to."""


@dataclass(frozen=True)
class Group:
    """Rules that belong together, by their codes."""

    title: str
    rules: tuple[Rule, ...]


@cache
def entry_rules() -> tuple[Group, ...]:
    """The rules of Cambridge Technicals and of candidates, in groups; a group without rules is left out."""
    names = {str(apps.get_app_config(app).verbose_name) for app in APPS}
    own = [rule for rule in rules() if rule.app in names and rule.code not in OF_STEP]
    groups = (Group(title, tuple(sorted(_of_group(own, title), key=_place))) for title in GROUPS)
    return tuple(group for group in groups if group.rules)


def group_of(code: str) -> str:
    """The title of the group that a code belongs to."""
    return next((title for title, families in GROUPS.items() if _family(code) in families), OTHER)


def _of_group(found: Iterable[Rule], title: str) -> Iterable[Rule]:
    return (rule for rule in found if group_of(rule.code) == title)


def _place(rule: Rule) -> tuple[int, str]:
    families, family = GROUPS[group_of(rule.code)], _family(rule.code)
    return (families.index(family) if family in families else len(families), rule.code)


def _family(code: str) -> str:
    return code.rpartition("-")[0]
