"""Numbers without gaps from one counter row, taken for many at once."""

from typing import Any

from django.db import connection


def take_numbers(counter: type[Any], letter: str, *, count: int, last_of_all: int) -> int | None:
    """Raise the counter of these letters by count, in one statement inside the caller's transaction; the new last one.

    counter: a model with the fields `letter` (its key) and `last`. None where fewer numbers are left.
    The row stays locked until the commit, and a rollback gives the numbers back: no gaps. Call it as late as can be.
    """
    table = connection.ops.quote_name(counter._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} AS counter (letter, last) VALUES (%s, %s) "  # noqa: S608 (the table's own name)
            "ON CONFLICT (letter) DO UPDATE SET last = counter.last + %s WHERE counter.last + %s <= %s RETURNING last",
            [letter, count, count, count, last_of_all],
        )
        row = cursor.fetchone()
    return row[0] if row else None
