"""The table of headings that other systems write. Plain Python."""

import csv
import io
from collections import defaultdict


def read_headings(table: str) -> dict[str, tuple[str, ...]]:
    """The headings by the column that they mean, from a CSV of heading, column, source.

    Under "" stand those that are known and hold nothing that is asked for.
    """
    found = defaultdict(list)
    for line in csv.DictReader(io.StringIO(table)):
        found[line["column"]].append(line["heading"])
    return {column: tuple(of_column) for column, of_column in found.items()}
