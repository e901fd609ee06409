from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from centres.rules import WRITING_ROLES

from .enums import OPEN, Kind, ScanState, Status


class RequestQuerySet(QuerySet):
    def visible_to(self, user: Any) -> "RequestQuerySet":
        """Requests of the centres that this person acts for; for the board's staff all that were sent as well."""
        own = {"centre__is_active": True, "centre__memberships__user": user, "centre__memberships__ended_at": None}
        if user.is_staff:
            # Through keys: a join would give a request once for each member of its centre.
            return self.filter(~Q(status=Status.DRAFT) | Q(pk__in=self.model._default_manager.filter(**own)))
        return self.filter(**own)

    def sent(self) -> "RequestQuerySet":
        """Requests that were sent."""
        return self.exclude(status=Status.DRAFT)

    def open(self) -> "RequestQuerySet":
        """Requests that were sent and wait for an end."""
        return self.filter(status__in=OPEN)

    def drafts(self) -> "RequestQuerySet":
        """Requests that were begun and not sent."""
        return self.filter(status=Status.DRAFT)

    def past_due(self, at: datetime) -> "RequestQuerySet":
        """Open requests whose decision is late."""
        return self.open().filter(due_at__lt=at)

    def of_event(self, event: Any) -> "RequestQuerySet":
        """The requests of one event, for all its candidates."""
        return self.filter(event=event) if event else self.none()

    def to_notify(self, session: Any) -> "RequestQuerySet":
        """The special considerations of a session that were accepted, and are passed on to institutions."""
        return self.filter(kind=Kind.SPECIAL_CONSIDERATION, is_accepted=True, entry__session=session)

    def for_list(self) -> "RequestQuerySet":
        """Each with what a line of a list names, in one query."""
        return self.select_related("centre", "entry__session", "invoice", "candidate", "person", "assignee", "sent_by")


class EvidenceQuerySet(QuerySet):
    def held(self) -> "EvidenceQuerySet":
        """Files that nobody may open before they are looked through for viruses."""
        return self.filter(scan_state=ScanState.HELD)

    def kept(self) -> "EvidenceQuerySet":
        """Files that are there; one in which a virus was found is only a name, and shows nothing."""
        return self.exclude(scan_state=ScanState.INFECTED)

    def readable_by(self, user: Any) -> "EvidenceQuerySet":
        """Files of the requests that this person may see, where their role lets them see evidence.

        That is the board's staff, once it was sent, and those of the centre who make entries (decision 0016).
        """
        own = {
            "request__centre__is_active": True,
            "request__centre__memberships__user": user,
            "request__centre__memberships__ended_at": None,
            "request__centre__memberships__role__in": WRITING_ROLES,
        }
        if user.is_staff:
            return self.filter(~Q(request__status=Status.DRAFT) | Q(pk__in=self.model._default_manager.filter(**own)))
        return self.filter(**own)
