"""The files from which the catalogue is loaded: bytes to rows of text, texts to values, and back. Plain Python."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from core.texts import storable

from ..enums import Assessment

CODES = ("code", "from_code", "to_code")
FOUR_DIGITS = re.compile(r"[0-9]{4}")
YES, NO, ON_DEMAND = "yes", "no", "on demand (claim)"
AMOUNT = re.compile(r"£?(?P<pounds>[0-9]{1,6})(?:\.(?P<pence>[0-9]{2}))?")
DAY_FORMS = ("%Y-%m-%d", "%d/%m/%Y")


@dataclass(frozen=True)
class Table:
    """A kind of file: its name, the field that each of its columns fills, and the fields by which a row is known."""

    name: str
    fields: Mapping[str, str]
    key: tuple[str, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """Its headings."""
        return tuple(self.fields)

    def key_of(self, row: Any) -> tuple[str, ...]:
        """The texts by which a row is known, of anything that has the fields as attributes."""
        return tuple(text_of(row, field) for field in self.key)


def _same(*names: str) -> dict[str, str]:
    return {name: name for name in names}


QUALIFICATIONS = Table(
    "qualifications",
    _same("code", "suite", "level", "subject", "size", "title", "glh", "entry_kind", "from_code", "to_code", "source"),
    ("code",),
)
UNITS = Table(
    "units",
    {"qualification_subject": "subject", "level": "level", "suite": "suite", "unit_number": "number"}
    | _same("entry_code", "title", "assessment")
    | {"january": "in_january", "june": "in_june"}
    | _same("mandatory_in", "glh", "source"),
    ("subject", "level", "suite", "number"),
)
COMBINATIONS = Table("combinations", {"code": "code", "rule": "combination", "source": "combination_source"}, ("code",))
PRICES = Table(
    "prices",
    _same("kind", "code", "level", "amount", "since", "until") | {"sample": "is_sample"},
    ("kind", "code", "level", "since"),
)
TABLES = {table.name: table for table in (QUALIFICATIONS, UNITS, COMBINATIONS, PRICES)}


@dataclass(frozen=True)
class LoadedRow:
    """One row of a file as text: its place in the file, and a cell for each column."""

    row: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


def read_rows(content: bytes) -> tuple[list[str], list[LoadedRow]]:
    """The headings and rows of a CSV file: UTF-8 with or without BOM, else cp1252; comma or semicolon.

    Blanks that nobody needs are left out, and an entry code of four digits gets back its leading zero.
    """
    text = _decoded(content)
    first = text.partition("\n")[0]
    table = csv.reader(io.StringIO(text, newline=""), delimiter=";" if first.count(";") > first.count(",") else ",")
    try:
        headings = [cell.strip().lower() for cell in next(table, [])]
        return headings, list(_rows(headings, table))
    except csv.Error:  # a cell as long as a file: no table
        return [], []


def _rows(headings: list[str], table: Any) -> Iterator[LoadedRow]:
    for cells in table:
        texts = dict(zip(headings, (" ".join(cell.split()) for cell in cells), strict=False))
        if any(texts.values()):
            yield LoadedRow(table.line_num, texts | {name: _padded(texts[name]) for name in CODES if name in texts})


def _padded(code: str) -> str:
    """An entry code with the leading zero that a spreadsheet took away (decision 9)."""
    return f"0{code}" if FOUR_DIGITS.fullmatch(code) else code


def _decoded(content: bytes) -> str:
    try:
        return storable(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return storable(content.decode("cp1252", "replace"))


def values_of(table: Table, row: LoadedRow) -> dict[str, Any]:
    """The values of a row by field, of a row that the rules of loading let pass."""
    return {field: READERS.get(field, str)(row[column]) for column, field in table.fields.items()}


def write_rows(table: Table, rows: Iterable[Any]) -> bytes:
    """A file with these rows, each with the fields of the table as attributes; `read_rows` reads it back."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows([text_of(row, field) for field in table.fields.values()] for row in rows)
    return file.getvalue().encode()


def number_of(text: str) -> int | None:
    """The whole number that a cell means; None where it is empty."""
    return int(text) if text else None


def pence_of(text: str) -> int | None:
    """The pence of an amount like 12.50, 12 or £12.50; None where it is none."""
    found = AMOUNT.fullmatch(text)
    return int(found["pounds"]) * 100 + int(found["pence"] or 0) if found else None


def day_of(text: str) -> date | None:
    """The day that a cell means, as 2027-09-01 or 01/09/2027; None where it means none."""
    for form in DAY_FORMS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 (a day has no zone)
        except ValueError:
            continue
    return None


def _is_yes(text: str) -> bool:
    return text.lower() == YES


READERS: Mapping[str, Callable[[str], Any]] = {
    "level": number_of,
    "glh": number_of,
    "number": number_of,
    "in_january": _is_yes,
    "in_june": _is_yes,
    "is_sample": _is_yes,
    "amount": pence_of,
    "since": day_of,
    "until": day_of,
}
"""How the fields that are no texts are read."""


def text_of(row: Any, field: str) -> str:
    """What a file says for a field of a row."""
    value = getattr(row, field)
    if field in ("in_january", "in_june") and row.assessment == Assessment.MODERATED:
        return ON_DEMAND
    if isinstance(value, bool):
        return YES if value else NO
    if field == "amount" and value is not None:
        return f"{value // 100}.{value % 100:02}"
    return "" if value is None else str(value)
