"""A spreadsheet's rows for the app of uploads: for which series, judged, and what they would cost."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from candidates.enums import Gender
from candidates.rules.people import Person
from core.moments import date_in_words, uk_date
from core.refusals import Refusal
from uploads.rules.kinds import Period, Preview, TypedRow, Verdict

from ..enums import EntryKind
from ..models import Approval, Series
from ..rules.costs import preview_of_rows, total_in_words
from ..rules.judging import judge_file
from ..rules.planning import Row
from ..rules.registering import centre_is_approved_for_something, registrations_are_set_up
from .facts import facts_for, series_facts

KEEP_DRAFTS = timedelta(days=30)
"""How long a file that is not submitted is kept (decision 0018)."""
GENDERS = dict(Gender.choices)


def periods_for_uploads(centre: Any, at: datetime) -> list[Period]:
    """The series that unit entries can be made for now, the next deadline first; else the year's registrations."""
    series = list(Series.objects.taking_entries(uk_date(at)))
    registrations = Series.objects.of_registrations(uk_date(at))
    if not series and registrations:
        series = [registrations]
    return [Period(str(each.pk), str(each), at + KEEP_DRAFTS) for each in series]


def keep_uploads_until(period: str, centres: Collection[int]) -> Mapping[int, datetime]:
    """Nothing moves the day until which a file is kept."""
    return {}


def refusals_to_enter_rows(period: str, centre: Any, at: datetime) -> list[Refusal]:
    """Every reason against entering anything now: no approval at all, or no set of registrations."""
    today = uk_date(at)
    is_approved = Approval.objects.filter(centre=centre).in_force(today).exists()
    registrations = Series.objects.of_registrations(today)
    told = (
        centre_is_approved_for_something(is_approved),
        registrations_are_set_up(series_facts(registrations) if registrations else None),
    )
    return [refusal for refusal in told if refusal]


def judge_rows(period: str, centre: Any, rows: Sequence[TypedRow], at: datetime) -> list[Verdict]:
    """What the laws say of each row, by a constant number of queries."""
    facts = facts_for(centre=centre, at=at, period=period, rows=(row.answers for row in rows))
    return [verdict_on(row) for row in judge_file(((row.number, row.answers) for row in rows), facts)]


def preview_of(verdicts: Sequence[Verdict]) -> Preview:
    """What rows would cost, line by line, and what has to be accepted: the late charges."""
    return preview_of_rows([verdict.detail for verdict in verdicts])


def verdict_on(row: Row) -> Verdict:
    """What the laws say of a row, in the words of pages."""
    return Verdict(
        refusals=tuple(_once(row.refusals)),
        already=row.already,
        title=_person_of(row).name,
        shown=partial(_in_words, row),
        notices=tuple(dict.fromkeys(row.notices)),
        cost=_cost_of(row),
        detail=row,
    )


def _person_of(row: Row) -> Person:
    return row.finding.person if row.finding else row.person


def _in_words(row: Row) -> tuple[str, ...]:
    """The row in the words of the check page."""
    person = _person_of(row)
    born = date_in_words(person.date_of_birth) if person.date_of_birth else ""
    return (person.name, born, GENDERS.get(person.gender, ""), person.uci, *_entry_in_words(row))


def _cost_of(row: Row) -> str:
    """The series of a row's entries and each of their charges: what must be at Submit as the page showed it."""
    series = row.registration.series.id if row.registration else row.series.id if row.series else ""
    return f"{series} {[(charge.kind, charge.price.amount) for charge in row.charges]}"


def _once(refusals: Sequence[Refusal]) -> list[Refusal]:
    """Each refusal once; a column that could not be read is not said to be missing too."""
    return list(dict.fromkeys(refusals))


def _entry_in_words(row: Row) -> tuple[str, str, str]:
    """What would be entered, for which series, and for how much."""
    if row.code is None:
        return "", "", ""
    fee = total_in_words(
        sum(charge.price.amount or 0 for charge in row.charges),
        sum(charge.price.amount is None for charge in row.charges),
        bool(row.charges),
    )
    if not row.has_units:
        series = row.registration.series.title if row.registration else ""
        return f"{EntryKind(row.code.kind).label} {row.code.code} {row.code.size}", series, fee
    units = ", ".join(unit.under(row.code) for _, unit in row.units)
    late = " (late)" if row.is_late else ""
    title = row.series.title if row.series else ""
    return f"Unit {units}", title + late, "included" if not row.charges else fee
