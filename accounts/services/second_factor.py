"""The second factor: codes of an authenticator app, and recovery codes for the day it is lost."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from core.history import record
from core.moments import uk_date

from ..models import User
from . import attempts
from .mails import tell, tell_once_an_hour
from .sessions import end_sessions_of

RECOVERY_CODES = 10


def requires_second_factor(user: User, at: datetime) -> bool:
    """Whether this person cannot do without one: staff, and everybody from SECOND_FACTOR_FOR_ALL_FROM on."""
    from_day = settings.SECOND_FACTOR_FOR_ALL_FROM
    return (user.is_staff and settings.SECOND_FACTOR_FOR_STAFF) or (from_day is not None and uk_date(at) >= from_day)


def begin_second_factor(*, user: User, key: str = "") -> TOTPDevice:
    """The device that a person is setting up, with a new key or the given one; it is not stored yet."""
    return TOTPDevice(user=user, name="Authenticator app", confirmed=False, **({"key": key} if key else {}))


@transaction.atomic
def confirm_second_factor(
    *, user: User, key: str, code: str, at: datetime, session_key: str | None = None
) -> list[str] | None:
    """Take the set-up device into use when its code is right; ten recovery codes, or None where the code is wrong.

    Its owner is told, and every session ends but the one with this key: the others passed no second step with it.
    """
    device = begin_second_factor(user=user, key=key)
    device.save()
    if not device.verify_token(_digits(code)):
        device.delete()
        return None
    TOTPDevice.objects.filter(user=user).exclude(pk=device.pk).delete()
    device.confirmed = True
    device.save(update_fields=["confirmed"])
    end_sessions_of(user=user, but=session_key)
    record(by=user, at=at, action="user.second-factor-on", subjects=[user])
    tell(user=user, event="second_factor_on", at=at)
    return _new_recovery_codes(user)


def _new_recovery_codes(user: User) -> list[str]:
    StaticDevice.objects.filter(user=user).delete()
    device = StaticDevice.objects.create(user=user, name="Recovery codes")
    codes = [StaticToken.random_token() for _ in range(RECOVERY_CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=device, token=code) for code in codes)
    return codes


@transaction.atomic
def remove_second_factor(*, user: User, by: User, at: datetime) -> None:
    """Take the second factor and its recovery codes away, and tell its owner."""
    had_one = TOTPDevice.objects.filter(user=user).delete()[0]
    StaticDevice.objects.filter(user=user).delete()
    record(by=by, at=at, action="user.second-factor-off", subjects=[user])
    if had_one:
        tell(user=user, event="second_factor_off", at=at, by_staff=by != user)


def check_code(*, user: User, code: str, at: datetime) -> tuple[attempts.Verdict, str | None]:
    """Whether a code is right now, counted like a password: three wrong ones lock the second step for 30 minutes.

    Its owner is told of the lock, for whoever gets so far knows the password.
    Answers with the verdict on the attempt, and the id of the device whose code it was, or None. A code works once.
    """
    address = f"second step of {user.email}"
    verdict = attempts.reserve_attempt(address=address, at=at)
    if not verdict.is_granted:
        return verdict, None
    device_id = _matching_device(user, code)
    if device_id:
        attempts.forgive(address=address)
        return verdict, device_id
    after = attempts.state(address=address, at=at)
    if after.locked_until:
        tell_once_an_hour(user=user, event="second_step_locked", at=at)
    return after, None


@transaction.atomic
def _matching_device(user: User, code: str) -> str | None:
    totp = TOTPDevice.objects.select_for_update().filter(user=user, confirmed=True).first()
    if totp and _digits(code) and totp.verify_token(_digits(code)):
        return totp.persistent_id
    recovery = StaticDevice.objects.select_for_update().filter(user=user, confirmed=True).first()
    if recovery and recovery.verify_token("".join(code.split()).lower()):
        return recovery.persistent_id
    return None


def _digits(code: str) -> str:
    digits = "".join(code.split())
    return digits if digits.isascii() and digits.isdecimal() else ""
