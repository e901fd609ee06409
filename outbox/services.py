"""Asking for a mail, and for the attention of staff."""

import platform
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string

from core.clock import NONE, clock_skew
from core.moments import uk_date, wait_in_words

from . import tasks
from .enums import EmailStatus
from .models import OutgoingEmail, StaffAlert

MOST_SKEW = timedelta(seconds=2)
LOCAL_BACKENDS = {
    f"django.core.mail.backends.{name}.EmailBackend" for name in ("filebased", "locmem", "console", "dummy")
}


def queue_email(
    *,
    key: str,
    template: str,
    context: dict[str, Any],
    to: Iterable[str],
    at: datetime,
    cc: Iterable[str] = (),
    withheld: bool = False,
    not_before: datetime | None = None,
    composer: str = "",
    can_wait: bool = False,
) -> None:
    """Render a mail and store it inside the caller's transaction; it leaves after the commit.

    key: names the event, for example "step-entry-submitted:S00001"; the same key never makes a second mail.
    template: a folder under templates/emails with subject.txt, body.txt and body.html.
    withheld: write the row for the record and never send it.
    not_before: a later moment at which it is to leave.
    composer: who fills in, when it is sent, what the row must not hold (outbox.delivery.register_composer).
    can_wait: composing it takes seconds, so where there is no worker it is left to the sweep instead of holding a page.
    """
    context = context | {"site_url": settings.SITE_URL}
    email = OutgoingEmail(
        key=key,
        message_id=f"<{secrets.token_hex(16)}@{urlsplit(settings.SITE_URL).hostname}>",
        to=list(to),
        cc=list(cc),
        subject=" ".join(render_to_string(f"emails/{template}/subject.txt", context).split()),
        text=render_to_string(f"emails/{template}/body.txt", context).strip() + "\n",
        html=render_to_string(f"emails/{template}/body.html", context),
        status=EmailStatus.WITHHELD if withheld else EmailStatus.QUEUED,
        next_attempt_at=not_before or at,
        created_at=at,
        composer=composer,
    )
    OutgoingEmail.objects.bulk_create([email], ignore_conflicts=True)
    if not withheld:
        transaction.on_commit(lambda: _ring(key, can_wait), robust=True)


def _ring(key: str, can_wait: bool) -> None:
    """Wake the worker; where the bell is broken, the sweep finds the row.

    Without a worker the mail is sent here and now only where it stays on this machine: a mail server that
    hangs must not hold a page, so its mails are left to the sweep.
    """
    if settings.CELERY_TASK_ALWAYS_EAGER and (can_wait or settings.EMAIL_BACKEND not in LOCAL_BACKENDS):
        return
    email_id = OutgoingEmail.objects.values_list("pk", flat=True).get(key=key)
    tasks.send_email.delay(email_id=email_id)


def send_again(*, emails: Iterable[OutgoingEmail], at: datetime) -> int:
    """Put parked mails back into the queue, with all their tries; the number of mails."""
    ids = [email.pk for email in emails]
    return (
        OutgoingEmail.objects.failed()
        .filter(pk__in=ids)
        .update(status=EmailStatus.QUEUED, attempts=0, next_attempt_at=at)
    )


@transaction.atomic
def raise_alert(*, key: str, sentence: str, at: datetime) -> None:
    """Tell staff once of an event: a line on the admin's front page, and a mail to STAFF_ALERT_EMAIL."""
    _, is_new = StaffAlert.objects.get_or_create(key=key, defaults={"sentence": sentence[:300], "raised_at": at})
    if is_new and settings.STAFF_ALERT_EMAIL:
        queue_email(
            key=f"staff-alert:{key}",
            template="staff_alert",
            context={"sentence": sentence},
            to=[settings.STAFF_ALERT_EMAIL],
            at=at,
        )


def check_clock(*, at: datetime) -> None:
    """Raise an alarm, once a day for each machine, where its clock is more than 2 seconds off the database's."""
    skew, machine = clock_skew(), platform.node()[:60]
    if abs(skew) > MOST_SKEW:
        raise_alert(key=f"clock:{machine}:{uk_date(at)}", sentence=_clock_sentence(skew, machine), at=at)


def _clock_sentence(skew: timedelta, machine: str) -> str:
    amount = wait_in_words(timedelta(seconds=round(abs(skew).total_seconds())))
    side, effect = ("ahead of", "early") if skew > NONE else ("behind", "late")
    return (
        f"The clock of the machine {machine} is {amount} {side} the database's. Deadlines are judged by it: if the "
        f"database is right, windows open and close {amount} {effect}. "
        "Compare both with a time server (NTP) and correct the one that is wrong."
    )


def settle_alerts(*, alerts: Iterable[StaffAlert], by: Any, at: datetime) -> int:
    """Take alerts off the admin's front page; the number of alerts."""
    ids = [alert.pk for alert in alerts]
    return StaffAlert.objects.filter(pk__in=ids, settled_at=None).update(settled_at=at, settled_by=by)
