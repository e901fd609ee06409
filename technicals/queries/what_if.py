"""What entries would cost, without any being made."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from candidates.rules.matching import KnownPeople
from candidates.rules.people import academic_year
from core.moments import date_in_words, uk_date
from core.refusals import Refusal
from uploads.rules.kinds import Preview

from ..codecs.what_if import LATE, WhatIf
from ..enums import EntryKind, EntryOption
from ..models import Approval, Price, Qualification, Series
from ..rules.costs import preview_of_charges
from ..rules.facts import Code, Facts
from ..rules.form import top_up_has_no_units
from ..rules.planning import Charge, registration_charges, unit_charges
from ..rules.prices import PriceTable
from .submissions import series_to_come


def codes_to_price(*, centre: Any, at: datetime) -> list[tuple[str, list[tuple[str, str]]]]:
    """The entry codes in use in two groups, those first that the centre is approved for on the day; two queries."""
    approvals = Approval.objects.filter(centre=centre).in_force(uk_date(at))
    approved = set(approvals.values_list("subject", "level", "suite"))
    groups: dict[str, list[tuple[str, str]]] = {"Approved for your centre": [], "Other codes": []}
    for each in Qualification.objects.in_use().order_by("code"):
        group = "Approved for your centre" if each.family in approved else "Other codes"
        groups[group].append((each.code, str(each)))
    return [(name, codes) for name, codes in groups.items() if codes]


def series_to_price(at: datetime) -> list[tuple[str, str]]:
    """The January and June series that take entries or will, each in time and late, as far as it still can be."""
    return [choice for series in series_to_come(uk_date(at)) for choice in _choices(series, at)]


def _choices(series: Series, at: datetime) -> Iterable[tuple[str, str]]:
    if at < series.window.ends_at:
        yield series.slug, f"{series}, entered by {date_in_words(series.entry_deadline)}"
    if series.late_until:
        yield f"{series.slug}{LATE}", f"{series}, late, until {date_in_words(series.late_until)}"


def refusals_of(code: Qualification, asked: WhatIf) -> list[Refusal]:
    """Why this cannot be entered under the code, whatever it costs."""
    kind = EntryKind(code.entry_kind)
    option = EntryOption.UNITS if asked.has_units else EntryOption.FULL
    refusal = top_up_has_no_units(option, kind.label, kind == EntryKind.FULL)
    return [refusal] if refusal else []


def what_it_would_cost(*, code: Qualification, asked: WhatIf, centre: Any, at: datetime) -> Preview:
    """What this costs at the prices of the day, by the rules by which entries are charged; one query."""
    facts, entered = _facts(centre, at), _code(code)
    is_late = asked.is_late and not entered.is_of_2012
    charges: list[Charge] = [*registration_charges(entered, facts)] * asked.full
    first = unit_charges(entered, entered_before=0, is_late=is_late, facts=facts)
    again = unit_charges(entered, entered_before=1, is_late=is_late, facts=facts)
    charges += [*first] * asked.first + [*again] * asked.resits
    return preview_of_charges(charges, 0 if first else asked.first)


def _code(code: Qualification) -> Code:
    return Code(
        id=code.pk,
        code=code.code,
        family=code.family,
        size=code.size,
        title=code.title,
        kind=code.entry_kind,
        from_code=code.from_code,
        to_code=code.to_code,
    )


def _facts(centre: Any, at: datetime) -> Facts:
    """What charges depend on: the prices of the day, and nothing of what stands entered."""
    today = uk_date(at)
    return Facts(
        at=at,
        today=today,
        centre_number=centre.number,
        people=KnownPeople.of([], academic_year(today)),
        codes={},
        units={},
        approved=(),
        series=(),
        usual_series=None,
        registrations=None,
        prices=PriceTable(Price.objects.in_force(today)),
    )
