"""Asking for a mail, and for the attention of staff."""

import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string

from . import tasks
from .enums import EmailStatus
from .models import OutgoingEmail, StaffAlert

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
) -> None:
    """Render a mail and store it inside the caller's transaction; it leaves after the commit.

    key: names the event, for example "step-entry-submitted:S00001"; the same key never makes a second mail.
    template: a folder under templates/emails with subject.txt, body.txt and body.html.
    withheld: write the row for the record and never send it.
    not_before: a later moment at which it is to leave.
    composer: who fills in, when it is sent, what the row must not hold (outbox.delivery.register_composer).
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
        transaction.on_commit(lambda: _ring(key), robust=True)


def _ring(key: str) -> None:
    """Wake the worker; where the bell is broken, the sweep finds the row.

    Without a worker the mail is sent here and now only where it stays on this machine: a mail server that
    hangs must not hold a page, so its mails are left to the sweep.
    """
    if settings.CELERY_TASK_ALWAYS_EAGER and settings.EMAIL_BACKEND not in LOCAL_BACKENDS:
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


def settle_alerts(*, alerts: Iterable[StaffAlert], by: Any, at: datetime) -> int:
    """Take alerts off the admin's front page; the number of alerts."""
    ids = [alert.pk for alert in alerts]
    return StaffAlert.objects.filter(pk__in=ids, settled_at=None).update(settled_at=at, settled_by=by)
