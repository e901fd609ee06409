"""The mails about one entry: to whom they go, and when they are withheld."""

from datetime import datetime
from typing import Any

from django.conf import settings

from centres.models import Membership
from outbox.services import queue_email

from ..models import StepEntry


def queue_entry_mail(entry: StepEntry, *, key: str, template: str, by: Any, at: datetime, **context: Any) -> None:
    """Queue a mail with the details of an entry to the person who acted, with a copy to the centre's exams officer.

    Where the STEP team acted it goes to the officer, or to the person who submitted the entry. It is withheld
    where the centre's email alerts are Off.
    """
    to, cc = recipients(entry, by)
    queue_email(
        key=key,
        template=template,
        context=context
        | {
            "entry": entry,
            "courses": list(entry.courses.select_related("institution")),
            "confirm_after": settings.STEP_CONFIRM_AFTER,
            "team_email": settings.STEP_TEAM_EMAIL,
            "team_phone": settings.STEP_TEAM_PHONE,
        },
        to=to,
        cc=cc,
        at=at,
        withheld=not entry.centre.email_alerts,
    )


def recipients(entry: StepEntry, by: Any) -> tuple[list[str], list[str]]:
    """To whom a mail about an entry goes, and who gets a copy."""
    officer = officer_of(entry.centre)
    if by.is_staff and not Membership.objects.in_centre(entry.centre).filter(user=by).exists():
        return officer or [entry.submitted_by.email], []
    return [by.email], [address for address in officer if address != by.email]


def officer_of(centre: Any) -> list[str]:
    """The address of a centre's exams officer; nothing where there is none, or they have left."""
    officer = centre.exams_officer
    is_here = officer and Membership.objects.in_centre(centre).filter(user=officer).exists()
    return [officer.email] if officer and is_here else []
