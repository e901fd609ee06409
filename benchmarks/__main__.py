"""Measure everything and write docs/performance.md: `python -m benchmarks` (`make bench`), with DATABASE_URL.

Exits with 1 where a limit is missed. The database that DATABASE_URL names is not touched: the run makes one of its own
on the same server and drops it. With fewer rows or rounds than usual nothing is written.
"""

import argparse
import os
import sys

import django

ROWS, ROUNDS = 10_000, 5


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("--rows", type=int, default=ROWS, help=f"of the largest file; usually {ROWS:,}")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"of each measurement; usually {ROUNDS}")
    chosen = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "entries_portal.settings.test")
    django.setup()

    from . import report, run
    from .database import own_database

    with own_database():
        measured = run.measure(chosen.rows, chosen.rounds)
        page = report.page_of(measured)
    sys.stdout.write(report.table_of(measured.figures) + "\n")
    if (chosen.rows, chosen.rounds) == (ROWS, ROUNDS):
        report.PAGE.write_text(page, encoding="utf-8")
    missed = [figure.what for figure in measured.figures if figure.is_met is False]
    for what in missed:
        sys.stdout.write(f"Missed: {what}.\n")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
