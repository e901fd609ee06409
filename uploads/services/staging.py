"""Storing the rows of a file: thousands by one statement."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import uuid4

from core.bulk import insert_rows
from core.tabular.reading import SheetRow

from ..enums import RowState
from ..models import Upload, UploadRow


@dataclass(frozen=True)
class LaidOut:
    """The rows of a file below its headings, and their upload. They are not stored yet."""

    upload: Upload
    rows: Sequence[SheetRow]


def keep_rows(laid_out: LaidOut) -> None:
    """Store the rows of an upload that is stored, by one statement inside the caller's transaction."""
    insert_rows(
        UploadRow,
        fields=["key", "number", "cells", "formulas"],
        rows=[[uuid4().hex, row.number, row.cells, sorted(row.formulas)] for row in laid_out.rows],
        same={"upload_id": laid_out.upload.pk, "state": RowState.OPEN},
    )
