"""What the cells of a row say of code, units and series (decision 0018)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from technicals.rules.facts import names_of_series
from technicals.rules.reading import read_code, read_series, read_units
from tests.technicals.facts import (
    AT,
    BUSINESS,
    CODES,
    COMING,
    FULL,
    JANUARY,
    JUNE,
    LARGER,
    LEVEL_2,
    MOVE_DOWN,
    OF_2012,
    OVER,
    RE_ENTRY,
    REGISTRATIONS,
    TOP_UP,
    UNAPPROVED,
    codes,
    facts,
    judged,
    typed,
    units,
)


def units_read(*cells, code=FULL):
    """The numbers of the units that are read, and the codes against the others."""
    answers = {f"unit_{place}": text for place, text in enumerate(cells, start=1)}
    read, refusals = read_units(answers, CODES[code], facts())
    return [unit.number for _, unit in read], [(refusal.code, refusal.field) for refusal in refusals]


@pytest.mark.parametrize("text", [FULL, " 05834\xa0", "05 834"])
def test_a_scheme_code_is_found_with_blanks_in_it(text):
    assert read_code(text, facts()) == (CODES[FULL], [], [])


def test_a_lost_leading_zero_is_restored_and_told():
    code, refusals, notices = read_code("5834", facts())

    assert (code, refusals) == (CODES[FULL], [])
    assert notices == ["The leading zero of the scheme code was restored: 05834."]


@pytest.mark.parametrize("text", ["", " ", "834", "99999", "005834", "5834.0", "0583A", "58340", "٠٥٨٣٤"])
def test_code_01_a_code_that_there_is_not_is_refused(text):
    code, [refusal], notices = read_code(text, facts())

    assert (code, refusal.code, refusal.field, notices) == (None, "CODE-01", "scheme_code", [])


def test_code_01_an_unknown_code_is_quoted_and_cut():
    _, [refusal], _ = read_code("x" * 50, facts())

    assert f"“{'x' * 30}…”" in refusal.sentence


def test_code_02_a_code_without_approval_is_told_apart_from_an_unknown_one():
    _, [refusal], _ = read_code(UNAPPROVED, facts())

    assert (refusal.code, refusal.field) == ("CODE-02", "scheme_code")
    assert refusal.sentence.startswith("Your centre is not approved for IT, Level 3, 2016 suite (05838).")


def test_code_02_also_for_one_whose_zero_was_restored():
    code, [refusal], notices = read_code("5838", facts())

    assert (code.code, refusal.code, len(notices)) == (UNAPPROVED, "CODE-02", 1)


@pytest.mark.parametrize(
    "text", ["1", "01", " 1 ", "05834/01", "5834/1", "05834 / 1", "Unit 1", "unit1", "U1", "05834/unit 1"]
)
def test_a_unit_is_read_in_every_form(text):
    assert units_read(text) == ([1], [])


@pytest.mark.parametrize("text", ["one", "1, 2", "1.0", "001", "583401", "/1", "05834/", "-1", "0583A/01", "¹"])
def test_unit_01_what_is_no_unit_number_is_refused(text):
    assert units_read(text) == ([], [("UNIT-01", "unit_1")])


@pytest.mark.parametrize("text", ["05835/01", "5835/01", "05347/1"])
def test_unit_02_the_code_of_another_row_is_refused(text):
    assert units_read("2", text) == ([2], [("UNIT-02", "unit_2")])


@pytest.mark.parametrize("text", ["0", "5", "99", "05834/99"])
def test_unit_03_a_unit_that_the_subject_has_not_is_refused(text):
    assert units_read(text) == ([], [("UNIT-03", "unit_1")])


def test_unit_03_the_units_of_another_subject_do_not_count():
    assert units_read("2", code=LEVEL_2) == ([], [("UNIT-03", "unit_1")])


def test_unit_04_a_moderated_unit_of_2016_is_claimed_and_not_entered():
    read, refusals = read_units({"unit_3": "4"}, CODES[FULL], facts())

    assert read == []
    assert [(refusal.code, refusal.field) for refusal in refusals] == [("UNIT-04", "unit_3")]
    assert "Make claims" in refusals[0].sentence


def test_unit_04_moderated_units_of_2012_are_entered():
    assert units_read("1", "2", code=OF_2012) == ([1, 2], [])


def test_unit_05_a_unit_twice_in_a_row_is_refused_at_the_second_cell():
    assert units_read("1", "2", "01") == ([1, 2], [("UNIT-05", "unit_3")])


@pytest.mark.parametrize(
    ("code", "right"), [(TOP_UP, "under 05835"), (MOVE_DOWN, "under 05834"), (RE_ENTRY, "under the code of the full")]
)
def test_unit_06_units_go_under_the_code_of_a_full_award(code, right):
    [row] = judged([units("1", scheme_code=code)])

    assert codes(row) == ["UNIT-06"]
    assert right in row.refusals[0].sentence


def test_blanks_in_unit_cells_are_no_units():
    [row] = judged([units(" ", "\xa0")])

    assert (row.has_units, row.registration.code.code) == (False, FULL)


@pytest.mark.parametrize(
    "text",
    [
        "June 2031",
        " june  2031 ",
        "JUN 31",
        "Jun-2031",
        "2031-06",
        "2031/6",
        "6/2031",
        "06.2031",
        "01/06/2031",
        "2031-06-01",
    ],
)
def test_a_series_is_read_in_every_form(text):
    assert read_series(text, facts()) == (JUNE, None)


@pytest.mark.parametrize("text", ["", "  ", None])
def test_without_a_series_the_chosen_one_counts(text):
    assert read_series(text, facts()) == (JANUARY, None)


@pytest.mark.parametrize(
    "text", ["July 2031", "June", "2031", "6", "31", "06/31", "June 2040", "summer 2031", "Registrations 2030/31"]
)
def test_series_01_another_text_is_no_series_and_those_open_are_named(text):
    series, refusal = read_series(text, facts())

    assert (series, refusal.code, refusal.field) == (None, "SERIES-01", "series")
    assert "Enter January 2031 or June 2031, or leave the cell empty." in refusal.sentence


def test_series_01_where_none_is_open_it_says_so():
    _, refusal = read_series("x", facts(series=[OVER]))

    assert "none is open now" in refusal.sentence


def test_no_two_series_have_a_name_in_common():
    names = [name for series in (JANUARY, JUNE, OVER, COMING) for name in names_of_series(series)]

    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("series", "sentence"),
    [
        ("June 2030", "June 2030 took entries until 21 March 2030, 23:59 (GMT). Choose a later series."),
        ("June 2032", "June 2032 takes entries from 1 September 2031."),
    ],
)
def test_series_02_a_series_that_is_over_or_to_come_is_refused(series, sentence):
    [_, row] = judged([typed(), units("1", series=series)])

    assert [(each.code, each.sentence, each.field) for each in row.refusals] == [("SERIES-02", sentence, "series")]


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (datetime(2030, 8, 31, 22, 59, 59, tzinfo=UTC), ["SERIES-02"]),  # 23:59:59 in summer time
        (datetime(2030, 8, 31, 23, tzinfo=UTC), []),
        (datetime(2030, 11, 4, 23, 59, 59, tzinfo=UTC), []),
        (datetime(2030, 11, 5, tzinfo=UTC), ["SERIES-02"]),
    ],
)
def test_series_02_a_series_takes_entries_from_its_first_day_to_the_end_of_its_last_late_one(at, expected):
    [_, row] = judged([typed(), units("1")], facts(at=at, today=at.date()))

    assert codes(row) == expected


def test_series_02_without_any_series_units_are_refused_and_registrations_are_not():
    registration, row = judged([typed(), units("1")], facts(usual_series=None, series=[]))

    assert (codes(registration), codes(row)) == ([], ["SERIES-02"])


def test_series_03_a_unit_that_is_sat_in_june_only_is_refused_for_january():
    [_, january, june] = judged([typed(), units("2", "3"), units("3", series="June 2031")])

    assert [(each.code, each.field) for each in january.refusals] == [("SERIES-03", "unit_2")]
    assert codes(june) == []


def test_units_of_2012_belong_to_the_registrations_of_the_year_and_are_never_late():
    at = datetime(2031, 8, 31, 22, 59, tzinfo=UTC)

    [row] = judged([units("1", scheme_code=OF_2012, series="x")], facts(at=at, today=at.date(), usual_series=None))

    assert codes(row) == []
    assert [(entry.series, entry.is_late) for entry in row.unit_entries] == [(REGISTRATIONS, False)]


@pytest.mark.parametrize("number", ["61111", " 61111 ", "", "6 1111"])
def test_the_own_centre_number_may_stand_in_a_row(number):
    assert codes(judged([typed(centre_number=number)])[0]) == []


@pytest.mark.parametrize("number", ["64123", "061111", "Northgate", "61111A"])
def test_row_01_another_centres_number_is_refused(number):
    [row] = judged([typed(centre_number=number)])

    assert [(each.code, each.field) for each in row.refusals] == [("ROW-01", "centre_number")]


def test_row_01_a_number_that_lost_its_zero_is_the_own_one():
    assert codes(judged([typed(centre_number="1234")], facts(centre_number="01234"))[0]) == []


@pytest.mark.parametrize("text", ["", "A" * 30, "a=b", "7 / 12", "Zoë"])
def test_a_reference_of_the_own_is_kept(text):
    assert codes(judged([typed(own_reference=text)])[0]) == []


@pytest.mark.parametrize("text", ["A" * 31, "=1", "+1", "-1", "@x", " =1", "a\u202eb", "a\0b"])
def test_row_02_a_reference_that_is_long_or_could_become_a_formula_is_refused(text):
    [row] = judged([typed(own_reference=text)])

    assert [(each.code, each.field) for each in row.refusals] == [("ROW-02", "own_reference")]


def test_everything_that_is_wrong_with_a_row_is_told_at_once():
    [row] = judged([typed(scheme_code="5", gender="?", date_of_birth="31/02/2014", uci="1", centre_number="2")])

    assert sorted(codes(row)) == ["CODE-01", "DOB-01", "GENDER-02", "ROW-01", "UCI-01"]


def test_approvals_are_those_of_the_day():
    assert codes(judged([typed()], facts(approved=()))[0]) == ["CODE-02"]
    assert codes(judged([typed()], facts(approved={BUSINESS}))[0]) == []


def test_a_late_series_is_one_whose_deadline_is_over():
    deadline = JANUARY.window.ends_at

    assert [JANUARY.is_late_at(deadline - timedelta(seconds=1)), JANUARY.is_late_at(deadline)] == [False, True]
    assert JANUARY.is_late_at(JANUARY.late.ends_at) is False
    assert replace(JANUARY, late=JANUARY.window).is_late_at(deadline) is False
    assert JANUARY.is_late_at(AT) is False


def test_units_under_the_larger_code_need_its_registration():
    assert codes(judged([typed(), units("1", scheme_code=LARGER)])[1]) == ["REG-01"]
