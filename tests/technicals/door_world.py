"""A centre with one candidate to be entered, and what can stand there before: the world of the table of both doors."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from candidates.models import Candidate
from candidates.rules.identifiers import uci_letter
from candidates.rules.people import academic_year
from technicals.enums import EntryKind, EntryState, Level, PriceKind, SeriesKind, Suite
from technicals.models import Approval, Price, Qualification, Registration, Series, Transfer, Unit
from tests.factories.candidates import CandidateFactory
from tests.factories.centres import CentreFactory
from tests.factories.technicals import (
    PriceFactory,
    QualificationFactory,
    RegistrationFactory,
    SeriesFactory,
    TechnicalsApprovalFactory,
    UnitEntryFactory,
    UnitFactory,
    load_reference,
    registration_series,
    today,
)

CERTIFICATE, EXTENDED, FOUNDATION, UNAPPROVED = "05834", "05835", "05836", "05838"
TOP_UP, TOP_UP_AGAIN, MOVE_DOWN, RE_ENTRY = "05991", "05995", "05992", "05993"
OF_2012, OF_2012_TOO, LEVEL_2, SPORT = "05347", "05349", "05885", "Sport and Physical Activity"
JANUARY, JUNE, LATE, OVER, LONG_OVER, COMING = "January", "June", "late", "over", "long over", "coming"
NO_SERIES = "no series"
UCI = "689990980001" + uci_letter("689990980001")
EARLIER_SET = "earlier registrations"
DAYS = {
    # kind, years from now; opens, deadline, late until and results in days from today
    JANUARY: (SeriesKind.JANUARY, 1, -30, 30, 60, 150),
    JUNE: (SeriesKind.JUNE, 1, -30, 90, 120, 300),
    LATE: (SeriesKind.JANUARY, 0, -90, -1, 10, 90),
    OVER: (SeriesKind.JUNE, 0, -300, -200, -170, -60),
    LONG_OVER: (SeriesKind.JUNE, -1, -700, -600, -570, -400),
    COMING: (SeriesKind.JANUARY, 2, 30, 60, 90, 200),
}
PRICES = {
    # pence by kind, level and entry code
    (PriceKind.REGISTRATION, None, ""): 5000,
    (PriceKind.REGISTRATION, Level.LEVEL_2, ""): 3000,
    (PriceKind.REGISTRATION, None, FOUNDATION): 7700,
    (PriceKind.RESIT, None, ""): 2500,
    (PriceKind.RESIT, Level.LEVEL_2, ""): 2000,
    (PriceKind.LATE, None, ""): 1200,
    (PriceKind.UNIT, None, ""): 900,
    (PriceKind.TOP_UP, None, ""): 3100,
    (PriceKind.MOVING_DOWN, None, ""): 1000,
    (PriceKind.RE_ENTRY, None, ""): 4000,
}
ROUTES = [
    (TOP_UP, EntryKind.TOP_UP, CERTIFICATE, EXTENDED),
    (TOP_UP_AGAIN, EntryKind.TOP_UP, EXTENDED, FOUNDATION),
    (MOVE_DOWN, EntryKind.MOVING_DOWN, EXTENDED, CERTIFICATE),
    (RE_ENTRY, EntryKind.RE_ENTRY, "", ""),
]


@dataclass
class World:
    """The centre, its candidate, who enters and when, and the series by the names of `DAYS`."""

    centre: Any
    candidate: Candidate
    officer: Any
    now: datetime
    series: dict[str, Series]


Given = Callable[[World], Any]


def world_of(centre: Any, officer: Any, now: datetime) -> World:
    """Business and Sport of 2016 and IT of 2012 can be entered; series of every kind stand in the calendar."""
    load_reference()
    for code, kind, before, after in ROUTES:
        QualificationFactory(code=code, entry_kind=kind, from_code=before, to_code=after)
    UnitFactory(subject=SPORT, level=Level.LEVEL_2, number=1)
    for subject, level, suite in (
        ("Business", Level.LEVEL_3, Suite.OF_2016),
        (SPORT, Level.LEVEL_2, Suite.OF_2016),
        ("IT", Level.LEVEL_3, Suite.OF_2012),
    ):
        TechnicalsApprovalFactory(centre=centre, subject=subject, level=level, suite=suite)
    for (kind, level, code), amount in PRICES.items():
        PriceFactory(kind=kind, level=level, code=code, amount=amount)
    registration_series()
    series = {name: _series(name) for name in DAYS}
    series[EARLIER_SET] = registration_series(today() - timedelta(days=365))
    return World(centre, CandidateFactory(centre=centre, last_name="Bell"), officer, now, series)


def _series(name: str) -> Series:
    kind, years, *offsets = DAYS[name]
    opens, deadline, late, results = (today() + timedelta(days=days) for days in offsets)
    days = {"opens_on": opens, "entry_deadline": deadline, "late_until": late, "results_on": results}
    return SeriesFactory(kind=kind, year=today().year + years, refund_until=None, no_change_from=None, **days)


def registered(code: str, state: str = EntryState.LIVE, after: str = "") -> Given:
    """The candidate has a registration. after: the code of the one that it follows."""

    def give(world: World) -> None:
        stands = {"centre": world.centre, "candidate": world.candidate}
        before = Registration.objects.get(qualification__code=after, **stands) if after else None
        code_of = Qualification.objects.get(code=code)
        RegistrationFactory(qualification=code_of, state=state, follows=before, **stands)

    return give


def entered(unit: int = 1, series: str = OVER, state: str = EntryState.LIVE, code: str = CERTIFICATE) -> Given:
    """The candidate has a unit entry at the centre."""
    return lambda world: _enter(world.candidate, world, unit, series, state, code)


def entered_elsewhere(found_by: str, *series: str, state: str = EntryState.LIVE) -> Given:
    """Another centre entered the same person for unit 1. found_by: "uci", "ocr_number", "transfer", or "transfers"."""

    def give(world: World) -> None:
        same = {"uci": UCI} if found_by == "uci" else {"ocr_number": "12345678"} if found_by == "ocr_number" else {}
        Candidate.objects.filter(pk=world.candidate.pk).update(**same)
        before = CandidateFactory(centre=CentreFactory(number="62222"), **same)
        for each in series:
            _enter(before, world, 1, each, state, CERTIFICATE)
        records = [before, world.candidate]
        if found_by == "transfers":
            records.insert(1, CandidateFactory(centre=CentreFactory(number="63333")))
        if not same:
            for source, target in pairwise(records):
                Transfer.objects.create(source=source, target=target, at=world.now, by=world.officer)

    return give


def _enter(candidate: Candidate, world: World, unit: int, series: str, state: str, code: str) -> None:
    qualification = Qualification.objects.get(code=code)
    subject, level, suite = qualification.family
    UnitEntryFactory(
        centre=candidate.centre,
        candidate=candidate,
        qualification=qualification,
        unit=Unit.objects.get(subject=subject, level=level, suite=suite, number=unit),
        series=world.series[series],
        state=state,
    )


def record(**details: Any) -> Given:
    """The candidate's record says this, as a record from before a rule can."""
    return lambda world: Candidate.objects.filter(pk=world.candidate.pk).update(**details)


def numbered(number: str, years_ago: int = 0) -> Given:
    """The candidate has a number of this academic year, or of an earlier one."""
    return record(candidate_number=number, numbered_in=academic_year(today()) - years_ago)


def namesake(born: date) -> Given:
    """The centre has another candidate of the same name."""
    return lambda world: CandidateFactory(centre=world.centre, last_name="Bell", date_of_birth=born)


def without_price(kind: str) -> Given:
    return lambda world: Price.objects.filter(kind=kind).delete()


def out_of_use(code: str) -> Given:
    return lambda world: Qualification.objects.filter(code=code).update(is_in_use=False)


def in_june_only(unit: int) -> Given:
    return lambda world: Unit.objects.filter(subject="Business", number=unit).update(in_january=False)


def approval_ends(**family: Any) -> Given:
    """What the centre was approved for ended yesterday; of all families, or of some."""
    return lambda world: Approval.objects.filter(**family).update(until=today() - timedelta(days=1))


def days_of(series: str, **days: int) -> Given:
    """A series gets other days, counted from today."""
    moved = {name: today() + timedelta(days=number) for name, number in days.items()}
    return lambda world: Series.objects.filter(pk=world.series[series].pk).update(**moved)


def nothing_takes_entries(world: World) -> None:
    """Every examination series is over."""
    days = {name: today() - timedelta(days=number) for name, number in (("opens_on", 9), ("entry_deadline", 8))}
    Series.objects.of_exams().update(late_until=None, **days)


def no_registrations(world: World) -> None:
    """The set of the academic year is not set up."""
    Series.objects.filter(kind=SeriesKind.REGISTRATION).update(
        opens_on=today() - timedelta(days=800), entry_deadline=today() - timedelta(days=500)
    )
