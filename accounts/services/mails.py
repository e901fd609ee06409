"""What the holder of an account is told by mail."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings

from core.moments import in_words
from outbox.models import OutgoingEmail
from outbox.services import queue_email

from ..models import User

AN_HOUR = timedelta(hours=1)


def tell(*, user: User, event: str, at: datetime, moment: str = "", **context: Any) -> None:
    """Mail the holder of an account that something happened, in the words of the template account_<event>.

    moment: what tells this event from the next; without it the time, to the microsecond.
    """
    queue_email(
        key=f"{_prefix(user, event)}{moment or at.isoformat()}",
        template=f"account_{event}",
        context={
            "user": user,
            "at": in_words(at),
            "team_email": settings.STEP_TEAM_EMAIL,
            "team_phone": settings.STEP_TEAM_PHONE,
            **context,
        },
        to=[user.email],
        at=at,
    )


def tell_once_an_hour(*, user: User, event: str, at: datetime, **context: Any) -> None:
    """The same, but not where a mail of this kind was written in the hour before."""
    earlier = OutgoingEmail.objects.filter(key__startswith=_prefix(user, event), created_at__gt=at - AN_HOUR)
    if not earlier.exists():
        tell(user=user, event=event, at=at, moment=f"{at:%Y-%m-%dT%H}", **context)


def _prefix(user: User, event: str) -> str:
    return f"account-{event.replace('_', '-')}:{user.pk}:"
