"""Entry numbers: S and five digits, without gaps, never used again (guide 4.5)."""

from datetime import datetime

from django.db import transaction

from core import numbers as core_numbers
from core.refusals import Refused
from outbox.services import raise_alert

from ..models import EntryNumberCounter
from ..rules import LAST_NUMBER, NUMBER_ALARM, numbers_are_left

LETTER = "S"


def take_numbers(*, count: int, at: datetime) -> list[str]:
    """The next numbers, taken in one statement inside the caller's transaction; call it as late in it as can be.

    The counter row stays locked until the commit, and a rollback gives the numbers back: no gaps.
    Raises Refused where fewer are left. Staff are told when 90 % of the range is used.
    """
    last = core_numbers.take_numbers(EntryNumberCounter, LETTER, count=count, last_of_all=LAST_NUMBER)
    if last is None:
        refusal = numbers_are_left(EntryNumberCounter.objects.get(letter=LETTER).last, count)
        raise Refused([refusal] if refusal else [])
    if last - count < NUMBER_ALARM <= last:
        raise_alert(
            key="step-numbers-90-percent",
            sentence=f"STEP entry numbers: {last} of {LAST_NUMBER} are used. The range has to be extended.",
            at=at,
        )
    return [f"{LETTER}{number:05}" for number in range(last - count + 1, last + 1)]


def tell_staff_that_numbers_ran_out(*, at: datetime) -> None:
    """Raise the alarm outside the refused transaction, which would take it back."""
    with transaction.atomic():
        raise_alert(
            key="step-numbers-exhausted",
            sentence="STEP entry numbers: none are left. Entries are being refused.",
            at=at,
        )
