"""One-time passwords: asked for at the door or by staff, made when their mail is sent, good for one sign-in."""

import secrets
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.urls import reverse

from core.history import record
from core.moments import in_words
from outbox.models import OutgoingEmail
from outbox.services import queue_email

from ..enums import RequestKind
from ..models import OneTimePassword, PasswordRequest, User
from ..rules import INVITATION_LIFE, RESET_LIFE

ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
GROUPS, GROUP = 5, 4
COMPOSER = "one-time-password"
RESETS_AN_HOUR = 3
DASHES = "-\u2010\u2011\u2012\u2013\u2014\u00ad\u2212"
"""What mail programs make of a hyphen."""


def normalised(typed: str) -> str:
    """A typed one-time password without blanks and hyphens, in capitals; "" where it cannot be one."""
    letters = "".join(letter for letter in typed if not letter.isspace() and letter not in DASHES).upper()
    return letters if len(letters) == GROUPS * GROUP and set(letters) <= set(ALPHABET) else ""


def _new_password() -> str:
    """Five groups of four from 31 letters and digits that cannot be mistaken: 99 bits."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(GROUP)) for _ in range(GROUPS))


@transaction.atomic
def request_password(
    *, user: User, kind: str, by: User | None, at: datetime, not_before: datetime | None = None
) -> PasswordRequest:
    """Ask for a one-time password to be mailed to its user. An earlier request is cancelled by it.

    by: the staff member or colleague who asks; None for the owner at the door.
    not_before: when the mail is to leave, if later than now.
    """
    user.password_requests.filter(cancelled_at=None).update(cancelled_at=at)
    request = PasswordRequest.objects.create(user=user, kind=kind, asked_at=at)
    record(by=by, at=at, action=f"user.password-{kind}-requested", subjects=[user])
    queue_email(
        key=f"account-password:{request.key}",
        template=f"account_{kind}",
        context={"user": user, "team_email": settings.STEP_TEAM_EMAIL, "team_phone": settings.STEP_TEAM_PHONE},
        to=[user.email],
        at=at,
        not_before=not_before,
        composer=COMPOSER,
    )
    return request


def has_asked_enough(*, user: User, at: datetime) -> bool:
    """Whether three resets were asked for in the last hour: then no further mail is sent."""
    asked = user.password_requests.filter(kind=RequestKind.RESET, asked_at__gt=at - RESET_LIFE)
    return asked.count() >= RESETS_AN_HOUR


@transaction.atomic
def compose(email: OutgoingEmail, at: datetime) -> dict[str, str] | None:
    """Make the one-time password of a mail that is about to be sent; None where a newer request took its place.

    Only its hash is stored. A mail that is tried again carries a new one; the last two of a request are good.
    """
    request = PasswordRequest.objects.select_related("user").get(key=email.key.partition(":")[2])
    if request.cancelled_at or not request.user.is_active:
        return None
    password = _new_password()
    expires_at = at + (RESET_LIFE if request.kind == RequestKind.RESET else INVITATION_LIFE)
    OneTimePassword.objects.create(
        request=request, password_hash=make_password(normalised(password)), made_at=at, expires_at=expires_at
    )
    link = settings.SITE_URL + reverse("accounts:login")
    return {"password": password, "expires": in_words(expires_at), "link": link}


def use_one_time_password(*, user: User, typed: str, at: datetime) -> bool:
    """Whether the text is a one-time password of this user that is still good; it is used up by this call.

    Those that are too old are deleted, so that a clock that is put back brings none to life again.
    Two queries are asked and two hashes are looked at whoever the user is, so that the time tells nothing.
    """
    OneTimePassword.objects.filter(request__user_id=user.pk or 0, used_at=None, expires_at__lte=at).delete()
    good = list(good_one_time_passwords(user, at)[:2])
    hashes = [one_time.password_hash for one_time in good]
    checked = [check_password(normalised(typed), hashed) for hashed in [*hashes, *[nobodys_hash()] * 2][:2]]
    found = next((one_time for one_time, is_right in zip(good, checked, strict=False) if is_right), None)
    return found is not None and _win(found, at)


def good_one_time_passwords(user: User, at: datetime) -> Any:
    """The one-time passwords that would be accepted at this moment, the newest first, whatever the clock said then."""
    good = OneTimePassword.objects.filter(
        request__user_id=user.pk or 0, request__cancelled_at=None, used_at=None, expires_at__gt=at
    )
    return good.exclude(request__one_time_passwords__used_at__isnull=False).order_by("-pk")


def _win(one_time: OneTimePassword, at: datetime) -> bool:
    """Of many uses at once one wins: the request is closed by whoever changes its row first."""
    won = PasswordRequest.objects.filter(pk=one_time.request_id, cancelled_at=None).update(cancelled_at=at)
    if won:
        OneTimePassword.objects.filter(pk=one_time.pk).update(used_at=at)
    return bool(won)


_hashes: list[str] = []


def nobodys_hash() -> str:
    """A hash that no text has, made once with the hasher in use."""
    if not _hashes:
        _hashes.append(make_password(secrets.token_urlsafe(32)))
    return _hashes[0]
