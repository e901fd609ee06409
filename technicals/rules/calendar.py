"""The days of series, and the calendar that is proposed for an academic year (decisions 25 and 27). Plain Python."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from core.moments import date_in_words
from core.refusals import Refusal

from ..enums import SeriesKind

DAYS = {
    "opens_on": "opens",
    "entry_deadline": "entry deadline",
    "late_until": "late entries until",
    "refund_until": "refund until",
    "no_change_from": "no change from",
    "results_on": "results",
}
"""The days of a series in their order, in words."""
CLOSED = "Closed for entries"
NEVER_OF_REGISTRATIONS = ("late_until", "refund_until")


@dataclass(frozen=True)
class SeriesDays:
    """A series to be set up: its kind, its year and its days."""

    kind: SeriesKind
    year: int
    opens_on: date
    entry_deadline: date
    late_until: date | None = None
    refund_until: date | None = None
    no_change_from: date | None = None
    results_on: date | None = None


def days_stand_in_order(series: Any) -> Refusal | None:
    """CALENDAR-01: The days of a series stand in order: it opens, its entry deadline, late entries until and refund
    until (either may be first), no change from, results. Those after the entry deadline may be empty."""
    named = [field for field in DAYS if getattr(series, field)]
    chains = [[field for field in named if field != apart] for apart in ("refund_until", "late_until")]
    pairs: list[tuple[str, str]] = [pair for chain in chains for pair in pairwise(chain)]
    for before, field in pairs:
        first, second = getattr(series, before), getattr(series, field)
        if second < first:
            sentence = f"“{DAYS[field]}”, {date_in_words(second)}, is before “{DAYS[before]}”, {date_in_words(first)}."
            return Refusal("CALENDAR-01", f"{sentence} Check both dates.", field=field)
    return None


def registrations_are_never_late(series: Any) -> Refusal | None:
    """CALENDAR-02: Registrations are never late and have no refund day: their set has neither day (decision 25)."""
    if series.kind != SeriesKind.REGISTRATION:
        return None
    named = next((field for field in NEVER_OF_REGISTRATIONS if getattr(series, field)), "")
    if not named:
        return None
    return Refusal("CALENDAR-02", f"A set of registrations has no day “{DAYS[named]}”. Empty it.", field=named)


def sets_of_registrations_stand_apart(series: Any, others: Iterable[Any]) -> Refusal | None:
    """CALENDAR-03: A day belongs to one set of registrations: two sets have no day in common."""
    if series.kind != SeriesKind.REGISTRATION:
        return None
    for other in others:
        if other.kind == series.kind and other.year != series.year and _share_a_day(series, other):
            days = f"{date_in_words(other.opens_on)} to {date_in_words(other.entry_deadline)}"
            sentence = f"{other} takes registrations from {days}. Choose days outside it."
            return Refusal("CALENDAR-03", sentence, field="opens_on")
    return None


def days_belong_to_the_year(series: Any) -> Refusal | None:
    """CALENDAR-04: A set of registrations opens in its year; entries for an examination close in its year or the year
    before."""
    is_set = series.kind == SeriesKind.REGISTRATION
    field, years = ("opens_on", [series.year]) if is_set else ("entry_deadline", [series.year - 1, series.year])
    day = getattr(series, field)
    if day.year in years:
        return None
    expected = " or ".join(map(str, years))
    sentence = f"“{DAYS[field]}”, {date_in_words(day)}, must be in {expected}. Check the day and the year."
    return Refusal("CALENDAR-04", sentence, field=field)


def refusals_to_set_up(series: Any, others: Iterable[Any]) -> list[Refusal]:
    """Everything that is wrong with the days of a series beside the others."""
    judged = [
        days_stand_in_order(series),
        registrations_are_never_late(series),
        sets_of_registrations_stand_apart(series, others),
        days_belong_to_the_year(series),
    ]
    return [refusal for refusal in judged if refusal]


def standing_in_words(series: Any, on: date) -> str:
    """How a series stands on a day: open now, open for late entries only, not open yet, or closed."""
    if on < series.opens_on:
        return f"Opens on {date_in_words(series.opens_on)}"
    if on <= series.entry_deadline:
        return "Open now"
    return "Open for late entries" if series.late_until and on <= series.late_until else CLOSED


def has_days_to_come(series: Any, on: date) -> bool:
    """Whether a day of a series is still to come or is this day."""
    return any(day and day >= on for day in (getattr(series, field) for field in DAYS))


def sample_series(september: int) -> list[SeriesDays]:
    """The series of the academic year that begins in this September, with example dates.

    The two entry deadlines are those of decision 27; every other day is an example of ours.
    """
    exams = september + 1
    return [
        SeriesDays(SeriesKind.REGISTRATION, september, date(september, 9, 1), date(exams, 8, 31)),
        SeriesDays(
            SeriesKind.JANUARY,
            exams,
            opens_on=date(september, 9, 1),
            entry_deadline=date(september, 10, 21),
            late_until=date(september, 11, 21),
            refund_until=date(september, 12, 14),
            no_change_from=date(exams, 3, 5),
            results_on=date(exams, 3, 12),
        ),
        SeriesDays(
            SeriesKind.JUNE,
            exams,
            opens_on=date(september, 11, 1),
            entry_deadline=date(exams, 2, 21),
            late_until=date(exams, 3, 21),
            refund_until=date(exams, 4, 21),
            no_change_from=date(exams, 8, 7),
            results_on=date(exams, 8, 14),
        ),
    ]


def september_of(day: date) -> int:
    """The year in which the academic year of a day, September to August, began."""
    return day.year if day.month >= 9 else day.year - 1


def next_september(years: Iterable[int], today: date) -> int:
    """The academic year to be set up next: the first from this one on that has no set of registrations yet."""
    taken, september = set(years), september_of(today)
    while september in taken:
        september += 1
    return september


def _share_a_day(one: Any, other: Any) -> bool:
    return one.opens_on <= other.entry_deadline and other.opens_on <= one.entry_deadline
