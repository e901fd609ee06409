"""A centre with an officer, the catalogue that is shipped, and an open series: what every measurement starts from."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.test import Client
from django.utils import timezone

from accounts.models import User
from centres.models import Centre, Membership
from core.moments import uk_date
from technicals.enums import Level, SeriesKind, Suite
from technicals.management.commands.load_catalogue import shipped_files
from technicals.models import Approval, Series
from technicals.services.catalogue import load_catalogue

NUMBER = "61111"


@dataclass(frozen=True)
class School:
    """A centre, its exams officer, and a browser in which the officer is signed in."""

    centre: Centre
    officer: User
    client: Client


def open_school() -> School:
    """Make everything, in an empty database; the centre is approved for Business, Level 3, 2016 suite."""
    today = uk_date(timezone.now())
    files = {name: path.read_bytes() for name, path in shipped_files(with_sample_prices=True).items()}
    load_catalogue(contents=files, by=None, at=timezone.now(), dry_run=False)
    centre = Centre.objects.create(number=NUMBER, name="Northgate School")
    officer = User.objects.create_user("officer@northgate.example", name="Olivia Marsh")
    Membership.objects.create(user=officer, centre=centre)
    Approval.objects.create(
        centre=centre,
        subject="Business",
        level=Level.LEVEL_3,
        suite=Suite.OF_2016,
        since=today - timedelta(days=30),
    )
    _open_series(today)
    client = Client()
    client.force_login(officer)
    return School(centre, officer, client)


def _open_series(today: date) -> None:
    september = today.year if today.month >= 9 else today.year - 1
    Series.objects.create(
        kind=SeriesKind.REGISTRATION,
        year=september,
        opens_on=date(september, 9, 1),
        entry_deadline=date(september + 1, 8, 31),
    )
    Series.objects.create(
        kind=SeriesKind.JANUARY,
        year=today.year + 1,
        opens_on=today - timedelta(days=30),
        entry_deadline=today + timedelta(days=30),
        late_until=today + timedelta(days=60),
        results_on=today + timedelta(days=150),
    )
