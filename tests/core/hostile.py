"""Workbooks that mean harm, or only look like it, made from a harmless one."""

import struct
import zipfile
from collections.abc import Mapping
from io import BytesIO

import openpyxl
import xlwt

ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
ODS_NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:xlink="http://www.w3.org/1999/xlink"'
)


def xlsx(rows=(("First Name",), ("Ann",)), **sheets) -> bytes:
    """A workbook with these rows on its first sheet, and the others by their titles."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for title, others in sheets.items():
        sheet = book.create_sheet(title)
        for row in others:
            sheet.append(row)
    return saved(book)


def saved(book) -> bytes:
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def changed(content: bytes, parts: Mapping[str, bytes | None] = {}, **replaced: tuple[str, bytes, bytes]) -> bytes:
    """A package with parts added or taken away (None), and texts of parts replaced."""
    file = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name in parts:
                continue
            text = old.read(name)
            for part, before, after in replaced.values():
                assert part != name or before in text
                text = text.replace(before, after) if part == name else text
            new.writestr(name, text)
        for name, text in parts.items():
            if text is not None:
                new.writestr(name, text)
    return file.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def with_cell(place: str, cell: str) -> bytes:
    """A workbook with one more cell, in a row of its own at the end."""
    row = "".join(filter(str.isdigit, place))
    xml = f'<row r="{row}"><c r="{place}"{cell}</c></row></sheetData>'.encode()
    return changed(xlsx(), end=(SHEET, b"</sheetData>", xml))


def with_doctype(entities: str, use: str = "") -> bytes:
    doctype = f"<!DOCTYPE x [{entities}]>".encode()
    sheet = zipfile.ZipFile(BytesIO(xlsx())).read(SHEET)
    begin = sheet.index(b"<worksheet")
    return changed(xlsx(), {SHEET: sheet[:begin] + doctype + sheet[begin:].replace(b"Ann", use.encode() or b"Ann")})


def bomb() -> bytes:
    """A package of 60 KB that says, truly, that it unpacks to 60 MB."""
    return changed(xlsx(), {"xl/media/image1.png": b"\0" * 60_000_000})


def lying_bomb() -> bytes:
    """A sheet that unpacks to 200 MB and says that it has a thousand bytes."""
    content = bytearray(changed(xlsx(), {SHEET: b"<worksheet>" + b" " * 200_000_000}))
    directory = content.rindex(b"PK\x01\x02", 0, content.rindex(SHEET.encode()))
    content[directory + 24 : directory + 28] = struct.pack("<I", 1000)
    return bytes(content)


def ods(content: str, mimetype: str = ODS_TYPE, parts: Mapping[str, str] = {}) -> bytes:
    """An OpenDocument spreadsheet with this in its first table."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", mimetype)
        package.writestr(
            "content.xml",
            f'<?xml version="1.0"?><office:document-content {ODS_NAMES} office:version="1.2"><office:body>'
            f'<office:spreadsheet><table:table table:name="First">{content}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
        manifest = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
        package.writestr("META-INF/manifest.xml", parts.get("META-INF/manifest.xml", manifest))
        for name, text in parts.items():
            if name != "META-INF/manifest.xml":
                package.writestr(name, text)
    return file.getvalue()


def ods_row(*cells: str, attributes: str = "") -> str:
    return f"<table:table-row{attributes}>{''.join(cells)}</table:table-row>"


def ods_cell(text: str, attributes: str = "") -> str:
    return f'<table:table-cell office:value-type="string"{attributes}><text:p>{text}</text:p></table:table-cell>'


def xls(rows=(("First Name",), ("Ann",))) -> bytes:
    """An old workbook with these rows; a cell that begins with = is a formula."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("Sheet")
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            is_formula = isinstance(cell, str) and cell.startswith("=")
            sheet.write(row, column, xlwt.Formula(cell[1:]) if is_formula else cell)
    return saved(book)
