from celery import shared_task
from django.core.management import call_command
from django.utils import timezone

from .services import asks, housekeeping


@shared_task
def clear_sessions() -> None:
    """Delete sessions that have ended."""
    call_command("clearsessions")


@shared_task
def answer_asks() -> int:
    """Answer what was asked at the door; the number of asks."""
    return asks.answer_asks(at=timezone.now())


@shared_task
def purge() -> None:
    """Delete what was kept after a session's end, and failures and counts that matter no more."""
    housekeeping.purge(at=timezone.now())
