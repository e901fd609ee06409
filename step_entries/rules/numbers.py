"""The range of entry numbers (guide 4.5)."""

from core.refusals import Refusal

LAST_NUMBER = 99_999
NUMBER_ALARM = 90_000


def numbers_are_left(last: int, wanted: int) -> Refusal | None:
    """STEP-07: Entry numbers run from S00001 to S99999, without gaps, and are never used again (guide 4.5)."""
    if last + wanted <= LAST_NUMBER:
        return None
    return Refusal(
        "STEP-07", "There are no entry numbers left, so the candidate is not entered. The STEP team has been told."
    )
