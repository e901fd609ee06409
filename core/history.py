"""The only writer of history."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Count, Max, Q

from .models import HistoryEntry


def record(
    *,
    by: Any,
    at: datetime,
    action: str,
    subjects: Iterable[models.Model],
    changes: dict[str, Any] | None = None,
    note: str = "",
) -> None:
    """Write one history entry for each subject, inside the caller's transaction.

    by: the user who acted, or None for a scheduled job.
    at: an aware datetime.
    action: dotted lower case, never changes its meaning, for example "step-entry.submitted".
    changes: field name to [old, new], the same for every subject.
    """
    HistoryEntry.objects.bulk_create(
        [
            HistoryEntry(
                by=by,
                at=at,
                action=action,
                subject_type=subject._meta.label_lower,
                subject_id=subject.pk,
                changes=changes or {},
                note=note,
            )
            for subject in subjects
        ],
        batch_size=1000,
    )


def history_of(subject: models.Model) -> models.QuerySet[HistoryEntry]:
    """The history of one row, newest first, with the people who acted."""
    return HistoryEntry.objects.filter(subject_type=subject._meta.label_lower, subject_id=subject.pk).select_related(
        "by"
    )


def revisions_of(subjects: Iterable[models.Model]) -> dict[models.Model, tuple[int, datetime]]:
    """How often each of these rows was changed, and when last; without those that never were. Asks one query."""
    subjects = list(subjects)
    of_these = Q(pk__in=[])
    for subject in subjects:
        of_these |= Q(subject_type=subject._meta.label_lower, subject_id=subject.pk)
    counted = HistoryEntry.objects.filter(of_these).order_by().values_list("subject_type", "subject_id")
    found = {(kind, pk): (count, last) for kind, pk, count, last in counted.annotate(Count("pk"), Max("at"))}
    keys = {subject: (subject._meta.label_lower, subject.pk) for subject in subjects}
    return {subject: found[key] for subject, key in keys.items() if key in found}
