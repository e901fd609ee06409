"""The statuses of a submission, which lead to which, and what staff do with one that stands still (decision 0018)."""

from dataclasses import dataclass
from enum import StrEnum

from core.refusals import Refusal, all_refusals

from ..enums import SubmissionStatus as Status

LONGEST_NOTE = 500

MOVES: dict[Status, frozenset[Status]] = {
    Status.READ_AND_RECOGNISED: frozenset({Status.PROCESSING_IN_PROGRESS, Status.OCR_HANDLING_THIS}),
    Status.PROCESSING_IN_PROGRESS: frozenset(
        {Status.PROCESSING_COMPLETE, Status.READ_AND_REJECTED, Status.DUPLICATE_FILE, Status.OCR_HANDLING_THIS}
    ),
    Status.READ_AND_REJECTED: frozenset({Status.OCR_HANDLING_THIS}),
    Status.OCR_HANDLING_THIS: frozenset({Status.READ_AND_RECOGNISED, Status.READ_AND_REJECTED}),
}
"""From which status a submission moves to which; from the others it does not move."""


class Act(StrEnum):
    """What staff do with a submission."""

    TAKE_OVER = "take-over"
    PUT_BACK = "put-back"
    REJECT = "reject"


TARGETS = {
    Act.TAKE_OVER: Status.OCR_HANDLING_THIS,
    Act.PUT_BACK: Status.READ_AND_RECOGNISED,
    Act.REJECT: Status.READ_AND_REJECTED,
}
"""Where each act leads to."""
ACTS: dict[Status, tuple[Act, ...]] = {
    Status.READ_AND_RECOGNISED: (Act.TAKE_OVER,),
    Status.PROCESSING_IN_PROGRESS: (Act.TAKE_OVER,),
    Status.READ_AND_REJECTED: (Act.TAKE_OVER,),
    Status.OCR_HANDLING_THIS: (Act.PUT_BACK, Act.REJECT),
}
"""What staff can do in each status."""
NEEDS_NOTE = {
    Act.TAKE_OVER: "Type what is being looked into: the centre reads it.",
    Act.REJECT: "Type what is wrong and what the centre has to change: the centre reads it.",
}


@dataclass(frozen=True)
class MoveFacts:
    """A submission that is to move, and whether the person who moves it is the board's staff."""

    status: str
    to: str
    is_staff: bool


@dataclass(frozen=True)
class HandlingFacts:
    """What the rules need to know of one of the staff handling a submission.

    status: where it stands. has_rows: whether its rows are kept and none of them is entered.
    again: the number of a later submission of the same upload, or "".
    """

    act: Act
    status: str
    note: str
    has_rows: bool
    again: str = ""


def submission_can_move(facts: MoveFacts) -> Refusal | None:
    """HANDLING-01: A submission moves from status to status only as the table of moves says."""
    if facts.to in MOVES.get(Status(facts.status), ()):
        return None
    standing, target = Status(facts.status).label, Status(facts.to).label
    return Refusal(
        "HANDLING-01",
        f"The submission is at “{standing}” now, and cannot become “{target}”. Nothing was changed: look at it again.",
    )


def staff_handle_it(facts: MoveFacts) -> Refusal | None:
    """HANDLING-02: Only staff set OCR handling this, and only staff lead a submission out of it."""
    if facts.is_staff or Status.OCR_HANDLING_THIS not in (facts.status, facts.to):
        return None
    return Refusal("HANDLING-02", "Staff are handling this spreadsheet. Nothing was changed: it goes on when they say.")


def staff_can_do_it_now(facts: HandlingFacts) -> Refusal | None:
    """HANDLING-08: Staff take over what waits or was rejected; they put back or reject only what they handle."""
    if facts.act in ACTS.get(Status(facts.status), ()):
        return None
    standing = Status(facts.status).label
    return Refusal("HANDLING-08", f"The submission is at “{standing}” now. Nothing was changed: look at it again.")


def note_says_why(facts: HandlingFacts) -> Refusal | None:
    """HANDLING-03: Who takes a submission over or rejects it says why; the centre reads it."""
    if facts.act not in NEEDS_NOTE or facts.note.strip():
        return None
    return Refusal("HANDLING-03", NEEDS_NOTE[facts.act], "note")


def note_is_short_enough(facts: HandlingFacts) -> Refusal | None:
    """HANDLING-04: A note to the centre has at most 500 characters."""
    typed = len(facts.note.strip())
    if typed <= LONGEST_NOTE:
        return None
    return Refusal("HANDLING-04", f"The note has {typed} characters. Use at most {LONGEST_NOTE}.", "note")


def rows_can_be_entered(facts: HandlingFacts) -> Refusal | None:
    """HANDLING-05: A submission goes back into the queue only while its rows are kept and none of them is entered."""
    if facts.act != Act.PUT_BACK or facts.has_rows:
        return None
    return Refusal(
        "HANDLING-05",
        "The rows of this file cannot be entered any more: they were discarded, deleted by their date, or entered "
        "since. Reject the submission and ask the centre to upload what is missing.",
    )


def file_was_not_submitted_again(facts: HandlingFacts) -> Refusal | None:
    """HANDLING-06: Staff handle the last submission of an upload; what the centre submitted again stands for it."""
    if not facts.again or facts.act == Act.REJECT:
        return None
    return Refusal(
        "HANDLING-06", f"The centre has submitted this file again since, as {facts.again}. Look at that one."
    )


def no_row_is_to_mend(number: int, count: int) -> Refusal | None:
    """HANDLING-07: A submission goes back into the queue only when none of its rows has anything to mend.

    number: of the first such row. count: of all of them.
    """
    if not count:
        return None
    rows = f"Row {number} still has" if count == 1 else f"Row {number} and {count - 1} more still have"
    return Refusal(
        "HANDLING-07",
        f"{rows} something to mend, as the centre would see it. Put right what staff can, such as an approval or a "
        "series; otherwise reject the submission and say what to change.",
    )


def refusals_to_move(facts: MoveFacts) -> list[Refusal]:
    """Every reason against this move; where there is no such move, that alone."""
    return all_refusals((submission_can_move,), facts) or all_refusals((staff_handle_it,), facts)


def refusals_to_handle(facts: HandlingFacts) -> list[Refusal]:
    """Every reason against this act of staff; where it cannot be done at all now, that alone."""
    rules = (note_says_why, note_is_short_enough, rows_can_be_entered, file_was_not_submitted_again)
    return all_refusals((staff_can_do_it_now,), facts) or all_refusals(rules, facts)
