"""The reports on the entries of a centre for Cambridge Technicals, as rows of text."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from itertools import groupby
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet, Sum

from candidates.models import Candidate, CandidateGroup
from candidates.rules.people import academic_year
from core.moments import uk_date
from technicals.enums import EntryKind, EntryState
from technicals.models import FeeLine, Registration, Series, UnitEntry
from technicals.rules.catalogue import full_unit_code
from technicals.rules.charges import charges_in_words

from ..codecs import TechnicalsAsked

BETWEEN = "; "
NAMES = ("Last name", "First name")
"""The first columns of every report."""
IDENTIFIERS = ("Date of birth", "Candidate number", "OCR number", "UCI", "ULN")
ENTRY_HEADINGS = (
    *NAMES, *IDENTIFIERS, "Kind", "Entry code", "Title", "Unit", "Unit title", "Series", "State", "Attempt", "Late",
    "Estimated completion", "Submission", "Order number or reference", "Your reference", "Entered", "Fee",
)  # fmt: skip
OF_ONE = ("Full awards", "Units")
CANDIDATE_HEADINGS = (*NAMES, *IDENTIFIERS, *OF_ONE)
GROUP_HEADINGS = (*NAMES, "Candidate group", *IDENTIFIERS, *OF_ONE)
KINDS, STATES = dict(EntryKind.choices), dict(EntryState.choices)
ONLY_IN_FILES = frozenset(
    ("OCR number", "UCI", "ULN", "Title", "Unit title", "Your reference", "Candidate number", "Entered")
)
"""Columns for which no page is wide enough."""
AMOUNTS = frozenset(("Fee", "Amount"))
NOTHING = "None"
UNIT_ENTRY = "Unit entry"


class Person(NamedTuple):
    """A candidate as the reports name one."""

    pk: int
    key: UUID
    plain_last_name: str
    plain_first_name: str
    last_name: str
    first_name: str
    date_of_birth: date
    candidate_number: str
    numbered_in: int | None
    ocr_number: str
    uci: str
    uln: str

    @property
    def place(self) -> tuple[str, str, int]:
        """Where the candidate stands in a list by name."""
        return self.plain_last_name.lower(), self.plain_first_name.lower(), self.pk

    def identifiers(self, year: int) -> list[str]:
        """The cells under IDENTIFIERS; year: the academic year whose candidate numbers count."""
        number = self.candidate_number if self.numbered_in == year else ""
        return [day_of(self.date_of_birth), number, self.ocr_number, self.uci, self.uln]


class Entry(NamedTuple):
    """A registration or, with a unit, a unit entry."""

    pk: int
    code: str
    title: str
    kind: str
    series_kind: str
    series_year: int
    state: str
    submission: str
    order_number: str
    own_reference: str
    created_at: datetime
    completion: date | None = None
    unit: int | None = None
    unit_title: str = ""
    attempt: int | None = None
    is_late: bool = False

    @property
    def series(self) -> str:
        """The name of its series."""
        return series_name(self.series_kind, self.series_year)

    @property
    def place(self) -> tuple[bool, str, int, str, int]:
        """Where it stands among the entries of one candidate."""
        return self.unit is not None, self.code, self.series_year, self.series_kind, self.unit or 0

    @property
    def in_words(self) -> str:
        """The entry in one cell: "05835", "05835/01 January 2027, attempt 2", "05834, Topped up"."""
        words = self.code if self.unit is None else f"{full_unit_code(self.code, self.unit)} {self.series}"
        attempt = f"attempt {self.attempt}" if (self.attempt or 1) > 1 else ""
        state = "" if self.state == EntryState.LIVE else STATES[self.state]
        return ", ".join(part for part in (words, attempt, state) if part)


Of = tuple[Person, Entry]
PERSON_COLUMNS = Person._fields
ENTRY_COLUMNS = (
    "pk", "qualification__code", "qualification__title", "qualification__entry_kind", "series__kind", "series__year",
    "state", "submission__number", "order_number", "own_reference", "created_at",
)  # fmt: skip
OWN_COLUMNS: dict[Any, tuple[Sequence[str], Sequence[str]]] = {
    Registration: (["completion_date"], ["completion"]),
    UnitEntry: (["unit__number", "unit__title", "attempt", "is_late"], ["unit", "unit_title", "attempt", "is_late"]),
}
"""What only the one kind of entry has, and its names in an Entry."""


@dataclass(frozen=True)
class Table:
    """A report: its headings, and its lines, of which each becomes cells only where it is read.

    person: whom a line is about, in the page's first column.
    """

    headings: Sequence[str]
    lines: Sequence[Any]
    person: Callable[[Any], Person]
    rest: Callable[[Any], list[str]]

    def __len__(self) -> int:
        return len(self.lines)

    def __getitem__(self, part: slice) -> list[Any]:
        """Some of the lines, as they are."""
        return list(self.lines[part])

    def cells(self, line: Any) -> list[str]:
        """A line as a file has it, under the headings."""
        person = self.person(line)
        return [person.last_name, person.first_name, *self.rest(line)]

    def on_page(self, line: Any) -> list[tuple[str, str, bool]]:
        """A line as the page has it beside the candidate: heading, text, and whether it is an amount."""
        named = list(zip(self.headings, self.cells(line), strict=True))[len(NAMES) :]
        return [(name, text, name in AMOUNTS) for name, text in named if name not in ONLY_IN_FILES]

    @property
    def left_to_files(self) -> list[str]:
        """The headings that only the files have."""
        return [heading for heading in self.headings if heading in ONLY_IN_FILES]

    def rows(self) -> list[list[str]]:
        """Every line as a file has it."""
        return [self.cells(line) for line in self.lines]


def entries_table(*, centre: Any, user: Any, asked: TechnicalsAsked, at: datetime) -> Table:
    """A row for each registration and unit entry as asked for, by candidate; three queries."""
    year = academic_year(uk_date(at))
    fees = _fees(centre, user)
    return Table(
        ENTRY_HEADINGS,
        entries_of(centre=centre, user=user, asked=asked),
        person=lambda line: line[0],
        rest=lambda line: [*line[0].identifiers(year), *_cells(line[1], fees)],
    )


def candidates_table(*, centre: Any, user: Any, asked: TechnicalsAsked, at: datetime) -> Table:
    """A row for each candidate who has entries as asked for, with them in words; two queries."""
    year = academic_year(uk_date(at))
    entries = entries_of(centre=centre, user=user, asked=asked)
    lines = [(person, [entry for _, entry in own]) for person, own in groupby(entries, key=lambda each: each[0])]
    return Table(
        CANDIDATE_HEADINGS,
        lines,
        person=lambda line: line[0],
        rest=lambda line: [*line[0].identifiers(year), *_in_words(line[1])],
    )


def groups_table(*, centre: Any, user: Any, asked: TechnicalsAsked, at: datetime) -> Table:
    """A row for each member of each candidate group, with the entries as asked for, or "None"; three queries."""
    year = academic_year(uk_date(at))
    of_candidate: dict[int, list[Entry]] = defaultdict(list)
    for person, entry in entries_of(centre=centre, user=user, asked=asked):
        of_candidate[person.pk].append(entry)
    groups = CandidateGroup.objects.visible_to(user).filter(centre=centre)
    if asked.group:
        groups = groups.filter(key=asked.group)
    members = groups.filter(candidates__isnull=False).order_by()
    rows = members.values_list("name", *(f"candidates__{name}" for name in PERSON_COLUMNS))
    lines = sorted(((name, Person(*person)) for name, *person in rows), key=lambda line: (line[0], line[1].place))
    return Table(
        GROUP_HEADINGS,
        lines,
        person=lambda line: line[1],
        rest=lambda line: [line[0], *line[1].identifiers(year), *_in_words(of_candidate.get(line[1].pk, ()))],
    )


def entries_of(*, centre: Any, user: Any, asked: TechnicalsAsked) -> list[Of]:
    """The registrations and unit entries of a centre that are as asked for, by candidate; two queries."""
    asked_for = filter_of(asked, centre)
    registrations = read_entries(Registration.objects.visible_to(user).filter(asked_for, centre=centre))
    units = read_entries(UnitEntry.objects.visible_to(user).filter(asked_for, centre=centre))
    return sorted([*registrations, *units], key=lambda each: (each[0].place, each[1].place))


def read_entries(entries: QuerySet) -> Iterator[Of]:
    """Each entry of a query with its candidate, read without building the rows of five tables."""
    own_columns, fields = OWN_COLUMNS[entries.model]
    names = (*(f"candidate__{name}" for name in PERSON_COLUMNS), *ENTRY_COLUMNS, *own_columns)
    first, last = len(PERSON_COLUMNS), len(PERSON_COLUMNS) + len(ENTRY_COLUMNS)
    for row in entries.order_by().values_list(*names):
        person, common, own = Person(*row[:first]), row[first:last], row[last:]
        yield person, Entry(*common, **dict(zip(fields, own, strict=True)))


def filter_of(asked: TechnicalsAsked, centre: Any, path: str = "") -> Q:
    """What an entry has to be; path: the way to it from what is filtered."""
    found = Q()
    if asked.of_series:
        kind, year = asked.of_series
        found &= Q(**{f"{path}series__kind": kind, f"{path}series__year": year})
    if asked.code:
        found &= Q(**{f"{path}qualification__code": asked.code})
    if asked.state:
        found &= Q(**{f"{path}state": asked.state})
    if asked.group:
        members = Candidate.objects.filter(groups__key=asked.group, groups__centre=centre).order_by().values("pk")
        found &= Q(**{f"{path}candidate__in": members})
    return found


@lru_cache(maxsize=100)
def series_name(kind: str, year: int) -> str:
    """The name of a series."""
    return str(Series(kind=kind, year=year))


def day_of(day: date) -> str:
    """A day as files have it, 31/01/2027."""
    return f"{day:%d/%m/%Y}"


def _cells(entry: Entry, fees: Mapping[tuple[bool, int], str]) -> list[str]:
    is_unit = entry.unit is not None
    return [
        UNIT_ENTRY if is_unit else KINDS[entry.kind],
        entry.code,
        entry.title,
        full_unit_code(entry.code, entry.unit) if entry.unit is not None else "",
        entry.unit_title,
        entry.series,
        STATES[entry.state],
        str(entry.attempt or ""),
        ("Late" if entry.is_late else "No") if is_unit else "",
        day_of(entry.completion) if entry.completion else "",
        entry.submission,
        entry.order_number,
        entry.own_reference,
        day_of(uk_date(entry.created_at)),
        fees.get((is_unit, entry.pk), charges_in_words([])),
    ]


def _in_words(entries: Iterable[Entry]) -> list[str]:
    """The cells under OF_ONE."""
    entries = list(entries)
    full = [entry.in_words for entry in entries if entry.unit is None]
    units = [entry.in_words for entry in entries if entry.unit is not None]
    return [BETWEEN.join(full) or NOTHING, BETWEEN.join(units) or NOTHING]


def _fees(centre: Any, user: Any) -> dict[tuple[bool, int], str]:
    """What each entry of a centre costs after what was credited, by whether it is for a unit, and its id; one query."""
    has_no_price = Q(amount=None, credits=None, credited_by=None)
    lines = FeeLine.objects.visible_to(user).filter(centre=centre).order_by()
    of_entry = lines.values("registration", "unit_entry").annotate(
        total=Sum("amount"), priced=Count("amount"), unpriced=Count(F("pk"), filter=has_no_price)
    )
    return {
        (line["unit_entry"] is not None, line["unit_entry"] or line["registration"]): charges_in_words(
            [*([line["total"]] if line["priced"] else []), *([None] if line["unpriced"] else [])]
        )
        for line in of_entry
    }
