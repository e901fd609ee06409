from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from .enums import RowState, UploadState

BELL = timedelta(seconds=30)
"""How long a file is left to the worker that was rung for, before the sweep takes it up."""


class UploadQuerySet(QuerySet):
    def visible_to(self, user: Any) -> "UploadQuerySet":
        """Uploads of the centres that this person acts for; bytes not read yet stay in the database."""
        own = self.filter(centre__is_active=True, centre__memberships__user=user, centre__memberships__ended_at=None)
        return own.defer("content")

    def with_counts(self) -> "UploadQuerySet":
        """Each with the numbers of its rows that are open, set aside, entered, and left (open or set aside).

        The newest first.
        """
        counts = {f"{state.name.lower()}_count": Count("rows", filter=Q(rows__state=state.value)) for state in RowState}
        left = F("open_count") + F("set_aside_count")
        return self.annotate(**counts).annotate(left_count=left).order_by("-received_at", "-pk")

    def expired(self, at: datetime) -> "UploadQuerySet":
        """Uploads whose contents are kept no longer; a submitted one waits until its rows are entered or refused."""
        return self.filter(keep_until__lt=at, purged_at=None).exclude(state=UploadState.QUEUED)

    def taken(self) -> "UploadQuerySet":
        """Uploads that were not refused."""
        return self.exclude(state=UploadState.NOT_TAKEN)

    def left_to_read(self, at: datetime) -> "UploadQuerySet":
        """Files that nobody has read though a worker was rung for, the oldest first."""
        return self.filter(state=UploadState.RECEIVED, received_at__lte=at - BELL).order_by("received_at", "pk")

    def left_to_enter(self, at: datetime) -> "UploadQuerySet":
        """Submitted files whose rows nobody has entered though a worker was rung for, the oldest first."""
        return self.filter(state=UploadState.QUEUED, asked_at__lte=at - BELL).order_by("asked_at", "pk")

    def locked(self, pk: int, state: str) -> Any:
        """The upload, locked, where it is in this state and no other worker holds it; otherwise None."""
        locked = self.select_for_update(of=("self",), skip_locked=True).select_related("centre", "submitted_by")
        return locked.defer("content").filter(pk=pk, state=state).first()


class RowQuerySet(QuerySet):
    def open(self) -> "RowQuerySet":
        """Rows that are neither entered nor set aside."""
        return self.filter(state=RowState.OPEN)
