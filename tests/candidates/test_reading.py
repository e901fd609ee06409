"""UCAS-01, and the details as read from what was typed."""

from datetime import date

import pytest

from candidates.rules.identity import Details
from candidates.rules.reading import read_details, read_ucas_id
from core.refusals import Refusal, Refused

# --- UCAS-01 ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "ucas_id"),
    [
        ("1234567890", "1234567890"),
        ("123 456 7890", "1234567890"),
        ("123-456-7890", "1234567890"),
        (" 123\u00a0456\u20117890\t", "1234567890"),
        ("123\u2010456\u20137890", "1234567890"),
        ("\u200b1234567890\u200e", "1234567890"),
        ("0000000001", "0000000001"),
        ("9999999999", "9999999999"),
        ("", ""),
        (" - ", ""),
    ],
)
def test_ucas_01_ten_digits_or_nothing_are_accepted_and_gaps_ignored(typed, ucas_id):
    assert read_ucas_id(typed) == ucas_id


@pytest.mark.parametrize(
    "typed",
    [
        "123456789",
        "12345678901",
        "123456789X",
        "O123456789",
        "１２３４５６７８９０",
        "١٢٣٤٥٦٧٨٩٠",
        "123.456.7890",
        "12345\u200b67890",
        "1234567890.0",
        "+1234567890",
        "1.23E+09",
        "000000000",
        "9" * 5000,
    ],
)
def test_ucas_01_anything_else_is_refused(typed):
    with pytest.raises(Refused) as refused:
        read_ucas_id(typed)

    assert refused.value.refusals == (
        Refusal(
            "UCAS-01",
            "UCAS ID must be 10 digits, for example 123 456 7890. You can leave it empty and add it later.",
            "ucas_id",
        ),
    )


@pytest.mark.parametrize("typed", ["0000000000", "000-000-0000"])
def test_ucas_01_zeros_alone_are_refused(typed):
    with pytest.raises(Refused) as refused:
        read_ucas_id(typed)

    assert refused.value.refusals == (
        Refusal("UCAS-01", "UCAS ID must not be all zeros. You can leave it empty and add it later.", "ucas_id"),
    )


# --- details ----------------------------------------------------------------------------------------------------------


ANSWERS = {
    "first_name": " Ann\u200b ",
    "has_one_name": False,
    "last_name": "o'brien ",
    "auto_capitalise": True,
    "plain_first_name": " Ann",
    "plain_last_name": "OBrien ",
    "date_of_birth": "4 Mar 2009",
    "age_is_right": "2009-03-04",
    "gender": "female",
    "ucas_id": "123-456-7890",
    "own_school": " Northgate\t",
}


def test_details_are_read_from_what_was_typed():
    details, unread = read_details(ANSWERS)

    assert unread == []
    assert details == Details(
        first_name="Ann",
        last_name="o'brien",
        has_one_name=False,
        auto_capitalise=True,
        typed_plain_first_name="Ann",
        typed_plain_last_name="OBrien",
        date_of_birth=date(2009, 3, 4),
        gender="female",
        ucas_id="1234567890",
        own_school="Northgate",
        age_is_right_for="2009-03-04",
    )


def test_what_cannot_be_read_is_told_and_left_empty():
    details, unread = read_details(ANSWERS | {"date_of_birth": "31/02/2008", "ucas_id": "12"})

    assert [(refusal.code, refusal.field) for refusal in unread] == [
        ("DOB-01", "date_of_birth"),
        ("UCAS-01", "ucas_id"),
    ]
    assert details.date_of_birth is None
    assert details.ucas_id == ""
    assert details.first_name == "Ann"


def test_where_nothing_was_typed_only_the_date_is_missed():
    details, unread = read_details({})

    assert details == Details(auto_capitalise=False)
    assert [refusal.code for refusal in unread] == ["DOB-01"]


@pytest.mark.parametrize("tick", ["has_one_name", "auto_capitalise"])
@pytest.mark.parametrize("ticked", [True, False])
def test_each_tick_is_read_by_itself(tick, ticked):
    others = {"has_one_name": not ticked, "auto_capitalise": not ticked}

    details, _ = read_details(ANSWERS | others | {tick: ticked})

    assert {name: getattr(details, name) for name in others} == others | {tick: ticked}


@pytest.mark.parametrize("untouched", [False, None, ""])
def test_a_question_that_was_not_answered_is_read_as_such(untouched):
    details, _ = read_details(ANSWERS | {"age_is_right": untouched})

    assert details.age_is_right_for == ""


@pytest.mark.parametrize(("auto_capitalise", "stored"), [(True, "Ann Lee Mary"), (False, "Ann  Lee   Mary")])
def test_doubled_blanks_inside_a_name_become_one_unless_it_is_kept_as_typed(auto_capitalise, stored):
    typed = {"first_name": " Ann  Lee   Mary ", "last_name": "Van  Dyk", "auto_capitalise": auto_capitalise}

    details, _ = read_details(ANSWERS | typed)

    assert details.stored_first_name == stored
    assert details.stored_last_name == ("Van Dyk" if auto_capitalise else "Van  Dyk")
