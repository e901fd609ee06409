"""The benchmarks: what they hold figures to, and a short run of all of them."""

import pytest

from benchmarks import report, run
from benchmarks.files import errors_in, workbook
from benchmarks.importing import figures as figures_of_importing
from benchmarks.measuring import Bound, Figure, exponent, medians
from benchmarks.school import open_school

CEILING = Bound(limit=8, aim=4)
FLOOR = Bound(limit=30, aim=50, is_floor=True)


@pytest.mark.parametrize(
    ("bound", "value", "verdict"),
    [
        (CEILING, 4.0, "aim met"),
        (CEILING, 4.01, "limit met"),
        (CEILING, 8.0, "limit met"),
        (CEILING, 8.01, "limit missed"),
        (FLOOR, 50.0, "aim met"),
        (FLOOR, 49.9, "limit met"),
        (FLOOR, 30.0, "limit met"),
        (FLOOR, 29.9, "limit missed"),
        (Bound(limit=40), 1.0, "limit met"),
    ],
)
def test_a_value_is_held_to_its_limit_and_its_aim(bound, value, verdict):
    figure = Figure("what", "1 s", "2 s", value, bound)

    assert figure.cells[-1] == verdict
    assert figure.is_met is (verdict != "limit missed")


def test_a_figure_without_a_limit_has_no_verdict():
    figure = Figure("what", "1 s")

    assert figure.cells == ["what", "1 s", "", "", "", "", ""]
    assert figure.is_met is None


@pytest.mark.parametrize("power", [1, 2])
def test_growth_is_told_by_its_power(power):
    times = {rows: 0.001 * rows**power for rows in (1_000, 3_000, 10_000)}

    assert exponent(times) == pytest.approx(power)


def test_ways_are_called_in_turn_after_one_call_each_to_warm_up():
    called = []
    ways = {name: lambda name=name: lambda: called.append(name) for name in ("ours", "bare")}

    times = medians(ways, rounds=2)

    assert called == ["ours", "bare", "ours", "bare", "bare", "ours"]
    assert set(times) == {"ours", "bare"}


@pytest.mark.services
def test_a_short_run_measures_everything(transactional_db):
    measured = run.measure(rows=200, rounds=1)

    page = report.page_of(measured)
    assert page.startswith("# Performance\n")
    assert [figure.what for figure in measured.figures if figure.bound and figure.value is None] == []
    assert sum(figure.bound is not None for figure in measured.figures) == 5
    assert all(stage.name in page for stage in measured.stages)


@pytest.mark.services
def test_a_peer_that_refuses_other_rows_is_noticed(transactional_db, monkeypatch):
    monkeypatch.setattr("benchmarks.importing.dry_run", lambda school, content, way: {2: ["Something else."]})

    with pytest.raises(AssertionError, match="refuse different rows"):
        figures_of_importing(open_school(), 100, 1.0)


def test_one_row_in_twenty_has_something_to_mend():
    assert errors_in(10_000) == 500
    assert len(workbook(100, with_errors=True)) > len(workbook(100, with_errors=False))
