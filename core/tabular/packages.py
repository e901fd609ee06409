"""Looks through an .xlsx or .ods, which are packages of XML parts, before a reader opens it."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from io import BytesIO
from typing import Protocol
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from defusedxml.common import DTDForbidden

from core.refusals import Refusal, Refused, raise_if_any
from core.rules.sheets import (
    file_has_no_macros,
    file_has_no_password,
    file_is_what_its_name_says,
    sheet_ends_where_the_table_ends,
    workbook_is_plain_data,
    workbook_is_small_once_opened,
)

Places = set[tuple[int, int]]
"""Cells by row and column, both from 1."""

HOW_MACROS_BEGIN = ("xl/vbaProject", "xl/macrosheets/", "Basic/", "Scripts/")
HOW_LINKS_BEGIN = ("xl/externalLinks/", "xl/embeddings/", "xl/activeX/", "xl/connections.xml", "Object ")
ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
ODS_LINKS = {"table-source", "cell-range-source", "dde-link", "dde-source", "object", "object-ole"}
CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


def formulas_of_xlsx(content: bytes) -> tuple[str, Places]:
    """The name of the first sheet that can be seen, and its cells with formulas. Raises Refused."""
    with ZipFile(BytesIO(content)) as package:
        _look_at_the_parts(package, len(content))
        refuse(file_is_what_its_name_says(".xlsx", "[Content_Types].xml" in package.namelist()))
        refuse(file_has_no_macros(b"macroEnabled" in package.read("[Content_Types].xml")))
        for part in package.infolist():
            if part.filename.endswith((".xml", ".rels")) and not part.filename.startswith("xl/worksheets/sheet"):
                _parse(package, part, _Links() if part.filename.endswith(".rels") else None)
        name, part_name = _first_visible_sheet(package)
        cells = _Cells()
        _parse(package, package.getinfo(part_name), cells)
    return name, cells.formulas


def formulas_of_ods(content: bytes) -> tuple[str, Places]:
    """The name of the first table, and its cells with formulas. Raises Refused."""
    with ZipFile(BytesIO(content)) as package:
        _look_at_the_parts(package, len(content))
        names = set(package.namelist())
        is_ods = {"content.xml", "mimetype"} <= names and package.read("mimetype").startswith(ODS_TYPE)
        refuse(file_is_what_its_name_says(".ods", is_ods))
        if "META-INF/manifest.xml" in names:
            _parse(package, package.getinfo("META-INF/manifest.xml"), _Encryption())
        tables = _Tables()
        _parse(package, package.getinfo("content.xml"), tables)
    return tables.first, tables.formulas


def refuse(*refusals: Refusal | None) -> None:
    """Raise Refused where there is a reason."""
    raise_if_any(refusal for refusal in refusals if refusal)


def _look_at_the_parts(package: ZipFile, packed: int) -> None:
    parts = package.infolist()
    refuse(workbook_is_small_once_opened(sum(part.file_size for part in parts), packed, len(parts)))
    refuse(file_has_no_password(any(part.flag_bits & 1 for part in parts)))
    refuse(file_has_no_macros(_any_begins(parts, HOW_MACROS_BEGIN)))
    refuse(workbook_is_plain_data(_any_begins(parts, HOW_LINKS_BEGIN)))
    if any(part.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for part in parts):
        raise BadZipFile("packed in a way that no spreadsheet program uses")


def _any_begins(parts: Iterable[ZipInfo], beginnings: tuple[str, ...]) -> bool:
    return any(part.filename.startswith(beginnings) for part in parts)


class Handler(Protocol):
    """What is told of each element of a part, as it begins."""

    def startElement(self, name: str, attrs: Mapping[str, str]) -> None: ...


def _parse(package: ZipFile, part: ZipInfo, handler: Handler | None = None) -> None:
    """Read one part without ever following what it names; a document type is refused as soon as it is met.

    Without a document type there are no entities. The parser is asked directly: SAX takes three times as long.
    """
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_document_type
    if handler:
        parser.StartElementHandler = handler.startElement
    with package.open(part) as stream:
        parser.ParseFile(stream)


def _refuse_document_type(name: str, system: str | None, public: str | None, has_subset: int) -> None:
    raise DTDForbidden(name, system, public)


def _first_visible_sheet(package: ZipFile) -> tuple[str, str]:
    """Its name and its part; a workbook always has one."""
    targets, sheets = _Targets(), _Sheets()
    _parse(package, package.getinfo("xl/_rels/workbook.xml.rels"), targets)
    _parse(package, package.getinfo("xl/workbook.xml"), sheets)
    name, target = next((name, targets.sheets[key]) for name, key in sheets.visible if key in targets.sheets)
    return name, target.removeprefix("/") if target.startswith("/") else f"xl/{target}"


def _local(name: str) -> str:
    return name.rpartition(":")[2] if ":" in name else name


class _Links:
    """Refuses a link to anything outside, but for the link that a click on a cell would follow."""

    def startElement(self, name: str, attrs: Mapping[str, str]) -> None:
        is_outside = attrs.get("TargetMode") == "External" and not attrs.get("Type", "").endswith("/hyperlink")
        refuse(workbook_is_plain_data(is_outside))


class _Encryption:
    def startElement(self, name: str, attrs: Mapping[str, str]) -> None:
        refuse(file_has_no_password(_local(name) == "encryption-data"))


class _Targets:
    """The parts of the worksheets, by the key under which the workbook names them."""

    def __init__(self) -> None:
        self.sheets: dict[str, str] = {}

    def startElement(self, name: str, attrs: Mapping[str, str]) -> None:
        if attrs.get("Type", "").endswith("/worksheet"):
            self.sheets[attrs["Id"]] = attrs["Target"]


class _Sheets:
    """The sheets of a workbook that can be seen, in their order: name and key."""

    def __init__(self) -> None:
        self.visible: list[tuple[str, str]] = []

    def startElement(self, name: str, attrs: Mapping[str, str]) -> None:
        if _local(name) == "sheet" and attrs.get("state", "visible") == "visible":
            key = next(value for attribute, value in attrs.items() if _local(attribute) == "id" and ":" in attribute)
            self.visible.append((attrs["name"], key))


class _Cells:
    """The cells of a worksheet that hold something; a row or cell without a place stands after the one before it."""

    def __init__(self) -> None:
        self.formulas: Places = set()
        self.row = self.column = 0

    def startElement(self, name: str, attrs: Mapping[str, str]) -> None:
        match _local(name):
            case "row":
                self.row = int(attrs.get("r") or self.row + 1)
                self.column = 0
            case "c":
                place = CELL.fullmatch(attrs.get("r", ""))
                self.column = _number(place[1]) if place else self.column + 1
                self.row = int(place[2]) if place else self.row
            case "v" | "is":
                self._holds_something()
            case "f":
                self._holds_something()
                self.formulas.add((self.row, self.column))

    def _holds_something(self) -> None:
        if refusal := sheet_ends_where_the_table_ends(self.row, self.column):
            raise Refused([refusal])


@cache
def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number


class _Tables:
    """The cells of all tables that hold something, with those that are said to repeat; a reader unfolds them all.

    first: the name of the first table that can be seen; its formulas are told.
    """

    def __init__(self) -> None:
        self.formulas: Places = set()
        self.first, self.table, self.style, self.is_first = "", 0, "", False
        self.hidden_styles: set[str] = set()
        self.row = self.rows_end = self.column = self.columns_end = 0

    def startElement(self, name: str, attrs: Mapping[str, str]) -> None:
        match _local(name):
            case "style":
                self.style = attrs.get("style:name", "")
            case "table-properties":
                if attrs.get("table:display") == "false":
                    self.hidden_styles.add(self.style)
            case "table":
                self.table += 1
                self.is_first = not self.first and attrs.get("table:style-name") not in self.hidden_styles
                if self.is_first:
                    self.first = attrs.get("table:name", "")
                self.row = self.rows_end = 0
            case "table-row":
                self.row = self.rows_end + 1
                self.rows_end += int(attrs.get("table:number-rows-repeated", "1"))
                self.column = self.columns_end = 0
            case "table-cell" | "covered-table-cell":
                self.column = self.columns_end + 1
                self.columns_end += int(attrs.get("table:number-columns-repeated", "1"))
                self._look(attrs)
            case "p":
                self._holds_something()
            case local if local in ODS_LINKS:
                refuse(workbook_is_plain_data(True))

    def _look(self, attrs: Mapping[str, str]) -> None:
        has_formula = "table:formula" in attrs
        if has_formula or "office:value-type" in attrs:
            self._holds_something()
        if has_formula and self.is_first:
            rows, columns = range(self.row, self.rows_end + 1), range(self.column, self.columns_end + 1)
            self.formulas.update((row, column) for row in rows for column in columns)

    def _holds_something(self) -> None:
        if self.table:
            refuse(sheet_ends_where_the_table_ends(self.rows_end, self.columns_end))
