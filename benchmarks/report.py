"""The table on the terminal, and docs/performance.md."""

import os
import platform
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import timezone

from core.moments import date_in_words, uk_date

from .import_export_peer import FAST, USUAL
from .measuring import Figure, in_seconds
from .profiling import Stage
from .run import Measured

PAGE = settings.BASE_DIR / "docs" / "performance.md"
COLUMNS = ["what", "ours", "baseline", "ratio", "limit", "aim", "verdict"]
LIBRARIES = ("Django", "psycopg2-binary", "python-calamine", "openpyxl", "django-import-export", "tablib")
HOW = Path(__file__).with_name("how.md")
"""How it is measured, in words."""


def table_of(figures: list[Figure]) -> str:
    """The figures as a table."""
    return _table(COLUMNS, [figure.cells for figure in figures])


def page_of(measured: Measured) -> str:
    """The page of documentation; the database of the run is asked for its version."""
    today = date_in_words(uk_date(timezone.now()))
    parts = [
        "# Performance",
        f"Written by `make bench` on {today}. It fails where a limit is missed.",
        table_of(measured.figures),
        _table(["on", ""], [[name, value] for name, value in _machine().items()]),
        HOW.read_text(encoding="utf-8").strip().format(usual=USUAL.name, fast=FAST.name),
        "## Where our time goes",
        "Each stage is timed once as it is and once without Python's garbage collection, then run under cProfile for "
        "the functions in which most time is spent. The profiler makes small functions look dearer than they are.",
        *map(_of_stage, measured.stages),
    ]
    return "\n\n".join(parts) + "\n"


def _of_stage(stage: Stage) -> str:
    rows = [[f"`{cost.name}`", f"{cost.calls:,}", f"{cost.share:.0%}"] for cost in stage.costs]
    times = f"{in_seconds(stage.seconds)}, without garbage collection {in_seconds(stage.without_collection)}"
    return f"### {stage.name}\n\n{times}.\n\n{_table(['function', 'calls', 'share'], rows)}"


def _machine() -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        server = cursor.fetchone()[0].split()[0]
    libraries = {name: version(name) for name in LIBRARIES}
    return {"Python": platform.python_version(), "PostgreSQL": server, **libraries, "cores": str(os.cpu_count())}


def _table(headings: list[str], rows: list[list[str]]) -> str:
    lines = [headings, ["---"] * len(headings), *([cell.replace("|", "\\|") for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
