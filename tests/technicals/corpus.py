"""How the spreadsheets of the corpus are written, and what a verdict on one is.

A case is written by openpyxl, by xlwt or as plain text, and may be saved anew by LibreOffice, as officers do.
"""

import csv
import shutil
import subprocess
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import openpyxl
import xlwt
from openpyxl.worksheet.worksheet import Worksheet

from technicals.codecs.template import COLUMNS

SOFFICE = shutil.which("soffice") or ""
LABELS = {slug: label for slug, label, _ in COLUMNS}
FULL = "05834"
JANUARY, JUNE = "January 2031", "June 2031"
EXCELS_DATE = "DD/MM/YYYY"
WRITERS = ("xlsx", "xls", "csv", "LibreOffice ods", "LibreOffice xls", "LibreOffice xlsx")
"""Who writes a file, and as what: openpyxl, xlwt, the csv module, or LibreOffice from a workbook of openpyxl's."""

Table = list[list[Any]]
Edit = Callable[[Worksheet], None]


@dataclass(frozen=True)
class Case:
    """A file and the verdict on it.

    about: the rows of the table of bad input (B…) and the decisions (D…) that it proves.
    content: makes it; nothing is made before it is needed.
    ending: of the name under which it is uploaded, or of what LibreOffice is given. becomes: what that makes of it.
    rows: for each row what it would enter, or the codes against it. A file that is not taken has one such line, and one
    of which the headings have to be matched has "match" with the headings and columns in question.
    told: every notice, once. notes: what is told of the file.
    """

    name: str
    about: tuple[str, ...]
    content: Callable[[], bytes]
    rows: tuple[str, ...]
    ending: str = "xlsx"
    becomes: str = ""
    told: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def file_name(self) -> str:
        """The name under which it is uploaded."""
        return f"entries.{self.becomes or self.ending}"


def person(number: int = 0, **changes: Any) -> dict[str, Any]:
    """A row that registers somebody new; every number gives another person."""
    return {
        "last_name": f"Smith{chr(97 + number)}",
        "first_name": "Ann",
        "date_of_birth": "27/03/2009",
        "gender": "Female",
        "scheme_code": FULL,
    } | changes


def table(*rows: Mapping[str, Any], labels: Mapping[str, str] = {}) -> Table:
    """The headings of the template that rows use, in its order, and the rows below."""
    used = [slug for slug in LABELS if any(slug in row for row in rows)]
    return [[labels.get(slug, LABELS[slug]) for slug in used], *([row.get(slug, "") for slug in used] for row in rows)]


def book(rows: Table, edit: Edit | None = None) -> bytes:
    """A workbook by openpyxl: a text that begins with = is a formula, a date is a date."""
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.title = "Entries"
    for row in rows:
        sheet.append([None if cell == "" else cell for cell in row])
    for cell in (cell for row in sheet.iter_rows() for cell in row if isinstance(cell.value, date)):
        cell.number_format = EXCELS_DATE
    if edit:
        edit(sheet)
    return saved(workbook)


def old_book(rows: Table) -> bytes:
    """An old workbook by xlwt, with the same cells."""
    workbook = xlwt.Workbook()
    sheet = workbook.add_sheet("Entries")
    days = xlwt.easyxf(num_format_str=EXCELS_DATE)
    for place, row in enumerate(rows):
        for column, cell in enumerate(row):
            if isinstance(cell, date):
                sheet.write(place, column, cell, days)
            elif cell != "":
                is_formula = isinstance(cell, str) and cell.startswith("=")
                sheet.write(place, column, xlwt.Formula(cell[1:]) if is_formula else cell)
    return saved(workbook)


def plain(rows: Table, delimiter: str = ",", encoding: str = "utf-8-sig", end: str = "\r\n") -> bytes:
    """A table in plain text; a date stands as a British spreadsheet program writes it."""
    file = StringIO(newline="")
    writer = csv.writer(file, delimiter=delimiter, lineterminator=end)
    writer.writerows([f"{cell:%d/%m/%Y}" if isinstance(cell, date) else cell for cell in row] for row in rows)
    return file.getvalue().encode(encoding)


def saved(workbook: Any) -> bytes:
    """The bytes of a workbook."""
    file = BytesIO()
    workbook.save(file)
    return file.getvalue()


def case(name: str, about: str, rows: Table, verdict: str | Sequence[str], **more: Any) -> Case:
    """A case in a workbook of openpyxl's. about: such as "B12 D10". edit: what else is done to the sheet."""
    verdicts = (verdict,) if isinstance(verdict, str) else tuple(verdict)
    content = more.pop("content", None) or partial(book, rows, more.pop("edit", None))
    return Case(name, tuple(about.split()), content, verdicts, **more)


def by(
    writers: Iterable[str], name: str, about: str, rows: Table, verdict: str | Sequence[str], **more: Any
) -> list[Case]:
    """The same case by several writers."""
    first = case(name, about, rows, verdict, **more)
    return [_written(first, rows, writer) for writer in writers]


def _written(first: Case, rows: Table, writer: str) -> Case:
    named = replace(first, name=f"{first.name} ({writer})")
    if writer.startswith("LibreOffice"):
        return replace(named, becomes=writer.split()[1])
    written = {"xls": old_book, "csv": plain}
    return replace(named, ending=writer, content=partial(written[writer], rows)) if writer in written else named


def by_libre_office(cases: Iterable[Case], folder: Path) -> dict[str, bytes]:
    """What LibreOffice makes of each case that goes through its hands, by the case's name; one call for each format."""
    to_save = [each for each in cases if each.becomes]
    made: dict[str, bytes] = {}
    for form in sorted({each.becomes for each in to_save}):
        of_form = {f"{place:03}": each for place, each in enumerate(to_save) if each.becomes == form}
        given, taken = folder / f"to-{form}", folder / form
        given.mkdir()
        for stem, each in of_form.items():
            (given / f"{stem}.{each.ending}").write_bytes(each.content())
        command = [SOFFICE, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", form]
        names = sorted(str(path) for path in given.iterdir())
        subprocess.run([*command, "--outdir", str(taken), *names], check=True, capture_output=True, timeout=120)
        made |= {each.name: (taken / f"{stem}.{form}").read_bytes() for stem, each in of_form.items()}
    return made
