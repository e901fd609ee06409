"""A spreadsheet's rows for the app of uploads: for which series, judged, and what they would cost."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from candidates.enums import Gender
from candidates.rules.people import Person
from core.moments import date_in_words, uk_date
from core.refusals import Refusal
from uploads.rules.kinds import Period, Preview, TypedRow, Verdict

from ..enums import EntryKind, PriceKind
from ..models import Approval, Series
from ..rules.judging import judge_file
from ..rules.planning import Row
from ..rules.prices import ON_INVOICE, in_words
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
    return [_verdict(row) for row in judge_file(((row.number, row.answers) for row in rows), facts)]


def preview_of(verdicts: Sequence[Verdict]) -> Preview:
    """What rows would cost, line by line, and what has to be accepted: the late charges."""
    rows: list[Row] = [verdict.detail for verdict in verdicts]
    charges = Counter((charge.kind, charge.price) for row in rows for charge in row.charges)
    known = [(kind, price, count) for (kind, price), count in charges.items()]
    total = sum((price.amount or 0) * count for _, price, count in known)
    on_invoice = sum(count for _, price, count in known if price.amount is None)
    late = [(price, count) for kind, price, count in known if kind == PriceKind.LATE]
    lines = [
        (PriceKind(kind).label, f"{count:,}", in_words(price.amount), in_words(_times(price.amount, count)))
        for kind, price, count in sorted(known, key=lambda each: (each[0], each[1].amount or 0))
    ]
    included = sum(not entry.charges for row in rows for entry in row.unit_entries)
    if included:
        lines.append(("Unit, first entry", f"{included:,}", "included", "included"))
    return Preview(
        lines=tuple(lines),
        total=_total_in_words(total, on_invoice, bool(known)),
        accept=_late_in_words(late),
        accept_as=";".join(f"{price.amount}x{count}" for price, count in sorted(late, key=str)),
        notes=_notes_of(on_invoice > 0, any(price.is_sample for _, price, _ in known)),
    )


def _times(amount: int | None, count: int) -> int | None:
    return None if amount is None else amount * count


def _total_in_words(total: int, on_invoice: int, has_charges: bool) -> str:
    if not has_charges:
        return "Nothing is charged for these rows."
    lines = f"{on_invoice} {'line' if on_invoice == 1 else 'lines'} {ON_INVOICE}"
    if not on_invoice:
        return in_words(total)
    return f"{in_words(total)} and {lines}" if total else lines


def _late_in_words(late: Sequence[tuple[Any, int]]) -> str:
    if not late:
        return ""
    count = sum(number for _, number in late)
    amounts = " and ".join(f"{number:,} at {in_words(price.amount)}" for price, number in late)
    return f"I accept the late charge for {count:,} unit {'entry' if count == 1 else 'entries'}: {amounts}"


def _notes_of(has_on_invoice: bool, has_samples: bool) -> tuple[str, ...]:
    told = ["What is on invoice has no price in the portal yet; it is not free."] if has_on_invoice else []
    if has_samples:
        told.append("Amounts are examples, not the board's prices.")
    return tuple(told)


def _verdict(row: Row) -> Verdict:
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
    fee = _total_in_words(
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
