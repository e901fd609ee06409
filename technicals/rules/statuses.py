"""What each status of a submission means and what the centre does next, after the table of the guide."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from core.refusals import Refusal

from ..enums import SubmissionStatus as Status

LAST_NUMBER = 999_999
EMPTY_FILE_CODES = frozenset({"FILE-01", "UPLOAD-04"})
"""Refusals of a file in which there is nothing to enter."""
SAME_FILE, TOO_MANY_FILES = "UPLOAD-01", "UPLOAD-07"
CODES_OF_FILES = ("FILE-", "UPLOAD-")
"""How the codes begin that refuse a file; with others no file is taken at this time, whatever is in it."""


@dataclass(frozen=True)
class StatusWords:
    """A status in our words: what has happened, what the centre does next, and the colour that it is shown in."""

    description: str
    action: str
    colour: str

    @property
    def is_unfinished(self) -> bool:
        """Whether its rows are not entered."""
        return self.colour != ENTERED

    @property
    def is_failed(self) -> bool:
        """Whether they are not entered and nobody is at work on it."""
        return self.colour == FAILED


ENTERED, WAITS, FAILED = "confirmed", "not-yet-confirmed", "overdue"
"""Colours of statuses, by the class names of the pages."""
NOTHING_TO_DO = "None required."
STATUS_WORDS = {
    Status.DUPLICATE_FILE: StatusWords(
        "This file, or all that is in it, was submitted before, so nothing was entered again.",
        "Open the first submission to see what was entered. If there are candidates to add, upload only the new rows.",
        FAILED,
    ),
    Status.EMPTY_FILE: StatusWords(
        "There are no candidates in this file, so nothing was entered.",
        "Add one candidate to each row below the headings, and upload the file again.",
        FAILED,
    ),
    Status.OCR_HANDLING_THIS: StatusWords(
        "We are resolving what is outstanding with this spreadsheet. Nothing of it is entered yet.",
        "None required. We write to you when it goes on, or when you have to change something.",
        WAITS,
    ),
    Status.PROCESSING_COMPLETE: StatusWords(
        "The spreadsheet was processed, and its entries are made.",
        "None required. Download a copy of your entries for your records.",
        ENTERED,
    ),
    Status.PROCESSING_IN_PROGRESS: StatusWords(
        "The rows of this spreadsheet are being entered now.",
        "None required. You can leave this page: it goes on without you.",
        WAITS,
    ),
    Status.READ_AND_RECOGNISED: StatusWords(
        "The spreadsheet is submitted, and waits to be processed.",
        "None required. You can leave this page: it goes on without you.",
        WAITS,
    ),
    Status.READ_AND_REJECTED: StatusWords(
        "There was a problem when the spreadsheet was processed. Nothing of it was entered.",
        "Open the upload, mend what is named here, and submit it again.",
        FAILED,
    ),
    Status.UPLOAD_FAILED: StatusWords(
        "The file could not be read, so nothing was entered.",
        "Mend what is named here, and upload the file again.",
        FAILED,
    ),
    Status.SUBMITTED: StatusWords("The entries were made with the web form.", NOTHING_TO_DO, ENTERED),
}
WORDS_OF_TRANSFER = StatusWords(
    "OCR transferred these entries to your centre. They cost you nothing.", NOTHING_TO_DO, ENTERED
)
"""What is said of the line in the history of a centre that received a candidate."""


def named_to_centres(person: Any) -> str:
    """Who did something, as a centre reads it: the portal where nobody did, and OCR for the board's staff."""
    if person is None:
        return "the portal"
    return "OCR" if person.is_staff else str(person.name)


STANDING = (
    Status.READ_AND_RECOGNISED,
    Status.PROCESSING_IN_PROGRESS,
    Status.OCR_HANDLING_THIS,
    Status.PROCESSING_COMPLETE,
)
"""Statuses of a submission whose rows are entered or will be: the same file again is a duplicate of it."""


def status_of_file_not_taken(codes: Collection[str], *, was_submitted: bool) -> Status | None:
    """The status under which a refused file stands in the history; None where it is no submission at all.

    codes: of its refusals. was_submitted: whether the same bytes were submitted before. A file that came before and
    still waits to be submitted, one too many in an hour, and one at a time at which none is taken make no line.
    """
    if TOO_MANY_FILES in codes or not all(code.startswith(CODES_OF_FILES) for code in codes):
        return None
    if SAME_FILE in codes:
        return Status.DUPLICATE_FILE if was_submitted else None
    return Status.EMPTY_FILE if EMPTY_FILE_CODES & set(codes) else Status.UPLOAD_FAILED


def submission_numbers_are_left(last: int, wanted: int) -> Refusal | None:
    """SUBMISSION-01: Submission numbers run from CT000001 to CT999999, without gaps, and are never used again."""
    if last + wanted <= LAST_NUMBER:
        return None
    return Refusal(
        "SUBMISSION-01", "There are no submission numbers left, so nothing was submitted. Write to us and say so."
    )
