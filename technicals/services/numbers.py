"""Submission numbers: CT and six digits, without gaps, never used again."""

from core.numbers import take_numbers
from core.refusals import Refused

from ..models import SubmissionNumberCounter
from ..rules.statuses import LAST_NUMBER, submission_numbers_are_left

LETTERS = "CT"


def take_submission_numbers(count: int) -> list[str]:
    """The next numbers, taken in one statement inside the caller's transaction; call it as late in it as can be.

    Raises Refused where fewer are left.
    """
    last = take_numbers(SubmissionNumberCounter, LETTERS, count=count, last_of_all=LAST_NUMBER)
    if last is None:
        refusal = submission_numbers_are_left(SubmissionNumberCounter.objects.get(letter=LETTERS).last, count)
        raise Refused([refusal] if refusal else [])
    return [f"{LETTERS}{number:06}" for number in range(last - count + 1, last + 1)]
