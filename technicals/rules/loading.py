"""Laws about the files from which the catalogue and its prices are loaded (decision 0018). Plain Python.

A row is a mapping of its columns to texts, with its place in the file as `row`.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from core.refusals import Refusal

from ..enums import Assessment, EntryKind, Level, PriceKind, Suite
from .catalogue import CODE, Family
from .prices import price_is_for_a_code_or_a_level, price_names_a_code_that_there_is

YES_OR_NO = ["yes", "no"]
ON_DEMAND = "on demand (claim)"
LEVELS = [str(level) for level in Level.values]
WORDS: Mapping[str, Sequence[str]] = {
    "suite": Suite.values,
    "level": LEVELS,
    "entry_kind": EntryKind.values,
    "assessment": Assessment.values,
    "january": [*YES_OR_NO, ON_DEMAND],
    "june": [*YES_OR_NO, ON_DEMAND],
    "kind": PriceKind.values,
    "sample": YES_OR_NO,
}
REQUIRED: Mapping[str, Collection[str]] = {
    "qualifications": ("code", "suite", "level", "subject", "size", "title", "entry_kind", "source"),
    "units": (
        "qualification_subject",
        "level",
        "suite",
        "unit_number",
        "title",
        "assessment",
        "january",
        "june",
        "source",
    ),
    "combinations": ("code", "rule", "source"),
    "prices": ("kind", "since", "sample"),
}
LONGEST = {
    "subject": 60,
    "qualification_subject": 60,
    "size": 40,
    "title": 150,
    "mandatory_in": 200,
    "entry_code": 10,
    "source": 400,
    "rule": 2000,
}
CODES = ("code", "from_code", "to_code")
LARGEST = {"glh": 5000, "unit_number": 99}
WHOLE_NUMBER = re.compile(r"[1-9][0-9]{0,4}")
AMOUNT = re.compile(r"£?[0-9]{1,6}(\.[0-9]{2})?")
DAY = re.compile(r"(?P<y>[0-9]{4})-(?P<m>[0-9]{2})-(?P<d>[0-9]{2})|(?P<D>[0-9]{2})/(?P<M>[0-9]{2})/(?P<Y>[0-9]{4})")
ONE_OF_THEM = (EntryKind.TOP_UP, EntryKind.MOVING_DOWN)
KEYS: Mapping[str, Sequence[str]] = {
    "qualifications": ("code",),
    "units": ("qualification_subject", "level", "suite", "unit_number"),
    "combinations": ("code",),
    "prices": ("kind", "code", "level", "since"),
}


def file_has_its_columns(headings: Collection[str], columns: Collection[str]) -> Refusal | None:
    """LOADING-01: A file of the catalogue has a heading for every column, each once, in any order."""
    missing = [column for column in columns if column not in headings]
    twice = [column for column in columns if list(headings).count(column) > 1]
    if not missing and not twice:
        return None
    told = [f"Missing: {', '.join(missing)}."] * bool(missing) + [f"Twice: {', '.join(twice)}."] * bool(twice)
    return Refusal("LOADING-01", f"The first row must have each heading once. {' '.join(told)}")


def cell_is_filled(table: str, column: str, text: str) -> Refusal | None:
    """LOADING-02: A row of the catalogue says what it is and where that is known from; only guided learning hours,
    the codes before and after, and what a unit is mandatory in may be empty."""
    if text or column not in REQUIRED[table]:
        return None
    return Refusal("LOADING-02", "The cell is empty. Fill it in.", field=column)


def cell_is_among_its_words(column: str, text: str) -> Refusal | None:
    """LOADING-03: Suite, level, kind of entry, assessment and the like are words of their lists, and texts fit."""
    if column in LONGEST and len(text) > LONGEST[column]:
        return Refusal("LOADING-03", f"Use {LONGEST[column]} characters or fewer.", field=column)
    if not text or column not in WORDS or text in WORDS[column]:
        return None
    return Refusal("LOADING-03", f"“{text}” is not one of {', '.join(WORDS[column])}.", field=column)


def cell_has_its_form(column: str, text: str) -> Refusal | None:
    """LOADING-04: An entry code is five digits with its leading zero, hours and numbers are whole, an amount is in
    pounds like 12.50, and a day is written YYYY-MM-DD or DD/MM/YYYY."""
    if not text:
        return None
    if column in CODES and not CODE.fullmatch(text):
        sentence = f"“{text}” is not an entry code. Type its five digits, with the leading zero."
        return Refusal("LOADING-04", sentence, field=column)
    if column in LARGEST and not (WHOLE_NUMBER.fullmatch(text) and int(text) <= LARGEST[column]):
        return Refusal("LOADING-04", f"“{text}” is not a whole number from 1 to {LARGEST[column]}.", field=column)
    if column == "amount" and not AMOUNT.fullmatch(text):
        sentence = f"“{text}” is not an amount like 12.50. Leave the cell empty for “on invoice”."
        return Refusal("LOADING-04", sentence, field=column)
    if column in ("since", "until") and not _is_day(text):
        return Refusal("LOADING-04", f"“{text}” is not a date like 2027-09-01 or 01/09/2027.", field=column)
    return None


def codes_before_and_after_belong(row: Any, families: Mapping[str, Family]) -> Refusal | None:
    """LOADING-05: A top-up and a moving down name the entry code before and the one after: two different codes of the
    same subject, level and suite. Other kinds of entry name neither."""
    codes = {column: row[column] for column in ("from_code", "to_code")}
    if row["entry_kind"] not in ONE_OF_THEM:
        named = next((column for column, code in codes.items() if code), "")
        sentence = "Only a top-up or moving down has a code before and after. Empty the cell."
        return Refusal("LOADING-05", sentence, field=named) if named else None
    own = families.get(row["code"])
    for column, code in codes.items():
        if families.get(code) is None or families[code] != own:
            sentence = f"“{code}” is not an entry code of the same subject, level and suite."
            return Refusal("LOADING-05", sentence, field=column)
    if row["from_code"] == row["to_code"]:
        return Refusal("LOADING-05", "The codes before and after are the same. Name two.", field="to_code")
    return None


def row_stands_once(table: str, row: Any, earlier: Mapping[tuple[str, ...], int]) -> Refusal | None:
    """LOADING-06: Each entry code, unit, rule of combination and price stands once in its file."""
    other = earlier.get(key_of(table, row))
    if other is None:
        return None
    return Refusal("LOADING-06", f"Row {other} is about the same. Take one of them out.", field=KEYS[table][-1])


def unit_is_entered_as_it_is_assessed(row: Any) -> Refusal | None:
    """LOADING-07: An examined unit belongs to the 2016 suite and is offered in January, June or both; a moderated one
    is in neither series."""
    offered = [column for column in ("january", "june") if row[column] == "yes"]
    if row["assessment"] == Assessment.MODERATED:
        sentence = f"A moderated unit is not sat in a series. Write “{ON_DEMAND}”."
        return Refusal("LOADING-07", sentence, field=offered[0]) if offered else None
    if row["suite"] == Suite.OF_2012:
        return Refusal("LOADING-07", "The 2012 suite has moderated units only.", field="assessment")
    if ON_DEMAND in (row["january"], row["june"]) or not offered:
        sentence = "An examined unit has yes or no for each series, and yes for at least one."
        return Refusal("LOADING-07", sentence, field="january")
    return None


def row_names_a_code_that_there_is(code: str, families: Mapping[str, Family]) -> Refusal | None:
    """LOADING-08: A rule of combination names an entry code that is in the catalogue."""
    if code in families:
        return None
    sentence = f"There is no entry code {code} in the catalogue. Load the entry codes first, or mend it."
    return Refusal("LOADING-08", sentence, field="code")


def refusals_to_load(
    table: str, columns: Sequence[str], rows: Sequence[Any], families: Mapping[str, Family]
) -> list[Refusal]:
    """Everything that is wrong with the rows of a file, each with the file, its row and its column.

    families: subject, level and suite of each entry code that there is, those of files that come first included.
    """
    families = {**families, **families_of(table, rows)}
    earlier: dict[tuple[str, ...], int] = {}
    found = []
    for row in rows:
        refusals = _of_cells(table, columns, row) or _of_row(table, row, families)
        refusals += [refusal for refusal in [row_stands_once(table, row, earlier)] if refusal]
        earlier.setdefault(key_of(table, row), row.row)
        found += named_by_row(table, row.row, refusals)
    return found


def named_by_file(table: str, refusal: Refusal) -> Refusal:
    """A refusal of a file as a whole, with the file in its sentence."""
    return replace(refusal, sentence=f"{table}: {refusal.sentence}", field=table)


def named_by_row(table: str, row: int, refusals: Iterable[Refusal]) -> list[Refusal]:
    """The refusals of one row, each with the file, the row and the column in its sentence."""
    return [replace(r, sentence=f"{table}, row {row}, {r.field}: {r.sentence}", field=table) for r in refusals]


def families_of(table: str, rows: Iterable[Any]) -> dict[str, Family]:
    """The subject, level and suite of each entry code of a file of them; of another file none."""
    if table != "qualifications":
        return {}
    return {row["code"]: (row["subject"], int(row["level"]), row["suite"]) for row in rows if row["level"] in LEVELS}


def key_of(table: str, row: Any) -> tuple[str, ...]:
    """The texts by which a row is known in its file; 01 and 1 are one unit number."""
    return tuple(row[column].lstrip("0") if column == "unit_number" else row[column] for column in KEYS[table])


def _of_cells(table: str, columns: Sequence[str], row: Any) -> list[Refusal]:
    judged = (
        cell_is_filled(table, column, row[column])
        or cell_is_among_its_words(column, row[column])
        or cell_has_its_form(column, row[column])
        for column in columns
    )
    return [refusal for refusal in judged if refusal]


def _of_row(table: str, row: Any, families: Mapping[str, Family]) -> list[Refusal]:
    """What is wrong with a row whose cells are right, each by itself."""
    judged = {
        "qualifications": lambda: [codes_before_and_after_belong(row, families)],
        "units": lambda: [unit_is_entered_as_it_is_assessed(row)],
        "combinations": lambda: [row_names_a_code_that_there_is(row["code"], families)],
        "prices": lambda: [
            price_names_a_code_that_there_is(row["code"], families),
            price_is_for_a_code_or_a_level(row["code"], row["level"]),
        ],
    }[table]()
    return [refusal for refusal in judged if refusal]


def _is_day(text: str) -> bool:
    found = DAY.fullmatch(text)
    if not found:
        return False
    year, month, day = (int(found[iso] or found[uk]) for iso, uk in (("y", "Y"), ("m", "M"), ("d", "D")))
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
