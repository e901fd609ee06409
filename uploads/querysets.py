from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from .enums import RowState


class UploadQuerySet(QuerySet):
    def visible_to(self, user: Any) -> "UploadQuerySet":
        """Uploads of the centres that this person acts for."""
        return self.filter(centre__is_active=True, centre__memberships__user=user, centre__memberships__ended_at=None)

    def with_counts(self) -> "UploadQuerySet":
        """Each with the numbers of its rows that are open, set aside and entered; the newest first."""
        counts = {f"{state.name.lower()}_count": Count("rows", filter=Q(rows__state=state.value)) for state in RowState}
        return self.annotate(**counts).order_by("-received_at", "-pk")

    def expired(self, at: datetime) -> "UploadQuerySet":
        """Uploads whose contents are kept no longer."""
        return self.filter(keep_until__lt=at, purged_at=None)


class RowQuerySet(QuerySet):
    def open(self) -> "RowQuerySet":
        """Rows that are neither entered nor set aside."""
        return self.filter(state=RowState.OPEN)
