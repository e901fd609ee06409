"""Timing ways of doing something beside each other, and what the ratio of two has to hold. Plain Python."""

import gc
import math
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import linear_regression, median

Act = Callable[[], object]
Way = Callable[[], Act]
"""Makes ready, which is not timed, and returns what is timed."""


@dataclass(frozen=True)
class Bound:
    """What a value has to hold, and what is aimed at, if more: at most this, or, as a floor, at least this."""

    limit: float
    aim: float | None = None
    is_floor: bool = False

    def is_limit_met(self, value: float) -> bool:
        return _holds(value, self.limit, self.is_floor)

    def verdict(self, value: float) -> str:
        """What the table says of a value."""
        if not self.is_limit_met(value):
            return "limit missed"
        if self.aim is None or not _holds(value, self.aim, self.is_floor):
            return "limit met"
        return "aim met"

    def in_words(self, value: float | None) -> str:
        """A limit or an aim as the table has it."""
        return "" if value is None else f"{'at least' if self.is_floor else 'at most'} {value:g}"


def _holds(value: float, wanted: float, is_floor: bool) -> bool:
    return value >= wanted if is_floor else value <= wanted


@dataclass(frozen=True)
class Figure:
    """One line of the table. value: the ratio, or what else the bound is about; None where there is none."""

    what: str
    ours: str
    baseline: str = ""
    value: float | None = None
    bound: Bound | None = None

    @property
    def is_met(self) -> bool | None:
        """Whether the limit is held; None where there is no limit."""
        return self.bound.is_limit_met(self.value) if self.bound and self.value is not None else None

    @property
    def cells(self) -> list[str]:
        """What, ours, baseline, ratio, limit, aim, verdict."""
        told = [self.what, self.ours, self.baseline, "" if self.value is None else f"{self.value:.3g}"]
        if self.bound is None or self.value is None:
            return [*told, "", "", ""]
        bound = self.bound
        return [*told, bound.in_words(bound.limit), bound.in_words(bound.aim), bound.verdict(self.value)]


def seconds(act: Act) -> float:
    """How long one call takes. What earlier calls left behind is cleared away before."""
    gc.collect()
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def medians(ways: Mapping[str, Way], rounds: int) -> dict[str, float]:
    """The median seconds of each way, after a call to warm up: a call of each in every round, the order turned."""
    for make_ready in ways.values():
        make_ready()()
    times: dict[str, list[float]] = {name: [] for name in ways}
    names = list(ways)
    for turn in range(rounds):
        for name in names[turn % len(names) :] + names[: turn % len(names)]:
            times[name].append(seconds(ways[name]()))
    for name, each in times.items():
        tell(f"{name}: " + ", ".join(f"{one:.3f}" for one in sorted(each)))
    return {name: median(each) for name, each in times.items()}


def exponent(times: Mapping[int, float]) -> float:
    """By which power of the number of rows the time grows: 1 is in proportion, 2 is with the square."""
    return linear_regression([math.log(rows) for rows in times], [math.log(time) for time in times.values()]).slope


def in_seconds(value: float) -> str:
    return f"{value:.2f} s"


def of_each(values: Mapping[int, object] | Sequence[object]) -> str:
    """Several values in one cell."""
    return " / ".join(map(str, values.values() if isinstance(values, Mapping) else values))


def tell(line: str) -> None:
    """Say how far the run is."""
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()
