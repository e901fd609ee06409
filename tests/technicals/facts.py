"""What rows are judged by, without a database: a small catalogue, series around 10 October 2030, and the centre."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import Any

from candidates.rules.identifiers import uci_letter
from candidates.rules.matching import Known, KnownPeople
from candidates.rules.people import Person
from core.moments import UK
from core.windows import Window
from technicals.enums import Assessment, EntryKind, PriceKind, SeriesKind, Suite
from technicals.rules.facts import Code, Facts, SeriesFacts, UnitOfFamily
from technicals.rules.judging import judge_file
from technicals.rules.planning import Row
from technicals.rules.prices import PriceTable

AT = datetime(2030, 10, 10, 12, tzinfo=UTC)
YEAR = 2030
BORN = date(2014, 3, 27)
BUSINESS, IT = ("Business", 3, Suite.OF_2016.value), ("IT", 3, Suite.OF_2012.value)
SPORT = ("Sport and Physical Activity", 2, Suite.OF_2016.value)
FULL, LARGER, LARGEST, TOP_UP, OTHER_TOP_UP, MOVE_DOWN, RE_ENTRY = (
    "05834", "05835", "05836", "05991", "05995", "05992", "05993",
)  # fmt: skip
OF_2012, OF_2012_TOO, LEVEL_2, UNAPPROVED = "05347", "05349", "05885", "05838"


def code(number: int, text: str, family: tuple[str, int, str] = BUSINESS, **more: Any) -> Code:
    return Code(number, text, family, more.pop("size", "Certificate"), f"Certificate in {family[0]}", **more)


CODES = {
    each.code: each
    for each in (
        code(1, FULL),
        code(2, LARGER, size="Extended Certificate"),
        code(3, LARGEST, size="Foundation Diploma"),
        code(4, TOP_UP, kind=EntryKind.TOP_UP, from_code=FULL, to_code=LARGER),
        code(5, OTHER_TOP_UP, kind=EntryKind.TOP_UP, from_code=FULL, to_code=LARGEST),
        code(6, MOVE_DOWN, kind=EntryKind.MOVING_DOWN, from_code=LARGER, to_code=FULL),
        code(7, RE_ENTRY, kind=EntryKind.RE_ENTRY),
        code(8, OF_2012, IT),
        code(9, OF_2012_TOO, IT),
        code(10, LEVEL_2, SPORT),
        code(11, UNAPPROVED, ("IT", 3, Suite.OF_2016.value)),
    )
}
BOTH = frozenset({SeriesKind.JANUARY.value, SeriesKind.JUNE.value})
UNITS = {
    (each.family, each.number): each
    for each in (
        UnitOfFamily(101, BUSINESS, 1, "The business environment", Assessment.EXAMINED, BOTH),
        UnitOfFamily(102, BUSINESS, 2, "Working in business", Assessment.EXAMINED, BOTH),
        UnitOfFamily(103, BUSINESS, 3, "Business decisions", Assessment.EXAMINED, frozenset({SeriesKind.JUNE.value})),
        UnitOfFamily(104, BUSINESS, 4, "Customers", Assessment.MODERATED),
        UnitOfFamily(201, IT, 1, "Communication", Assessment.MODERATED),
        UnitOfFamily(202, IT, 2, "Information systems", Assessment.MODERATED),
        UnitOfFamily(301, SPORT, 1, "Body systems", Assessment.EXAMINED, BOTH),
    )
}


def days(first: date, last: date) -> Window:
    return Window(datetime.combine(first, time(), UK), datetime.combine(last, time(23, 59), UK))


def exams(number: int, kind: str, year: int, opens: date, deadline: date, late: date, results: date) -> SeriesFacts:
    title = f"{SeriesKind(kind).label} {year}"
    return SeriesFacts(number, kind, year, title, days(opens, deadline), days(opens, late), results)


JANUARY = exams(11, SeriesKind.JANUARY, 2031, date(2030, 9, 1), date(2030, 10, 21), date(2030, 11, 4), date(2031, 3, 6))
JUNE = exams(12, SeriesKind.JUNE, 2031, date(2030, 9, 1), date(2031, 2, 21), date(2031, 3, 21), date(2031, 8, 14))
OVER = exams(13, SeriesKind.JUNE, 2030, date(2029, 9, 1), date(2030, 2, 21), date(2030, 3, 21), date(2030, 8, 15))
COMING = exams(14, SeriesKind.JUNE, 2032, date(2031, 9, 1), date(2032, 2, 21), date(2032, 3, 21), date(2032, 8, 12))
ALL_YEAR = days(date(YEAR, 9, 1), date(YEAR + 1, 8, 31))
REGISTRATIONS = SeriesFacts(9, SeriesKind.REGISTRATION, YEAR, "Registrations 2030/31", ALL_YEAR, ALL_YEAR)


@dataclass(frozen=True)
class PriceRow:
    """A row of the price list."""

    kind: str
    amount: int | None
    code: str = ""
    level: int | None = None
    since: date = date(2030, 8, 1)
    is_sample: bool = False


PRICES = PriceTable(
    [PriceRow(PriceKind.REGISTRATION, 5000), PriceRow(PriceKind.RESIT, 2500), PriceRow(PriceKind.LATE, 1200),
     PriceRow(PriceKind.TOP_UP, 3000), PriceRow(PriceKind.UNIT, 900)]
)  # fmt: skip
DATE = f"{BORN:%d/%m/%Y}"
PERSON = {"last_name": "Smith", "first_name": "Ann", "date_of_birth": DATE, "gender": "Female", "scheme_code": FULL}
UCIS = [stem + uci_letter(stem) for stem in (f"68999098000{number}" for number in range(1, 6))]
ULNS = ["1000000051", "1234567899"]


def facts(**changes: Any) -> Facts:
    """What an officer's file is judged by on 10 October 2030; the centre knows nobody and has nothing entered."""
    given = {
        "at": AT,
        "today": AT.date(),
        "centre_number": "61111",
        "people": KnownPeople.of(changes.pop("known", ()), YEAR),
        "codes": CODES,
        "units": UNITS,
        "approved": {BUSINESS, IT, SPORT},
        "series": [JANUARY, JUNE, OVER, COMING],
        "usual_series": JANUARY,
        "registrations": REGISTRATIONS,
        "prices": PRICES,
    }
    return Facts(**(given | changes))


def known(number: int, numbered_in: int | None = None, **person: Any) -> Known:
    """A candidate of the centre: Ann Smith, unless something else is said."""
    ann = Person(first_name="Ann", last_name="Smith", date_of_birth=BORN, gender="female")
    somebody = replace(ann, **person)
    return Known(number, somebody, somebody.person_key, numbered_in)


def typed(**changes: str) -> dict[str, str]:
    """The cells of a row that registers Ann Smith, unless something else is said."""
    return PERSON | changes


def units(*numbers: str, **changes: str) -> dict[str, str]:
    """The cells of a row that enters her for units."""
    return typed(**{f"unit_{place}": text for place, text in enumerate(numbers, start=1)}, **changes)


def judged(rows: Iterable[Mapping[str, str]], by: Facts | None = None) -> list[Row]:
    """The rows of a file, numbered from 2 as below one line of headings."""
    return judge_file(enumerate(rows, start=2), by or facts())


def codes(row: Row) -> list[str]:
    return [refusal.code for refusal in row.refusals]


def prices(row: Row) -> list[tuple[str, int | None]]:
    """What the row would cost, by kind."""
    return [(str(charge.kind), charge.price.amount) for charge in row.charges]
