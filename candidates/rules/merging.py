"""Making one record of two, and who moves what hangs on them (decision 0018)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.refusals import Refusal

from .details import CELLS, Cell

ONE, OTHER = "one", "other"


@dataclass(frozen=True)
class Mover:
    """What an app of entries does when two records become one.

    name: what is moved, in the plural ("STEP entries").
    refusals(goes, stays): why the two, by the ids of their records, cannot become one.
    move(goes, stays, by, at): gives what hangs on one record to the other, inside the transaction; how much it was.
    """

    name: str
    refusals: Callable[[int, int], list[Refusal]]
    move: Callable[[Any, Any, Any, datetime], int]


_MOVERS: dict[str, Mover] = {}


def register(mover: Mover) -> None:
    """Let an app of entries move its rows."""
    _MOVERS[mover.name] = mover


def movers() -> list[Mover]:
    """All of them, by name."""
    return [mover for _, mover in sorted(_MOVERS.items())]


def differing(one: Any, other: Any) -> list[Cell]:
    """The details in which two records differ."""
    return [cell for cell in CELLS if any(getattr(one, name) != getattr(other, name) for name in cell.attributes)]


def chosen_values(one: Any, other: Any, chosen: Mapping[str, str]) -> dict[str, Any]:
    """The attributes of the record that stays, as the person chose them cell by cell."""
    sides = {ONE: one, OTHER: other}
    return {name: getattr(sides[chosen[cell.slug]], name) for cell in differing(one, other) for name in cell.attributes}


def record_is_active(name: str, merged_into: str) -> Refusal | None:
    """MERGE-01: A record that was merged into another is changed and merged no more.

    merged_into: the name of the record that counts; "" where the record itself does.
    """
    if not merged_into:
        return None
    return Refusal("MERGE-01", f"The record of {name} was merged into that of {merged_into}. Go on with that record.")


def every_cell_is_chosen(cells: Iterable[Cell], chosen: Mapping[str, str]) -> list[Refusal]:
    """What MERGE-02 says of each detail in which two records differ."""
    return [refusal for cell in cells if (refusal := value_is_chosen(cell, chosen.get(cell.slug, "")))]


def value_is_chosen(cell: Cell, side: str) -> Refusal | None:
    """MERGE-02: Of each detail in which two records differ, a person chooses the one that stays."""
    if side in (ONE, OTHER):
        return None
    return Refusal("MERGE-02", f"{cell.label}: choose which of the two stays.", cell.slug)


def staying_record_is_chosen(side: str) -> Refusal | None:
    """MERGE-03: A person chooses which of the two records stays."""
    if side in (ONE, OTHER):
        return None
    return Refusal("MERGE-03", "Choose which of the two records stays.", "stays")
