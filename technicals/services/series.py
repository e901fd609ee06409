"""Setting up the series of an academic year."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction

from core.history import record
from core.moments import uk_date

from ..enums import SeriesKind
from ..models import Series
from ..rules.calendar import next_september, sample_series


@transaction.atomic
def add_next_academic_year(*, by: Any, at: datetime) -> list[Series]:
    """Set up the series of the first academic year, from this one on, that has no set of registrations.

    All their dates are examples and marked as such, to be looked at by staff. A January or June series of that year
    that stands already is left alone.
    """
    sets = Series.objects.select_for_update().filter(kind=SeriesKind.REGISTRATION)
    september = next_september([of_year.year for of_year in sets], uk_date(at))
    stored = set(Series.objects.values_list("kind", "year"))
    new = [
        Series(**asdict(days), is_sample=True)
        for days in sample_series(september)
        if (days.kind, days.year) not in stored
    ]
    Series.objects.bulk_create(new)
    record(by=by, at=at, action="series.added", subjects=new, note="Added with example dates")
    return new
