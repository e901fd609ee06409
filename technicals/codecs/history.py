"""From the address of the entry submission history to what it asks. Plain Python."""

import re
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from core.addresses import Parameters, among, first, page_in, search_in, words_of

from ..enums import SubmissionStatus

SORTS = ("number", "submitted", "channel", "file", "order", "status")
DEFAULT_SORT = "-submitted"
DAY_FIRST = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)
ENTRY_CODE = re.compile(r"[0-9]{5}")


@dataclass(frozen=True)
class HistoryAsked:
    """What a person asks of the history; as it stands here, every submission is shown.

    since, until: days in the United Kingdom, the last one included. group: the key of a candidate group.
    qualification: an entry code.
    """

    search: str = ""
    since: date | None = None
    until: date | None = None
    group: UUID | None = None
    qualification: str = ""
    status: str = ""
    sort: str = DEFAULT_SORT
    page: int = 1

    @property
    def words(self) -> list[str]:
        """The words of the search, each once; a candidate has to have all of them."""
        return words_of(self.search)

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but every submission is asked for."""
        return replace(self, sort=DEFAULT_SORT, page=1) != HistoryAsked()


def read_history_asked(parameters: Parameters) -> HistoryAsked:
    """What an address asks of the history; the first of several values counts, and nonsense is left out."""
    sort, code = first(parameters, "sort"), first(parameters, "qualification")
    return HistoryAsked(
        search=search_in(parameters),
        since=_day(first(parameters, "since")),
        until=_day(first(parameters, "until")),
        group=_key(first(parameters, "group")),
        qualification=code if ENTRY_CODE.fullmatch(code) else "",
        status=among(SubmissionStatus.values, first(parameters, "status")),
        sort=sort if sort.removeprefix("-") in SORTS else DEFAULT_SORT,
        page=page_in(parameters),
    )


def _day(typed: str) -> date | None:
    """A day as browsers send it, 2027-01-31, or as people type it, 31/01/2027."""
    typed = typed.strip()[:10]
    if day_first := DAY_FIRST.fullmatch(typed):
        day, month, year = day_first.groups()
        typed = f"{year}-{month:0>2}-{day:0>2}"
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None


def _key(typed: str) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        return None
