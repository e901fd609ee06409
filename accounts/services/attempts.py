"""Three wrong passwords in a row lock the account: the attempt is reserved before the password is looked at."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.utils.crypto import salted_hmac

from ..models import SignInCount
from ..rules import CEILING, LOCK, TRIES

STRANGER = ""


@dataclass(frozen=True)
class Verdict:
    """Whether an attempt may be looked at; if not, the end of the lock, or that only a mailed password helps.

    failures: of a granted attempt, how many went before it since the last success.
    """

    is_granted: bool
    failures: int = 0
    locked_until: datetime | None = None
    needs_mail: bool = False


def address_key(address: str) -> str:
    """What an address is counted under; the address cannot be read from it."""
    return salted_hmac("accounts.address", address.strip().lower(), algorithm="sha256").hexdigest()


def reserve_attempt(*, address: str, browser_key: str = STRANGER, at: datetime) -> Verdict:
    """Count an attempt as a failure before it is looked at, unless it is refused; one statement, so it holds in a race.

    The third in a row begins the lock. During a lock nothing is counted and nothing extends it. After a hundred
    failures without a success strangers are sent to a mailed password.
    """
    now, lock_over = (connection.ops.adapt_datetimefield_value(moment) for moment in (at, at - LOCK))
    table = connection.ops.quote_name(SignInCount._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} AS c (address_key, browser_key, failures, failures_in_all, locked_at) "  # noqa: S608 (ours)
            "VALUES (%s, %s, 1, 1, NULL) ON CONFLICT (address_key, browser_key) DO UPDATE SET "
            "failures = CASE WHEN c.locked_at IS NULL THEN c.failures + 1 ELSE 1 END, "
            "failures_in_all = c.failures_in_all + 1, "
            "locked_at = CASE WHEN c.locked_at IS NULL AND c.failures + 1 >= %s THEN %s ELSE NULL END "
            "WHERE (c.locked_at IS NULL OR c.locked_at <= %s) AND (c.browser_key <> '' OR c.failures_in_all < %s) "
            "RETURNING failures_in_all",
            [address_key(address), browser_key, TRIES, now, lock_over, CEILING],
        )
        row = cursor.fetchone()
    if row is None:
        return state(address=address, browser_key=browser_key, at=at)
    return Verdict(is_granted=True, failures=row[0] - 1)


def state(*, address: str, browser_key: str = STRANGER, at: datetime) -> Verdict:
    """What the next attempt would be told, without making it."""
    count = SignInCount.objects.filter(address_key=address_key(address), browser_key=browser_key).first()
    if count and count.locked_at and at < count.locked_at + LOCK:
        return Verdict(is_granted=False, locked_until=count.locked_at + LOCK)
    needs_mail = bool(count and not browser_key and count.failures_in_all >= CEILING)
    return Verdict(is_granted=not needs_mail, needs_mail=needs_mail)


def forgive(*, address: str, browser_key: str = STRANGER) -> bool:
    """A right password ends the count of this browser, or of strangers; False where another one had ended it."""
    counts = SignInCount.objects.filter(address_key=address_key(address), browser_key=browser_key)
    return bool(counts.delete()[0])


def forgive_everywhere(*, address: str) -> None:
    """Staff unlocked the account, or a new password was chosen: every count ends."""
    SignInCount.objects.filter(address_key=address_key(address)).delete()
