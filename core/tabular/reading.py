"""Spreadsheets that people hand in, as rows of text. No file is opened in the process that asks (decision 0012)."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path, PurePath
from tempfile import TemporaryFile
from typing import Any

import structlog

from core.refusals import Refusal, Refused, raise_if_any
from core.rules.sheets import (
    WITH_MACROS,
    file_has_content,
    file_has_no_macros,
    file_is_small_enough,
    file_type_is_taken,
    too_large_once_opened,
)

log = structlog.get_logger(__name__)
SECONDS = 20
PROJECT = Path(__file__).resolve().parent.parent.parent
CHILD = [sys.executable, "-m", "core.tabular.child"]


@dataclass(frozen=True)
class SheetRow:
    """One row of a sheet that holds something: its number in the file, its cells, and the columns with a formula."""

    number: int
    cells: tuple[str, ...]
    formulas: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Sheet:
    """The first sheet of a file: its title ("" for a .csv), how many others were left out, and its rows."""

    title: str
    others: int
    rows: tuple[SheetRow, ...]


def read_sheet(content: bytes, file_name: str) -> Sheet:
    """The rows of the first sheet of a spreadsheet, every cell as text; columns with a formula are counted from 0.

    The file is looked through and read by a child process with capped memory and time, which holds no secret.
    Raises Refused with the reason where the file is not one that is taken.
    """
    refuse_at_sight(file_name, len(content))
    answer = _ask_child(content, PurePath(file_name).suffix.lower())
    if "refusals" in answer:
        raise Refused(Refusal.retold(refusal) for refusal in answer["refusals"])
    formulas: dict[int, set[int]] = {}
    for row, column in answer["formulas"]:
        formulas.setdefault(row, set()).add(column - 1)
    return Sheet(
        title=answer["title"],
        others=answer["others"],
        rows=tuple(
            SheetRow(number, tuple(cells), frozenset(formulas.get(number, ()))) for number, cells in answer["rows"]
        ),
    )


def refuse_at_sight(file_name: str, size: int) -> None:
    """Raise Refused for what its name and its size in bytes say against a file, before anything is read."""
    suffix = PurePath(file_name).suffix.lower()
    named = file_has_no_macros(suffix in WITH_MACROS) or file_type_is_taken(suffix)
    raise_if_any(refusal for refusal in (named, file_has_content(size), file_is_small_enough(size)) if refusal)


def _ask_child(content: bytes, suffix: str) -> dict[str, Any]:
    with TemporaryFile() as given, TemporaryFile() as answer:
        given.write(content)
        given.seek(0)
        environment = {"PATH": os.defpath, "LANG": "C.UTF-8"}
        try:
            done = subprocess.run(  # noqa: S603 (our own module, and one of four endings)
                [*CHILD, suffix],
                stdin=given,
                stdout=answer,
                stderr=subprocess.PIPE,  # its end is heard at once; without a pipe the child is looked after by and by
                cwd=PROJECT,
                env=environment,
                timeout=SECONDS,
                check=True,
            )
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as failed:
            log.warning("sheet_not_read", suffix=suffix, size=len(content), why=type(failed).__name__)
            raise Refused([too_large_once_opened()]) from None
        answer.seek(0)
        return json.load(answer) if done else {}
