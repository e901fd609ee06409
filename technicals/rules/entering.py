"""Laws of unit entries: registration first, the series, attempts, lateness (decision 0018)."""

from collections.abc import Sequence
from datetime import timedelta

from core.moments import date_in_words, in_words, time_between, uk_date
from core.refusals import Refusal
from core.windows import WindowState

from ..enums import EntryKind
from .facts import Code, Facts, Registered, SeriesFacts, UnitEntered, UnitOfFamily
from .planning import PlannedUnit, Row, unit_charges

MOST_ATTEMPTS = {2: 2, 3: 3}
"""Attempts at an examined unit, by level (decision 0018)."""
SHORT_NOTICE = timedelta(days=2)


def units_have_a_full_code(code: Code) -> Refusal | None:
    """UNIT-06: Units are entered under the code of a full award, not of a top-up, a moving down or a re-entry."""
    if code.kind == EntryKind.FULL:
        return None
    return Refusal(
        "UNIT-06",
        f"{code.code} is not the code of a full award. Enter units under {code.to_code or 'the code of the full award'}"
        ", or clear the unit cells.",
        "scheme_code",
    )


def registration_comes_first(code: Code, registered: Sequence[Registered], row_in_file: int | None) -> Refusal | None:
    """REG-01: In the 2016 suite a unit entry needs a live registration under the same scheme code that was processed.

    row_in_file: a row of the same file that registers the candidate under it, and counts as processed before.
    """
    if code.is_of_2012 or row_in_file or any(each.is_live and each.code == code.code for each in registered):
        return None
    return Refusal(
        "REG-01",
        f"This candidate is not registered for {code.code}. Register first: add a row with the scheme code and no "
        "units, in this file too.",
        "scheme_code",
    )


def registration_row_is_ready(code: Code, failed_row: int | None) -> Refusal | None:
    """REG-02: In the 2016 suite a unit entry cannot go where the row of its file that registers for it cannot."""
    if failed_row is None or code.is_of_2012:
        return None
    return Refusal(
        "REG-02",
        f"Row {failed_row} registers this candidate for {code.code}: mend that row first, and this one goes with it.",
    )


def series_takes_entries(series: SeriesFacts | None, facts: Facts) -> Refusal | None:
    """SERIES-02: A unit entry names a series that takes entries, late ones until its last day included."""
    if series is None:
        return Refusal("SERIES-02", "No series takes unit entries now. See Key dates for the next one.", "series")
    state = series.late.state(facts.at)
    if state is WindowState.OPEN:
        return None
    if state is WindowState.BEFORE:
        sentence = f"{series.title} takes entries from {date_in_words(uk_date(series.late.opens_at))}."
    else:
        sentence = f"{series.title} took entries until {in_words(series.late.deadline)}. Choose a later series."
    return Refusal("SERIES-02", sentence, "series")


def unit_is_sat_in_series(column: str, unit: UnitOfFamily, series: SeriesFacts, is_examined: bool) -> Refusal | None:
    """SERIES-03: An examined unit is entered for a series in which it can be sat."""
    if not is_examined or series.kind in unit.in_series:
        return None
    return Refusal(
        "SERIES-03",
        f"Unit {unit.number} {unit.title} cannot be sat in {series.title}. Choose another series for it.",
        column,
    )


def unit_is_entered_once_in_a_file(
    column: str, unit: UnitOfFamily, series: SeriesFacts, first_row: int | None
) -> Refusal | None:
    """TWICE-02: A file enters a candidate once for a unit in a series, under whichever code."""
    if first_row is None:
        return None
    return Refusal(
        "TWICE-02",
        f"Row {first_row} enters the same candidate for unit {unit.number} in {series.title}. Clear one of the two.",
        column,
    )


def attempts_are_left(column: str, unit: UnitOfFamily, attempts: int) -> Refusal | None:
    """TRY-01: An examined unit has at most three attempts at Level 3 and two at Level 2, across all codes and centres.

    Absent and withdrawn entries do not count.
    """
    most = MOST_ATTEMPTS.get(unit.family[1])
    if most is None or attempts < most:
        return None
    return Refusal(
        "TRY-01",
        f"This candidate has used all {most} attempts at unit {unit.number} {unit.title}. No further entry is "
        "possible: clear this cell.",
        column,
    )


def plan_unit(row: Row, column: str, unit: UnitOfFamily, before: Sequence[UnitEntered], facts: Facts) -> None:
    """Plan one unit entry of a row, or say why not.

    before: the candidate's earlier entries for this unit, here and elsewhere, with those of earlier rows.
    """
    code, series = row.code, row.series
    if code is None or series is None:
        return
    attempts = sum(entry.is_attempt for entry in before)
    is_examined = not code.is_of_2012
    told = [
        unit_is_sat_in_series(column, unit, series, is_examined),
        attempts_are_left(column, unit, attempts) if is_examined else None,
    ]
    row.refuse(*told)
    if any(told):
        return
    is_late = is_examined and series.is_late_at(facts.at)
    charges = unit_charges(code, entered_before=len(before), is_late=is_late, facts=facts)
    row.unit_entries.append(PlannedUnit(code, unit, series, attempts + 1, is_late, charges))
    if is_examined:
        row.notices += notices_of_attempts(unit, before, attempts, facts)


def notices_of_attempts(unit: UnitOfFamily, before: Sequence[UnitEntered], attempts: int, facts: Facts) -> list[str]:
    """What is told of an attempt after the first: that it is charged, and that an earlier result is not known yet."""
    if not before:
        return []
    told = [f"Unit {unit.number} was entered before: this is attempt {attempts + 1}, charged as a resit."]
    if any(entry.is_attempt and (entry.results_on is None or entry.results_on > facts.today) for entry in before):
        told.append(f"The result of an earlier entry for unit {unit.number} is not known yet.")
    return told


def notices_of_short_notice(series: SeriesFacts, registers_in_file: bool, facts: Facts) -> list[str]:
    """What is told of a unit entry so soon after its registration: a lead time of ours, which blocks nothing."""
    wait = time_between(facts.at, series.window.ends_at)
    if not registers_in_file or not timedelta() < wait < SHORT_NOTICE:
        return []
    return [f"The registration is made within two days of the entry deadline of {series.title}."]
