"""Files as officers have them, and uploads of them."""

from typing import Any

from core.tabular.writing import FORMS
from step_entries.kinds import STEP_CANDIDATES
from tests.factories.candidates import in_letters
from uploads.models import Upload
from uploads.services import receive_upload

HEADINGS = ["First Name", "Last Name", "Date of birth (DD/MM/YYYY)", "Gender", "UCAS ID", "Papers", "Courses"]


def candidate_row(number: int = 0, **changes: str) -> list[str]:
    """A row that is ready; every number gives another candidate. Changes are by column."""
    cells = {
        "first_name": "Ann",
        "last_name": f"Smith{in_letters(number)}",
        "date_of_birth": "04/03/2009",
        "gender": "F",
        "ucas_id": f"{1_000_000_000 + number}",
        "papers": "STEP 2 and STEP 3",
        "courses": "Other",
    }
    return list((cells | changes).values())


def sheet(rows: list[list[str]], headings: list[str] | None = None, form: str = "csv") -> bytes:
    """A file with these rows."""
    write, _ = FORMS[form]
    return write("Sheet", headings or HEADINGS, rows)


def upload_of(rows: list[list[str]], *, centre: Any, by: Any, at: Any, name: str = "step.csv", **layout: Any) -> Upload:
    """An upload of a file with these rows, as the page receives it."""
    [period] = STEP_CANDIDATES.periods(centre, at)
    return receive_upload(
        kind=STEP_CANDIDATES,
        period=period,
        centre=centre,
        file_name=name,
        content=sheet(rows, **layout),
        by=by,
        at=at,
    )
