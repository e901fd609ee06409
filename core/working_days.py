"""Working days: Monday to Friday, less bank holidays. Plain Python.

The bank holidays come from the library holidays. For closures that are announced before it knows them there is
a setting, EXTRA_BANK_HOLIDAYS.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from functools import cache

from holidays import country_holidays

from .moments import UK

ExtraHoliday = tuple[str, date]
BOARD = "england-and-wales"
"""The nation in which the board works: its bank holidays count for every centre."""
SUBDIVISIONS = {BOARD: "ENG", "scotland": "SCT", "northern-ireland": "NIR", "elsewhere": "ENG"}
"""For each value of centres.enums.Nation what the library calls it; England and Wales have the same bank holidays."""
SATURDAY = 5


def nth_working_day_after(day: date, count: int, nation: str, extra: Iterable[ExtraHoliday] = ()) -> date:
    """The last of so many working days (1 or more) after a day, which is not counted itself.

    nation: where the centre is, a value of centres.enums.Nation. The bank holidays of England and Wales are working
    days for nobody; those of Scotland and Northern Ireland for none of their own centres.
    extra: bank holidays that the library does not know, each with its nation (settings.EXTRA_BANK_HOLIDAYS).
    """
    closed = {holiday for where, holiday in extra if where in (BOARD, nation)}
    for _ in range(count):
        day = _next_working_day(day, nation, closed)
    return day


def end_of_working_day(day: date) -> datetime:
    """23:59 UK time on a day: the deadline of a core.windows.Window, which is open to the end of that minute."""
    return datetime.combine(day, time(23, 59), UK)


def read_extra_holiday(text: str) -> ExtraHoliday:
    """A nation and a day from a text such as "scotland:2027-06-14". Raises ValueError where it is not such a text."""
    nation, _, day = text.strip().partition(":")
    if nation not in SUBDIVISIONS:
        raise ValueError(f"{text!r} has to be a nation ({', '.join(SUBDIVISIONS)}), a colon and a day.")
    return nation, date.fromisoformat(day)


def _next_working_day(day: date, nation: str, closed: set[date]) -> date:
    day += timedelta(days=1)
    while day.weekday() >= SATURDAY or day in closed or day in _bank_holidays(nation, day.year):
        day += timedelta(days=1)
    return day


@cache
def _bank_holidays(nation: str, year: int) -> frozenset[date]:
    nations = {SUBDIVISIONS[BOARD], SUBDIVISIONS[nation]}
    return frozenset(day for each in nations for day in country_holidays("GB", subdiv=each, years=year))
