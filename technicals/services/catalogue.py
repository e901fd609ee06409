"""Loading the catalogue and its prices from files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models, transaction

from core.history import record
from core.refusals import Refusal, raise_if_any

from ..codecs.catalogue import (
    COMBINATIONS,
    PRICES,
    QUALIFICATIONS,
    TABLES,
    UNITS,
    LoadedRow,
    Table,
    read_rows,
    text_of,
    values_of,
)
from ..models import Price, Qualification, Unit
from ..rules import loading
from ..rules.catalogue import family_in_words
from ..rules.prices import price_ends_after_it_begins, prices_do_not_overlap

MODELS: Mapping[str, type[models.Model]] = {
    QUALIFICATIONS.name: Qualification,
    UNITS.name: Unit,
    COMBINATIONS.name: Qualification,
    PRICES.name: Price,
}


@dataclass
class Differences:
    """How files differ from the portal, in words: what loading them changes, and what it leaves as it is."""

    changes: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


@transaction.atomic
def load_catalogue(*, contents: Mapping[str, bytes], by: Any, at: datetime, dry_run: bool) -> Differences:
    """Make entry codes, units, rules of combination and prices what the files say.

    contents: the bytes of each file by its name in TABLES; files that are not given change nothing. What a file does
    not name any more is left as it is and told. A dry run does the same and takes all of it back. Raises Refused with
    everything that is wrong, in all files at once; nothing is then changed.
    """
    tables = [table for name, table in TABLES.items() if name in contents]
    headings, rows = {}, {}
    for table in tables:
        headings[table.name], rows[table.name] = read_rows(contents[table.name])
    raise_if_any(_refusals_of_headings(tables, headings))
    raise_if_any(_refusals_of_rows(tables, rows))
    differences = Differences()
    for table in tables:
        _load(table, [values_of(table, row) for row in rows[table.name]], differences, by, at)
    if dry_run:
        transaction.set_rollback(True)
    return differences


def _refusals_of_headings(tables: Sequence[Table], headings: Mapping[str, Sequence[str]]) -> list[Refusal]:
    judged = {table.name: loading.file_has_its_columns(headings[table.name], table.columns) for table in tables}
    return [loading.named_by_file(name, refusal) for name, refusal in judged.items() if refusal]


def _refusals_of_rows(tables: Sequence[Table], rows: Mapping[str, Sequence[LoadedRow]]) -> list[Refusal]:
    families = {each.code: each.family for each in Qualification.objects.all()}
    families |= loading.families_of(QUALIFICATIONS.name, rows.get(QUALIFICATIONS.name, []))
    found = []
    for table in tables:
        found += loading.refusals_to_load(table.name, table.columns, rows[table.name], families)
    return found or _refusals_of_prices(rows.get(PRICES.name, []))


def _refusals_of_prices(rows: Sequence[LoadedRow]) -> list[Refusal]:
    """What the rules of prices say of each row beside the other rows and the prices that stay."""
    prices = [Price(**values_of(PRICES, row)) for row in rows]
    of_file = {PRICES.key_of(price) for price in prices}
    stay = [price for price in Price.objects.all() if PRICES.key_of(price) not in of_file] if rows else []
    found = []
    for place, (row, price) in enumerate(zip(rows, prices, strict=True)):
        judged = [
            price_ends_after_it_begins(price.since, price.until),
            prices_do_not_overlap(price, stay + prices[:place]),
        ]
        found += loading.named_by_row(PRICES.name, row.row, [refusal for refusal in judged if refusal])
    return found


def _load(table: Table, rows: Sequence[Mapping[str, Any]], differences: Differences, by: Any, at: datetime) -> None:
    """Add and change what one file says, and note the differences; the history keeps old and new."""
    model = MODELS[table.name]
    stored = {table.key_of(row): row for row in model._default_manager.select_for_update()}
    wanted = {table.key_of(row): row for row in (model(**values) for values in rows)}
    new = [row for key, row in wanted.items() if key not in stored]
    model._default_manager.bulk_create(new)
    record(by=by, at=at, action=f"{model._meta.model_name}.added", subjects=new, note=f"Loaded from {table.name}.csv")
    differences.changes += [f"{_named(table, row)}: new, {row}." for row in new]
    for key, row in wanted.items():
        if key in stored:
            differences.changes += _change(table, stored[key], row, by, at)
    gone = [row for key, row in stored.items() if key not in wanted and _is_of(table, row)]
    differences.left += [f"{_named(table, row)} is not in the file. It is left as it is." for row in gone]


def _change(table: Table, stored: Any, wanted: Any, by: Any, at: datetime) -> list[str]:
    pairs = {name: [text_of(stored, name), text_of(wanted, name)] for name in table.fields.values()}
    changes = {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
    if changes:
        for name in changes:
            setattr(stored, name, getattr(wanted, name))
        stored.save(update_fields=list(changes))
        record(by=by, at=at, action=f"{stored._meta.model_name}.changed", subjects=[stored], changes=changes)
    columns = {name: column for column, name in table.fields.items()}
    return [
        f"{_named(table, stored)}: {columns[name]} from “{old}” to “{new}”." for name, (old, new) in changes.items()
    ]


def _is_of(table: Table, row: Any) -> bool:
    """Whether a stored row has something that this file could name."""
    return table is not COMBINATIONS or bool(row.combination)


def _named(table: Table, row: Any) -> str:
    if table is UNITS:
        return f"{family_in_words(row.family)}, unit {row.number}"
    if table is PRICES:
        return f"Price, {row}"
    return row.code if table is QUALIFICATIONS else f"{row.code}, rule of combination"
