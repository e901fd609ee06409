"""Sessions: idle for 30 minutes or 12 hours old they end; what is sent too late is kept and never carried out."""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import QueryDict

from core.texts import storable

from ..models import KeptPost, SignedInSession, User
from ..rules import FRESH, IDLE, LONGEST

SECRET = re.compile(r"password|csrf|token|^code$")
"""The fields that are never kept. A one-time code is `code` itself: other fields only have the word in their names."""


def is_alive(*, user: User, session_key: str, label: str, at: datetime, is_use: bool = True) -> bool:
    """Note that a session was used now; False where it had ended before.

    is_use: False for what a page asks by itself; it is only looked whether the session lasts.
    """
    alive = alive_sessions_of(user=user, at=at).filter(session_key=session_key)
    if alive.update(last_seen_at=at) if is_use else alive.exists():
        return True
    begun = SignedInSession(user=user, session_key=session_key, label=label[:100], started_at=at, last_seen_at=at)
    SignedInSession.objects.bulk_create([begun], ignore_conflicts=True)  # an ended session has its row already
    return bool(alive.update(last_seen_at=at))


def alive_sessions_of(*, user: User, at: datetime) -> Any:
    """The sessions of a person that would be accepted at this moment."""
    return user.signed_in_sessions.filter(last_seen_at__gt=at - IDLE, started_at__gt=at - LONGEST)


def has_just_signed_in(*, user: User, session_key: str, at: datetime) -> bool:
    """Whether this session began so lately that its user need not sign in again for an act that can shut others out."""
    return alive_sessions_of(user=user, at=at).filter(session_key=session_key, started_at__gt=at - FRESH).exists()


@transaction.atomic
def end_sessions(sessions: Iterable[SignedInSession]) -> int:
    """End sessions on the server: their cookies are dead at the next request; the number of sessions."""
    keys = [session.session_key for session in sessions]
    Session.objects.filter(session_key__in=keys).delete()
    return SignedInSession.objects.filter(session_key__in=keys).delete()[0]


def end_sessions_of(*, user: User, but: str | None = None) -> int:
    """End all sessions of a person, but the one with this key; the number of sessions."""
    return end_sessions(user.signed_in_sessions.exclude(session_key=but or ""))


def keep_post(*, user: User, path: str, fields: Mapping[str, list[str]], at: datetime) -> None:
    """Keep what was sent after its session had ended, for this person and page alone; never a secret.

    What no database can hold becomes a visible mark.
    """
    kept = {
        storable(name): [storable(value) for value in values]
        for name, values in fields.items()
        if not SECRET.search(name)
    }
    KeptPost.objects.update_or_create(user=user, path=path[:300], defaults={"fields": kept, "kept_at": at})


def kept_post(*, user: User, path: str) -> dict[str, list[str]] | None:
    """What was kept for this person and page; None where nothing was."""
    kept = KeptPost.objects.filter(user=user, path=path[:300]).first()
    return kept.fields if kept else None


def as_posted(fields: Mapping[str, list[str]]) -> QueryDict:
    """What was kept of a page, as the page had sent it."""
    posted = QueryDict(mutable=True)
    for name, values in fields.items():
        posted.setlist(name, values)
    return posted


def forget_kept_post(*, user: User, path: str) -> None:
    """The page was sent anew: what was kept for it has served."""
    KeptPost.objects.filter(user=user, path=path[:300]).delete()


def label_of(headers: Mapping[str, Any]) -> str:
    """A browser in a few words, from what it says of itself."""
    agent = str(headers.get("User-Agent", ""))
    browser = next((name for name in ("Firefox", "Edg", "Chrome", "Safari") if name in agent), "Browser")
    system = next(
        (name for name in ("Windows", "Android", "iPhone", "iPad", "Mac OS", "Linux") if name in agent),
        "unknown system",
    )
    return f"{browser.replace('Edg', 'Edge')} on {system}"
