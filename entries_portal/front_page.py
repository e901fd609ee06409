"""The numbers on the administration's front page. Reads only; the number of queries does not grow with the entries."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, Q
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils.http import urlencode

from core.moments import UK, uk_date
from core.windows import Window
from outbox.models import OutgoingEmail, StaffAlert
from requests_forms.enums import OPEN, Status
from requests_forms.models import Evidence, Request
from step_entries.enums import EntryStatus
from step_entries.models import StepDraft, StepEntry, StepSession
from step_entries.queries import count_people_at_several_centres
from step_entries.querysets import OVERDUE
from technicals.enums import WAITING, EntryState, SubmissionStatus
from technicals.models import FeeLine, Registration, Submission
from technicals.queries.submissions import WAITED_TOO_LONG

DAYS = 14
ALERTS_SHOWN = 20
DEADLINES_SHOWN = 8
SESSIONS_LOOKED_AT = 3
"""Deadlines are those of the sessions that open last: this year's, and the next when it stands."""
LONGEST_BAR = 20


@dataclass(frozen=True)
class Figure:
    """A number, what it counts, and the list of what was counted."""

    label: str
    count: int
    url: str
    is_alarming: bool = False


@dataclass(frozen=True)
class Day:
    """The entries made on one day in the United Kingdom; bar is their number as a line of blocks."""

    day: date
    count: int
    bar: str
    url: str


@dataclass(frozen=True)
class Deadline:
    """A moment to come, and the session that it belongs to."""

    at: datetime
    label: str
    url: str


def front_page(at: datetime) -> dict[str, Any]:
    """What the front page shows at this moment."""
    session = StepSession.objects.current(at)
    return {
        "at": at,
        "session": session,
        "alerts": StaffAlert.objects.filter(settled_at=None)[:ALERTS_SHOWN],
        "figures": figures(session, at),
        "requests": figures_of_requests(at),
        "submissions": figures_of_submissions(at),
        "withdrawals": figures_of_withdrawals(),
        "fees": figures_of_fees(),
        "days": entries_by_day(at),
        "deadlines": next_deadlines(at),
    }


def figures(session: StepSession | None, at: datetime) -> list[Figure]:
    """What waits, over all sessions, and where the current one stands."""
    waiting = Q(status=EntryStatus.NOT_YET_CONFIRMED)
    counts = StepEntry.objects.aggregate(
        waiting=Count("pk", filter=waiting),
        due=Count("pk", filter=waiting & Q(unconfirmed_since__lte=at - settings.STEP_CONFIRM_AFTER)),
        overdue=Count("pk", filter=waiting & Q(unconfirmed_since__lt=at - OVERDUE)),
        held=Count("pk", filter=~Q(held_at=None)),
        confirmed=Count("pk", filter=Q(status=EntryStatus.CONFIRMED, session=session)),
    )
    entries, mails = "step_entries_stepentry", "outbox_outgoingemail"
    found = [
        Figure("NOT YET CONFIRMED", counts["waiting"], _list(entries, status__exact=EntryStatus.NOT_YET_CONFIRMED)),
        Figure("Due for confirmation now", counts["due"], _list(entries, waiting="due")),
        Figure("Held by staff", counts["held"], _list(entries, waiting="held")),
        Figure("Not confirmed for more than 48 hours", counts["overdue"], _list(entries, waiting="overdue"), True),
        Figure("Mails parked after the last try", _parked(), _list(mails, status__exact="failed"), True),
    ]
    return found + (_figures_of(session, counts["confirmed"]) if session else [])


def _figures_of(session: StepSession, confirmed: int) -> list[Figure]:
    own = {"session__id__exact": session.pk}
    entries, drafts = "step_entries_stepentry", "step_entries_stepdraft"
    not_entered = StepDraft.objects.not_entered().filter(session=session).count()
    people = count_people_at_several_centres(session)
    duplicates = f"{reverse('admin:step_entries_stepentry_duplicates')}?{urlencode({'session': session.pk})}"
    return [
        Figure(f"CONFIRMED for {session}", confirmed, _list(entries, status__exact=EntryStatus.CONFIRMED, **own)),
        Figure(f"Drafts not entered for {session}", not_entered, _list(drafts, submit="not-entered", **own)),
        Figure(f"People at several centres in {session}", people, duplicates),
    ]


def figures_of_requests(at: datetime) -> list[Figure]:
    """The requests of centres that wait, over all sessions; a line on files that wait for the scanner where some do."""
    is_open = Q(status__in=OPEN)
    counts = Request.objects.aggregate(
        open=Count("pk", filter=is_open),
        late=Count("pk", filter=is_open & Q(due_at__lt=at)),
        nobody=Count("pk", filter=is_open & Q(assignee=None)),
        more=Count("pk", filter=Q(status=Status.MORE_INFORMATION)),
    )
    queue = "requests_forms_request"
    held = Request.objects.sent().filter(pk__in=Evidence.objects.held().values("request")).count()
    of_held = Figure(
        "With files that wait for the virus scanner", held, _list(queue, state="all", evidence="held"), True
    )
    return [
        Figure("Open", counts["open"], _list(queue)),
        Figure("Open, past the date of their decision", counts["late"], _list(queue, due="past"), True),
        Figure("Open, assigned to nobody", counts["nobody"], _list(queue, assignee="nobody")),
        Figure("More information needed", counts["more"], _list(queue, state=Status.MORE_INFORMATION)),
        *([of_held] if held else []),
    ]


def figures_of_submissions(at: datetime) -> list[Figure]:
    """The spreadsheets of Cambridge Technicals that need somebody, or that nobody processes."""
    late = Q(status__in=WAITING, submitted_at__lte=at - WAITED_TOO_LONG)
    handled = Q(status=SubmissionStatus.OCR_HANDLING_THIS)
    counts = Submission.objects.filter(late | handled).aggregate(
        late=Count("pk", filter=late), handled=Count("pk", filter=handled)
    )
    submissions = "technicals_submission"
    handling = {"status__exact": SubmissionStatus.OCR_HANDLING_THIS}
    return [
        Figure("Waiting for more than 10 minutes", counts["late"], _list(submissions, waiting="long"), True),
        Figure(SubmissionStatus.OCR_HANDLING_THIS.label, counts["handled"], _list(submissions, **handling)),
    ]


def figures_of_withdrawals() -> list[Figure]:
    """The registrations whose withdrawal a centre asked for and staff still have to process."""
    pending = Registration.objects.filter(state=EntryState.WITHDRAWING).count()
    return [Figure("Withdrawals of registrations", pending, reverse("admin:technicals_registration_withdrawals"))]


def figures_of_fees() -> list[Figure]:
    """The fee lines of Cambridge Technicals that no invoice has; those without a price no run can take."""
    counts = FeeLine.objects.not_invoiced().aggregate(all=Count("pk"), unpriced=Count("pk", filter=Q(amount=None)))
    make = reverse("admin:technicals_invoicerun_make")
    return [
        Figure("Fee lines on no invoice", counts["all"], make),
        Figure("Fee lines without a price, on no invoice", counts["unpriced"], make, True),
    ]


def _parked() -> int:
    return OutgoingEmail.objects.failed().count()


def entries_by_day(at: datetime) -> list[Day]:
    """The entries made on each of the last 14 days in the United Kingdom, withdrawn ones too; today first."""
    today = uk_date(at)
    days = [today - timedelta(days=back) for back in range(DAYS)]
    begin = datetime.combine(days[-1], datetime.min.time(), UK)
    made = StepEntry.objects.filter(created_at__gte=begin).order_by().values(day=TruncDate("created_at", tzinfo=UK))
    counts = dict(made.annotate(count=Count("pk")).values_list("day", "count"))
    most = max(counts.values(), default=0)
    return [_day(day, counts.get(day, 0), most) for day in days]


def _day(day: date, count: int, most: int) -> Day:
    blocks = -(-count * LONGEST_BAR // most) if most else 0
    made_on = {"created_at__year": day.year, "created_at__month": day.month, "created_at__day": day.day}
    return Day(day, count, "█" * blocks, _list("step_entries_stepentry", **made_on))


def next_deadlines(at: datetime) -> list[Deadline]:
    """The moments of the sessions that are still to come, soonest first; each is to come until its minute is over."""
    sessions = StepSession.objects.filter(is_published=True).prefetch_related("papers", "extensions__centre")
    sessions = sessions.order_by("-opens_at")[:SESSIONS_LOOKED_AT]
    found = [
        Deadline(moment, f"{session}: {label}", reverse("admin:step_entries_stepsession_change", args=[session.pk]))
        for session in sessions
        for moment, label in _moments_of(session)
        if moment and Window(moment, moment).ends_at > at
    ]
    return sorted(found, key=lambda deadline: deadline.at)[:DEADLINES_SHOWN]


def _moments_of(session: StepSession) -> Iterator[tuple[datetime | None, str]]:
    yield session.opens_at, "registration opens"
    yield session.modified_papers_until, "last moment for modified papers"
    yield session.closes_at, "registration closes"
    for extension in session.extensions.all():
        yield extension.closes_at, f"registration closes for {extension.centre} alone"
    for paper in session.papers.all():
        yield paper.starts_at, f"{paper} begins"
    yield session.results_at, "results released"
    yield session.enquiries_until, "last moment for results enquiries"


def _list(model: str, **filters: Any) -> str:
    return f"{reverse(f'admin:{model}_changelist')}?{urlencode(filters)}"
