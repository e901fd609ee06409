"""What a cell holds, as text: the same for every reader. Plain Python."""

from datetime import date, datetime, time
from typing import Any

from core.rules.sheets import LONGEST_CELL
from core.texts import storable

EXCELS_RETURN = "_x000D_"
EXACT_WHOLE_NUMBERS = 1e15


def as_text(value: Any) -> str:
    """The text of a cell: text as it is, a whole number as its digits, a date as DD/MM/YYYY.

    Ends of lines inside a cell are one character, and what is longer than any column takes is cut.
    """
    if isinstance(value, str):
        return storable(_one_kind_of_line_end(value)[:LONGEST_CELL])
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer() and abs(value) < EXACT_WHOLE_NUMBERS:
        return str(int(value))
    if isinstance(value, datetime):
        return _day(value) if value.time() == time() else f"{_day(value)} {value:%H:%M}"
    if isinstance(value, date):
        return _day(value)
    return "" if value is None else str(value)


def _one_kind_of_line_end(text: str) -> str:
    return text.replace(EXCELS_RETURN, "").replace("\r\n", "\n").replace("\r", "\n")


def _day(value: date) -> str:
    return f"{value.day:02}/{value.month:02}/{value.year:04}"
