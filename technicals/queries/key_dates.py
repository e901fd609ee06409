"""The key dates of Cambridge Technicals, for the calendar of a centre."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from core.moments import UK

from ..models import Approval, Series
from ..models.catalogue import LAST_MINUTE
from ..rules.calendar import DAYS, has_days_to_come

KEPT = timedelta(days=365)
"""How long a series whose days are over stays in calendars."""
UNTIL_THE_LAST_MINUTE = ("entry_deadline", "late_until", "refund_until")
TITLES = {
    "opens_on": "entries open",
    "entry_deadline": "entry deadline",
    "late_until": "last moment for late entries",
    "refund_until": "last moment to withdraw with a refund",
    "no_change_from": "no changes from this day",
    "results_on": "results",
}
OF_REGISTRATIONS = {"opens_on": "registrations open", "entry_deadline": "registrations of this year close"}
EXAMPLE = " (example date)"


@dataclass(frozen=True)
class KeyDate:
    """A day, or its last minute where something ends with it, and the series from which it comes."""

    slug: str
    title: str
    at: date | datetime
    row: Series


def series_for_calendars(*, centre: Any, on: date) -> list[Series]:
    """The series whose days stand in the calendar of a centre on this day: none without an approval; two queries."""
    if not Approval.objects.filter(centre=centre).in_force(on).exists():
        return []
    return [series for series in Series.objects.order_by("opens_on", "pk") if has_days_to_come(series, on - KEPT)]


def key_dates(series: Series) -> Iterator[KeyDate]:
    """The days of a series in their order, each with what happens on it; an example date says so."""
    titles = TITLES if series.is_exam_series else TITLES | OF_REGISTRATIONS
    for field in DAYS:
        if day := getattr(series, field):
            at = datetime.combine(day, LAST_MINUTE, UK) if field in UNTIL_THE_LAST_MINUTE else day
            title = titles[field] + (EXAMPLE if series.is_sample else "")
            yield KeyDate(field.replace("_", "-"), title, at, series)
