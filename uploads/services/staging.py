"""Storing the rows of a file: thousands by one statement."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import uuid4

from django.db import connection

from core.tabular.reading import SheetRow

from ..enums import RowState
from ..models import Upload, UploadRow

COLUMNS = "upload_id, key, number, cells, formulas, mended, state, title, reference"
ROWS_OF_JSON = {
    "postgresql": "SELECT %s, (value->>0)::uuid, (value->>1)::integer, value->2, value->3, '{}', %s, '', '' "
    "FROM jsonb_array_elements(%s::jsonb)",
    "sqlite": "SELECT %s, value->>'$[0]', value->>'$[1]', value->'$[2]', value->'$[3]', '{}', %s, '', '' "
    "FROM json_each(%s)",
}
"""How each database makes rows of one text; the objects of Django take ten times as long."""


@dataclass(frozen=True)
class LaidOut:
    """The rows of a file below its headings, and their upload. They are not stored yet."""

    upload: Upload
    rows: Sequence[SheetRow]


def keep_rows(laid_out: LaidOut) -> None:
    """Store the rows of an upload that is stored, by one statement inside the caller's transaction."""
    rows = [[uuid4().hex, row.number, row.cells, sorted(row.formulas)] for row in laid_out.rows]
    table = connection.ops.quote_name(UploadRow._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({COLUMNS}) {ROWS_OF_JSON[connection.vendor]}",
            [laid_out.upload.pk, RowState.OPEN.value, json.dumps(rows)],
        )
