"""Signing in: by password or one-time password, on known browsers and strange ones."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from django.contrib.auth.hashers import check_password
from django.db import transaction

from ..models import KnownBrowser, User
from ..rules import KNOWN_FOR, LONGEST_PASSWORD, MANY
from . import attempts, networks
from .asks import tell_of_lock
from .hashing import hash_slot
from .mails import tell_once_an_hour
from .one_time import nobodys_hash, normalised, use_one_time_password


class Result(Enum):
    """How an attempt to sign in ended."""

    RIGHT = "right"
    RIGHT_ONCE = "right, by a one-time password"
    WRONG = "wrong"
    SPENT = "wrong, in the form of a mailed password"
    LOCKED = "locked"
    NEEDS_MAIL = "only a mailed password helps"


@dataclass(frozen=True)
class Attempt:
    """How an attempt ended. user: only where it was right. locked_until: only where it is locked."""

    result: Result
    user: User | None = None
    locked_until: datetime | None = None


def attempt_sign_in(*, address: str, password: str, browser: str, network: str = "", at: datetime) -> Attempt:
    """Try an address and a password on a browser (the key of its cookie, or "").

    A one-time password is looked at first and also during a lock: nobody guesses it, and it proves the mailbox.
    Blanks are dropped: no address has any, and the counts of second steps are kept under names that do.
    network: where the request came from, or "" where that is not known; after many failures from there strange
    browsers wait for their turn. Raises Busy where too many are signing in.
    """
    address = "".join(address.split()).lower()
    user = User.objects.filter(email=address).first()
    browser_key = _known_key(user, browser, at)
    failures = networks.failures_from(network=network, at=at)
    if failures >= MANY and browser_key == attempts.STRANGER:
        networks.wait_for_turn()
    with hash_slot():
        if normalised(password):
            attempt = _try_one_time(user, address, password, at)
        else:
            attempt = _try_password(user, address, password, browser_key, at)
    if attempt.user is None:
        networks.note_failure(network=network, failures=failures + 1, at=at)
    return attempt


def _try_one_time(user: User | None, address: str, typed: str, at: datetime) -> Attempt:
    is_right = use_one_time_password(user=user or User(), typed=typed, at=at)
    if user and is_right and user.may_sign_in:
        attempts.forgive_everywhere(address=address)
        return Attempt(Result.RIGHT_ONCE, user)
    return Attempt(Result.SPENT)


def _try_password(user: User | None, address: str, password: str, browser_key: str, at: datetime) -> Attempt:
    verdict = attempts.reserve_attempt(address=address, browser_key=browser_key, at=at)
    if not verdict.is_granted:
        return Attempt(Result.NEEDS_MAIL if verdict.needs_mail else Result.LOCKED, locked_until=verdict.locked_until)
    if _is_right(user, password) and user:
        _end_count(user, browser_key, verdict.failures, at)
        return Attempt(Result.RIGHT, user)
    locked = attempts.state(address=address, browser_key=browser_key, at=at)
    if locked.locked_until:
        tell_of_lock(address=address, at=at)
        return Attempt(Result.LOCKED, locked_until=locked.locked_until)
    return Attempt(Result.WRONG)


@transaction.atomic
def _end_count(user: User, browser_key: str, failures: int, at: datetime) -> None:
    """A right password ends the count. On a strange browser its owner is told where wrong ones went before it."""
    has_ended = attempts.forgive(address=user.email, browser_key=browser_key)
    if has_ended and failures and browser_key == attempts.STRANGER:
        tell_once_an_hour(user=user, event="strange_browser", at=at, failures=failures)


def _is_right(user: User | None, password: str) -> bool:
    """One hash is looked at whoever asks; too long a text is not looked at (it cannot be anybody's password)."""
    if len(password) > LONGEST_PASSWORD:
        return False
    if user is None or not user.has_usable_password():
        return check_password(password, nobodys_hash()) and False
    return user.check_password(password) and user.may_sign_in


def _known_key(user: User | None, browser: str, at: datetime) -> str:
    """The key under which this browser is counted: its own where it is known for this user, else that of strangers."""
    if user is None or not browser:
        return attempts.STRANGER
    key = browser_key(browser)
    known = user.known_browsers.filter(browser_key=key, last_used_at__gt=at - KNOWN_FOR)
    return key if known.exists() else attempts.STRANGER


def browser_key(browser: str) -> str:
    """What a browser is stored under: the hash of the key in its cookie."""
    return hashlib.sha256(browser.encode()).hexdigest()


@transaction.atomic
def know_browser(*, user: User, browser: str, label: str, at: datetime) -> str:
    """Remember the browser on which somebody signed in; the key for its cookie (256 bits, stored as a hash only)."""
    known = user.known_browsers.filter(browser_key=browser_key(browser)).first() if browser else None
    if known:
        KnownBrowser.objects.filter(pk=known.pk).update(last_used_at=at, label=label[:100])
        return browser
    fresh = secrets.token_urlsafe(32)
    KnownBrowser.objects.create(
        user=user, browser_key=browser_key(fresh), label=label[:100], created_at=at, last_used_at=at
    )
    return fresh
