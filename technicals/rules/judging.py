"""A file's rows, judged one after the other and against each other: registrations first, then units."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from candidates.rules.people import Person, notices_of_person, read_person, refusals_of_person
from core.refusals import Refusal

from .entering import (
    notices_of_short_notice,
    plan_unit,
    registration_comes_first,
    registration_row_is_ready,
    series_takes_entries,
    unit_is_entered_once_in_a_file,
    units_have_a_full_code,
)
from .facts import TRANSFERRED, Facts, Family, SeriesFacts, UnitEntered, UnitOfFamily
from .people import PeopleOfFile, say_who
from .planning import Row, Who
from .reading import (
    UNIT_COLUMNS,
    centre_number_is_the_own,
    own_reference_is_short_enough,
    read_code,
    read_series,
    read_units,
)
from .registering import (
    full_award_or_units,
    plan_registration,
    registration_is_followed_once,
    registration_stands_once_in_a_file,
    withdrawal_is_not_pending,
)

PERSON_COLUMNS = (
    "last_name", "first_name", "middle_names", "date_of_birth", "gender", "uci", "uln", "ocr_number",
    "candidate_number",
)  # fmt: skip


@dataclass
class _File:
    """What earlier rows of the file say, for the rows after them. Rows are named by their numbers."""

    facts: Facts
    people: PeopleOfFile
    followed: dict[int, int] = field(default_factory=dict)
    registering: dict[tuple[Who, str], Row] = field(default_factory=dict)
    full_awards: dict[tuple[Who, Family], int] = field(default_factory=dict)
    unit_rows: dict[tuple[Who, Family], int] = field(default_factory=dict)
    units: dict[tuple[Who, int, int], int] = field(default_factory=dict)
    planned: dict[tuple[Who, int], list[UnitEntered]] = field(default_factory=dict)


def judge_file(
    rows: Iterable[tuple[int, Mapping[str, str]]], facts: Facts, *, chosen: Mapping[int, int] | None = None
) -> list[Row]:
    """Every row with what it would become, what stands against it, and what is told of it; in the given order.

    rows: the number of each, and its texts by column. chosen: the id of the centre's candidate whom a row is about,
    by its number, where somebody was chosen and nobody has to be looked for. Facts are not changed.
    """
    with_entries = facts.registered.keys() | facts.entered.keys()
    file = _File(facts, PeopleOfFile(facts.people, chosen or {}, with_entries))
    people: dict[tuple[str, ...], tuple[Person, list[Refusal]]] = {}
    read = [_read(number, answers, facts, people) for number, answers in rows]
    in_order = sorted(read, key=lambda row: row.number)
    for row in in_order:
        say_who(row, file.people)
        _note_families(row, file)
    for row in in_order:
        if row.code and not row.has_units:
            _judge_registration(row, file)
    for row in in_order:
        if row.code and row.has_units:
            _judge_units(row, file)
    return read


def _read(
    number: int,
    answers: Mapping[str, str],
    facts: Facts,
    people: dict[tuple[str, ...], tuple[Person, list[Refusal]]],
) -> Row:
    """The cells of a row, read; a person who stands in several rows is read once."""
    typed = tuple([answers.get(column, "") for column in PERSON_COLUMNS])
    if typed not in people:
        person, unread = read_person(answers)
        people[typed] = person, [*unread, *refusals_of_person(person, facts.today)]
    person, refusals = people[typed]
    row = Row(number, answers, person, refusals=list(refusals))
    row.notices += notices_of_person(person, facts.today)
    row.code, of_code, notices = read_code(answers.get("scheme_code", ""), facts)
    row.notices += notices
    row.refuse(*of_code, centre_number_is_the_own(answers.get("centre_number", ""), facts))
    row.refuse(own_reference_is_short_enough(answers.get("own_reference", "")))
    row.has_units = any(answers.get(column, "").strip() for column in UNIT_COLUMNS)
    if row.code and row.has_units:
        row.units, of_units = read_units(answers, row.code, facts)
        row.refuse(*of_units)
        row.series, of_series = _series_of(row, facts)
        row.refuse(of_series)
    return row


def _series_of(row: Row, facts: Facts) -> tuple[SeriesFacts | None, Refusal | None]:
    """The series of a row's units; those of the 2012 suite are not sat, and belong to the year's registrations."""
    if row.code and row.code.is_of_2012:
        return facts.registrations, None
    series, unread = read_series(row.answers.get("series", ""), facts)
    return series, unread or series_takes_entries(series, facts)


def _note_families(row: Row, file: _File) -> None:
    if row.code:
        noted = file.unit_rows if row.has_units else file.full_awards
        noted.setdefault((row.who, row.code.family), row.number)


def _judge_registration(row: Row, file: _File) -> None:
    code, facts = row.code, file.facts
    if code is None:
        return
    first = file.registering.get((row.who, code.leads_to))
    if first is None or not first.is_settled:
        file.registering[row.who, code.leads_to] = row
    elif row.is_settled and not first.already:
        row.refuse(registration_stands_once_in_a_file(code, first.number))
    if row.is_settled:
        row.refuse(full_award_or_units(code, _units_before(row, file)))
        plan_registration(row, facts.registered.get(row.who[1], []) if row.who[0] == "known" else [], facts)
        _note_followed(row, file)


def _note_followed(row: Row, file: _File) -> None:
    if row.registration is None or row.registration.follows is None:
        return
    first = file.followed.setdefault(row.registration.follows, row.number)
    if first != row.number:
        row.registration = None
        row.refuse(registration_is_followed_once(first))


def _units_before(row: Row, file: _File) -> str:
    """Where the candidate has unit entries of the row's family: an earlier row, or a reference."""
    if row.code is None or not row.code.is_of_2012:
        return ""
    number = file.unit_rows.get((row.who, row.code.family))
    if number and number < row.number:
        return f"row {number}"
    return next((entry.reference for entry in _entered(row, file) if _is_live_of(entry, row, file)), "")


def _is_live_of(entry: UnitEntered, row: Row, file: _File) -> bool:
    code = file.facts.codes.get(entry.code)
    return bool(entry.is_live and code and row.code and code.family == row.code.family)


def _entered(row: Row, file: _File) -> Sequence[UnitEntered]:
    return file.facts.entered.get(row.who[1], []) if row.who[0] == "known" else []


def _judge_units(row: Row, file: _File) -> None:
    code, facts = row.code, file.facts
    if code is None or not row.is_settled:
        return
    registered = facts.registered.get(row.who[1], []) if row.who[0] == "known" else []
    in_file = file.registering.get((row.who, code.code))
    is_failed = in_file is not None and bool(in_file.refusals)
    row.refuse(
        units_have_a_full_code(code)
        or registration_row_is_ready(code, in_file.number if in_file and is_failed else None)
        or withdrawal_is_not_pending(code, registered)
        or registration_comes_first(code, registered, in_file.number if in_file else None),
        full_award_or_units(code, _full_award_before(row, file)),
    )
    if row.series is None:
        return
    row.notices += notices_of_short_notice(row.series, in_file is not None and not in_file.already, facts)
    _judge_each_unit(row, file)


def _full_award_before(row: Row, file: _File) -> str:
    if row.code is None or not row.code.is_of_2012:
        return ""
    number = file.full_awards.get((row.who, row.code.family))
    if number and number < row.number:
        return f"row {number}"
    registered = file.facts.registered.get(row.who[1], []) if row.who[0] == "known" else []
    standing = (each for each in registered if each.is_live or each.is_withdrawing)
    return next((each.reference for each in standing if each.family == row.code.family), "")


def _judge_each_unit(row: Row, file: _File) -> None:
    """Plan each unit that does not stand entered; a row of which every unit does is entered already."""
    found: list[str] = []
    for column, unit in row.units:
        before = _earlier_entries(row, unit, file)
        entered = next((e.reference for e in before if e.is_live and row.series and e.series == row.series.id), "")
        if entered:
            found.append(entered)
            row.notices.append(f"Unit {unit.number} is entered already ({entered}) and is not entered again.")
            continue
        key = (row.who, unit.id, row.series.id if row.series else 0)
        first = file.units.setdefault(key, row.number)
        if first != row.number and row.series:
            row.refuse(unit_is_entered_once_in_a_file(column, unit, row.series, first))
        else:
            plan_unit(row, column, unit, before, file.facts)
            _note_planned(row, unit, file)
    if found and len(found) == len(row.units) and not row.refusals:
        row.already, row.notices = found[0], []


def _note_planned(row: Row, unit: UnitOfFamily, file: _File) -> None:
    """Let later rows that enter the candidate for the unit in another series count this attempt."""
    if row.series and any(entry.unit.id == unit.id for entry in row.unit_entries):
        entry = UnitEntered(unit.id, row.series.id, is_live=False, results_on=row.series.results_on)
        file.planned.setdefault((row.who, unit.id), []).append(entry)


def _earlier_entries(row: Row, unit: UnitOfFamily, file: _File) -> list[UnitEntered]:
    """What the candidate was entered for in this unit before: at this centre, and elsewhere by UCI, OCR number or
    transfer."""
    own = [entry for entry in _entered(row, file) if entry.unit == unit.id]
    person = row.finding.person if row.finding else row.person
    keys = [("uci", person.uci), ("ocr_number", person.ocr_number)]
    if row.who[0] == "known":
        keys.append((TRANSFERRED, str(row.who[1])))
    elsewhere = [e for key in keys if key[1] for e in file.facts.entered_elsewhere.get(key, []) if e.unit == unit.id]
    return [*own, *dict.fromkeys(elsewhere), *file.planned.get((row.who, unit.id), [])]
