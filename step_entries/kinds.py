"""STEP candidates as rows of an uploaded file: the columns, and who judges and enters them."""

from functools import cache
from pathlib import Path
from typing import Any

from candidates.enums import Gender
from uploads.codecs import read_headings
from uploads.rules.kinds import Column, UploadKind

from .enums import Combination
from .services.uploading import (
    judge_rows,
    keep_uploads_until,
    periods_for_uploads,
    refusals_to_enter_rows,
    submit_rows,
    tell_of_refused_rows,
)

HEADINGS = Path(__file__).resolve().parent / "data" / "headings.csv"
YES_OR_NO = ("Yes", "No")
LEFT_OUT = ""


@cache
def headings() -> dict[str, tuple[str, ...]]:
    """The headings of other systems by the column that they mean; under "" those that hold nothing we ask for."""
    return read_headings(HEADINGS.read_text(encoding="utf-8"))


def _column(slug: str, label: str, help: str, *, choices: Any = (), **properties: bool) -> Column:
    return Column(slug, label, help, choices=tuple(choices), synonyms=headings().get(slug, ()), **properties)


COLUMNS = (
    _column("first_name", "First Name", "As on the UCAS application", is_required=True),
    _column("last_name", "Last Name", "As on the UCAS application", is_required=True),
    _column("date_of_birth", "Date of birth (DD/MM/YYYY)", "Day first: 27/03/2008", is_required=True),
    _column("gender", "Gender", "Female, Male, or Other / not stated", is_required=True, choices=Gender.labels),
    _column("ucas_id", "UCAS ID", "10 digits; can be added later"),
    _column(
        "papers",
        "Papers",
        "STEP 2, STEP 3, or STEP 2 and STEP 3",
        is_required=True,
        choices=Combination.labels,
        can_be_same=True,
    ),
    _column(
        "courses",
        "Courses and institutions",
        "Several with ; between: Bath; Warwick G100",
        is_required=True,
        can_be_same=True,
    ),
    _column("other_course", "Other course or institution", "Yes, or its name, if it is not on our list"),
    _column("own_school", "Candidate's own school", "Only if it is not your centre"),
    _column("has_one_name", "One legal name?", "Yes, if there is no First Name", choices=YES_OR_NO),
    _column("plain_first_name", "Plain form of the first name", "Letters A to Z; leave empty to use ours"),
    _column("plain_last_name", "Plain form of the last name", "Letters A to Z; leave empty to use our own"),
    _column("auto_capitalise", "Auto Capitalize Name", "No, to keep the name as typed", choices=YES_OR_NO),
)


def columns_for(centre: Any) -> tuple[Column, ...]:
    """The wizard's questions; the own school is asked of open centres only."""
    return tuple(column for column in COLUMNS if centre.is_open_centre or column.slug != "own_school")


def left_out_by(centre: Any) -> tuple[str, ...]:
    """Headings that are known and hold nothing that this centre is asked for."""
    return headings()[LEFT_OUT] + (() if centre.is_open_centre else headings()["own_school"])


STEP_CANDIDATES = UploadKind(
    slug="step",
    title="STEP entries",
    noun="candidate",
    nouns="candidates",
    upload_button="Upload the spreadsheet",
    home_url="step_entries:test-page",
    entry_url="step_entries:entry-detail",
    shown=("Candidate", "Date of birth", "Gender", "UCAS ID", "Papers", "Courses and institutions"),
    columns=columns_for,
    periods=periods_for_uploads,
    refusals=refusals_to_enter_rows,
    judge=judge_rows,
    submit=submit_rows,
    keep_until=keep_uploads_until,
    after_refusal=tell_of_refused_rows,
    questions={
        "is_different_person": "This is a different person",
        "age_is_right": "Yes, the date of birth is right",
    },
    leave_out=left_out_by,
)
