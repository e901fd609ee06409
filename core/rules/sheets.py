"""The laws of spreadsheets that people hand in (decision 0012). Plain Python."""

from core.refusals import Refusal

MEGABYTE = 1024 * 1024
LARGEST_FILE = 5 * MEGABYTE
LARGEST_UNPACKED = 50 * MEGABYTE
LARGEST_RATIO = 100
MOST_PARTS = 200
MOST_ROWS = 10_000
"""Rows below the line of headings."""
MOST_COLUMNS = 60
LONGEST_CELL = 5_000

FORMATS = {
    ".xlsx": "an Excel workbook",
    ".xls": "an Excel 97-2003 workbook",
    ".ods": "an OpenDocument spreadsheet",
    ".csv": "a table in plain text",
}
"""The types of spreadsheets that are taken, by the end of the file's name, and what each has to be."""
WITH_MACROS = {".xlsm", ".xltm", ".xlam"}


def file_has_content(size: int) -> Refusal | None:
    """FILE-01: A file that is handed in is not empty."""
    if size:
        return None
    return Refusal("FILE-01", "The file is empty. Choose the file that has your rows in it.", "file")


def file_is_small_enough(size: int) -> Refusal | None:
    """FILE-02: A spreadsheet has at most 5 MB."""
    if size <= LARGEST_FILE:
        return None
    return Refusal(
        "FILE-02",
        "The file is larger than 5 MB. Delete pictures and unused sheets, or copy the rows into a new template.",
        "file",
    )


def file_has_no_macros(has_macros: bool) -> Refusal | None:
    """FILE-03: A workbook has no macros, whatever its name."""
    if not has_macros:
        return None
    return Refusal(
        "FILE-03",
        "This file contains macros. Save it as an Excel workbook without macros (.xlsx) and upload it again.",
        "file",
    )


def file_type_is_taken(suffix: str) -> Refusal | None:
    """FILE-04: A spreadsheet is an .xlsx, .xls, .ods or .csv."""
    if suffix in FORMATS:
        return None
    return Refusal("FILE-04", "The file must be an .xlsx, .xls, .ods or .csv. Save it as .xlsx and upload it.", "file")


def file_is_what_its_name_says(suffix: str, is_what_it_says: bool) -> Refusal | None:
    """FILE-05: The first bytes of a file, and the reader, agree with the end of its name."""
    if is_what_it_says:
        return None
    return Refusal(
        "FILE-05",
        f"This file is not {FORMATS[suffix]}, although its name ends in {suffix}. "
        "Open it in your spreadsheet program, save it as .xlsx and upload that, or upload the completed template.",
        "file",
    )


def file_has_no_password(is_encrypted: bool) -> Refusal | None:
    """FILE-06: A workbook is not protected by a password that is needed to open it."""
    if not is_encrypted:
        return None
    return Refusal("FILE-06", "This workbook is password protected. Remove the password and upload it again.", "file")


def workbook_is_small_once_opened(unpacked: int, packed: int, parts: int) -> Refusal | None:
    """FILE-07: A workbook unpacks to at most 50 MB, 100 times its packed size, and 200 parts."""
    if unpacked <= LARGEST_UNPACKED and unpacked <= LARGEST_RATIO * max(packed, 1) and parts <= MOST_PARTS:
        return None
    return too_large_once_opened()


def too_large_once_opened() -> Refusal:
    """What is said of a workbook that does not fit into the memory and the time that a reader is given."""
    return Refusal(
        "FILE-07",
        "This workbook is too large once opened. Delete unused sheets and pictures, or copy the rows into a new "
        "template.",
        "file",
    )


def workbook_is_plain_data(has_links_or_code: bool) -> Refusal | None:
    """FILE-08: A workbook has no document type, no entities, no links to other files and no embedded objects."""
    if not has_links_or_code:
        return None
    return Refusal(
        "FILE-08",
        "This workbook contains links or code that we do not accept. Copy the rows into a new template.",
        "file",
    )


def sheet_ends_where_the_table_ends(row: int, column: int) -> Refusal | None:
    """FILE-09: A sheet has at most 10,000 rows below its headings and 60 columns; nothing stands far outside them.

    row, column: the place of a cell that has content, both from 1.
    """
    is_within_rows, is_within_columns = row <= MOST_ROWS + 1, column <= MOST_COLUMNS
    if is_within_rows and is_within_columns:
        return None
    if row == MOST_ROWS + 2 and is_within_columns:
        sentence = "The sheet has more than 10,000 rows. Split it into several files and upload one after another."
    elif column == MOST_COLUMNS + 1 and is_within_rows:
        sentence = "The sheet has more than 60 columns. Delete those that are not asked for, or use the template."
    else:
        sentence = (
            f"The sheet has content far outside the table (cell {column_letters(column)}{row}). "
            "Clear it, or copy your rows into a new template."
        )
    return Refusal("FILE-09", sentence, "file")


def column_letters(column: int) -> str:
    """The name of a column, counted from 1, as spreadsheets show it: A, B, ... Z, AA."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
