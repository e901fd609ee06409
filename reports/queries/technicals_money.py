"""The fee lines of a centre, and what of its registrations is to be looked at, as rows of text."""

from datetime import datetime
from itertools import groupby
from typing import Any, NamedTuple

from django.db.models import F
from django.db.models.functions import Coalesce

from candidates.rules.people import academic_year
from core.moments import date_in_words, uk_date
from technicals.enums import FeeReason, PriceKind, Watched
from technicals.models import FeeLine
from technicals.queries.money import with_entry
from technicals.queries.watching import registrations_watched, units_watched
from technicals.rules.catalogue import full_unit_code
from technicals.rules.prices import in_words

from ..codecs import TechnicalsAsked
from .technicals import (
    BETWEEN,
    IDENTIFIERS,
    NAMES,
    PERSON_COLUMNS,
    Entry,
    Person,
    Table,
    day_of,
    filter_of,
    read_entries,
    series_name,
)

FEE_HEADINGS = (
    *NAMES, "Date of birth", "Charged", "Submission", "Order number or reference", "Entry code", "Unit", "Series",
    "For", "Why", "Amount", "Remark", "Invoice",
)  # fmt: skip
WATCH_HEADINGS = (*NAMES, *IDENTIFIERS, "Entry code", "Unit", "Estimated completion", "Reason", "What to do")
EXAMPLE_AMOUNT = "Example amount"
PRICE_KINDS, REASONS = dict(PriceKind.choices), dict(FeeReason.choices)
REMEDIES = {
    Watched.PAST_COMPLETION: "Change the estimated completion, or withdraw the registration",
    Watched.COMPLETING: "Enter the units, change the estimated completion, or withdraw the registration",
    Watched.NO_UNITS: "Enter the units for the next series",
    Watched.NO_REGISTRATION: "Register the candidate again, or withdraw the unit entry",
    Watched.WITHDRAWING: "Nothing; it can be undone until OCR has processed it",
}
NOT_TOLD_WITH = {Watched.COMPLETING: Watched.NO_UNITS}
"""A reason that says all that another one says."""


class Fee(NamedTuple):
    """A fee line with what is said of its entry."""

    created_at: datetime
    submission: str
    order_number: str
    kind: str
    reason: str
    amount: int | None
    is_sample: bool
    invoice: str | None
    code: str
    unit: int | None
    series_kind: str
    series_year: int


FEE_COLUMNS = (
    "created_at", "submission__number", "order_number", "kind", "reason", "amount", "is_sample", "invoice__number",
    "code", "unit", "series_kind", "series_year",
)  # fmt: skip


def fees_table(*, centre: Any, user: Any, asked: TechnicalsAsked, at: datetime) -> Table:
    """A row for each charge and each credit as asked for, in the order in which they were made; one query."""
    either = filter_of(asked, centre, "registration__") | filter_of(asked, centre, "unit_entry__")
    of_person = {
        f"of_{name}": Coalesce(F(f"registration__candidate__{name}"), F(f"unit_entry__candidate__{name}"))
        for name in PERSON_COLUMNS
    }
    lines = with_entry(FeeLine.objects.visible_to(user).filter(either, centre=centre)).annotate(**of_person)
    rows = lines.order_by("created_at", "pk").values_list(*of_person, *FEE_COLUMNS)
    count = len(PERSON_COLUMNS)
    return Table(
        FEE_HEADINGS,
        [(Person(*row[:count]), Fee(*row[count:])) for row in rows],
        person=lambda line: line[0],
        rest=lambda line: [day_of(line[0].date_of_birth), *_fee_cells(line[1])],
    )


def watch_table(*, centre: Any, user: Any, asked: TechnicalsAsked, at: datetime) -> Table:
    """A row for each registration or unit entry that is to be looked at, with every reason; five queries, or one."""
    year, on = academic_year(uk_date(at)), uk_date(at)
    own = {"centre": centre, "user": user, "on": on}
    asked_for = filter_of(asked, centre)
    found: list[tuple[Person, Entry, Watched]] = []
    for reason in [Watched(asked.reason)] if asked.reason else Watched:
        is_of_units = reason == Watched.NO_REGISTRATION
        entries = units_watched(**own) if is_of_units else registrations_watched(**own, reason=reason)
        found += [(person, entry, reason) for person, entry in read_entries(entries.filter(asked_for))]
    found.sort(key=lambda each: (each[0].place, each[1].place, each[1].pk))
    lines = [
        (person, entry, [reason for *_, reason in same])
        for (person, entry), same in groupby(found, key=lambda each: each[:2])
    ]
    return Table(
        WATCH_HEADINGS,
        lines,
        person=lambda line: line[0],
        rest=lambda line: [*line[0].identifiers(year), *_watch_cells(line[1], line[2])],
    )


def _fee_cells(fee: Fee) -> list[str]:
    return [
        day_of(uk_date(fee.created_at)),
        fee.submission,
        fee.order_number,
        fee.code,
        full_unit_code(fee.code, fee.unit) if fee.unit is not None else "",
        series_name(fee.series_kind, fee.series_year),
        PRICE_KINDS[fee.kind],
        REASONS[fee.reason],
        in_words(fee.amount),
        EXAMPLE_AMOUNT if fee.is_sample and fee.amount is not None else "",
        fee.invoice or "",
    ]


def _watch_cells(entry: Entry, reasons: list[Watched]) -> list[str]:
    told = [reason for reason in reasons if reason not in {NOT_TOLD_WITH.get(other) for other in reasons}]
    return [
        entry.code,
        f"{full_unit_code(entry.code, entry.unit)}, {entry.series}" if entry.unit is not None else "",
        date_in_words(entry.completion) if entry.completion else "",
        BETWEEN.join(reason.label for reason in told),
        BETWEEN.join(REMEDIES[reason] for reason in told),
    ]
