"""People: their names, their invitations, the end of their access."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from core.history import record
from core.refusals import raise_if_any
from outbox.services import queue_email

from ..enums import RequestKind
from ..models import SignInCount, User
from ..rules import TRIES, nobody_shuts_themselves_out
from .attempts import STRANGER, address_key, forgive_everywhere
from .one_time import request_password
from .second_factor import remove_second_factor
from .sessions import end_sessions_of


@transaction.atomic
def change_own_name(*, user: User, name: str, at: datetime) -> None:
    """Change the name that colleagues see beside entries."""
    old, user.name = user.name, name.strip()
    user.save(update_fields=["name"])
    record(by=user, at=at, action="user.renamed", subjects=[user], changes={"name": [old, user.name]})


@transaction.atomic
def invite_user(*, email: str, name: str, by: User, at: datetime, **fields: Any) -> User:
    """Create a user without a password, and mail them a one-time password that works for 24 hours."""
    user = User.objects.create_user(email, name=name, created_at=at, **fields)
    record(by=by, at=at, action="user.invited", subjects=[user])
    request_password(user=user, kind=RequestKind.INVITATION, by=by, at=at)
    return user


def resend_password(*, user: User, by: User, at: datetime) -> None:
    """Mail a new one-time password: an invitation to somebody who never signed in, a reset to others."""
    kind = RequestKind.RESET if user.last_login else RequestKind.INVITATION
    request_password(user=user, kind=kind, by=by, at=at)


@transaction.atomic
def unlock_user(*, user: User, reason: str, by: User, at: datetime) -> None:
    """End every lock and count of wrong passwords; no password is shown or changed."""
    forgive_everywhere(address=user.email)
    forgive_everywhere(address=f"second step of {user.email}")
    record(by=by, at=at, action="user.unlocked", subjects=[user], note=reason[:200])


@transaction.atomic
def deactivate_user(*, user: User, reason: str, by: User, at: datetime) -> None:
    """End somebody's access at once: no sign-in, no session, no password to come. Raises Refused for one's own."""
    raise_if_any(filter(None, [nobody_shuts_themselves_out(user.email, user == by)]))
    user.is_active = False
    user.save(update_fields=["is_active"])
    end_sessions_of(user=user)
    user.known_browsers.all().delete()
    user.password_requests.filter(cancelled_at=None).update(cancelled_at=at)
    record(by=by, at=at, action="user.deactivated", subjects=[user], note=reason[:200])


@transaction.atomic
def reactivate_user(*, user: User, by: User, at: datetime) -> None:
    """Let somebody sign in again."""
    user.is_active = True
    user.save(update_fields=["is_active"])
    record(by=by, at=at, action="user.reactivated", subjects=[user])


@transaction.atomic
def amend_user(*, user: User, by: User, at: datetime, **fields: str | bool) -> User:
    """Change the name or the board's roles (is_staff, is_superuser) of somebody; what stays the same is not recorded.

    Who may do so is said by accounts.rules.staff_may_change_user. Raises Refused for one's own roles.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    changes = {name: [getattr(user, name), value] for name, value in fields.items() if getattr(user, name) != value}
    has_own_roles = user == by and bool(changes.keys() - {"name"})
    raise_if_any(filter(None, [nobody_shuts_themselves_out(user.email, has_own_roles)]))
    if changes:
        User.objects.filter(pk=user.pk).update(**{name: fields[name] for name in changes})
        record(by=by, at=at, action="user.amended", subjects=[user], changes=changes)
    return user


@transaction.atomic
def change_address(*, user: User, email: str, by: User, at: datetime) -> User:
    """Change the user name. Sessions, known browsers and one-time passwords on their way end; both addresses are told.

    Somebody who never signed in is invited anew, at the new address.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    old, user.email = user.email, email.strip().lower()
    if old == user.email:
        return user
    user.save(update_fields=["email"])
    end_sessions_of(user=user)
    user.known_browsers.all().delete()
    user.password_requests.filter(cancelled_at=None).update(cancelled_at=at)
    record(by=by, at=at, action="user.address-changed", subjects=[user], changes={"email": [old, user.email]})
    for address in (old, user.email):
        _mail_of_address(user, old, address, at)
    if user.last_login is None and user.may_sign_in:
        request_password(user=user, kind=RequestKind.INVITATION, by=by, at=at)
    return user


def _mail_of_address(user: User, old: str, address: str, at: datetime) -> None:
    queue_email(
        key=f"account-address-changed:{user.pk}:{at.isoformat()}:{'old' if address == old else 'new'}",
        template="account_address_changed",
        context={
            "old": old,
            "new": user.email,
            "team_email": settings.STEP_TEAM_EMAIL,
            "team_phone": settings.STEP_TEAM_PHONE,
        },
        to=[address],
        at=at,
    )


@transaction.atomic
def lock_user(*, user: User, reason: str, by: User, at: datetime) -> None:
    """Refuse every password for 30 minutes on browsers that are not known; who is signed in stays so."""
    SignInCount.objects.update_or_create(
        address_key=address_key(user.email),
        browser_key=STRANGER,
        defaults={"failures": TRIES, "locked_at": at},
    )
    record(by=by, at=at, action="user.locked", subjects=[user], note=reason[:200])


@transaction.atomic
def sign_out_everywhere(*, user: User, by: User, at: datetime) -> int:
    """End every session of somebody; the number of sessions."""
    count = end_sessions_of(user=user)
    record(by=by, at=at, action="user.signed-out-everywhere", subjects=[user])
    return count


@transaction.atomic
def take_second_factor_away(*, user: User, reason: str, by: User, at: datetime) -> None:
    """For somebody who lost telephone and recovery codes: the second factor goes, and with it every session."""
    remove_second_factor(user=user, by=by, at=at)
    end_sessions_of(user=user)
    record(by=by, at=at, action="user.second-factor-taken-away", subjects=[user], note=reason[:200])
