"""Cambridge Technicals in the demo."""

from datetime import UTC, date, datetime

import pytest

from core.moments import uk_date
from entries_portal.demo import load_technicals
from technicals.models import Approval, Price, Qualification, Series, Unit

pytestmark = pytest.mark.django_db
DAYS = [date(2026, 11, 22), date(2027, 2, 22), date(2027, 5, 1), date(2027, 8, 31), date(2027, 9, 1)]


def moment(day):
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def test_the_demo_has_the_catalogue_example_prices_and_one_schools_approvals(centre):
    at = moment(DAYS[0])

    load_technicals(centre, at)

    assert (Qualification.objects.count(), Unit.objects.count(), Price.objects.count()) == (60, 217, 11)
    assert not Price.objects.filter(is_sample=False).exists()
    in_force = Approval.objects.filter(centre=centre).in_force(uk_date(at))
    assert sorted(each.family for each in in_force) == [
        ("Business", 3, "2016"),
        ("Engineering", 3, "2016"),
        ("IT", 3, "2012"),
        ("IT", 3, "2016"),
    ]
    assert Approval.objects.count() == 5


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_the_demo_takes_registrations_and_unit_entries_on_any_day(day, centre):
    load_technicals(centre, moment(day))

    open_now = [series for series in Series.objects.taking_entries(day) if series.window.is_open(moment(day))]
    assert Series.objects.of_registrations(day) is not None
    assert open_now != []
    assert not Series.objects.filter(is_sample=False).exists()
