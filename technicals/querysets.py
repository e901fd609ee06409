from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from .enums import EXAM_SERIES, WAITING, EntryState, SeriesKind


class QualificationQuerySet(QuerySet):
    def in_use(self) -> "QualificationQuerySet":
        """Codes that can be entered."""
        return self.filter(is_in_use=True)


class ApprovalQuerySet(QuerySet):
    def in_force(self, on: date) -> "ApprovalQuerySet":
        """Approvals that hold on this day."""
        return self.filter(Q(until=None) | Q(until__gte=on), since__lte=on)


class PriceQuerySet(QuerySet):
    def in_force(self, on: date) -> "PriceQuerySet":
        """Prices of this day."""
        return self.filter(Q(until=None) | Q(until__gte=on), since__lte=on)


class SeriesQuerySet(QuerySet):
    def of_exams(self) -> "SeriesQuerySet":
        """January and June series, the next deadline first."""
        return self.filter(kind__in=EXAM_SERIES).order_by("entry_deadline")

    def of_registrations(self, on: date) -> Any:
        """The set of registrations that this day belongs to; None where none is set up."""
        return self.filter(kind=SeriesKind.REGISTRATION, opens_on__lte=on, entry_deadline__gte=on).first()

    def taking_entries(self, on: date) -> "SeriesQuerySet":
        """January and June series that take entries on this day, late ones included, the next deadline first."""
        last_day = Q(late_until__gte=on) | Q(late_until=None, entry_deadline__gte=on)
        return self.of_exams().filter(last_day, opens_on__lte=on)


class _OfCentreQuerySet(QuerySet):
    def visible_to(self, user: Any) -> Any:
        """Rows of the centres that this person acts for; all of them for the board's staff."""
        if user.is_staff:
            return self
        return self.filter(centre__is_active=True, centre__memberships__user=user, centre__memberships__ended_at=None)


class SubmissionQuerySet(_OfCentreQuerySet):
    def waiting(self) -> "SubmissionQuerySet":
        """Submissions whose rows are still to be entered, the oldest first."""
        return self.filter(status__in=WAITING).order_by("pk")


class EntryQuerySet(_OfCentreQuerySet):
    def live(self) -> "EntryQuerySet":
        """Entries that stand."""
        return self.filter(state=EntryState.LIVE)


class DraftQuerySet(_OfCentreQuerySet):
    """Web forms that were begun."""


class FeeLineQuerySet(_OfCentreQuerySet):
    def not_invoiced(self) -> "FeeLineQuerySet":
        """Lines that no invoice has yet."""
        return self.filter(invoice=None)


class InvoiceQuerySet(_OfCentreQuerySet):
    """Invoices that were issued."""
