"""Spreadsheets in: what is read."""

from datetime import date, datetime
from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest
import xlwt

from core.rules.sheets import MOST_COLUMNS, MOST_PARTS, MOST_ROWS
from core.tabular.reading import read_sheet
from core.tabular.writing import FORMS
from tests.core import hostile

TABLE = [["First Name", "Last Name", "UCAS ID"], ["Zoë", "O'Brien", "0123456789"], ["", "", ""], ["Ann", "", "7"]]


def rows_of(content, name):
    return [(row.number, list(row.cells)) for row in read_sheet(content, name).rows]


@pytest.mark.parametrize("form", FORMS)
def test_what_we_write_is_read_back_with_its_row_numbers(form):
    write, _ = FORMS[form]

    assert rows_of(write("Sheet", TABLE[0], TABLE[1:]), f"file.{form}") == [
        (1, TABLE[0]),
        (2, TABLE[1]),
        (4, TABLE[3]),
    ]


def test_an_open_document_is_read():
    table = hostile.ods_row(hostile.ods_cell("First Name")) + hostile.ods_row(hostile.ods_cell("Zoë"))

    assert rows_of(hostile.ods(table), "file.ods") == [(1, ["First Name"]), (2, ["Zoë"])]


def test_a_hidden_first_table_of_an_open_document_is_not_the_one_that_is_read():
    style = (
        '<office:automatic-styles><style:style style:name="ta1" style:family="table">'
        '<style:table-properties table:display="false"/></style:style></office:automatic-styles>'
    )
    hidden = f'<table:table table:name="Lists" table:style-name="ta1">{hostile.ods_row(hostile.ods_cell("Maths"))}'
    shown = f'<table:table table:name="Entries">{hostile.ods_row(hostile.ods_cell("First Name"))}'
    names = f'{hostile.ODS_NAMES} xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
    content = (
        f'<?xml version="1.0"?><office:document-content {names} office:version="1.2">{style}<office:body>'
        f"<office:spreadsheet>{hidden}</table:table>{shown}</table:table></office:spreadsheet></office:body>"
        "</office:document-content>"
    )

    file = hostile.changed(hostile.ods(""), {"content.xml": content.encode()})

    assert rows_of(file, "file.ods") == [(1, ["First Name"])]


def test_numbers_dates_and_ticks_become_text():
    content = hostile.xlsx([(1234567890, date(2008, 3, 27), "0042", True), (3.5, datetime(2008, 3, 27, 9, 30))])  # noqa: DTZ001

    assert rows_of(content, "file.xlsx") == [
        (1, ["1234567890", "27/03/2008", "0042", "TRUE"]),
        (2, ["3.5", "27/03/2008 09:30", "", ""]),
    ]


def test_the_same_date_is_the_same_text_in_an_old_workbook():
    book = xlwt.Workbook()
    book.add_sheet("Sheet").write(0, 0, date(2008, 3, 27), xlwt.easyxf(num_format_str="DD/MM/YYYY"))

    assert rows_of(hostile.saved(book), "file.xls") == [(1, ["27/03/2008"])]


def test_a_table_that_does_not_begin_at_the_corner_keeps_its_place():
    book = openpyxl.Workbook()
    book.active["C5"] = "here"

    assert rows_of(hostile.saved(book), "file.xlsx") == [(5, ["", "", "here"])]


def test_the_first_sheet_that_can_be_seen_is_read_and_others_are_counted():
    book = openpyxl.Workbook()
    book.active.title, book.active.sheet_state = "Lists", "hidden"
    book.create_sheet("Candidates").append(["Ann"])
    book.create_sheet("Notes").append(["Something"])

    sheet = read_sheet(hostile.saved(book), "file.xlsx")

    assert (sheet.title, sheet.others) == ("Candidates", 1)
    assert [row.cells for row in sheet.rows] == [("Ann",)]


def test_a_far_away_cell_on_a_sheet_that_is_not_read_does_no_harm():
    book = openpyxl.Workbook()
    book.active.append(["Ann"])
    book.create_sheet("Other")["XFD1048576"] = "far"

    assert rows_of(hostile.saved(book), "file.xlsx") == [(1, ["Ann"])]


def test_a_cell_that_is_only_coloured_far_away_does_no_harm():
    assert rows_of(hostile.with_cell("XFD1048576", ' s="0">'), "file.xlsx") == [(1, ["First Name"]), (2, ["Ann"])]


def test_a_link_that_a_click_would_follow_does_no_harm():
    book = openpyxl.Workbook()
    book.active["A1"] = "ann@school.example"
    book.active["A1"].hyperlink = "mailto:ann@school.example"

    assert rows_of(hostile.saved(book), "file.xlsx") == [(1, ["ann@school.example"])]


@pytest.mark.parametrize(
    ("content", "name", "place"),
    [
        (hostile.xlsx([("Name", "Sum"), ("Ann", "=1+1")]), "file.xlsx", (2, 1)),
        (hostile.xls([("Name", "Sum"), ("Ann", "=1+1")]), "file.xls", (2, 1)),
        (
            hostile.ods(
                hostile.ods_row(hostile.ods_cell("Name"))
                + hostile.ods_row(hostile.ods_cell("Ann"), hostile.ods_cell("2", ' table:formula="of:=1+1"'))
            ),
            "file.ods",
            (2, 1),
        ),
    ],
)
def test_b13_a_formula_is_never_evaluated_and_its_place_is_told(content, name, place):
    row = read_sheet(content, name).rows[1]

    assert (row.number, *row.formulas) == place
    assert row.cells[0] == "Ann"
    assert "".join(row.cells[1:]) == ""


def test_a_row_with_nothing_but_a_formula_is_a_row():
    assert [row.number for row in read_sheet(hostile.xlsx([("Name",), ("=1+1",)]), "file.xlsx").rows] == [1, 2]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_table_in_plain_text_is_read_whoever_wrote_it(delimiter, encoding, end):
    text = end.join(
        delimiter.join(line) for line in [["First Name", "Last Name"], ["Zoë", '"Hill, Tom; x"'], ["A", "B"]]
    )

    assert rows_of(text.encode(encoding), "file.csv") == [
        (1, ["First Name", "Last Name"]),
        (2, ["Zoë", "Hill, Tom; x"]),
        (3, ["A", "B"]),
    ]


@pytest.mark.parametrize(
    ("content", "rows"),
    [
        (b'a,"b\r\nc"\r\n\r\nd,e\r\n', [(1, ["a", "b\nc"]), (3, ["d", "e"])]),
        (b"sep=;\na;b,c\n", [(2, ["a", "b,c"])]),
        (b"a,b\x00\nc,d\n" + b"e,f\n" * 40, [(1, ["a", "b\ufffd"]), (2, ["c", "d"])]),
        (b"one column\nAnn\n", [(1, ["one column"]), (2, ["Ann"])]),
        (b"a\x81,b\n", [(1, ["a\ufffd", "b"])]),
    ],
)
def test_the_oddities_of_plain_text_are_read(content, rows):
    assert rows_of(content, "file.csv")[: len(rows)] == rows


def test_s52_each_limit_is_taken_and_one_more_is_not():
    assert len(read_sheet(b"a\n" * (MOST_ROWS + 1), "file.csv").rows) == MOST_ROWS + 1
    assert len(read_sheet(b"a," * (MOST_COLUMNS - 1) + b"a\n", "file.csv").rows[0].cells) == MOST_COLUMNS
    assert len(read_sheet((b"a" * 1023 + b"\n") * 5120, "file.csv").rows) == 5120
    parts = {f"xl/media/{n}.png": b"x" for n in range(MOST_PARTS - len(_parts(hostile.xlsx())))}
    assert read_sheet(hostile.changed(hostile.xlsx(), parts), "file.xlsx").rows


def _parts(content):
    return ZipFile(BytesIO(content)).namelist()
