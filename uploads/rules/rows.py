"""The laws of files and rows on their way to entries. Plain Python."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from core.moments import in_words, time_in_words
from core.refusals import Refusal

MOST_IN_AN_HOUR = 10
HOUR = timedelta(hours=1)
READING_IS_TRIED_FOR = timedelta(minutes=10)
TIME_TO_MEND = timedelta(days=14)
"""How long rows are kept, at the least, after they were submitted and refused."""
LONGEST_ORDER_NUMBER = 20
NEVER_FIRST = "=+-@"
YES = {"yes", "y", "true", "1", "x", "✓", "ticked"}
NO = {"no", "n", "false", "0", ""}


@dataclass(frozen=True)
class Change:
    """What was shown in a cell, and what was typed there."""

    shown: str
    typed: str


def file_is_new(received_at: datetime | None, is_entered: bool, is_queued: bool = False) -> Refusal | None:
    """UPLOAD-01: The same file, byte for byte, is taken once for a centre and a period, so that nothing is doubled.

    received_at: when it was taken before; None where it was not. is_queued: whether it is submitted and waits.
    """
    if received_at is None:
        return None
    if is_entered:
        became = "it was processed. Nothing was entered twice"
    elif is_queued:
        became = "it is submitted already. Look there what becomes of it"
    else:
        became = "rows of it are not entered yet. Go on with it"
    return Refusal("UPLOAD-01", f"You uploaded this file on {in_words(received_at)} and {became}.", "file")


def file_has_rows(count: int, nouns: str, noun: str) -> Refusal | None:
    """UPLOAD-04: A file has at least one row below its headings."""
    if count:
        return None
    sentence = f"There are no {nouns} in this file. Add one {noun} to each row below the headings."
    return Refusal("UPLOAD-04", sentence, "file")


def rows_are_those_seen(seen: str, now: str, is_later: bool = False) -> Refusal | None:
    """UPLOAD-05: Submit enters the rows that the check page showed, as it showed them, at that cost, and no others.

    is_later: whether this is asked when the rows are entered, some time after Submit.
    """
    if seen == now:
        return None
    if is_later:
        sentence = (
            "Between Submit and now, something else changed what these rows would enter, or what they would cost."
        )
    else:
        sentence = "These rows, or what they would cost, changed after you opened this page."
    return Refusal("UPLOAD-05", f"{sentence} Nothing was entered: check them again.")


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


def nothing_is_left_to_mend(count: int) -> Refusal | None:
    """UPLOAD-10: Where the rows of a file go together, Submit waits until none of them has anything to mend."""
    if not count:
        return None
    rows, them = ("1 row has", "it") if count == 1 else (f"{count:,} rows have", "them")
    return Refusal(
        "UPLOAD-10", f"{rows} something to mend, and all rows go together. Mend {them}, or set {them} aside."
    )


def amount_is_accepted(accepted: str, accept_as: str, accept: str) -> Refusal | None:
    """UPLOAD-11: What has to be accepted before Submit is accepted, as it stands at that moment.

    accept_as: the answer that counts, or "" where nothing has to be accepted. accept: what is accepted, in words.
    """
    if accepted == accept_as or not accept_as:
        return None
    changed = "What has to be accepted has changed. " if accepted else ""
    return Refusal("UPLOAD-11", f"{changed}Nothing was entered. Tick “{accept}”, then press Submit.", "accepted")


def file_is_not_being_entered(is_queued: bool) -> Refusal | None:
    """UPLOAD-12: From Submit until its rows are entered or refused, nothing in a file is changed."""
    if not is_queued:
        return None
    return Refusal("UPLOAD-12", "This file is submitted and its rows are being entered, so it cannot be changed now.")


def reading_can_go_on(received_at: datetime, at: datetime) -> Refusal | None:
    """UPLOAD-13: A file whose reading still fails 10 minutes after it arrived is not taken."""
    if at - received_at < READING_IS_TRIED_FOR:
        return None
    return Refusal(
        "UPLOAD-13",
        "The portal could not read this file, though it tried for 10 minutes. Nothing was entered: copy the rows into "
        "a new template, and upload that.",
        "file",
    )


def order_number_can_be_quoted(text: str) -> Refusal | None:
    """ORDER-01: An order number or reference has at most 20 printable characters and does not begin with = + - or @."""
    if len(text) <= LONGEST_ORDER_NUMBER and text.isprintable() and not text.startswith(tuple(NEVER_FIRST)):
        return None
    return Refusal(
        "ORDER-01",
        "An order number or reference has up to 20 letters, digits and signs, and does not begin with = + - or @.",
        "order_number",
    )
