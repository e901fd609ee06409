"""The rows of the Cambridge Technicals entries spreadsheet: the columns, and who judges and enters them."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from uploads.codecs import read_headings
from uploads.rules.kinds import Column, Later, UploadKind

from .codecs.template import CHOICES_OF_GENDER, COLUMNS, REQUIRED
from .rules.registering import DECLARED
from .services.entering import enter_rows, wait_for_others
from .services.files import note_file_not_taken
from .services.prefilling import lists_of_template, prefilled_rows
from .services.uploading import (
    judge_rows,
    keep_uploads_until,
    periods_for_uploads,
    preview_of,
    refusals_to_enter_rows,
)
from .services.working import begin_work, confirmation_url, queue_submission, reject_submission

HEADINGS = Path(__file__).resolve().parent / "data" / "headings.csv"
LEFT_OUT = ""
WHICH_IS_RIGHT = Column("which_is_right", "Which is right?", is_question=True)


@cache
def headings() -> Mapping[str, tuple[str, ...]]:
    """The headings of other systems by the column that they mean; under "" those that hold nothing we ask for."""
    return read_headings(HEADINGS.read_text(encoding="utf-8"))


@cache
def columns() -> tuple[Column, ...]:
    """The columns of the template, and the question that a row can ask."""
    of_file = (
        Column(
            slug,
            label,
            help,
            is_required=slug in REQUIRED,
            choices=CHOICES_OF_GENDER if slug == "gender" else (),
            can_be_same=slug == "scheme_code",
            synonyms=headings().get(slug, ()),
        )
        for slug, label, help in COLUMNS
    )
    return (*of_file, WHICH_IS_RIGHT)


def columns_for(centre: Any) -> tuple[Column, ...]:
    """The same for every centre."""
    return columns()


TECHNICALS_ENTRIES = UploadKind(
    slug="technicals",
    title="Cambridge Technicals entries",
    noun="entry",
    nouns="entries",
    upload_button="Submit entries spreadsheet",
    home_url="technicals:home",
    entry_url="technicals:submission",
    shown=("Candidate", "Date of birth", "Gender", "UCI", "Entry", "Series", "Fee"),
    columns=columns_for,
    periods=periods_for_uploads,
    refusals=refusals_to_enter_rows,
    judge=judge_rows,
    submit=enter_rows,
    keep_until=keep_uploads_until,
    questions={DECLARED: "I declare that the units which the smaller size needs are achieved"},
    leave_out=lambda centre: headings()[LEFT_OUT],
    lock=wait_for_others,
    all_together=True,
    takes_order_number=True,
    preview=preview_of,
    not_taken=note_file_not_taken,
    later=Later(
        queued=queue_submission,
        begun=begin_work,
        refused=reject_submission,
        confirmation_url=confirmation_url,
    ),
    prefilled=prefilled_rows,
    lists=lists_of_template,
    help_section="technicals-spreadsheet",
    period_label="Series",
)
