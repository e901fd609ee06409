"""The only writer of history."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Count, Max, Q

from .bulk import insert_rows
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
    by_model: dict[type[models.Model], list[int]] = {}
    for subject in subjects:
        by_model.setdefault(subject._meta.model, []).append(subject.pk)
    for model, ids in by_model.items():
        record_ids(by=by, at=at, action=action, model=model, ids=ids, changes=changes, note=note)


def record_ids(
    *,
    by: Any,
    at: datetime,
    action: str,
    model: type[models.Model],
    ids: Iterable[int],
    changes: dict[str, Any] | None = None,
    note: str = "",
) -> None:
    """`record` for rows of one model by their ids: one statement, however many they are."""
    same = {"by_id": by.pk if by else None, "at": at, "action": action, "subject_type": model._meta.label_lower}
    same |= {"changes": changes or {}, "note": note}
    insert_rows(HistoryEntry, fields=["subject_id"], rows=[[pk] for pk in ids], same=same)


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
