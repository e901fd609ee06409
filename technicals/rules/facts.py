"""What the laws of rows are told: the catalogue, the series, what stands entered. Plain Python."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from candidates.rules.matching import KnownPeople
from core.windows import Window

from ..enums import Assessment, EntryKind, SeriesKind, Suite
from .catalogue import full_unit_code
from .prices import PriceTable

Family = tuple[str, int, str]
"""Subject, level and suite."""
LEADING_ON = (EntryKind.TOP_UP, EntryKind.MOVING_DOWN)
"""Kinds of codes by which a registration becomes one under another code."""
Key = tuple[str, str]
"""Whom attempts are counted for: a UCI, an OCR number or the record that staff transferred one to, as (name, value)."""
TRANSFERRED = "transferred"
"""The name of a key that is the id of a record to which a candidate was transferred."""


@dataclass(frozen=True)
class Code:
    """An entry code. id: of its row in the catalogue."""

    id: int
    code: str
    family: Family
    size: str
    title: str
    glh: int | None = None
    kind: str = EntryKind.FULL
    from_code: str = ""
    to_code: str = ""

    @property
    def level(self) -> int:
        return self.family[1]

    @property
    def leads_to(self) -> str:
        """The full award's code that a candidate stands registered for after it; a re-entry stands for itself."""
        return self.to_code if self.to_code and self.kind in LEADING_ON else self.code

    @property
    def is_of_2012(self) -> bool:
        """Whether it belongs to the suite that has moderated units only."""
        return self.family[2] == Suite.OF_2012


@dataclass(frozen=True)
class UnitOfFamily:
    """A unit. in_series: the kinds of series in which it can be sat."""

    id: int
    family: Family
    number: int
    title: str
    assessment: str
    in_series: frozenset[str] = frozenset()

    @property
    def is_examined(self) -> bool:
        return self.assessment == Assessment.EXAMINED

    def under(self, code: Code) -> str:
        """Its code under an entry code, as in 05834/01."""
        return full_unit_code(code.code, self.number)


@dataclass(frozen=True)
class SeriesFacts:
    """A series. late: when entries are taken at all; results_on: the day of its results."""

    id: int
    kind: str
    year: int
    title: str
    window: Window
    late: Window
    results_on: date | None = None

    def is_late_at(self, at: datetime) -> bool:
        """Whether an entry at this moment is a late one."""
        return not self.window.is_open(at) and self.late.is_open(at)


@dataclass(frozen=True)
class Registered:
    """A registration that stands or stood. code: that it leads to. reference: where it was made. is_live: it stands.

    is_withdrawing: it stands until its withdrawal is processed, and nothing new can be entered under it.
    followed_by: where the one was made that topped it up, moved down from it or renewed it, and was neither withdrawn
    nor transferred; or "".
    """

    id: int
    code: str
    family: Family
    reference: str
    is_live: bool = True
    is_withdrawing: bool = False
    followed_by: str = ""


@dataclass(frozen=True)
class UnitEntered:
    """A unit entry that was made, here or elsewhere, and not withdrawn.

    is_attempt: whether it counts towards the limit; an absence does not. reference: "" where another centre made it.
    """

    unit: int
    series: int
    code: str = ""
    reference: str = ""
    is_live: bool = True
    is_attempt: bool = True
    results_on: date | None = None


@dataclass
class Facts:
    """Everything that the rows of one centre are judged by, at one moment.

    codes, units: of the whole catalogue. approved: the families that the centre is approved for.
    usual_series: the one that a row without a series is meant for; None where none takes entries.
    registrations: the set of the academic year; None where none is set up.
    registered, entered: by the id of the centre's candidate. entered_elsewhere: by UCI, OCR number or transfer.
    """

    at: datetime
    today: date
    centre_number: str
    people: KnownPeople
    codes: Mapping[str, Code]
    units: Mapping[tuple[Family, int], UnitOfFamily]
    approved: Collection[Family]
    series: Collection[SeriesFacts]
    usual_series: SeriesFacts | None
    registrations: SeriesFacts | None
    prices: PriceTable
    registered: Mapping[int, list[Registered]] = field(default_factory=dict)
    entered: Mapping[int, list[UnitEntered]] = field(default_factory=dict)
    entered_elsewhere: Mapping[Key, list[UnitEntered]] = field(default_factory=dict)

    def series_called(self, text: str) -> SeriesFacts | None:
        """The January or June series that a text names: "January 2027", "Jan 27", "2027-01", "1/2027"."""
        return next((each for each in self.series if text in names_of_series(each)), None)


def names_of_series(series: SeriesFacts) -> set[str]:
    """All the ways to write a series, in lower case and without blanks and signs; its month's first day is one too."""
    months = {SeriesKind.JANUARY: ("january", "jan", "1", "01"), SeriesKind.JUNE: ("june", "jun", "6", "06")}
    years = (str(series.year), str(series.year)[2:])
    first_days = {
        day
        for month in months.get(SeriesKind(series.kind), ())
        if month[0] == "0"
        for day in (f"01{month}{series.year}", f"{series.year}{month}01")
    }
    return first_days | {
        name
        for month in months.get(SeriesKind(series.kind), ())
        for year in years
        for name in (f"{month}{year}", f"{year}{month}")
        if not name.isdigit() or len(name) >= 5
    }
