"""A database of the run's own on PostgreSQL, and COPY, the least that rows can be written in."""

import io
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from django.db import connection, models, transaction

Rows = dict[type[models.Model], bytes]
COPIES = "bench_"
"""How the names of empty copies of tables begin."""


@contextmanager
def own_database() -> Iterator[None]:
    """Make a migrated database beside the one that DATABASE_URL names, use it, and drop it."""
    if connection.vendor != "postgresql":
        raise SystemExit("Set DATABASE_URL to a PostgreSQL server: the baselines are its COPY.")
    given = connection.settings_dict["NAME"]
    connection.settings_dict["TEST"]["NAME"] = f"bench_{os.getpid()}"
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(given, verbosity=0)


def empty(tables: Sequence[type[models.Model]]) -> None:
    """Empty tables, and whatever points to their rows."""
    names = ", ".join(table._meta.db_table for table in tables)
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {names} CASCADE")


def last_keys(tables: Sequence[type[models.Model]]) -> dict[type[models.Model], int]:
    """The last primary key of each table."""
    return {table: table._default_manager.aggregate(last=models.Max("pk"))["last"] or 0 for table in tables}


def rows_after(keys: Mapping[type[models.Model], int]) -> Rows:
    """The rows of tables after a primary key, as COPY takes them."""
    found = {}
    with connection.cursor() as cursor:
        for table, key in keys.items():
            file = io.BytesIO()
            cursor.copy_expert(
                f"COPY (SELECT * FROM {table._meta.db_table} WHERE id > {key} ORDER BY id) TO STDOUT", file
            )
            found[table] = file.getvalue()
    return found


def copy_of(table: type[models.Model]) -> str:
    """The name of an empty copy of a table, with its indexes and checks; it is made, or emptied."""
    name = f"{COPIES}{table._meta.db_table}"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE IF NOT EXISTS {name} (LIKE {table._meta.db_table} INCLUDING ALL)")
        cursor.execute(f"TRUNCATE {name}")
    return name


def copy_in(rows: Mapping[str, bytes]) -> None:
    """COPY rows into tables, in one transaction."""
    with transaction.atomic(), connection.cursor() as cursor:
        for name, content in rows.items():
            cursor.copy_expert(f"COPY {name} FROM STDIN", io.BytesIO(content))
