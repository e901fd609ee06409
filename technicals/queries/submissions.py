"""The entry submission history of a centre, one submission with its entries and fees, and what waits."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce

from candidates.models import Candidate, CandidateGroup
from candidates.rules.searching import folded, joined
from core.moments import UK
from uploads.enums import RowState, UploadState
from uploads.models import Upload

from ..codecs.history import HistoryAsked
from ..enums import SubmissionStatus
from ..models import FeeLine, Qualification, Registration, Series, Submission, UnitEntry
from ..querysets import SubmissionQuerySet

NOT_SUBMITTED = (UploadState.RECEIVED, UploadState.HEADINGS, UploadState.OPEN)
ENTERED_FROM = (UploadState.PARTLY, UploadState.ENTERED)
WAITED_TOO_LONG = timedelta(minutes=10)
SHOWN_UPLOADS = 20
PAGE_SIZE = 25
ENTRIES_ON_A_PAGE = 100
BULKY = ("content", "headings", "mapping", "notes", "same_for_all", "refusals")
"""Columns of an upload that no list needs."""
ENTRY_SEARCH = ("first_name", "last_name", "uci", "ocr_number", "candidate_number")
SORT_COLUMNS = {
    "number": "number",
    "submitted": "submitted_at",
    "channel": "channel",
    "file": "file_name",
    "order": "order_number",
    "status": "status",
}


# --- the history ------------------------------------------------------------------------------------------------------


def submissions_shown(*, centre: Any, user: Any, asked: HistoryAsked) -> SubmissionQuerySet:
    """The submissions of a centre that are as asked for, with what a line of the history says."""
    submissions = Submission.objects.visible_to(user).filter(centre=centre)
    if asked.since:
        submissions = submissions.filter(submitted_at__gte=_midnight(asked.since))
    if asked.until:
        submissions = submissions.filter(submitted_at__lt=_midnight(asked.until, days=1))
    if asked.status:
        submissions = submissions.filter(status=asked.status)
    if entry := _asked_of_entries(asked, centre):
        submissions = submissions.filter(_has_entry(entry))
    key, sign = asked.sort.removeprefix("-"), "-" if asked.sort.startswith("-") else ""
    return with_lines(submissions).order_by(f"{sign}{SORT_COLUMNS[key]}", f"{sign}pk")


def with_lines(submissions: SubmissionQuerySet) -> SubmissionQuerySet:
    """Submissions with everything that a line about one says, in the same query."""
    related = submissions.select_related("centre", "submitted_by", "duplicate_of", "series", "upload")
    return related.defer(*(f"upload__{column}" for column in BULKY))


def with_kinds(submissions: Iterable[Submission]) -> list[Submission]:
    """These, each told how many registrations of which kind it made (`kinds`), by one query."""
    told: list[Any] = list(submissions)
    kind = "qualification__entry_kind"
    made = Registration.objects.filter(submission__in=told).order_by().values_list("submission", kind)
    kinds: dict[int, dict[str, int]] = defaultdict(dict)
    for submission, name, count in made.annotate(count=Count("pk")):
        kinds[submission][name] = count
    for submission in told:
        submission.kinds = kinds[submission.pk]
    return told


def history_choices(*, centre: Any, user: Any) -> dict[str, list[tuple[str, str]]]:
    """What the history can be narrowed to: the groups of a centre, and the qualifications that it has entered for."""
    groups = CandidateGroup.objects.visible_to(user).filter(centre=centre).values_list("key", "name")
    entered = Q(pk__in=Registration.objects.filter(centre=centre).order_by().values("qualification")) | Q(
        pk__in=UnitEntry.objects.filter(centre=centre).order_by().values("qualification")
    )
    codes = Qualification.objects.filter(entered).order_by("code").values_list("code", "title")
    return {
        "groups": [(str(key), name) for key, name in groups],
        "qualifications": [(code, f"{code} {title}") for code, title in codes],
    }


def _midnight(day: date, *, days: int = 0) -> datetime:
    """The beginning of a day in the United Kingdom, or of one so many days later."""
    later = day + timedelta(days=days) if day < date.max else day
    return datetime.combine(later, time(0), UK)


def _asked_of_entries(asked: HistoryAsked, centre: Any) -> Q:
    """What one entry of a submission has to be; empty where nothing is asked of entries."""
    found = Q(qualification__code=asked.qualification) if asked.qualification else Q()
    if asked.group:
        found &= Q(candidate__groups__key=asked.group, candidate__groups__centre=centre)
    if asked.words:
        candidates = Candidate.objects.filter(_have_words(asked.words), centre=centre)
        found &= Q(candidate__in=candidates.order_by().values("pk"))
    return found


def _has_entry(entry: Q) -> Q:
    of_submission = [model.objects.filter(entry, submission=OuterRef("pk")) for model in (Registration, UnitEntry)]
    return Q(Exists(of_submission[0])) | Q(Exists(of_submission[1]))


def _have_words(words: Sequence[str]) -> Q:
    """Each word somewhere in a name, plain name or number of a candidate; accents, capitals and blanks ignored."""
    found = Q()
    for word in words:
        has = Q()
        for column in ENTRY_SEARCH:
            has |= Q(**{f"{column}__icontains": word})
        if plain := folded(word):
            has |= Q(plain_first_name__icontains=plain) | Q(plain_last_name__icontains=plain)
            has |= Q(person_key__contains=joined(plain))
        found &= has
    return found


# --- one submission ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Fees:
    """What a submission costs: pence in all, how many charges are on invoice, and whether an amount is a sample."""

    total: int
    on_invoice: int
    count: int
    has_samples: bool


def fees_of(submission: Submission) -> Fees:
    """The charges of a submission, added up in one query."""
    found = FeeLine.objects.filter(submission=submission).aggregate(
        total=Sum("amount"),
        on_invoice=Count("pk", filter=Q(amount=None)),
        count=Count("pk"),
        samples=Count("pk", filter=Q(is_sample=True)),
    )
    return Fees(found["total"] or 0, found["on_invoice"], found["count"], bool(found["samples"]))


def entries_page(submission: Submission, number: int) -> Page:
    """A page of the entries of a submission, in the order of its file, each with its charges.

    A registration and a unit entry stand each on a line of its own. The number of queries is constant.
    """
    keys = _keys(Registration, submission).union(_keys(UnitEntry, submission)).order_by("place", "kind", "pk")
    page = Paginator(keys, ENTRIES_ON_A_PAGE).get_page(number)
    shown = [(kind, pk) for _, kind, pk in page.object_list]
    found = {
        (kind, entry.pk): entry
        for kind, entries in (("1", registrations_of(submission)), ("2", unit_entries_of(submission)))
        for entry in entries.filter(pk__in=[pk for of_kind, pk in shown if of_kind == kind])
    }
    page.object_list = [found[key] for key in shown]
    return page


def registrations_of(submission: Submission) -> QuerySet[Registration]:
    """The registrations of a submission, with what is said of each."""
    entries = Registration.objects.filter(submission=submission).order_by("row", "pk")
    return entries.select_related("candidate", "qualification", "series").prefetch_related("fee_lines")


def unit_entries_of(submission: Submission) -> QuerySet[UnitEntry]:
    """The unit entries of a submission, with what is said of each."""
    entries = UnitEntry.objects.filter(submission=submission).order_by("row", "unit__number", "pk")
    return entries.select_related("candidate", "qualification", "series", "unit").prefetch_related("fee_lines")


def rows_left(submission: Submission) -> list[str]:
    """The states of those rows of a processed submission's file that are not entered, and can still be mended."""
    upload = submission.upload
    if upload is None or upload.purged_at or submission.status != SubmissionStatus.PROCESSING_COMPLETE:
        return []
    return list(upload.rows.exclude(state=RowState.ENTERED).order_by("state").values_list("state", flat=True))


def _keys(model: Any, submission: Submission) -> Any:
    """The place in the file, kind and key of each entry; databases disagree where an empty place stands."""
    kind = Value("1" if model is Registration else "2")
    entries = model.objects.filter(submission=submission).order_by().annotate(kind=kind, place=Coalesce("row", 0))
    return entries.values_list("place", "kind", "pk")


# --- what waits -------------------------------------------------------------------------------------------------------


def uploads_not_submitted(*, centre: Any, user: Any, kind: str) -> list[Upload]:
    """The files of a centre that somebody uploaded and nobody submitted yet, the newest first."""
    uploads = Upload.objects.visible_to(user).filter(centre=centre, kind=kind, state__in=NOT_SUBMITTED, purged_at=None)
    return list(uploads.select_related("received_by").defer(*BULKY)[:SHOWN_UPLOADS])


def uploads_with_rows_left(*, centre: Any, user: Any, kind: str) -> list[Upload]:
    """The files of a centre of which rows were entered, and others set aside or brought back; the newest first."""
    uploads = Upload.objects.visible_to(user).filter(centre=centre, kind=kind, state__in=ENTERED_FROM, purged_at=None)
    return list(uploads.with_counts().filter(left_count__gt=0).defer(*BULKY)[:SHOWN_UPLOADS])


def series_to_come(on: date) -> list[Series]:
    """January and June series that take entries on this day, or will; the next deadline first."""
    last_day = Q(late_until__gte=on) | Q(late_until=None, entry_deadline__gte=on)
    return list(Series.objects.of_exams().filter(last_day))


def waiting_too_long(at: datetime) -> SubmissionQuerySet:
    """Submissions whose rows should have been entered by now."""
    return Submission.objects.waiting().filter(submitted_at__lte=at - WAITED_TOO_LONG)


def to_be_handled(status: SubmissionStatus) -> SubmissionQuerySet:
    """Submissions of a status that staff look at, the oldest first; not those whose file was submitted again."""
    later = Submission.objects.filter(upload=OuterRef("upload"), pk__gt=OuterRef("pk"))
    return with_lines(Submission.objects.filter(~Exists(later), status=status)).order_by("submitted_at", "pk")
