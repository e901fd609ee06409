"""Choosing and changing the own password."""

from datetime import datetime

from django.db import transaction

from core.history import record

from ..models import User
from .attempts import forgive_everywhere
from .mails import tell
from .sessions import end_sessions_of


@transaction.atomic
def choose_password(*, user: User, password: str, session_key: str, at: datetime) -> None:
    """Set a password that the form has found good. Other sessions and all known browsers end, and the owner is told."""
    user.set_password(password)
    user.save(update_fields=["password"])
    user.known_browsers.all().delete()
    user.password_requests.filter(cancelled_at=None).update(cancelled_at=at)
    end_sessions_of(user=user, but=session_key)
    forgive_everywhere(address=user.email)
    record(by=user, at=at, action="user.password-chosen", subjects=[user])
    tell(user=user, event="password_changed", at=at)
