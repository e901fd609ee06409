"""From an address to what it asks of a list, and back into words. Plain Python."""

import re
from dataclasses import dataclass
from uuid import UUID

from core.addresses import Parameters, among, first, page_in, search_in, words_of
from step_entries.enums import Combination
from technicals.enums import EntryState, SeriesKind, Watched

from .enums import ReportRows, Requests, Shown, UcasIds

SORTS = ("number", "candidate", "papers", "created", "modified", "status")
DEFAULT_SORT = "-created"
PAGE_SIZES = ("25", "50", "100")
REPORT_PAGE_SIZES = ("100", "500", "1000")
SERIES = re.compile(rf"({'|'.join(SeriesKind.values)})-([0-9]{{4}})")
ENTRY_CODE = re.compile(r"[0-9]{5}")


@dataclass(frozen=True)
class Asked:
    """What a person asks of a list of entries; as it stands here, all current ones are shown."""

    search: str = ""
    status: str = Shown.CURRENT
    papers: str = ""
    ucas_id: str = UcasIds.ALL
    requests: str = Requests.ALL
    sort: str = DEFAULT_SORT
    size: int = 25
    page: int = 1

    @property
    def words(self) -> list[str]:
        """The words of the search, each once; an entry has to have all of them."""
        return words_of(self.search)

    @property
    def is_withdrawn(self) -> bool:
        """Whether withdrawn entries are asked for, which stand in no list of current ones."""
        return self.status == Shown.WITHDRAWN

    @property
    def filters_in_words(self) -> str:
        """What is chosen beside the search, for example "CONFIRMED, STEP 2, without a UCAS ID"; empty for nothing."""
        return ", ".join(
            [
                *([] if self.status == Shown.CURRENT else [Shown(self.status).label]),
                *([Combination(self.papers).label] if self.papers else []),
                *(["without a UCAS ID"] if self.ucas_id == UcasIds.MISSING else []),
                *([] if self.requests == Requests.ALL else [f"requests: {Requests(self.requests).label.lower()}"]),
            ]
        )

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but all current entries is asked for."""
        return bool(self.search or self.filters_in_words)

    @property
    def in_words(self) -> str:
        """Search and filters, for example "“ann smith”, CONFIRMED"."""
        return ", ".join(part for part in (f"“{self.search}”" if self.search else "", self.filters_in_words) if part)

    @property
    def nothing_found(self) -> str:
        """What to say, and how to go on, where no entry is as asked for."""
        if not self.search:
            return f"No entry of your centre is as asked for: {self.filters_in_words}."
        asked_for = f"“{self.search}”" if len(self.words) == 1 else f"all words of “{self.search}”"
        only = (
            f" Only entries with these filters were searched: {self.filters_in_words}." if self.filters_in_words else ""
        )
        return (
            f"No candidates have {asked_for} in their first name, last name or entry number.{only} "
            "Type the beginning, or another part, of a first name, last name or entry number."
        )


def read_asked(parameters: Parameters) -> Asked:
    """What an address asks of the list of entries; the first of several values counts, and nonsense is left out."""
    sort = first(parameters, "sort")
    return Asked(
        search=search_in(parameters),
        status=among(Shown.values, first(parameters, "status")) or Shown.CURRENT,
        papers=among(Combination.values, first(parameters, "papers")),
        ucas_id=among(UcasIds.values, first(parameters, "ucas_id")) or UcasIds.ALL,
        requests=among(Requests.values, first(parameters, "requests")) or Requests.ALL,
        sort=sort if sort.removeprefix("-") in SORTS else DEFAULT_SORT,
        size=int(among(PAGE_SIZES, first(parameters, "size")) or PAGE_SIZES[0]),
        page=page_in(parameters),
    )


@dataclass(frozen=True)
class ReportAsked:
    """What a person asks of the report."""

    rows: str = ReportRows.INSTITUTIONS
    size: int = 100
    page: int = 1


def read_report_asked(parameters: Parameters) -> ReportAsked:
    """What an address asks of the report, read like `read_asked`."""
    return ReportAsked(
        rows=among(ReportRows.values, first(parameters, "rows")) or ReportRows.INSTITUTIONS,
        size=int(among(REPORT_PAGE_SIZES, first(parameters, "size")) or REPORT_PAGE_SIZES[0]),
        page=page_in(parameters),
    )


@dataclass(frozen=True)
class TechnicalsAsked:
    """What a person asks of a report on Cambridge Technicals; as it stands here, everything is shown.

    series: as in january-2027. code: an entry code. group: the key of a candidate group, as text.
    """

    series: str = ""
    code: str = ""
    group: str = ""
    state: str = ""
    reason: str = ""
    size: int = 100
    page: int = 1

    @property
    def of_series(self) -> tuple[str, int] | None:
        """The kind and the year of the series; None for all series."""
        found = SERIES.fullmatch(self.series)
        return (found[1], int(found[2])) if found else None

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but all rows is asked for."""
        return bool(self.series or self.code or self.group or self.state or self.reason)


def read_technicals_asked(parameters: Parameters) -> TechnicalsAsked:
    """What an address asks of a report on Cambridge Technicals, read like `read_asked`."""
    series, code = first(parameters, "series"), first(parameters, "code")
    return TechnicalsAsked(
        series=series if SERIES.fullmatch(series) else "",
        code=code if ENTRY_CODE.fullmatch(code) else "",
        group=_key(first(parameters, "group")),
        state=among(EntryState.values, first(parameters, "state")),
        reason=among(Watched.values, first(parameters, "reason")),
        size=int(among(REPORT_PAGE_SIZES, first(parameters, "size")) or REPORT_PAGE_SIZES[0]),
        page=page_in(parameters),
    )


def _key(text: str) -> str:
    try:
        return str(UUID(text))
    except ValueError:
        return ""
