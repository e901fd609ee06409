"""From an address to what it asks of the list of candidates, and back into words. Plain Python."""

from calendar import monthrange
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from core.addresses import Parameters, among, first, page_in, search_in, words_of

from .enums import Added

SORTS = ("name", "born", "uci", "uln", "ocr-number", "number", "added")
DEFAULT_SORT = "name"
PAGE_SIZES = ("25", "50", "100")
MONTHS = {Added.MONTH: 1, Added.HALF_YEAR: 6, Added.YEAR: 12, Added.TWO_YEARS: 24, Added.FIVE_YEARS: 60}


@dataclass(frozen=True)
class Asked:
    """What a person asks of the list of candidates; as it stands here, those added in the last year are shown."""

    search: str = ""
    added: str = Added.YEAR
    group: str = ""
    sort: str = DEFAULT_SORT
    size: int = 25
    page: int = 1

    @property
    def words(self) -> list[str]:
        """The words of the search, each once; a candidate has to have all of them."""
        return words_of(self.search)

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but the candidates of the last year is asked for."""
        return bool(self.search or self.group or self.added != Added.YEAR)

    @property
    def added_in_words(self) -> str:
        """Since when, for example "added in the last year"; empty for any time."""
        return "" if self.added == Added.ANY else f"added {Added(self.added).label}"


def read_asked(parameters: Parameters, groups: Collection[str] = ()) -> Asked:
    """What an address asks of the list; the first of several values counts, and nonsense is left out.

    groups: the keys of the groups that there are.
    """
    sort = first(parameters, "sort")
    return Asked(
        search=search_in(parameters),
        added=among(Added.values, first(parameters, "added")) or Added.YEAR,
        group=among(groups, first(parameters, "group")),
        sort=sort if sort.removeprefix("-") in SORTS else DEFAULT_SORT,
        size=int(among(PAGE_SIZES, first(parameters, "size")) or PAGE_SIZES[0]),
        page=page_in(parameters),
    )


def first_day(added: str, today: date) -> date | None:
    """The first of the days that a choice names; None for any time."""
    if added in MONTHS:
        return _months_before(today, MONTHS[Added(added)])
    return {Added.TODAY.value: today, Added.DAYS.value: today - timedelta(days=7)}.get(added)


def _months_before(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
