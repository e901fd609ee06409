"""Cambridge Technicals spreadsheets as officers have them, and the catalogue that they are judged by."""

from collections.abc import Mapping
from typing import Any

from core.tabular.writing import FORMS
from technicals.codecs.template import COLUMNS, row_of
from technicals.kinds import TECHNICALS_ENTRIES
from tests.factories.candidates import in_letters
from uploads.models import Upload
from uploads.services import receive_upload

HEADINGS = [heading for _, heading, _ in COLUMNS]
FULL = "05835"
"""A full award of Business, Level 3, 2016 suite."""


def answers(number: int = 0, **changes: str) -> dict[str, str]:
    """The cells of a row that registers somebody; every number gives another candidate."""
    return {
        "last_name": f"Smith{in_letters(number)}",
        "first_name": "Ann",
        "date_of_birth": "04/03/2009",
        "gender": "Female",
        "scheme_code": FULL,
    } | changes


def sheet(rows: list[Mapping[str, str]], form: str = "csv") -> bytes:
    """A file in the layout of the template."""
    write, _ = FORMS[form]
    return write("Entries", HEADINGS, [row_of(row) for row in rows])


def upload_of(
    rows: list[Mapping[str, str]], *, centre: Any, by: Any, at: Any, name: str = "entries.csv", order: str = ""
) -> Upload:
    """An upload of a file with these rows, as the page receives it, for the first series that is offered."""
    period = TECHNICALS_ENTRIES.periods(centre, at)[0]
    return receive_upload(
        kind=TECHNICALS_ENTRIES,
        period=period,
        centre=centre,
        file_name=name,
        content=sheet(rows, name.rpartition(".")[2]),
        by=by,
        at=at,
        order_number=order,
    )
