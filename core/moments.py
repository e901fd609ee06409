"""Dates and times in words, always with their zone (decision 0003). Plain Python."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

UK = ZoneInfo("Europe/London")


def in_words(at: datetime, *, seconds: bool = False) -> str:
    """An aware datetime as "4 May 2027, 23:59 (BST)", or with its seconds."""
    local = at.astimezone(UK)
    clock = local.strftime("%H:%M:%S" if seconds else "%H:%M")
    return f"{date_in_words(local.date())}, {clock} ({local:%Z})"


def date_in_words(day: date) -> str:
    """A date as "4 May 2027"."""
    return f"{day.day} {day:%B %Y}"


def time_in_words(at: datetime) -> str:
    """An aware datetime as "23:59 (BST)"."""
    local = at.astimezone(UK)
    return f"{local:%H:%M} ({local:%Z})"


def uk_date(at: datetime) -> date:
    """The calendar day in the United Kingdom at this moment."""
    return at.astimezone(UK).date()


def time_between(begin: datetime, end: datetime) -> timedelta:
    """How much time passes from a moment to another, also where the clocks change between them.

    Both are compared in UTC, because Python subtracts the wall clocks of two moments of one zone.
    """
    return end.astimezone(UTC) - begin.astimezone(UTC)


def wait_in_words(wait: timedelta) -> str:
    """A length of time in its two largest units: "3 days 4 hours", "1 minute"; one that is over is "0 seconds"."""
    minutes, seconds = divmod(max(0, int(wait.total_seconds())), 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    units = [(days, "day"), (hours, "hour"), (minutes, "minute"), (seconds, "second")]
    first = next((place for place, (count, _) in enumerate(units) if count), len(units) - 1)
    shown = [unit for unit in units[first : first + 2] if unit[0]] or [(0, "second")]
    return " ".join(f"{count} {word}{'' if count == 1 else 's'}" for count, word in shown)


def moments_of(clock: datetime) -> list[datetime]:
    """The moments at which the clocks of the United Kingdom show this date and time (a naive datetime), in order.

    That is one, but for the hour that a change of the clocks leaves out (none) and the one that comes twice (two).
    """
    candidates = {clock.replace(tzinfo=UK, fold=fold).astimezone(UTC) for fold in (0, 1)}
    return sorted(at for at in candidates if at.astimezone(UK).replace(tzinfo=None, fold=0) == clock)


def clock_change_in_words(clock: datetime) -> str:
    """Why a date and time on UK clocks (naive) is not one moment, and what to choose; empty where it is one."""
    moments = moments_of(clock)
    if len(moments) == 1:
        return ""
    change = datetime.combine(clock.date(), time(1), UTC)
    last, first = time_in_words(change - timedelta(minutes=1)), time_in_words(change)
    happens = "comes twice" if moments else "does not come"
    return (
        f"The clocks change on {date_in_words(clock.date())}: after {last} they show {first}, "
        f"so {clock:%H:%M} {happens}. Choose 00:59 or earlier, or 02:00 or later."
    )


def same_time_next_year(at: datetime) -> datetime:
    """52 weeks later: the same weekday and the same time on the clocks of the United Kingdom.

    A time that the clocks leave out on that day becomes the one an hour later; of one that comes twice it is the first.
    """
    later = at.astimezone(UK).replace(tzinfo=None, fold=0) + timedelta(weeks=52)
    return next(iter(moments_of(later)), later.replace(tzinfo=UK).astimezone(UTC))
