"""The clock of this machine beside the database's; the portal judges by the first (decision 0003)."""

import time
from datetime import datetime, timedelta

from django.db import connection
from django.utils import timezone

NONE = timedelta()


def clock_skew() -> timedelta:
    """How far this machine's clock is ahead of PostgreSQL's; negative where it is behind, nothing with SQLite.

    The database reads its clock at some moment while we wait for the answer. Only what lies outside that wait counts:
    a slow answer is never taken for skew, and may hide as much of it as it was slow.
    """
    connection.ensure_connection()
    asked_at, begin = timezone.now(), time.monotonic()
    theirs = database_clock()
    answered_at = asked_at + timedelta(seconds=time.monotonic() - begin)
    if theirs is None:
        return NONE
    return max(asked_at - theirs, NONE) - max(theirs - answered_at, NONE)


def database_clock() -> datetime | None:
    """The moment by PostgreSQL's clock; None with SQLite, which has none but this machine's."""
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]
