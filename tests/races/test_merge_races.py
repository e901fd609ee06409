"""Two records that become one while the withdrawal of an entry of one of them is undone."""

import time
from datetime import timedelta

import pytest

from candidates.services import merging
from technicals.models import UnitEntry
from technicals.services import restoring, withdrawing
from tests.factories.candidates import CandidateFactory
from tests.factories.technicals import RegistrationFactory, UnitEntryFactory
from tests.races.conftest import all_at_once


@pytest.fixture
def doubles(centre, officer, now):
    """Two records of one person, entered for the same unit and series; the entry of the first is withdrawn."""
    withdrawn = UnitEntryFactory(centre=centre)
    person = {name: getattr(withdrawn.candidate, name) for name in ("first_name", "last_name", "date_of_birth")}
    RegistrationFactory(centre=centre, candidate=withdrawn.candidate)
    withdrawing.withdraw_unit(entry=withdrawn, by=officer, at=now)
    double = CandidateFactory(centre=centre, **person)
    UnitEntryFactory(centre=centre, candidate=double, unit=withdrawn.unit, series=withdrawn.series)
    return withdrawn, double


@pytest.fixture(autouse=True)
def slow_merger(monkeypatch):
    """A pause between the judgement of a merger and what it moves."""
    move = merging._move
    monkeypatch.setattr(merging, "_move", lambda *args: time.sleep(0.5) or move(*args))


def both(doubles, officer, now):
    withdrawn, double = doubles
    people = {"one": withdrawn.candidate, "other": double, "stays": "one", "chosen": {}}

    def restore():
        time.sleep(0.2)
        return restoring.restore_unit(entry=withdrawn, by=officer, at=now + timedelta(minutes=1))

    merge = lambda: merging.merge_candidates(**people, by=officer, at=now)  # noqa: E731
    return [type(answer).__name__ for answer in all_at_once([merge, restore])]


def test_an_entry_is_restored_or_gives_way_to_that_of_the_record_that_was_merged(doubles, officer, now):
    assert both(doubles, officer, now) == ["tuple", "Refused"]

    withdrawn, _ = doubles
    assert UnitEntry.objects.live().filter(candidate=withdrawn.candidate).count() == 1


def test_twin_where_the_merger_does_not_wait_only_the_database_stops_the_second_entry(
    doubles, officer, now, monkeypatch
):
    monkeypatch.setattr(merging, "_wait_for_others", lambda centre: None)

    assert both(doubles, officer, now) == ["IntegrityError", "UnitEntry"]
