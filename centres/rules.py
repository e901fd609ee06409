"""Laws about centres and the people who act for them."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from core.refusals import Refusal

from .enums import CentreKind, Nation, Role

CENTRE_NUMBER = re.compile(r"[0-9]{5}|[A-Z]{2}[0-9]{3}")
WRITING_ROLES = {Role.EXAMS_OFFICER, Role.CENTRE_ADMINISTRATOR}


def centre_number_has_its_form(number: str) -> Refusal | None:
    """CENTRE-01: A centre number is five digits, or two capital letters and three digits."""
    if CENTRE_NUMBER.fullmatch(number):
        return None
    return Refusal(
        "CENTRE-01",
        "Centre number must be five digits, for example 61111, or two letters and three digits, for example IN154.",
        field="number",
    )


def exams_officer_is_a_member(name: str, is_live_member: bool) -> Refusal | None:
    """CENTRE-02: The exams officer of a centre is a person in use, and a member of it whose membership lasts."""
    if is_live_member:
        return None
    return Refusal(
        "CENTRE-02",
        f"{name} is not a member of this centre now. Save a membership for them first, or choose a member.",
        field="exams_officer",
    )


def may_make_entries(role: str) -> bool:
    """Exams officers and centre administrators make and change entries; read-only members look."""
    return role in WRITING_ROLES


# --- colleagues -------------------------------------------------------------------------------------------------------


def may_manage_colleagues(role: str, is_allowed: bool) -> bool:
    """A centre administrator looks after the colleagues of the centre, where the board lets the centre do so."""
    return is_allowed and role == Role.CENTRE_ADMINISTRATOR


def colleagues_are_managed_by_who_may(name: str, is_manager: bool) -> Refusal | None:
    """CENTRE-03: Members are added, changed and ended by the board's staff, and by the centre's administrators where
    the board lets the centre do so."""
    if is_manager:
        return None
    return Refusal("CENTRE-03", f"{name} may not change the members of this centre. The STEP team can do it.")


def person_is_no_member_yet(email: str, is_member: bool) -> Refusal | None:
    """CENTRE-04: A person is a member of a centre once at a time."""
    if not is_member:
        return None
    return Refusal("CENTRE-04", f"{email} is a member of this centre already. Change the role there.", field="email")


def an_administrator_stays(name: str, other_administrators: int, is_administrator: bool) -> Refusal | None:
    """CENTRE-05: A centre that has a centre administrator keeps at least one: the last is neither ended nor given
    another role."""
    if other_administrators or not is_administrator:
        return None
    return Refusal(
        "CENTRE-05",
        f"{name} is the only centre administrator. Make somebody else a centre administrator first.",
        field="role",
    )


def exams_officer_stays_a_member(name: str, is_exams_officer: bool) -> Refusal | None:
    """CENTRE-06: The membership of the person who is named as a centre's exams officer is not ended."""
    if not is_exams_officer:
        return None
    return Refusal(
        "CENTRE-06",
        f"{name} is named as the exams officer of this centre. Another must be named first; the STEP team can do it.",
    )


def ended_membership_stays_as_it_is(name: str, has_ended: bool) -> Refusal | None:
    """CENTRE-12: A membership that has ended is not changed. A person who comes back is added anew."""
    if not has_ended:
        return None
    return Refusal("CENTRE-12", f"The membership of {name} has ended and stays as it is. Add {name} again instead.")


# --- loading from a file ----------------------------------------------------------------------------------------------

EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]+")
LONGEST = {"centre_name": 120, "user_name": 100, "user_email": 254}
USER_COLUMNS = ("user_email", "user_name", "role")
OF_CENTRE = ("centre_name", "kind", "nation", "approved_for_step_from", "approved_for_step_until")
WORDS: dict[str, list[str]] = {"kind": CentreKind.values, "nation": Nation.values, "role": Role.values}


def file_has_its_columns(headings: Collection[str], columns: Collection[str]) -> Refusal | None:
    """CENTRE-07: A file to load has a heading for every column, each once, in any order."""
    missing = [column for column in columns if column not in headings]
    twice = [column for column in columns if list(headings).count(column) > 1]
    if not missing and not twice:
        return None
    told = [f"Missing: {', '.join(missing)}."] * bool(missing) + [f"Twice: {', '.join(twice)}."] * bool(twice)
    return Refusal("CENTRE-07", f"The first row must have each heading once. {' '.join(told)}")


def cell_has_its_form(column: str, text: str) -> Refusal | None:
    """CENTRE-08: Each cell of a file to load has its form: a name that is not too long, a word of the list, an
    e-mail address. Cells about the centre are not empty."""
    if not text and column in ("centre_name", "kind", "nation"):
        return Refusal("CENTRE-08", "The cell is empty. Fill it in.", field=column)
    if not text:
        return None
    if column in WORDS and text not in WORDS[column]:
        return Refusal("CENTRE-08", f"“{text}” is not one of {', '.join(WORDS[column])}.", field=column)
    if column in LONGEST and len(text) > LONGEST[column]:
        return Refusal("CENTRE-08", f"Use {LONGEST[column]} characters or fewer.", field=column)
    if column == "user_email" and not EMAIL.fullmatch(text):
        return Refusal("CENTRE-08", f"“{text}” is not an e-mail address.", field=column)
    return None


def approval_has_its_days(since: str, until: str) -> Refusal | None:
    """CENTRE-09: The days of an approval are written YYYY-MM-DD or DD/MM/YYYY; the last is not before the first, and
    there is no last day without a first. Both may be empty."""
    for column, text in (("approved_for_step_from", since), ("approved_for_step_until", until)):
        if text and day_of(text) is None:
            return Refusal("CENTRE-09", f"“{text}” is not a date like 2027-09-01 or 01/09/2027.", field=column)
    first, last = day_of(since), day_of(until)
    if last and (first is None or last < first):
        sentence = "The last day of an approval needs a first day, and must not be before it."
        return Refusal("CENTRE-09", sentence, field="approved_for_step_until")
    return None


def day_of(text: str) -> date | None:
    """The day that a cell means; None where it means none."""
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 (a day has no zone)
        except ValueError:
            continue
    return None


def user_is_whole(user: Mapping[str, str]) -> Refusal | None:
    """CENTRE-10: The user columns of a row are all filled in, or all empty."""
    empty = [column for column in USER_COLUMNS if not user[column]]
    if len(empty) in (0, len(USER_COLUMNS)):
        return None
    return Refusal("CENTRE-10", "Fill in user_email, user_name and role, or none of them.", field=empty[0])


def row_agrees_with_earlier_ones(row: Any, earlier: Iterable[Any]) -> Refusal | None:
    """CENTRE-11: Rows of one centre say the same about the centre, and name each user once."""
    for other in (each for each in earlier if each["centre_number"] == row["centre_number"]):
        if different := [column for column in OF_CENTRE if row[column] != other[column]]:
            return Refusal("CENTRE-11", f"Row {other.row} says something else about this centre.", field=different[0])
        if row["user_email"] and row["user_email"] == other["user_email"]:
            return Refusal("CENTRE-11", f"Row {other.row} names this user for this centre.", field="user_email")
    return None


def refusals_to_load(rows: Collection[Any]) -> list[Refusal]:
    """Everything that is wrong with the rows of a file, each with its row and column."""
    found = []
    of_centre: dict[str, list[Any]] = {}
    for row in rows:
        earlier = of_centre.setdefault(row["centre_number"], [])
        number = centre_number_has_its_form(row["centre_number"])
        refusals = [
            number and replace(number, field="centre_number"),
            *(cell_has_its_form(column, row[column]) for column in ("centre_name", "kind", "nation", *USER_COLUMNS)),
            approval_has_its_days(row["approved_for_step_from"], row["approved_for_step_until"]),
            user_is_whole({column: row[column] for column in USER_COLUMNS}),
            row_agrees_with_earlier_ones(row, earlier),
        ]
        earlier.append(row)
        found += named_by_row(row, [refusal for refusal in refusals if refusal])
    return found


def named_by_row(row: Any, refusals: Iterable[Refusal]) -> list[Refusal]:
    """The refusals of one row, each with the row and the column in its sentence."""
    return [replace(r, sentence=f"Row {row.row}, {r.field}: {r.sentence}") for r in refusals]
