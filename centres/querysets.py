from datetime import date
from typing import Any

from django.db.models import Q, QuerySet


class MembershipQuerySet(QuerySet):
    def live(self) -> "MembershipQuerySet":
        """Memberships that have not ended, of centres in use."""
        return self.filter(ended_at=None, centre__is_active=True)

    def in_centre(self, centre: Any) -> "MembershipQuerySet":
        """The live memberships of people in use in one centre."""
        return self.filter(ended_at=None, centre=centre, user__is_active=True)

    def of_user(self, user: Any) -> "MembershipQuerySet":
        """The live memberships of one person, with their centres, in a fixed order."""
        return self.live().filter(user=user).select_related("centre").order_by("centre__number")


class ApprovalQuerySet(QuerySet):
    def in_force(self, on: date) -> "ApprovalQuerySet":
        """Approvals that hold on this day."""
        return self.filter(Q(until=None) | Q(until__gte=on), since__lte=on)
