"""Reminders before registration closes: what is missing, and what was begun and is not entered."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Count, Max

from centres.models import Centre, Membership
from centres.rules import WRITING_ROLES
from core.moments import uk_date
from core.windows import Window
from outbox.models import OutgoingEmail
from outbox.services import queue_email
from uploads.models import UploadRow

from ..models import StepDraft, StepEntry, StepSession
from .facts import windows_of

DAYS_BEFORE = (14, 7, 2)
"""How many days before its closing a centre is reminded (decision 0014)."""
SPREADSHEETS = "step"
"""The kind of the uploads whose rows become STEP entries."""


@dataclass
class ToMend:
    """What a centre still has to see to; rows are those of its spreadsheets that are not entered."""

    without_ucas_id: list[str] = field(default_factory=list)
    drafts: int = 0
    rows: int = 0


def send_reminders(*, at: datetime) -> int:
    """Mail every centre that has something to mend and is due a reminder; the number of mails.

    A centre is due from 14, 7 and 2 days before its own closing on, once for each, in UK days. One that was missed
    is sent late, until the next takes its place. The number of queries does not grow with the centres, but for one
    for each mail.
    """
    return sum(_remind(session, at) for session in _sessions_still_open(at))


def stage_of(window: Window, at: datetime) -> int | None:
    """Which of DAYS_BEFORE is the reminder of this moment; None before the first, and when the window is closed."""
    if not window.is_open(at):
        return None
    days_left = days_until_closing(window, at)
    return min((days for days in DAYS_BEFORE if days_left <= days), default=None)


def days_until_closing(window: Window, at: datetime) -> int:
    """How many days of the calendar lie between this moment and the closing."""
    return (uk_date(window.deadline) - uk_date(at)).days


def _sessions_still_open(at: datetime) -> list[StepSession]:
    begun = StepSession.objects.filter(is_published=True, opens_at__lte=at)
    sessions = begun.annotate(extended_to=Max("extensions__closes_at"))
    return [session for session in sessions if session.window_until(session.extended_to).is_open(at)]


def _remind(session: StepSession, at: datetime) -> int:
    to_mend, windows = _to_mend(session), windows_of(session)
    centres = Centre.objects.filter(pk__in=to_mend, is_active=True, reminder_emails=True)
    stages = {centre: stage_of(windows.get(centre.pk, session.window), at) for centre in centres}
    keys = {centre: f"step-reminder:{session.pk}:{centre.number}:{stage}" for centre, stage in stages.items() if stage}
    sent_before = _sent_before(keys.values())
    due = {centre: key for centre, key in keys.items() if key not in sent_before}
    people = _whom_to_remind(list(due))
    to_send = [centre for centre in due if people[centre]]
    for centre in to_send:
        queue_email(
            key=due[centre],
            template="step_reminder",
            context=_context(session, centre, to_mend[centre.pk], windows.get(centre.pk, session.window), at),
            to=people[centre],
            at=at,
        )
    return len(to_send)


def _to_mend(session: StepSession) -> dict[int, ToMend]:
    """By the id of the centre; without those that have nothing to mend."""
    found: dict[int, ToMend] = defaultdict(ToMend)
    missing = StepEntry.objects.live().filter(session=session, ucas_id="").order_by("number")
    for centre, number in missing.values_list("centre", "number"):
        found[centre].without_ucas_id.append(number)
    drafts = StepDraft.objects.not_entered().filter(session=session).order_by()
    for centre, count in drafts.values_list("centre").annotate(Count("pk")):
        found[centre].drafts = count
    rows = UploadRow.objects.open().filter(upload__kind=SPREADSHEETS, upload__period=str(session.pk)).order_by()
    for centre, count in rows.values_list("upload__centre").annotate(Count("pk")):
        found[centre].rows = count
    return found


def _sent_before(keys: Iterable[str]) -> set[str]:
    return set(OutgoingEmail.objects.filter(key__in=keys).values_list("key", flat=True))


def _whom_to_remind(centres: list[Centre]) -> dict[Centre, list[str]]:
    """The exams officer whom the centre names, or everybody who makes entries for it."""
    writing = Membership.objects.live().filter(centre__in=centres, role__in=WRITING_ROLES, user__is_active=True)
    members: dict[int, dict[int, str]] = defaultdict(dict)
    for centre, user, email in writing.order_by("user__email").values_list("centre", "user", "user__email"):
        members[centre][user] = email
    return {centre: _officer_or_all(centre, members[centre.pk]) for centre in centres}


def _officer_or_all(centre: Centre, members: dict[int, str]) -> list[str]:
    officer = members.get(centre.exams_officer_id or 0)
    return [officer] if officer else list(members.values())


def _context(session: StepSession, centre: Centre, to_mend: ToMend, window: Window, at: datetime) -> dict[str, Any]:
    days = days_until_closing(window, at)
    return {
        "session": session,
        "centre": centre,
        "to_mend": to_mend,
        "window": window,
        "when": {0: "today", 1: "tomorrow"}.get(days, f"in {days} days"),
        "team_email": settings.STEP_TEAM_EMAIL,
        "team_phone": settings.STEP_TEAM_PHONE,
    }
