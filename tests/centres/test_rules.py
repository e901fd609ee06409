import pytest

from centres.enums import Role
from centres.rules import centre_number_has_its_form, may_make_entries
from core.refusals import Refusal


@pytest.mark.parametrize("number", ["61111", "00583", "00000", "IN154", "ZZ999"])
def test_centre_01_five_digits_or_two_capitals_and_three_digits_are_accepted(number):
    assert centre_number_has_its_form(number) is None


@pytest.mark.parametrize(
    "number",
    [
        "",
        "6111",
        "611111",
        "IN15",
        "IN1545",
        "I1545",
        "INX54",
        "in154",
        "ÉN154",
        "154IN",
        " 61111",
        "61111\n",
        "61 11",
        "٦١١١١",
        "６１１１１",
        "IN١٥٤",
    ],
)
def test_centre_01_any_other_number_is_refused(number):
    assert centre_number_has_its_form(number) == Refusal(
        "CENTRE-01",
        "Centre number must be five digits, for example 61111, or two letters and three digits, for example IN154.",
        "number",
    )


@pytest.mark.parametrize(
    ("role", "may"),
    [
        (Role.EXAMS_OFFICER, True),
        (Role.CENTRE_ADMINISTRATOR, True),
        (Role.READ_ONLY, False),
        ("exams-officer", True),
        ("read-only", False),
        ("tutor", False),
        ("", False),
    ],
)
def test_exams_officers_and_administrators_make_entries_and_nobody_else(role, may):
    assert may_make_entries(role) is may


def test_every_role_is_in_the_table_above():
    assert set(Role) == {Role.EXAMS_OFFICER, Role.CENTRE_ADMINISTRATOR, Role.READ_ONLY}
