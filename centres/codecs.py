"""The file from which centres, approvals and people are loaded: bytes to rows of text."""

import csv
from dataclasses import dataclass

COLUMNS = (
    "centre_number",
    "centre_name",
    "kind",
    "nation",
    "approved_for_step_from",
    "approved_for_step_until",
    "user_email",
    "user_name",
    "role",
)


@dataclass(frozen=True)
class LoadedRow:
    """One membership, as text: its row in the file, and a cell for each column."""

    row: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


def read_rows(content: bytes) -> tuple[list[str], list[LoadedRow]]:
    """The headings and rows of a CSV file: UTF-8 with or without BOM, else cp1252; comma or semicolon."""
    lines = _text(content).splitlines(keepends=True)
    first = lines[0] if lines else ""
    table = csv.reader(lines, delimiter=";" if first.count(";") > first.count(",") else ",")
    headings = [cell.strip().lower() for cell in next(table, [])]
    rows = []
    for cells in table:
        texts = dict(zip(headings, (" ".join(cell.split()) for cell in cells), strict=False))
        if any(texts.values()):
            rows.append(LoadedRow(table.line_num, _in_one_case(texts)))
    return headings, rows


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _in_one_case(texts: dict[str, str]) -> dict[str, str]:
    lower = {name: texts[name].lower() for name in ("kind", "nation", "role", "user_email") if name in texts}
    return texts | lower | {"centre_number": texts.get("centre_number", "").upper()}
