from celery import shared_task
from django.utils import timezone

from . import services


@shared_task
def purge_uploads() -> int:
    """Delete the contents of files that are kept no longer; the number of uploads."""
    return services.purge_uploads(at=timezone.now())
