"""The mails to centres about what staff did with registrations and transfers: never a candidate's name."""

from datetime import datetime
from typing import Any

from django.conf import settings

from centres.models import Centre
from centres.services import recipients_of
from core.history import history_of
from outbox.services import queue_email

from ..models import Registration, Submission, Transfer
from .withdrawing import ASKED


def queue_withdrawal_mail(
    registration: Registration, *, act: str, is_credited: bool = False, note: str = "", at: datetime
) -> None:
    """Tell whoever asked for a withdrawal that staff processed or refused it, with a copy to the exams officer.

    act: "processed" or "refused". These mails are sent whatever the centre's preference for mails about entries says.
    """
    history = history_of(registration)
    asked = history.filter(action=ASKED).first()
    context = {
        "registration": registration,
        "act": act,
        "is_credited": is_credited,
        "note": note,
        "candidate_key": registration.candidate.key,
    }
    key = f"technicals-withdrawal-{act}:{registration.pk}:{history.count()}"
    _queue(key, "technicals_withdrawal", context, registration.centre, asked.by if asked else None, at)


def queue_transfer_mails(transfer: Transfer, *, submission: Submission, at: datetime) -> None:
    """Tell both centres of a transfer: the one before, and the receiving one, whose submission is named."""
    source, target = transfer.source, transfer.target
    for candidate, other, is_receiving in ((source, target.centre, False), (target, source.centre, True)):
        context = {
            "is_receiving": is_receiving,
            "centre": candidate.centre,
            "other": other,
            "submission": submission,
            "candidate_key": candidate.key,
        }
        side = "received" if is_receiving else "sent"
        key = f"technicals-transfer-{side}:{transfer.pk}"
        _queue(key, "technicals_transfer", context, candidate.centre, None, at)


def _queue(key: str, template: str, context: dict[str, Any], centre: Centre, person: Any, at: datetime) -> None:
    to, cc = recipients_of(centre, person)
    if not to:
        return
    contact = {"team_email": settings.TECHNICALS_TEAM_EMAIL, "team_phone": settings.TECHNICALS_TEAM_PHONE}
    queue_email(key=key, template=template, context=context | contact, to=to, cc=cc, at=at)
