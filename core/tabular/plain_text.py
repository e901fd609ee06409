"""Reads a .csv: values between commas, semicolons or tabs, with or without quotation marks."""

import codecs
import csv
from io import StringIO
from itertools import islice

from core.rules.sheets import LONGEST_CELL, file_is_what_its_name_says, sheet_ends_where_the_table_ends

from .packages import refuse

OTHER_KINDS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"MZ", b"\x7fELF", b"%PDF", b"\x89PNG", b"\xff\xd8\xff")
CONTROL = bytes({*range(9), *range(14, 32)})
EXCELS_HINT = "sep="
DELIMITERS = ",;\t"


def rows_of_csv(content: bytes) -> list[list[str]]:
    """The cells of each line of the table. Raises Refused."""
    refuse(file_is_what_its_name_says(".csv", _is_text(content)))
    text = _decoded(content)
    hint, _, rest = text.partition("\n")
    is_hinted = hint.strip().lower() in [EXCELS_HINT + delimiter for delimiter in DELIMITERS]
    delimiter = hint.strip()[-1:] or "\t" if is_hinted else _delimiter(text)
    csv.field_size_limit(2 * LONGEST_CELL)
    rows = [[""]] if is_hinted else []
    for row in csv.reader(StringIO(rest if is_hinted else text, newline=""), delimiter=delimiter):
        rows.append(row)
        last = max((place for place, cell in enumerate(row, start=1) if cell.strip()), default=0)
        refuse(sheet_ends_where_the_table_ends(len(rows), last) if last else None)
    return rows


def _is_text(content: bytes) -> bool:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return True
    strange = len(content) - len(content.translate(None, CONTROL))
    return not content.startswith(OTHER_KINDS) and strange * 100 <= len(content)


def _decoded(content: bytes) -> str:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _delimiter(text: str) -> str:
    """The one that finds the most cells in the first lines."""

    def cells(delimiter: str) -> int:
        reader = csv.reader(StringIO(text[:20_000], newline=""), delimiter=delimiter)
        return sum(len(row) for row in islice(reader, 5))

    return max(DELIMITERS, key=cells)
