from celery import shared_task
from django.utils import timezone

from . import services


@shared_task
def confirm_due_entries() -> None:
    """Confirm the entries whose waiting time is over."""
    services.run_due_confirmations(by=None, at=timezone.now())


@shared_task
def purge_drafts() -> int:
    """Delete the drafts that are kept no longer; their number."""
    return services.purge_drafts(at=timezone.now())


@shared_task
def send_reminders() -> int:
    """Remind centres of what is missing before registration closes; the number of mails."""
    return services.send_reminders(at=timezone.now())
