"""Cambridge Technicals in the demo: the shipped catalogue, example prices and dates, and one school's approvals."""

from datetime import datetime, timedelta

from centres.models import Centre
from core.moments import uk_date
from technicals.enums import Level, Suite
from technicals.management.commands.load_catalogue import shipped_files
from technicals.models import Approval, Series
from technicals.services.catalogue import load_catalogue
from technicals.services.series import add_next_academic_year

APPROVED_FOR = [
    ("Business", Level.LEVEL_3, Suite.OF_2016),
    ("IT", Level.LEVEL_3, Suite.OF_2016),
    ("Engineering", Level.LEVEL_3, Suite.OF_2016),
    ("IT", Level.LEVEL_3, Suite.OF_2012),
]
ENDED = ("Health and Social Care", Level.LEVEL_3, Suite.OF_2016)
LEAST_OPEN = timedelta(days=30)


def load_technicals(school: Centre, now: datetime) -> None:
    """Load the catalogue with example prices, the series of two academic years, and the school's approvals."""
    files = shipped_files(with_sample_prices=True)
    contents = {name: path.read_bytes() for name, path in files.items()}
    load_catalogue(contents=contents, by=None, at=now, dry_run=False)
    for _ in range(2):
        add_next_academic_year(by=None, at=now)
    _open_the_next_series(now)
    _approvals(school, now)


def _open_the_next_series(now: datetime) -> None:
    """A demo takes unit entries on any day of the year: the next series without a late charge has opened already."""
    today = uk_date(now)
    series = Series.objects.of_exams().filter(entry_deadline__gte=today).first()
    if series and series.opens_on > today - LEAST_OPEN:
        series.opens_on = today - LEAST_OPEN
        series.save(update_fields=["opens_on"])


def _approvals(school: Centre, now: datetime) -> None:
    today = uk_date(now)
    days = {"since": today - timedelta(days=700), "until": today + timedelta(days=3 * 365)}
    ended = {"since": today - timedelta(days=700), "until": today - timedelta(days=60)}
    Approval.objects.bulk_create(
        Approval(centre=school, subject=subject, level=level, suite=suite, **of)
        for (subject, level, suite), of in [*((family, days) for family in APPROVED_FOR), (ENDED, ended)]
    )
