"""Looks through an .xls, which is a file of streams of records, before a reader opens it."""

from collections.abc import Iterator
from io import BytesIO
from struct import error as Cut
from struct import unpack_from

import olefile

from core.rules.sheets import (
    file_has_no_macros,
    file_has_no_password,
    file_is_what_its_name_says,
    sheet_ends_where_the_table_ends,
    workbook_is_plain_data,
)

from .packages import Places, refuse

MACROS = {"_VBA_PROJECT_CUR", "VBA", "Macros"}
FILEPASS, BOUNDSHEET, SUPBOOK, FORMULA, SEVERAL_NUMBERS = 0x2F, 0x85, 0x1AE, 0x06, 0xBD
WITH_CONTENT = {FORMULA, SEVERAL_NUMBERS, 0xFD, 0x204, 0x203, 0x27E, 0x205, 0xD6}
"""Records of cells that hold something: formulas, numbers, texts, yes or no."""
OF_THIS_WORKBOOK, OF_ADD_INS = 0x0401, 0x3A01
"""What a record of links says where it links to no other file."""


def formulas_of_xls(content: bytes) -> Places:
    """The cells with formulas on the first sheet that can be seen. Raises Refused."""
    stream = _workbook(content, ".xls")
    sheets: list[tuple[int, bool]] = []
    formulas: dict[int, Places] = {}
    here = 0
    for position, record, length in _records(stream):
        here = position if any(position == begin for begin, _ in sheets) else here
        refuse(file_has_no_password(record == FILEPASS))
        if record == BOUNDSHEET:
            begin, state, kind = unpack_from("<IBB", stream, position + 4)
            refuse(file_has_no_macros(kind == 1))
            sheets.append((begin, state == 0 and kind == 0))
        elif record == SUPBOOK:
            refuse(workbook_is_plain_data(_links_to_a_file(stream, position)))
        elif record in WITH_CONTENT:
            row, column = unpack_from("<HH", stream, position + 4)
            last = unpack_from("<H", stream, position + 2 + length)[0] if record == SEVERAL_NUMBERS else column
            refuse(sheet_ends_where_the_table_ends(row + 1, last + 1))
            if record == FORMULA:
                formulas.setdefault(here, set()).add((row + 1, column + 1))
    first = next((begin for begin, is_visible in sheets if is_visible), 0)
    return formulas.get(first, set())


def refuse_old_workbook(content: bytes, suffix: str) -> None:
    """An old workbook under the name of a new one: it is password protected, or it is not what its name says."""
    _workbook(content, suffix)
    refuse(file_is_what_its_name_says(suffix, False))


def _workbook(content: bytes, suffix: str) -> bytes:
    with olefile.OleFileIO(BytesIO(content)) as file:
        names = {name for path in file.listdir(streams=True, storages=True) for name in path}
        refuse(file_has_no_password("EncryptedPackage" in names))
        refuse(file_has_no_macros(bool(names & MACROS)))
        refuse(workbook_is_plain_data(any(name == "ObjectPool" or name.startswith("MBD") for name in names)))
        stream = next((name for name in ("Workbook", "Book") if file.exists(name)), "")
        refuse(file_is_what_its_name_says(suffix, bool(stream)))
        return file.openstream(stream).read()


def _records(stream: bytes) -> Iterator[tuple[int, int, int]]:
    """Each record of the stream: where it begins, what it is, and its length."""
    position = 0
    while position + 4 <= len(stream):
        record, length = unpack_from("<HH", stream, position)
        yield position, record, length
        position += 4 + length


def _links_to_a_file(stream: bytes, position: int) -> bool:
    try:
        return unpack_from("<H", stream, position + 6)[0] not in (OF_THIS_WORKBOOK, OF_ADD_INS)
    except Cut:
        return True
