"""What is told of a submission that was not entered. Plain Python."""

from core.refusals import Refusal


def processing_failed(number: str) -> Refusal:
    """SUBMIT-01: A submission that fails three times for a reason of ours is rejected, and staff are told."""
    return Refusal(
        "SUBMIT-01",
        f"Something went wrong on our side while {number} was processed, three times. Nothing of it was entered, and "
        "your rows are kept: submit them again. We have been told.",
    )


def nothing_is_entered_twice() -> Refusal:
    """SUBMIT-02: A submission of which every row stands entered when it is processed is a duplicate."""
    return Refusal(
        "SUBMIT-02",
        "Every row of this file stood entered already when it was processed. Nothing was entered twice, and there is "
        "nothing more to do.",
    )


def records_are_as_judged(changed: int) -> Refusal | None:
    """SUBMIT-03: Rows are entered for the records by which they were judged, not for one corrected or merged since."""
    if not changed:
        return None
    return Refusal(
        "SUBMIT-03",
        "Records of candidates in this file were corrected or merged while it was being entered. Nothing was entered: "
        "submit it again.",
    )


def staff_have_it() -> Refusal:
    """SUBMIT-04: While staff handle a submission nobody else enters its rows."""
    return Refusal("SUBMIT-04", "Staff are handling this submission. Its rows are entered when they put it back.")
