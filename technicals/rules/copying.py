"""Laws of copying the unit entries of one series into web forms for another. Plain Python."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, TypeVar

from core.moments import date_in_words
from core.refusals import Refusal

from ..enums import EntryKind
from .facts import LEADING_ON
from .form import MOST_CANDIDATES, MOST_UNITS_AT_ONCE

Line = tuple[int, tuple[int, ...]]
"""A candidate by id, and the numbers of the units in one web form."""
Part = TypeVar("Part")


def copy_goes_to_an_open_series(target: Any, at: datetime) -> Refusal | None:
    """REPEAT-01: Unit entries are copied for a series that takes entries, late ones until its last day included."""
    if target.window_with_late.is_open(at):
        return None
    opens = f" It takes entries from {date_in_words(target.opens_on)}." if at < target.window.opens_at else ""
    return Refusal("REPEAT-01", f"{target} takes no entries now.{opens} Choose a series that is open.", "target")


def copy_goes_to_another_series(source: Any, target: Any) -> Refusal | None:
    """REPEAT-02: Unit entries are copied from one series to another one."""
    if source != target:
        return None
    return Refusal("REPEAT-02", f"{target} is both copied from and copied to. Choose two different series.", "target")


def something_is_copied(count: int, source: Any, target: Any) -> Refusal | None:
    """REPEAT-03: A copy has at least one unit entry that was not withdrawn and is not entered for the other series."""
    if count:
        return None
    return Refusal(
        "REPEAT-03",
        f"There is nothing to copy from {source} to {target}: nobody asked for has a unit entry there that can be "
        "entered once more. Choose another group or another series.",
    )


def refusals_to_copy(source: Any, target: Any, at: datetime) -> list[Refusal]:
    """Everything that stands against copying from one series to another."""
    told = [copy_goes_to_another_series(source, target), copy_goes_to_an_open_series(target, at)]
    return [refusal for refusal in told if refusal]


def code_to_enter_under(code: str, standing: Collection[str]) -> str:
    """The entry code of a copied unit: that of its first entry, unless its candidate stands registered for one other.

    standing: the full awards of the same subject, level and suite for which the candidate stands registered.
    """
    if code in standing or len(standing) != 1:
        return code
    return next(iter(standing))


def full_award_of(kind: str, code: str, to_code: str) -> str:
    """The full award for which a registration under a code stands; "" for a re-entry, under which are no units."""
    if kind in LEADING_ON:
        return to_code or code
    return code if kind == EntryKind.FULL else ""


def lines_of_forms(units: Iterable[tuple[int, Sequence[int]]]) -> Iterator[list[Line]]:
    """The candidates of one entry code as so many web forms as they need: each takes up to three units of a candidate.

    units: each candidate by id with the numbers of all units, in the order of the forms.
    """
    rounds: dict[int, list[Line]] = {}
    for candidate, numbers in units:
        for place, few in enumerate(_parts(sorted(numbers), MOST_UNITS_AT_ONCE)):
            rounds.setdefault(place, []).append((candidate, tuple(few)))
    for lines in rounds.values():
        yield from _parts(lines, MOST_CANDIDATES)


def _parts(whole: Sequence[Part], size: int) -> Iterator[list[Part]]:
    return (list(whole[begin : begin + size]) for begin in range(0, len(whole), size))
