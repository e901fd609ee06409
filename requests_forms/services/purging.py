"""Deleting what requests hold by its date: first files, then reasons; the outcome stays (decision 0016)."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import DateTimeField, ExpressionWrapper, F, Q, QuerySet
from django.db.models.functions import Coalesce

from core.history import record

from ..models import Evidence, Message, Request
from ..rules import KEEP_EVIDENCE, KEEP_REASONS, RESULTS_AFTER_CLOSING
from .storing import delete_files, delete_files_left_behind

AT_ONCE = 100


def purge_evidence(*, at: datetime) -> int:
    """Delete files and reasons whose date is past, in chunks of one transaction each; how many requests it changed.

    Run as often as one likes: what is deleted already is left alone.
    """
    changed = 0
    while chunk := list(_with_files(at).values_list("pk", flat=True)[:AT_ONCE]):
        changed += _delete_files_of(chunk, at)
    while chunk := list(_with_reasons(at).values_list("pk", flat=True)[:AT_ONCE]):
        changed += _reduce(chunk, at)
    delete_files_left_behind(at=at)
    return changed


def _with_files(at: datetime) -> QuerySet[Any]:
    return (
        _counted_from(Request.objects.sent())
        .filter(evidence__isnull=False, counted_from__lte=at - KEEP_EVIDENCE)
        .distinct()
    )


def _with_reasons(at: datetime) -> QuerySet[Any]:
    """Those reduced already too, where something was said since."""
    has_words = Q(reduced_at=None) | Q(messages__isnull=False)
    return _counted_from(Request.objects.sent()).filter(has_words, counted_from__lte=at - KEEP_REASONS).distinct()


def _counted_from(requests: Any) -> Any:
    """Each with the moment from which keeping counts: results; without them, closing and a while; else its end."""
    of_session = ExpressionWrapper(F("entry__session__closes_at") + RESULTS_AFTER_CLOSING, output_field=DateTimeField())
    return requests.filter(Q(entry__isnull=False) | Q(ended_at__isnull=False)).annotate(
        counted_from=Coalesce("entry__session__results_at", of_session, "ended_at")
    )


@transaction.atomic
def _delete_files_of(keys: list[int], at: datetime) -> int:
    requests = list(Request.objects.select_for_update().filter(pk__in=keys))
    delete_files(Evidence.objects.filter(request__in=requests))
    record(by=None, at=at, action="request.evidence-deleted", subjects=requests)
    return len(requests)


@transaction.atomic
def _reduce(keys: list[int], at: datetime) -> int:
    requests = list(Request.objects.select_for_update().filter(pk__in=keys))
    Message.objects.filter(request__in=requests).delete()
    Request.objects.filter(pk__in=[each.pk for each in requests]).update(answers={}, reduced_at=at)
    record(by=None, at=at, action="request.reduced", subjects=requests)
    return len(requests)
