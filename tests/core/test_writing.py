"""Sheets that people take away: every cell comes out as the text that went in, and no cell is a formula."""

import csv
import io
import shutil
import subprocess
import zipfile

import openpyxl
import pytest
import xlwt
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from core.tabular.writing import FORMS, LONGEST_CELL, XLS_ROWS, as_csv, as_xls, as_xlsx

SOFFICE = shutil.which("soffice")
HEADINGS = ["Entry #", "Text"]
PROBES = [
    "=1+1",
    '=HYPERLINK("http://evil.example","x")',
    "+1+1",
    "-2+3",
    "@SUM(1)",
    "\t=1+1",
    "\r=1+1",
    "＝1+1",
    "=cmd|' /C calc'!A0",
    "#N/A",
    "TRUE",
    "1e5",
    "0012345678",
    "1234567890123456789",
    "04/03/2009",
    "Müller-Søby 𠮷 李",
    'a "quoted", text; with\ncontrol\x00 and \x1b characters',
]
CONTROL = dict.fromkeys([*range(32), *range(127, 160), 0xFFFE, 0xFFFF, *range(0xD800, 0xE000)], " ")


def read_csv(content):
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def read_sheets(content):
    """The texts of every sheet of a workbook; a cell that is anything but text fails."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    sheets = [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]
    assert {type(cell) for sheet in sheets for row in sheet for cell in row} <= {str}
    return sheets


def rows_of(form, content):
    return read_csv(content) if form == "csv" else read_sheets(content)[0]


def written(form, rows, headings=HEADINGS):
    write, _ = FORMS[form]
    return rows_of(form, write("Entries", headings, rows))


@pytest.mark.parametrize("form", FORMS)
def test_a_table_comes_back_as_it_was_written_less_its_control_characters(form):
    rows = [[f"S{place:05}", probe] for place, probe in enumerate(PROBES)]

    expected = [[number, probe.translate(CONTROL)] for number, probe in rows]
    assert written(form, rows) == [HEADINGS, *expected]


def has_something(text):
    """Whether a cell of this text is more than blanks: the reader takes those for an empty cell of an .xlsx."""
    return not text.translate(CONTROL).isspace()


@settings(max_examples=50, deadline=None)
@given(st.lists(st.lists(st.text(min_size=1, max_size=60).filter(has_something), min_size=2, max_size=2), min_size=1))
def test_any_text_can_be_written_and_the_three_forms_agree_cell_by_cell(rows):
    xls, xlsx, plain = (written(form, rows) for form in ("xls", "xlsx", "csv"))

    assert xls == plain
    assert xlsx == plain


@pytest.mark.parametrize("form", FORMS)
def test_no_character_that_a_sheet_cannot_hold_reaches_it(form):
    bad = "".join(map(chr, [*range(32), 0x7F, 0x85, 0xD800, 0xDFFF, 0xFFFE, 0xFFFF]))

    assert written(form, [["S00001", f"a{bad}b"]]) == [HEADINGS, ["S00001", f"a{' ' * len(bad)}b"]]


def test_no_cell_of_an_xlsx_is_a_formula_a_number_or_a_date():
    content = as_xlsx("Entries", HEADINGS, [["S00001", probe] for probe in PROBES])

    cells = [cell for row in openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(min_row=2) for cell in row]
    assert {cell.data_type for cell in cells} == {"s"}
    assert {cell.number_format for cell in cells} == {"@"}
    sheet = zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "<v>" not in sheet


def test_an_xls_has_no_formula_record():
    formula = xlwt.Workbook()
    formula.add_sheet("Entries").write(0, 0, xlwt.Formula("1+1"))
    file = io.BytesIO()
    formula.save(file)

    assert formula_records(file.getvalue()) == 1
    assert formula_records(as_xls("Entries", HEADINGS, [["S00001", probe] for probe in PROBES])) == 0


def formula_records(content):
    """How many FORMULA records (type 6) the stream of an .xls has; xlwt writes it from the first sector on."""
    place, found = 512, 0
    while place + 4 <= len(content):
        kind, length = (int.from_bytes(content[at : at + 2], "little") for at in (place, place + 2))
        found += kind == 6
        place += 4 + length
        if kind == 0 and length == 0:
            break
    return found


def test_a_csv_has_its_mark_ends_lines_as_excel_does_and_quotes_every_cell():
    assert as_csv("Entries", HEADINGS, [["S00001", 'Ann "A" Ö']]) == (
        b'\xef\xbb\xbf"Entry #","Text"\r\n"S00001","Ann ""A"" \xc3\x96"\r\n'
    )


def test_more_rows_than_a_sheet_of_an_xls_holds_go_on_to_the_next_sheet():
    rows = [[str(number)] for number in range(XLS_ROWS + 1)]

    first, second = read_sheets(as_xls("Entries", ["Entry #"], rows))

    assert (first[0], second[0]) == (["Entry #"], ["Entry #"])
    assert first[1:] + second[1:] == rows


@pytest.mark.parametrize("form", FORMS)
def test_a_text_that_is_longer_than_a_cell_is_cut_to_it(form):
    [_, [_, text]] = written(form, [["S00001", "x" * (LONGEST_CELL + 5)]])

    assert text == "x" * LONGEST_CELL


@pytest.mark.parametrize("form", FORMS)
def test_a_table_without_rows_has_its_headings(form):
    assert written(form, []) == [HEADINGS]


@pytest.mark.skipif(not SOFFICE, reason="needs LibreOffice (soffice), which saves the workbooks as CSV")
@pytest.mark.parametrize("form", ["xls", "xlsx"])
def test_a_workbook_opened_and_saved_as_csv_by_libreoffice_says_the_same_and_has_no_formula(form, tmp_path):
    write, _ = FORMS[form]
    rows = [["S00001", probe.translate(CONTROL)] for probe in PROBES]
    (tmp_path / f"entries.{form}").write_bytes(write("Entries", HEADINGS, rows))

    converted(tmp_path, f"entries.{form}", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,true,true")

    assert read_csv((tmp_path / "entries.csv").read_bytes()) == [HEADINGS, *rows]


@pytest.mark.skipif(not SOFFICE, reason="needs LibreOffice (soffice), which opens the workbooks")
@pytest.mark.parametrize("form", ["xls", "xlsx"])
def test_a_workbook_opened_by_libreoffice_has_no_formula_cell(form, tmp_path):
    write, _ = FORMS[form]
    (tmp_path / f"entries.{form}").write_bytes(write("Entries", HEADINGS, [["S00001", probe] for probe in PROBES]))

    converted(tmp_path, f"entries.{form}", "fods")

    opened = (tmp_path / "entries.fods").read_text(encoding="utf-8")
    assert "=1+1" in opened
    assert "table:formula" not in opened


def converted(folder, name, to):
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [SOFFICE, profile, "--headless", "--convert-to", to, "--outdir", str(folder), str(folder / name)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
