"""The laws of files and rows on their way to entries. Plain Python."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from core.moments import in_words, time_in_words
from core.refusals import Refusal

MOST_IN_AN_HOUR = 10
HOUR = timedelta(hours=1)
YES = {"yes", "y", "true", "1", "x", "✓", "ticked"}
NO = {"no", "n", "false", "0", ""}


@dataclass(frozen=True)
class Change:
    """What was shown in a cell, and what was typed there."""

    shown: str
    typed: str


def file_is_new(received_at: datetime | None, is_entered: bool) -> Refusal | None:
    """UPLOAD-01: The same file, byte for byte, is taken once for a centre and a period, so that nothing is doubled.

    received_at: when it was taken before; None where it was not.
    """
    if received_at is None:
        return None
    became = (
        "it was processed. Nothing was entered twice" if is_entered else "rows of it are not entered yet. Go on with it"
    )
    return Refusal("UPLOAD-01", f"You uploaded this file on {in_words(received_at)} and {became}.", "file")


def file_has_rows(count: int, nouns: str, noun: str) -> Refusal | None:
    """UPLOAD-04: A file has at least one row below its headings."""
    if count:
        return None
    sentence = f"There are no {nouns} in this file. Add one {noun} to each row below the headings."
    return Refusal("UPLOAD-04", sentence, "file")


def rows_are_those_seen(seen: str, now: str) -> Refusal | None:
    """UPLOAD-05: Submit enters the rows that the check page showed, as it showed them, and no others."""
    if seen == now:
        return None
    return Refusal(
        "UPLOAD-05", "These rows were changed after you opened this page. Nothing was entered: check them again."
    )


def something_is_ready(count: int) -> Refusal | None:
    """UPLOAD-06: Submit needs at least one row that is ready."""
    if count:
        return None
    return Refusal("UPLOAD-06", "No row is ready to be entered. Mend a row first, or bring one back.")


def uploads_are_spread_out(count: int, again_at: datetime) -> Refusal | None:
    """UPLOAD-07: A person uploads at most 10 files in an hour; rows are mended in the page."""
    if count < MOST_IN_AN_HOUR:
        return None
    return Refusal(
        "UPLOAD-07",
        f"You uploaded {MOST_IN_AN_HOUR} files within an hour. Mend the rows of one in its page, or upload the next "
        f"file after {time_in_words(again_at)}.",
        "file",
    )


def cell_has_no_formula(number: int, slug: str, label: str) -> Refusal:
    """UPLOAD-08: A cell is typed, never calculated: a formula is not evaluated, and its value is not taken."""
    return Refusal("UPLOAD-08", f"Row {number}, {label} contains a formula. Type the value instead.", slug)


def yes_or_no(text: str) -> bool | None:
    """Whether a cell says yes; an empty one says no, and None is any other text."""
    word = text.strip().casefold()
    return True if word in YES else False if word in NO else None


def cell_says_yes_or_no(slug: str, label: str, text: str) -> Refusal | None:
    """UPLOAD-09: A cell of a yes-or-no column says yes, or no, or is empty."""
    if yes_or_no(text) is not None:
        return None
    return Refusal("UPLOAD-09", f"{label} must be yes or no. You entered “{text.strip()[:30]}”.", slug)
