from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Concat, Lower, Replace

from .enums import LIVE, Audience, EntryStatus

OVERDUE = timedelta(hours=48)
"""An entry not confirmed for longer than this is flagged to centre and staff (guide 5)."""
KEEP_DRAFTS = timedelta(days=14)
"""How long after closing a draft is kept."""
KEEP_EMPTY_DRAFTS = timedelta(days=1)
"""How long a draft is kept in which nothing was answered."""


def _of_own_centres(user: Any) -> Q:
    return Q(centre__is_active=True, centre__memberships__user=user, centre__memberships__ended_at=None)


class StepSessionQuerySet(QuerySet):
    def current(self, at: datetime) -> Any:
        """The session that opened last, or where none has, the one that opens next; None without any.

        Sessions that are not shown to centres yet do not count.
        """
        shown = self.filter(is_published=True)
        opened = shown.filter(opens_at__lte=at).order_by("-opens_at").first()
        return opened or shown.order_by("opens_at").first()

    def current_and_later(self, at: datetime) -> "StepSessionQuerySet":
        """The current session, and those shown to centres that open after it."""
        current = self.current(at)
        return self.filter(is_published=True, opens_at__gte=current.opens_at) if current else self.none()


class CourseQuerySet(QuerySet):
    def offered(self, session: Any, entry: Any = None) -> "CourseQuerySet":
        """The courses of a session, and those that stand on this entry though the session offers them no more."""
        offered = Q(sessions=session)
        if entry is not None:
            offered |= Q(pk__in=entry.courses.values("pk"))
        return self.filter(offered).select_related("institution").distinct()


class NoticeQuerySet(QuerySet):
    def shown(self, at: datetime, centre_kind: str) -> "NoticeQuerySet":
        """Notices shown at this moment to centres of this kind, the newest first."""
        return self.filter(
            Q(until=None) | Q(until__gt=at), since__lte=at, audience__in=[Audience.ALL, centre_kind]
        ).order_by("-since")


class StepDraftQuerySet(QuerySet):
    def visible_to(self, user: Any) -> "StepDraftQuerySet":
        """Drafts of the centres that this person acts for."""
        return self.filter(_of_own_centres(user))

    def not_entered(self) -> "StepDraftQuerySet":
        """Drafts with an answer in them that were not submitted, the last changed first."""
        return self.filter(submitted_at=None).exclude(answers={}).order_by("-modified_at")

    def expired(self, at: datetime) -> "StepDraftQuerySet":
        """Drafts that are kept no longer: 14 days after their centre's closing, or empty for a day."""
        extensions = apps.get_model("step_entries", "SessionExtension").objects
        extended = extensions.filter(
            session=OuterRef("session"), centre=OuterRef("centre"), closes_at__gte=at - KEEP_DRAFTS
        )
        return self.filter(
            Q(~Exists(extended), session__closes_at__lt=at - KEEP_DRAFTS)
            | Q(answers={}, submitted_at=None, modified_at__lt=at - KEEP_EMPTY_DRAFTS)
        )


class StepEntryQuerySet(QuerySet):
    def visible_to(self, user: Any) -> "StepEntryQuerySet":
        """Entries of the centres that this person acts for; all of them for the board's staff."""
        return self if user.is_staff else self.filter(_of_own_centres(user))

    def live(self) -> "StepEntryQuerySet":
        """Entries that were not withdrawn."""
        return self.filter(status__in=LIVE)

    def awaiting_confirmation(self, at: datetime, after: timedelta) -> "StepEntryQuerySet":
        """Entries not yet confirmed whose waiting time is over at this moment, held ones included."""
        return self.filter(status=EntryStatus.NOT_YET_CONFIRMED, unconfirmed_since__lte=at - after)

    def overdue(self, at: datetime) -> "StepEntryQuerySet":
        """Entries that have waited for confirmation for more than 48 hours; exactly 48 are not more."""
        return self.filter(status=EntryStatus.NOT_YET_CONFIRMED, unconfirmed_since__lt=at - OVERDUE)

    def with_name(self) -> "StepEntryQuerySet":
        """Each with `sort_name`, by which candidates are put in order: the plain last name, then the first.

        Blanks count as 0, which stands before the letters in the alphabet of every database.
        """
        name = Lower(Concat("plain_last_name", Value("  "), "plain_first_name"))
        return self.annotate(sort_name=Replace(name, Value(" "), Value("0")))

    def with_courses(self) -> "StepEntryQuerySet":
        """Each with its courses and their institutions, in two queries for all."""
        return self.prefetch_related("courses__institution")

    def with_same_person_elsewhere(self) -> "StepEntryQuerySet":
        """Each with `is_entered_elsewhere`: a live entry of the same name and date of birth at another centre."""
        elsewhere = self.model._default_manager.filter(
            status__in=LIVE,
            session=OuterRef("session"),
            person_key=OuterRef("person_key"),
            date_of_birth=OuterRef("date_of_birth"),
        ).exclude(centre=OuterRef("centre"))
        return self.annotate(is_entered_elsewhere=Case(When(status__in=LIVE, then=Exists(elsewhere)), default=False))
