"""Two clicks at the same moment that copy the same entries make the same web form."""

import time
from datetime import timedelta

import pytest

from technicals.enums import SeriesKind
from technicals.models import EntryDraft
from technicals.services import copying
from tests.factories.technicals import UnitEntryFactory, exam_series, today
from tests.races.conftest import all_at_once


@pytest.fixture
def copy(centre, officer, priya, now, monkeypatch):
    """Copies of one January to June by two people, with a pause between the plan and the first form."""
    january = exam_series(year=today().year, opens_on=today() - timedelta(days=300))
    june = exam_series(SeriesKind.JUNE)
    UnitEntryFactory(centre=centre, series=january)
    start = copying.start_draft
    monkeypatch.setattr(copying, "start_draft", lambda **kwargs: time.sleep(0.5) or start(**kwargs))
    chosen = {"centre": centre, "group": None, "source": january, "target": june, "at": now}
    return [lambda by=by: copying.copy_entries(**chosen, by=by) for by in (officer, priya)]


def test_two_clicks_at_once_make_one_web_form(copy):
    first, second = all_at_once(copy)

    assert first == second == [EntryDraft.objects.get()]


def test_twin_without_the_wait_there_are_two(copy, monkeypatch):
    monkeypatch.setattr(copying, "wait_for_others", lambda centre: None)

    all_at_once(copy)

    assert EntryDraft.objects.count() == 2
