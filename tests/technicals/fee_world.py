"""A candidate, a price list and a calendar of two years, and what can be done to the candidate's entries on a day.

An act is a function of the world; each goes through the services that pages use, by either door.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from candidates.models import Candidate
from technicals.enums import Assessment, EntryKind, EntryOption, EntryState, FeeReason, PriceKind, SeriesKind, Suite
from technicals.kinds import TECHNICALS_ENTRIES
from technicals.models import FeeLine, Price, Qualification, Registration, Series, UnitEntry
from technicals.services.absences import mark_absent, undo_absence
from technicals.services.crediting import credit_by_decision
from technicals.services.drafts import apply_option, start_draft
from technicals.services.forming import judge_draft, submit_draft
from technicals.services.invoicing import preview_invoices, run_invoices
from technicals.services.processing import process_withdrawal
from technicals.services.transferring import transfer
from technicals.services.withdrawing import undo_withdrawal, withdraw_registration, withdraw_unit
from tests.factories.candidates import CandidateFactory
from tests.factories.technicals import QualificationFactory, SeriesFactory, TechnicalsApprovalFactory, UnitFactory
from tests.factories.technicals_files import answers, upload_of
from uploads.models import UploadRow
from uploads.services import enter_queued, judge, preview_of, submit_upload

SMALL, LARGE, DEAR = "05834", "05835", "05837"
TO_LARGE, TO_DEAR, TO_SMALL, RENEW = "05991", "05993", "05992", "05994"
LEVEL_2, OF_2012 = "05885", "05320"
JANUARY, JUNE, JANUARY_28, JUNE_28 = "January 2027", "June 2027", "January 2028", "June 2028"
PRICES = [
    (PriceKind.REGISTRATION, {}, 5000),
    (PriceKind.REGISTRATION, {"level": 2}, 4000),
    (PriceKind.REGISTRATION, {"code": DEAR}, 8000),
    (PriceKind.TOP_UP, {}, 3000),
    (PriceKind.MOVING_DOWN, {}, 1500),
    (PriceKind.RE_ENTRY, {}, 4500),
    (PriceKind.UNIT, {"level": 2}, 1050),
    (PriceKind.RESIT, {}, 2500),
    (PriceKind.RESIT, {"level": 2}, 2000),
    (PriceKind.RESIT, {"code": DEAR}, 3333),
    (PriceKind.LATE, {}, 1299),
]
"""What everything costs from 1 September 2025; resits cost 27.50 from 1 January 2027."""
DEARER_FROM = date(2027, 1, 1)
Act = Callable[["World"], Any]


@dataclass
class World:
    """Ann Smith at a centre, by one door; a second centre; staff."""

    candidate: Candidate
    by: Any
    staff: Any
    elsewhere: Any
    by_elsewhere: Any
    is_form: bool
    entered: int = field(default=0)

    @property
    def centre(self) -> Any:
        return self.candidate.centre

    @property
    def officer(self) -> Any:
        return self.by_elsewhere if self.centre == self.elsewhere else self.by

    @property
    def entries(self) -> int:
        """How many entries were made of the candidate."""
        found = [model.objects.filter(candidate=self.candidate) for model in (Registration, UnitEntry)]
        return sum(each.count() for each in found)

    def unit_entry(self, number: int, series: str, state: str = EntryState.LIVE) -> UnitEntry:
        found = UnitEntry.objects.filter(candidate=self.candidate, unit__number=number, state=state)
        return next(entry for entry in found.select_related("series") if str(entry.series) == series)

    def registration(self, code: str, state: str = EntryState.LIVE) -> Registration:
        return Registration.objects.get(candidate=self.candidate, qualification__code=code, state=state)


def moment(day: str) -> datetime:
    """Noon of a day, as "2026-10-01"."""
    return datetime.combine(date.fromisoformat(day), datetime.min.time().replace(hour=12), UTC)


def set_up(centre: Any, elsewhere: Any) -> None:
    """The catalogue, the calendar, the approvals and the prices."""
    for code, size in ((SMALL, "Certificate"), (LARGE, "Extended Certificate"), (DEAR, "Diploma")):
        QualificationFactory(code=code, size=size, glh=180 * int(code[-1]))
    of_sport = {"subject": "Sport and Physical Activity", "level": 2}
    of_2012 = {"level": 2, "suite": Suite.OF_2012}
    QualificationFactory(code=LEVEL_2, **of_sport)
    QualificationFactory(code=OF_2012, **of_2012)
    up, down, again = EntryKind.TOP_UP, EntryKind.MOVING_DOWN, EntryKind.RE_ENTRY
    for code, kind, begin, end in (
        (TO_LARGE, up, SMALL, LARGE),
        (TO_DEAR, up, LARGE, DEAR),
        (TO_SMALL, down, LARGE, SMALL),
    ):
        QualificationFactory(code=code, entry_kind=kind, from_code=begin, to_code=end)
    QualificationFactory(code=RENEW, entry_kind=again, to_code=SMALL)
    for number in (1, 2, 3):
        UnitFactory(number=number)
        UnitFactory(number=number, **of_sport)
        UnitFactory(number=number, assessment=Assessment.MODERATED, **of_2012)
    for each in (centre, elsewhere):
        for family in ({}, of_sport, of_2012):
            TechnicalsApprovalFactory(centre=each, since=date(2025, 9, 1), until=date(2029, 8, 31), **family)
    for year in (2026, 2027):
        _year(year)
    since = date(2025, 9, 1)
    Price.objects.bulk_create(
        Price(kind=kind, amount=amount, since=since, until=_until(kind, of), **of) for kind, of, amount in PRICES
    )
    Price.objects.create(kind=PriceKind.RESIT, amount=2750, since=DEARER_FROM)


def _until(kind: str, of: dict[str, Any]) -> date | None:
    return date(2026, 12, 31) if kind == PriceKind.RESIT and not of else None


def _year(year: int) -> None:
    """The registrations of an academic year, its January and its June series."""
    begin, end = date(year, 9, 1), date(year + 1, 8, 31)
    none = dict.fromkeys(["late_until", "refund_until", "no_change_from", "results_on"])
    SeriesFactory(kind=SeriesKind.REGISTRATION, year=year, opens_on=begin, entry_deadline=end, **none)
    for kind, days in (
        (SeriesKind.JANUARY, [(0, 10, 21), (0, 11, 20), (0, 12, 4), (0, 12, 20), (1, 3, 18)]),
        (SeriesKind.JUNE, [(1, 2, 21), (1, 3, 21), (1, 4, 5), (1, 5, 1), (1, 8, 19)]),
    ):
        names = ("entry_deadline", "late_until", "refund_until", "no_change_from", "results_on")
        told = {name: date(year + later, *day) for name, (later, *day) in zip(names, days, strict=True)}
        SeriesFactory(kind=kind, year=year + 1, opens_on=begin, **told)


# --- acts -------------------------------------------------------------------------------------------------------------


def enter(day: str, code: str, *units: int, series: str = "", order: str = "") -> Act:
    """Register under a code; with units, enter for them."""

    def act(world: World) -> None:
        before = world.entries
        (_by_form if world.is_form else _by_file)(world, moment(day), code, units, series, order)
        assert world.entries == before + (len(units) or 1)

    return act


def _by_form(world: World, at: datetime, code: str, units: tuple[int, ...], series: str, order: str) -> None:
    qualification = Qualification.objects.get(code=code)
    found = next((each for each in Series.objects.all() if str(each) == series), None)
    told = {"centre": world.centre, "by": world.officer, "at": at}
    draft = start_draft(qualification=qualification, series=found, candidates=[world.candidate], **told)
    option = EntryOption.UNITS if units else EntryOption.FULL
    declared = qualification.entry_kind == EntryKind.MOVING_DOWN
    lines = list(draft.entries.values_list("pk", flat=True))
    apply_option(draft=draft, entries=lines, option=option, units=units, is_declared=declared, at=at)
    judged = judge_draft(draft, at)
    assert [refusal.sentence for line in judged.to_mend for refusal in line.refusals] == []
    seen = {"seen": judged.fingerprint, "accepted": judged.preview.accept_as, "order_number": order}
    submit_draft(key=draft.key, **seen, **told)


def _by_file(world: World, at: datetime, code: str, units: tuple[int, ...], series: str, order: str) -> None:
    world.entered += 1
    cells = {f"unit_{place}": str(number) for place, number in enumerate(units, start=1)}
    person = {"last_name": "Smith", "scheme_code": code, "own_reference": f"Row {world.entered}", "series": series}
    told = {"by": world.officer, "at": at}
    upload = upload_of([answers(0, **person, **cells)], centre=world.centre, order=order, **told)
    declared = {"is_declared": f"{code} for Ann Smith, born 4 March 2009"} if code == TO_SMALL else {}
    UploadRow.objects.filter(upload=upload).update(mended=declared)
    judgement = judge(upload=upload, kind=TECHNICALS_ENTRIES, at=at)
    assert [refusal.sentence for row in judgement.to_mend for refusal in row.verdict.refusals] == []
    preview = preview_of(TECHNICALS_ENTRIES, judgement)
    accepted = preview.accept_as if preview else ""
    submit_upload(upload=upload, kind=TECHNICALS_ENTRIES, seen=judgement.fingerprint, accepted=accepted, **told)
    enter_queued(upload_pk=upload.pk, at=at)


def withdraw(day: str, unit: int, series: str, reason: str = "", note: str = "") -> Act:
    """The centre withdraws a unit entry."""
    return lambda world: withdraw_unit(
        entry=world.unit_entry(unit, series), reason=reason, note=note, by=world.officer, at=moment(day)
    )


def miss(day: str, unit: int, series: str) -> Act:
    """Staff mark the candidate absent."""
    return lambda world: mark_absent(entry=world.unit_entry(unit, series), by=world.staff, at=moment(day))


def appear(day: str, unit: int, series: str) -> Act:
    """Staff undo an absence."""
    return lambda world: undo_absence(
        entry=world.unit_entry(unit, series, EntryState.ABSENT), by=world.staff, at=moment(day)
    )


def ask_out(day: str, code: str, reason: str = "left") -> Act:
    """The centre asks for the withdrawal of a registration."""
    return lambda world: withdraw_registration(
        registration=world.registration(code), reason=reason, by=world.officer, at=moment(day)
    )


def stay(day: str, code: str) -> Act:
    """The centre takes that back."""
    return lambda world: undo_withdrawal(
        registration=world.registration(code, EntryState.WITHDRAWING), by=world.officer, at=moment(day)
    )


def drop(day: str, code: str, reason: str = "left", *, is_credited: bool = False) -> Act:
    """The centre asks for the withdrawal of a registration, and staff process it."""

    def act(world: World) -> None:
        ask_out(day, code, reason)(world)
        registration = world.registration(code, EntryState.WITHDRAWING)
        process_withdrawal(registration=registration, is_credited=is_credited, by=world.staff, at=moment(day))

    return act


def move(day: str) -> Act:
    """Staff transfer the candidate to the other centre; what comes after happens there."""

    def act(world: World) -> None:
        to = world.elsewhere
        made = transfer(candidate=world.candidate, number=to.number, by=world.staff, at=moment(day))
        world.candidate = made.target

    return act


def decide(day: str, kind: str) -> Act:
    """Staff credit the last charge of a kind."""
    return lambda world: credit_by_decision(
        line=FeeLine.objects.filter(kind=kind, reason=FeeReason.CHARGED).latest("pk"),
        note="Agreed by telephone.",
        by=world.staff,
        at=moment(day),
    )


def no_price(kind: str) -> Act:
    """What this kind costs is not known to the portal."""
    return lambda world: Price.objects.filter(kind=kind).delete()


def price(kind: str, pence: int, **of: Any) -> Act:
    """A price is added, in force since 2025."""
    return lambda world: Price.objects.create(kind=kind, amount=pence, since=date(2025, 9, 1), **of)


def invoice(day: str) -> Act:
    """Staff make invoices of everything until that day."""

    def act(world: World) -> None:
        until = date.fromisoformat(day)
        seen = preview_invoices(until=until).fingerprint
        run_invoices(until=until, seen=seen, by=world.staff, at=moment(day))

    return act


def world_of(centre: Any, other_centre: Any, *, is_form: bool, **people: Any) -> World:
    """Ann Smith, of this centre."""
    set_up(centre, other_centre)
    ann = CandidateFactory(centre=centre, last_name="Smith", uci="689990980001D")
    return World(ann, elsewhere=other_centre, is_form=is_form, **people)
