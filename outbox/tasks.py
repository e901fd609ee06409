import itertools
import time

from celery import shared_task
from django.utils import timezone

from . import delivery
from .models import OutgoingEmail

BATCH = 50
LONGEST = 60.0
"""Seconds after which a sweep begins no further mail; the next one goes on."""


@shared_task
def send_email(email_id: int) -> None:
    """Send one mail now, if it is still to be sent."""
    delivery.deliver(email_id, at=timezone.now())


@shared_task
def sweep() -> int:
    """Send what is due and was not rung for, or was dropped; the number of mails sent."""
    due = OutgoingEmail.objects.due(timezone.now()).order_by("next_attempt_at").values_list("pk", flat=True)
    end = time.monotonic() + LONGEST
    in_time = itertools.takewhile(lambda email_id: time.monotonic() < end, list(due[:BATCH]))
    return sum(delivery.deliver(email_id, at=timezone.now()) for email_id in in_time)


@shared_task
def purge() -> int:
    """Delete the text of mails done with 30 days ago (status and Message-ID stay); the number of mails."""
    return OutgoingEmail.objects.expired(timezone.now()).update(text="", html="", subject="", to=[], cc=[])
