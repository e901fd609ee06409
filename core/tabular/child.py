"""Reads one spreadsheet in a process of its own, with capped memory and time: `python -m core.tabular.child .xlsx`.

The file comes on standard input; what was read, or why it is refused, leaves as JSON on standard output.
"""

import csv
import json
import resource
import sys
from dataclasses import asdict
from io import BytesIO
from typing import Any
from xml.parsers.expat import ExpatError
from zipfile import BadZipFile

from defusedxml.common import DefusedXmlException
from olefile.olefile import NotOleFileError, OleFileError
from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from core.refusals import Refusal, Refused
from core.rules.sheets import file_is_what_its_name_says, too_large_once_opened, workbook_is_plain_data

from .cells import as_text
from .old_workbooks import formulas_of_xls, refuse_old_workbook
from .packages import Places, formulas_of_ods, formulas_of_xlsx, refuse
from .plain_text import rows_of_csv

MEMORY = 512 * 1024 * 1024
SECONDS = 10
LARGEST_ANSWER = 32 * 1024 * 1024
MOST_TEXT = 10_000_000
BROKEN = (BadZipFile, ExpatError, NotOleFileError, OleFileError, CalamineError, csv.Error, StopIteration)
BROKEN_INSIDE = (KeyError, ValueError, EOFError, NotImplementedError, OverflowError, OSError, IndexError)
"""What the readers raise for files that are damaged, or are not what their name says."""
PACKAGE, OLD_FILE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def main() -> None:
    """Answer for the file on standard input."""
    for limit, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, LARGEST_ANSWER),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (most, most))
    try:
        answer = read(sys.stdin.buffer.read(), sys.argv[1])
    except Refused as refused:
        answer = {"refusals": [asdict(refusal) for refusal in refused.refusals]}
    sys.stdout.write(json.dumps(answer))  # in one piece: `json.dump` writes every cell by itself


def read(content: bytes, suffix: str) -> dict[str, Any]:
    """The rows of the first sheet that hold something, with their numbers; raises Refused."""
    try:
        return _read(content, suffix)
    except DefusedXmlException:
        refusal = workbook_is_plain_data(True)
    except MemoryError:
        refusal = too_large_once_opened()
    except (*BROKEN, *BROKEN_INSIDE):
        refusal = file_is_what_its_name_says(suffix, False)
    raise Refused([refusal] if refusal else [])


def _read(content: bytes, suffix: str) -> dict[str, Any]:
    if suffix == ".csv":
        return _answer("", 0, [[as_text(cell) for cell in row] for row in rows_of_csv(content)], set())
    if suffix == ".xls":
        refuse(file_is_what_its_name_says(suffix, content.startswith(OLD_FILE)))
        return _from_workbook(content, None, formulas_of_xls(content))
    if content.startswith(OLD_FILE):
        refuse_old_workbook(content, suffix)
    refuse(file_is_what_its_name_says(suffix, content.startswith(PACKAGE)))
    return _from_workbook(content, *(formulas_of_ods if suffix == ".ods" else formulas_of_xlsx)(content))


def _from_workbook(content: bytes, name: str | None, formulas: Places) -> dict[str, Any]:
    with CalamineWorkbook.from_filelike(BytesIO(content)) as workbook:
        visible = [
            sheet.name
            for sheet in workbook.sheets_metadata
            if sheet.visible == SheetVisibleEnum.Visible and sheet.typ == SheetTypeEnum.WorkSheet
        ]
        title = name if name is not None else visible[0]
        rows = workbook.get_sheet_by_name(title).to_python(skip_empty_area=False)
        return _answer(title, len(visible) - 1, [[as_text(cell) for cell in row] for row in rows], formulas)


def _answer(title: str, others: int, rows: list[list[str]], formulas: Places) -> dict[str, Any]:
    """Formulas are never evaluated: their cells are empty, and their places are told."""
    for row, column in formulas:
        if row <= len(rows) and column <= len(rows[row - 1]):
            rows[row - 1][column - 1] = ""
    refuse(_fits(rows))
    with_formulas = {row for row, _ in formulas}
    rows += [[] for _ in range(max(with_formulas, default=0) - len(rows))]
    held = [
        [number, cells]
        for number, cells in enumerate(rows, start=1)
        if number in with_formulas or any(cell.strip() for cell in cells)
    ]
    return {"title": title, "others": others, "rows": held, "formulas": sorted(formulas)}


def _fits(rows: list[list[str]]) -> Refusal | None:
    return too_large_once_opened() if sum(len(cell) for row in rows for cell in row) > MOST_TEXT else None


if __name__ == "__main__":
    main()
