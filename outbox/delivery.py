"""Claim, send, record. Which failures are worth another try, and when."""

import random
import smtplib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog
from django.core.mail import EmailMultiAlternatives
from django.db.models import F, QuerySet
from django.utils.html import escape

from .enums import EmailStatus
from .models import OutgoingEmail

log = structlog.get_logger(__name__)

WAITS = [timedelta(seconds=s) for s in (10, 30, 90, 270, 600, 1200, 1800)]
"""How long to wait after the first, second, ... failed try; after the last the mail is parked."""


@dataclass(frozen=True)
class Attachment:
    """A file that goes with a mail."""

    name: str
    content: bytes
    content_type: str


@dataclass(frozen=True)
class Composed:
    """What a composer answers with: the words for each [[place]] in the text, and files. Nothing of it is stored."""

    words: Mapping[str, str] = field(default_factory=dict)
    attachments: Sequence[Attachment] = ()


Composer = Callable[[OutgoingEmail, datetime], Composed | dict[str, str] | None]
_composers: dict[str, Composer] = {}


def register_composer(name: str, composer: Composer) -> None:
    """Let an app fill in what may exist only when a mail is sent, such as a one-time password or an attached file.

    The composer is given the mail and the moment. It answers with Composed, or only with the words for each [[place]]
    in the text, or with None where the mail is no longer wanted. A mail that is tried again is composed anew.
    Where a composer fails, the mail waits and is tried again as when a mail server fails.
    """
    _composers[name] = composer


def deliver(email_id: int, *, at: datetime) -> bool:
    """Claim one mail, send it and record the outcome; whether it was sent by this call.

    May be called any number of times: only the caller that wins the claim sends.
    A crash between the mail server's yes and our record may repeat a mail, with the same Message-ID.
    """
    email = _claim(email_id, at)
    if email is None:
        return False
    if email.attempts > len(WAITS) + 1:
        _record_failure(email, RuntimeError("its sender died each time"), at)
        return False
    try:
        composed = _composed(email, at)
        if composed is None:
            return _record_withheld(email)
        _message(email, composed).send()
    except Exception as error:  # whatever goes wrong with one mail must not stop the others
        _record_failure(email, error, at)
        return False
    return bool(_still_ours(email).update(status=EmailStatus.SENT, sent_at=at, claimed_at=None, last_error=""))


def _claim(email_id: int, at: datetime) -> OutgoingEmail | None:
    claimed = (
        OutgoingEmail.objects.due(at)
        .filter(pk=email_id)
        .update(status=EmailStatus.SENDING, claimed_at=at, attempts=F("attempts") + 1)
    )
    return OutgoingEmail.objects.get(pk=email_id) if claimed else None


def _still_ours(email: OutgoingEmail) -> "QuerySet[OutgoingEmail]":
    """The row, as long as nobody took it over; the number of tries tells one claim from the next."""
    return OutgoingEmail.objects.filter(pk=email.pk, status=EmailStatus.SENDING, attempts=email.attempts)


def _record_withheld(email: OutgoingEmail) -> bool:
    _still_ours(email).update(
        status=EmailStatus.WITHHELD, claimed_at=None, last_error="No longer wanted when it was to be sent."
    )
    return False


def _composed(email: OutgoingEmail, at: datetime) -> Composed | None:
    answer = _composers[email.composer](email, at) if email.composer else Composed()
    return Composed(answer) if isinstance(answer, dict) else answer


def _message(email: OutgoingEmail, composed: Composed) -> EmailMultiAlternatives:
    text, html = email.text, email.html
    for place, words in composed.words.items():
        text, html = text.replace(f"[[{place}]]", words), html.replace(f"[[{place}]]", escape(words))
    message = EmailMultiAlternatives(
        subject=email.subject,
        body=text,
        to=email.to,
        cc=email.cc,
        headers={"Message-ID": email.message_id, "Auto-Submitted": "auto-generated"},
    )
    if html:
        message.attach_alternative(html, "text/html")
    for file in composed.attachments:
        message.attach(file.name, file.content, file.content_type)
    return message


def _record_failure(email: OutgoingEmail, error: Exception, at: datetime) -> None:
    tries_left = email.attempts <= len(WAITS) and not is_final(error)
    wait = WAITS[min(email.attempts, len(WAITS)) - 1] * random.uniform(0.8, 1.2)  # noqa: S311 (jitter, no secret)
    _still_ours(email).update(
        status=EmailStatus.WAITING if tries_left else EmailStatus.FAILED,
        next_attempt_at=at + wait,
        claimed_at=None,
        last_error=f"{type(error).__name__}: {error}"[:2000],
    )
    log.warning("mail_not_sent", email_id=email.pk, attempts=email.attempts, parked=not tries_left)


def is_final(error: Exception) -> bool:
    """Whether trying again cannot help: the server refused every address, or the message itself, for good (5xx).

    What it says of us, when we connect, greet, sign in or name the sender, is mended by whoever runs the portal.
    """
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in error.recipients.values())
    return isinstance(error, smtplib.SMTPDataError) and error.smtp_code >= 500
