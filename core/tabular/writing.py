"""Tables of text as .xls, .xlsx and .csv. Every cell is text: nothing in it is a number, a date or a formula."""

import csv
import io
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import openpyxl
import xlwt
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink

XLS_ROWS = 65_536
"""How many rows a sheet of an .xls can have, its headings included."""
LONGEST_CELL = 32_767
WIDEST_COLUMN = 50
UNWRITABLE = {"Cc", "Cs"}
"""Categories of characters that a sheet cannot hold: control characters, and halves of pairs."""
NO_CHARACTERS = "\ufffe\uffff"
"""What XML, and with it an .xlsx, cannot hold either."""
TEXT = "@"
"""What spreadsheets call the number format of a text."""

HELP_SHEET = "Help"
LAST_ROW_OF_LISTS = 10_003
"""Down to where a template offers texts to choose from: as many rows as a file can have."""
FIRST_CHOICE = 4
"""The column of the Help sheet in which the texts to choose from begin."""

Rows = Sequence[Sequence[str]]


@dataclass(frozen=True)
class TemplateColumn:
    """A column of a template: its heading, what is said of it, whether it is needed, and the texts to choose from."""

    heading: str
    help: str = ""
    is_required: bool = False
    choices: tuple[str, ...] = ()


def as_xls(title: str, headings: Sequence[str], rows: Rows) -> bytes:
    """A workbook for Excel 97 and later; more rows than one sheet can have go on to the next sheet."""
    table = _cleaned(rows)
    book = xlwt.Workbook(encoding="utf-8")
    bold, plain = xlwt.easyxf("font: bold on", TEXT), xlwt.easyxf("", TEXT)
    widths = _widths(headings, table)
    for number, begin in enumerate(range(0, max(1, len(table)), XLS_ROWS - 1), start=1):
        sheet = book.add_sheet(title if number == 1 else f"{title} {number}")
        sheet.set_panes_frozen(True)
        sheet.set_horz_split_pos(1)
        for column, (heading, width) in enumerate(zip(headings, widths, strict=True)):
            sheet.col(column).width = 256 * width
            sheet.write(0, column, heading, bold)
        for place, row in enumerate(table[begin : begin + XLS_ROWS - 1], start=1):
            for column, text in enumerate(row):
                sheet.write(place, column, text, plain)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def as_xlsx(title: str, headings: Sequence[str], rows: Rows) -> bytes:
    """A workbook for Excel 2007 and later."""
    table = _cleaned(rows)
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for column, width in enumerate(_widths(headings, table), start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    bold = Font(bold=True)
    sheet.append([_text_cell(sheet, heading, bold) for heading in headings])
    for row in table:
        sheet.append([_text_cell(sheet, text) if text else None for text in row])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def as_csv(title: str, headings: Sequence[str], rows: Rows) -> bytes:
    """Values between commas, each in quotation marks; UTF-8 with its mark, by which Excel knows it. It has no title."""
    file = io.StringIO(newline="")
    csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows([headings, *_cleaned(rows)])
    return file.getvalue().encode("utf-8-sig")


FORMS: dict[str, tuple[Callable[[str, Sequence[str], Rows], bytes], str]] = {
    "xls": (as_xls, "application/vnd.ms-excel"),
    "xlsx": (as_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "csv": (as_csv, "text/csv; charset=utf-8"),
}
"""Each form of a file by the end of its name: what writes it, and its content type."""


def template_as_xlsx(
    title: str, columns: Sequence[TemplateColumn], rows: Rows, *, help_line: str, help_address: str
) -> bytes:
    """A template: a line that leads to the sheet Help, the headings, what is said of each, and rows if there are any.

    Its columns are text, so that nothing typed into them becomes a number or a date, and offer what can be chosen.
    The sheet Help stands behind, with the same in full and a link to help_address.
    """
    book = openpyxl.Workbook()
    sheet, explained = book.active, book.create_sheet(HELP_SHEET)
    _explain(explained, columns, help_line, help_address)
    table = _cleaned([[column.heading for column in columns], [column.help for column in columns], *rows])
    for place, texts in enumerate(table, start=2):
        for number, text in enumerate(texts, start=1):
            _write(sheet, place, number, text, bold=place == 2)
    sheet.title, sheet.freeze_panes = title, "A3"
    _link(sheet, "A1", help_line, location=f"{HELP_SHEET}!A1")
    for place, (column, width) in enumerate(zip(columns, _widths(table[0], table), strict=True), start=1):
        letter = get_column_letter(place)
        sheet.column_dimensions[letter].width = width
        sheet.column_dimensions[letter].number_format = TEXT
        if column.choices:
            _offer(sheet, f"{letter}4:{letter}{LAST_ROW_OF_LISTS}", place + 2, len(column.choices))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _explain(sheet: Any, columns: Sequence[TemplateColumn], help_line: str, help_address: str) -> None:
    """The sheet Help: a line for each column of the template; it begins with its third row."""
    _link(sheet, "A1", f"{help_line}: {help_address}", target=help_address)
    for place, text in enumerate(("Column", "Needed", "What to give", "One of"), start=1):
        _write(sheet, 2, place, text, bold=True)
    for row, column in enumerate(columns, start=3):
        texts = (column.heading, "Yes" if column.is_required else "", column.help, *column.choices)
        for place, text in enumerate(texts, start=1):
            _write(sheet, row, place, text)
    for letter, width in (("A", 30), ("B", 10), ("C", 60)):
        sheet.column_dimensions[letter].width = width


def _write(sheet: Any, row: int, column: int, text: str, *, bold: bool = False) -> None:
    if text:
        cell = sheet.cell(row, column)
        cell.value, cell.data_type, cell.number_format = text, "s", TEXT
        cell.font = Font(bold=bold)


def _link(sheet: Any, place: str, text: str, *, target: str | None = None, location: str | None = None) -> None:
    sheet[place] = text
    sheet[place].font = Font(underline="single", color="0B5D66")
    sheet[place].hyperlink = Hyperlink(ref=place, target=target, location=location)


def _offer(sheet: Any, cells: str, row: int, count: int) -> None:
    """A list of the texts in a row of the sheet Help; other texts can be typed too."""
    first, last = get_column_letter(FIRST_CHOICE), get_column_letter(FIRST_CHOICE + count - 1)
    offered = DataValidation(type="list", formula1=f"{HELP_SHEET}!${first}${row}:${last}${row}", allow_blank=True)
    offered.showErrorMessage = False
    offered.add(cells)
    sheet.add_data_validation(offered)


def _cleaned(rows: Rows) -> list[list[str]]:
    return [[_writable(text) for text in row] for row in rows]


def _writable(text: str) -> str:
    """The text with a blank for each character that no sheet can hold, cut where a cell is full."""
    if text.isascii() and text.isprintable():
        return text[:LONGEST_CELL]
    return "".join(char if _is_writable(char) else " " for char in text)[:LONGEST_CELL]


def _is_writable(char: str) -> bool:
    return unicodedata.category(char) not in UNWRITABLE and char not in NO_CHARACTERS


def _widths(headings: Sequence[str], table: list[list[str]]) -> list[int]:
    longest = [max(map(len, column)) for column in zip(headings, *table, strict=True)]
    return [min(WIDEST_COLUMN, length + 2) for length in longest]


def _text_cell(sheet: object, text: str, font: Font | None = None) -> WriteOnlyCell:
    """A cell that is text whatever it begins with: openpyxl would make a formula of what begins with "="."""
    cell = WriteOnlyCell(sheet, text)
    cell.data_type, cell.number_format = "s", TEXT
    if font:
        cell.font = font
    return cell
