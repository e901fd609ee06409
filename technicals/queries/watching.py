"""What of a centre's entries has to be looked at: counted for the list of what is due, and one by one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from candidates.rules.people import academic_year
from centres.models import Centre
from core.moments import uk_date
from uploads.enums import RowState, UploadState
from uploads.models import Upload, UploadRow

from ..enums import GONE, STANDING, WAITING, EntryState, SubmissionStatus, Suite, Watched
from ..models import EntryDraft, Registration, Series, Submission, UnitEntry
from .submissions import ENTERED_FROM, NOT_SUBMITTED

KIND = "technicals"
LAST_MONTH, LAST_DAY = 8, 31
FAMILY = ("subject", "level", "suite")


@dataclass(frozen=True)
class Watch:
    """How Cambridge Technicals stand at a centre.

    series: January and June series that take entries, the next deadline first. web_forms, files: begun and not
    submitted. rows_aside: rows of entered files that are not entered. waiting, handled, rejected: submissions.
    """

    is_approved: bool = False
    series: Sequence[Series] = ()
    past_completion: int = 0
    completing: int = 0
    no_units: int = 0
    no_registration: int = 0
    withdrawing: int = 0
    web_forms: int = 0
    files: int = 0
    rows_aside: int = 0
    waiting: int = 0
    handled: int = 0
    rejected: int = 0


def watch_over(*, centre: Any, user: Any, at: datetime, is_approved: bool) -> Watch:
    """Everything of a Watch, in two queries, however many entries there are.

    is_approved: whether the centre is approved for any Cambridge Technicals at this moment.
    """
    today = uk_date(at)
    registrations, units = _registrations(centre, user), _unit_entries(centre, user)
    submissions, uploads = Submission.objects.visible_to(user).filter(centre=centre), _uploads(centre, user)
    counted = {
        **{
            reason.value.replace("-", "_"): _counted(registrations.filter(registrations_to_look_at(reason, today)))
            for reason in Watched
            if reason != Watched.NO_REGISTRATION
        },
        "no_registration": _counted(units.filter(without_registration(today))),
        "web_forms": _counted(EntryDraft.objects.visible_to(user).filter(centre=centre)),
        "files": _counted(_not_submitted(uploads)),
        "rows_aside": _counted(_rows_aside(uploads), "upload__centre"),
        "waiting": _counted(submissions.filter(status__in=WAITING)),
        "handled": _counted(submissions.filter(status=SubmissionStatus.OCR_HANDLING_THIS)),
        "rejected": _counted(submissions.filter(_rejected())),
    }
    found = Centre.objects.filter(pk=centre.pk).values(**counted).get()
    return Watch(is_approved, list(Series.objects.taking_entries(today)), **found)


def last_day_of_year(on: date) -> date:
    """The last day of the academic year of a day."""
    return date(academic_year(on) + 1, LAST_MONTH, LAST_DAY)


def registrations_to_look_at(reason: str, on: date) -> Q:
    """Which registrations have this reason to be looked at on a day."""
    is_live = Q(state=EntryState.LIVE)
    has_no_units = is_live & Q(~Exists(_units_of_family()), qualification__suite=Suite.OF_2016)
    return {
        Watched.PAST_COMPLETION: is_live & Q(completion_date__lt=on),
        Watched.COMPLETING: has_no_units & Q(completion_date__range=(on, last_day_of_year(on))),
        Watched.NO_UNITS: has_no_units,
        Watched.WITHDRAWING: Q(state=EntryState.WITHDRAWING),
    }[Watched(reason)]


def without_registration(on: date) -> Q:
    """Which unit entries have results to come and no registration that stands in their subject, level and suite.

    A registration that was topped up or moved down is followed by one of the same, which stands in its place.
    """
    results_to_come = Q(series__results_on=None) | Q(series__results_on__gte=on)
    registrations = Registration.objects.filter(**_of_family(), state__in=STANDING)
    is_of_2016 = Q(state=EntryState.LIVE, qualification__suite=Suite.OF_2016)
    return results_to_come & is_of_2016 & Q(~Exists(registrations))


def registrations_watched(*, centre: Any, user: Any, reason: str, on: date) -> QuerySet[Registration]:
    """The registrations of a centre that have this reason to be looked at on a day."""
    return _registrations(centre, user).filter(registrations_to_look_at(reason, on))


def units_watched(*, centre: Any, user: Any, on: date) -> QuerySet[UnitEntry]:
    """The unit entries of a centre that have results to come and no registration."""
    return _unit_entries(centre, user).filter(without_registration(on))


def _registrations(centre: Any, user: Any) -> QuerySet[Registration]:
    return Registration.objects.visible_to(user).filter(centre=centre)


def _unit_entries(centre: Any, user: Any) -> QuerySet[UnitEntry]:
    return UnitEntry.objects.visible_to(user).filter(centre=centre)


def _uploads(centre: Any, user: Any) -> QuerySet[Upload]:
    return Upload.objects.visible_to(user).filter(centre=centre, kind=KIND, purged_at=None)


def _of_family() -> dict[str, OuterRef]:
    """The same candidate, and the same subject, level and suite, as those of the entry around it."""
    same = {f"qualification__{name}": OuterRef(f"qualification__{name}") for name in FAMILY}
    return {"candidate": OuterRef("candidate")} | same


def _units_of_family() -> QuerySet[UnitEntry]:
    return UnitEntry.objects.filter(**_of_family()).exclude(state__in=GONE)


def _rejected() -> Q:
    """Submissions that were refused and whose rows can be mended; not those that were submitted again."""
    later = Submission.objects.filter(upload=OuterRef("upload"), pk__gt=OuterRef("pk"))
    can_be_mended = Q(upload__state=UploadState.OPEN, upload__purged_at=None)
    return Q(~Exists(later), status=SubmissionStatus.READ_AND_REJECTED) & can_be_mended


def _not_submitted(uploads: QuerySet[Upload]) -> QuerySet[Upload]:
    """Files that wait for their first Submit; one that was refused is counted as a submission."""
    refused = Submission.objects.filter(upload=OuterRef("pk"), status=SubmissionStatus.READ_AND_REJECTED)
    return uploads.filter(~Exists(refused), state__in=NOT_SUBMITTED)


def _rows_aside(uploads: QuerySet[Upload]) -> QuerySet[UploadRow]:
    of_entered = uploads.filter(state__in=ENTERED_FROM).order_by().values("pk")
    return UploadRow.objects.filter(upload__in=of_entered).exclude(state=RowState.ENTERED)


def _counted(rows: QuerySet, centre: str = "centre") -> Coalesce:
    """How many rows there are, as a part of another query; centre: the path to it, one for all of them."""
    return Coalesce(Subquery(rows.order_by().values(centre).annotate(count=Count("pk")).values("count")), 0)
