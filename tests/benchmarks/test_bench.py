"""The benchmarks: what they hold figures to, and a short run of all of them."""

import pytest

from benchmarks import importing, report, submitting, validating
from benchmarks.files import errors_in, workbook
from benchmarks.measuring import Bound, Figure, exponent, medians
from benchmarks.profiling import stage_of
from benchmarks.run import Measured
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


def test_a_stage_tells_what_costs_most():
    def downwards(number):
        return -number

    stage = stage_of("Sorting", lambda: lambda: sorted(range(5_000), key=downwards))

    assert stage.seconds > 0
    assert stage.costs == sorted(stage.costs, key=lambda cost: cost.share, reverse=True)
    assert [cost.calls for cost in stage.costs if cost.name.endswith(" downwards")] == [5_000]


@pytest.mark.services
def test_a_short_run_measures_everything(transactional_db):
    school = open_school()

    figures = [
        *validating.figures(school, 200, 1)[0],
        *importing.figures(school, 100, 1.0),
        *submitting.figures(school, 100, 1),
    ]

    assert sum(figure.is_met is not None for figure in figures) == 5
    page = report.page_of(Measured(figures, []))
    assert [line.count("|") for line in page.splitlines() if " rows" in line and line.startswith("|")] == [8] * 5
    assert "clean_model_instances" in page


@pytest.mark.services
def test_a_peer_that_refuses_other_rows_is_noticed(transactional_db, monkeypatch):
    monkeypatch.setattr("benchmarks.importing.dry_run", lambda school, content, way: {2: ["Something else."]})

    with pytest.raises(AssertionError, match="refuse different rows"):
        importing.figures(open_school(), 100, 1.0)


def test_one_row_in_twenty_has_something_to_mend():
    assert errors_in(10_000) == 500
    assert len(workbook(100, with_errors=True)) > len(workbook(100, with_errors=False))
