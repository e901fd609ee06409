"""What Celery does for Cambridge Technicals: load, call one service, nothing more."""

from celery import shared_task
from django.utils import timezone

from .services import drafts


@shared_task
def purge_forms() -> int:
    """Delete web forms that nobody changed for 30 days; how many."""
    return drafts.purge_drafts(at=timezone.now())
