"""Thousands of rows by one statement: the values go to the database as one JSON text, and it makes the rows of it."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import connection
from django.db.models import CharField, Field, JSONField, Model, TextField

FROM_JSON = {"postgresql": "jsonb_array_elements(%s::jsonb)", "sqlite": "json_each(%s)"}


def insert_rows(
    model: type[Model],
    *,
    fields: Sequence[str],
    rows: Iterable[Sequence[Any]],
    same: Mapping[str, Any],
    returning: Sequence[str] = (),
) -> list[tuple[Any, ...]]:
    """Insert rows inside the caller's transaction; of each, in no promised order, what is asked for in `returning`.

    fields: the attributes whose values the rows have, in order; their values are what JSON can hold, dates and keys as
    text. same: the attributes that are equal in all rows. Other fields get their defaults. A text that is too long is
    refused by the database, never cut. Checks of models and their `save` are not asked. Raises ValueError where a
    field that is unique is not among `fields`.
    """
    rows = list(rows)
    if not rows:
        return []
    varying = [_field(model, name) for name in fields]
    others = [field for field in model._meta.concrete_fields if not field.primary_key and field not in varying]
    if alike := [field.name for field in others if field.unique]:
        raise ValueError(f"Each row needs its own {' and '.join(alike)}.")
    values = [same.get(field.attname, field.get_default()) for field in others]
    selected = [*(_of_json(field, place) for place, field in enumerate(varying)), *(_given(field) for field in others)]
    parameters = [field.get_db_prep_save(value, connection) for field, value in zip(others, values, strict=True)]
    columns = ", ".join(_quoted(field.column) for field in [*varying, *others])
    asked = f" RETURNING {', '.join(_quoted(_field(model, name).column) for name in returning)}" if returning else ""
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {_quoted(model._meta.db_table)} ({columns}) "  # noqa: S608 (names of our own models)
            f"SELECT {', '.join(selected)} FROM {FROM_JSON[connection.vendor]} WHERE true{asked}",
            [*parameters, json.dumps(rows)],
        )
        return cursor.fetchall() if returning else []


def update_rows(
    model: type[Model], *, fields: Sequence[str], rows: Iterable[Sequence[Any]], same: Mapping[str, Any]
) -> None:
    """Change rows that exist, inside the caller's transaction.

    rows: the id of each, then the values of `fields` as `insert_rows` takes them. same: what all of them are given.
    """
    varying = [_field(model, name) for name in fields]
    others = {_field(model, name): value for name, value in same.items()}
    changes = [f"{_quoted(field.column)} = {_of_json(field, place)}" for place, field in enumerate(varying, start=1)]
    changes += [f"{_quoted(field.column)} = %s" for field in others]
    key = _of_json(model._meta.pk, 0)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {_quoted(model._meta.db_table)} SET {', '.join(changes)} "  # noqa: S608 (names of our own models)
            f"FROM {FROM_JSON[connection.vendor]} AS given WHERE {_quoted(model._meta.db_table)}.id = {key}",
            [*(field.get_db_prep_save(value, connection) for field, value in others.items()), json.dumps(list(rows))],
        )


def _field(model: type[Model], name: str) -> Any:
    if name == "pk":
        return model._meta.pk
    return next(field for field in model._meta.concrete_fields if name in (field.name, field.attname))


def _of_json(field: Field, place: int) -> str:
    """The value at a place of a row, as the column takes it."""
    if isinstance(field, JSONField):
        return f"value->{place}" if connection.vendor == "postgresql" else f"value->'$[{place}]'"
    if connection.vendor == "sqlite":
        return f"value->>'$[{place}]'"
    is_text = isinstance(field, CharField | TextField)  # without a cast: one to varchar would cut what is too long
    return f"value->>{place}" if is_text else f"(value->>{place})::{field.rel_db_type(connection)}"


def _given(field: Field) -> str:
    return "%s::jsonb" if isinstance(field, JSONField) and connection.vendor == "postgresql" else "%s"


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
