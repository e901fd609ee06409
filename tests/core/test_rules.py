"""The laws of spreadsheets."""

import pytest

from core.rules.sheets import (
    FORMATS,
    LARGEST_FILE,
    LARGEST_UNPACKED,
    MOST_COLUMNS,
    MOST_PARTS,
    MOST_ROWS,
    column_letters,
    file_has_content,
    file_has_no_macros,
    file_has_no_password,
    file_is_small_enough,
    file_is_what_its_name_says,
    file_type_is_taken,
    sheet_ends_where_the_table_ends,
    workbook_is_plain_data,
    workbook_is_small_once_opened,
)


@pytest.mark.parametrize(("size", "is_refused"), [(0, True), (1, False)])
def test_file_01_an_empty_file_is_refused(size, is_refused):
    assert (file_has_content(size) is not None) == is_refused


@pytest.mark.parametrize(("size", "is_refused"), [(LARGEST_FILE, False), (LARGEST_FILE + 1, True)])
def test_file_02_five_megabytes_are_taken_and_one_byte_more_is_not(size, is_refused):
    assert LARGEST_FILE == 5 * 1024 * 1024
    assert (file_is_small_enough(size) is not None) == is_refused


def test_file_03_macros_are_refused():
    refusal = file_has_no_macros(True)

    assert file_has_no_macros(False) is None
    assert refusal.sentence == (
        "This file contains macros. Save it as an Excel workbook without macros (.xlsx) and upload it again."
    )


@pytest.mark.parametrize("suffix", [*FORMATS, ".docx", ".xlsb", ".xlsm", "", ".XLSX"])
def test_file_04_four_types_are_taken_and_no_other(suffix):
    assert (file_type_is_taken(suffix) is None) == (suffix in {".xlsx", ".xls", ".ods", ".csv"})


@pytest.mark.parametrize("suffix", FORMATS)
def test_file_05_a_file_that_is_not_what_its_name_says_is_refused(suffix):
    assert file_is_what_its_name_says(suffix, True) is None
    assert f"although its name ends in {suffix}." in file_is_what_its_name_says(suffix, False).sentence


def test_file_06_a_password_is_refused():
    assert file_has_no_password(False) is None
    assert file_has_no_password(True).sentence.startswith("This workbook is password protected.")


@pytest.mark.parametrize(
    ("unpacked", "packed", "parts", "is_refused"),
    [
        (LARGEST_UNPACKED, LARGEST_UNPACKED // 100, MOST_PARTS, False),
        (LARGEST_UNPACKED + 1, LARGEST_UNPACKED, MOST_PARTS, True),
        (100, 1, 1, False),
        (101, 1, 1, True),
        (1, 1, MOST_PARTS + 1, True),
    ],
)
def test_file_07_a_workbook_that_is_large_once_opened_is_refused(unpacked, packed, parts, is_refused):
    assert (workbook_is_small_once_opened(unpacked, packed, parts) is not None) == is_refused


def test_file_08_links_and_code_are_refused():
    assert workbook_is_plain_data(False) is None
    assert workbook_is_plain_data(True).sentence.startswith("This workbook contains links or code")


@pytest.mark.parametrize(
    ("row", "column", "says"),
    [
        (MOST_ROWS + 1, MOST_COLUMNS, None),
        (MOST_ROWS + 2, 1, "more than 10,000 rows"),
        (1, MOST_COLUMNS + 1, "more than 60 columns"),
        (1_048_576, 16_384, "(cell XFD1048576)"),
        (MOST_ROWS + 3, 1, "(cell A10003)"),
    ],
)
def test_file_09_a_sheet_ends_where_its_table_ends(row, column, says):
    refusal = sheet_ends_where_the_table_ends(row, column)

    assert refusal is None if says is None else says in refusal.sentence


@pytest.mark.parametrize(("column", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (60, "BH"), (16_384, "XFD")])
def test_columns_are_named_as_spreadsheets_name_them(column, letters):
    assert column_letters(column) == letters
