from typing import Any

from django.db.models import QuerySet

from .rules.identity import Details, person_key


class CandidateQuerySet(QuerySet):
    def visible_to(self, user: Any) -> "CandidateQuerySet":
        """Candidates of the centres that this person acts for; all of them for the board's staff."""
        if user.is_staff:
            return self
        return self.filter(
            centre__is_active=True,
            centre__memberships__user=user,
            centre__memberships__ended_at=None,
        )

    def active(self) -> "CandidateQuerySet":
        """Records that count: those that were not merged into another."""
        return self.filter(merged_into=None)

    def same_person(self, centre: Any, details: Details) -> "CandidateQuerySet":
        """Candidates of a centre with the same name and date of birth, the oldest record first."""
        return self.filter(
            centre=centre,
            person_key=person_key(details.stored_first_name, details.stored_last_name),
            date_of_birth=details.date_of_birth,
        ).order_by("pk")


class GroupQuerySet(QuerySet):
    def visible_to(self, user: Any) -> "GroupQuerySet":
        """Groups of the centres that this person acts for; all of them for the board's staff."""
        if user.is_staff:
            return self
        return self.filter(centre__is_active=True, centre__memberships__user=user, centre__memberships__ended_at=None)
