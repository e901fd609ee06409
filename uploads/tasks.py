import itertools
import time
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

import structlog
from celery import shared_task
from django.db import transaction
from django.utils import timezone

from . import services
from .models import Upload

log = structlog.get_logger(__name__)
BATCH = 50
LONGEST = 60.0
"""Seconds after which a sweep begins with no further file; the next one goes on."""


@shared_task
def read_upload(upload_pk: int) -> None:
    """Read one file now, if it still waits for that."""
    services.read_upload(upload_pk=upload_pk, at=timezone.now())


@shared_task
def enter_upload(upload_pk: int) -> None:
    """Enter the rows of one submitted file now, if they still wait for that."""
    services.enter_queued(upload_pk=upload_pk, at=timezone.now())


@shared_task
def sweep_uploads() -> int:
    """Read and enter what was not rung for, or what a worker died over; the number of files."""
    at = timezone.now()
    to_read = [partial(services.read_upload, upload_pk=pk) for pk in _keys(Upload.objects.left_to_read(at))]
    to_enter = [partial(services.enter_queued, upload_pk=pk) for pk in _keys(Upload.objects.left_to_enter(at))]
    end = time.monotonic() + LONGEST
    return sum(_do(act) for act in itertools.takewhile(lambda act: time.monotonic() < end, [*to_enter, *to_read]))


@shared_task
def purge_uploads() -> int:
    """Delete the contents of files that are kept no longer; the number of uploads."""
    return services.purge_uploads(at=timezone.now())


def ring(task: Any, **arguments: Any) -> None:
    """Wake a worker after the commit; where the bell is broken, the sweep finds the row."""
    transaction.on_commit(lambda: task.delay(**arguments), robust=True)


def _keys(uploads: Any) -> Iterable[int]:
    return list(uploads.values_list("pk", flat=True)[:BATCH])


def _do(act: Callable[..., bool]) -> bool:
    try:
        return act(at=timezone.now())
    except Exception:  # whatever goes wrong with one file must not stop the others; the next sweep tries again
        log.exception("upload_left_for_later", **act.keywords)  # type: ignore[attr-defined]
        return False
