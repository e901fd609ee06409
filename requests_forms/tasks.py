from celery import shared_task
from django.utils import timezone

from . import services


@shared_task
def purge_requests() -> int:
    """Delete files, reasons and drafts of requests that are kept no longer; the number of requests."""
    at = timezone.now()
    return services.purge_evidence(at=at) + services.purge_requests_not_sent(at=at)


@shared_task
def scan_held_evidence() -> int:
    """Ask the scanner again about files that wait for it; how many can be opened now."""
    return services.scan_held_evidence(at=timezone.now())
