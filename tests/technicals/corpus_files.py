"""The corpus: files that are not taken, whatever stands in their rows."""

from collections.abc import Callable
from functools import partial

from openpyxl.worksheet.worksheet import Worksheet

from tests.core import hostile
from tests.core.test_hostile_files import HOSTILE
from tests.technicals.corpus import Case, book, case, old_book, person, plain, table

ROWS = table(person(0))
HEADINGS = ROWS[:1]
ABOUT = {
    "FILE-01": "B7", "FILE-02": "B3", "FILE-03": "B1", "FILE-04": "B2", "FILE-05": "B2", "FILE-06": "B6",
    "FILE-07": "B3", "FILE-08": "B5", "FILE-09": "B4",
}  # fmt: skip
"""Which row of the table of bad input a refusal of a whole file answers."""
RELATIONSHIPS = "xl/_rels/workbook.xml.rels"
LINK = b'<Relationship Id="r9" Type="http://x/externalLinkPath" Target="http://a.example/" TargetMode="External"/>'
FROM_CORE = (
    "larger than 5 MB", "macros in the types", "old macro sheets", "macros in an .ods", "a text document", "no ending",
    "a program as .xlsx", "a program as .xls", "a page as .xls", "random bytes as .csv", "a damaged old workbook",
    "an encrypted part of an .ods", "unpacks to 60 MB", "201 parts", "says less than it unpacks to", "a document type",
    "entities that multiply", "a file of ours as an entity", "a link in an .ods", "61 columns", "61 columns of an .xls",
    "a row that repeats for ever", "an empty csv",
)  # fmt: skip
"""Those of the hostile files which the tests of the reader make that an officer's file could be."""


def far_away(sheet: Worksheet) -> None:
    sheet["XFD1048576"] = "x"


def with_parts(parts: dict[str, bytes]) -> bytes:
    return hostile.changed(book(ROWS), parts)


def with_link() -> bytes:
    return hostile.changed(book(ROWS), link=(RELATIONSHIPS, b"</Relationships>", LINK + b"</Relationships>"))


def refused(name: str, code: str, content: Callable[[], bytes], file_name: str) -> Case:
    ending = file_name.partition(".")[2]
    return case(name, f"{ABOUT[code]} D8 D17", [], code, content=content, ending=ending)


OF_ENTRIES = [
    refused("entries in a workbook named .xlsm", "FILE-03", partial(book, ROWS), "e.xlsm"),
    refused("entries with macros", "FILE-03", partial(with_parts, {"xl/vbaProject.bin": b"x"}), "e.xlsx"),
    refused("entries as .xls under the name .xlsx", "FILE-05", partial(old_book, ROWS), "e.xlsx"),
    refused("entries as .xlsx under the name .xls", "FILE-05", partial(book, ROWS), "e.xls"),
    refused("entries as .csv under the name .xlsx", "FILE-05", partial(plain, ROWS), "e.xlsx"),
    refused("entries as .xlsx under the name .csv", "FILE-05", partial(book, ROWS), "e.csv"),
    refused("entries, cut off", "FILE-05", lambda: book(ROWS)[:2000], "e.xlsx"),
    refused("entries with a cell at XFD1048576", "FILE-09", partial(book, ROWS, far_away), "e.xlsx"),
    refused("entries with a link to another file", "FILE-08", with_link, "e.xlsx"),
    refused("entries with an embedded object", "FILE-08", partial(with_parts, {"xl/embeddings/a": b"x"}), "e.xlsx"),
    refused("10,001 rows", "FILE-09", lambda: plain([*HEADINGS, *[["a", "b"]] * 10_001]), "e.csv"),
    case("nothing but headings, as .xlsx", "B7 D17", HEADINGS, "UPLOAD-04"),
    case("nothing but headings, as .xls", "B7 D17", [], "UPLOAD-04", content=partial(old_book, HEADINGS), ending="xls"),
    case("nothing but headings, as .csv", "B7 D17", [], "UPLOAD-04", content=partial(plain, HEADINGS), ending="csv"),
    case("nothing but headings, by LibreOffice", "B7 D17", HEADINGS, "UPLOAD-04", becomes="ods"),
    case("nothing but headings and empty rows", "B7", [*HEADINGS, ["", " "], [""]], "UPLOAD-04"),
    case("an empty sheet", "B7 D17", [], "UPLOAD-04"),
    case("nothing but line ends", "B7", [], "UPLOAD-04", content=lambda: b"\r\n\r\n\r\n", ending="csv"),
]


def of_core(name: str) -> Case:
    content, file_name, code = HOSTILE[name]
    return refused(f"hostile: {name}", code, content if callable(content) else lambda: content, file_name)


FILES = [*OF_ENTRIES, *map(of_core, FROM_CORE)]
