"""What the rows of a centre are judged by, from the database, by a constant number of queries."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any

from django.db.models import Q

from candidates.models import Candidate
from candidates.rules.identifiers import read_ocr_number, read_uci
from candidates.rules.matching import Known, KnownPeople
from candidates.rules.people import Person, academic_year
from core.moments import uk_date
from core.refusals import Refused

from ..enums import GONE, EntryState, SeriesKind
from ..models import Approval, Price, Qualification, Registration, Series, Transfer, Unit, UnitEntry
from ..rules.facts import (
    LEADING_ON,
    TRANSFERRED,
    Code,
    Facts,
    Key,
    Registered,
    SeriesFacts,
    UnitEntered,
    UnitOfFamily,
)
from ..rules.prices import PriceTable

OF_PERSON = ("first_name", "middle_names", "last_name", "date_of_birth", "gender", "uci", "uln", "ocr_number")
"""The first fields of a person, in order; the candidate number comes last."""


def facts_for(*, centre: Any, at: datetime, period: str, rows: Iterable[Mapping[str, str]]) -> Facts:
    """Everything that rows are judged by. period: the id of the series that a row without one is meant for."""
    today = uk_date(at)
    series = {each.pk: series_facts(each) for each in Series.objects.all()}
    of_exams = [each for each in series.values() if each.kind != SeriesKind.REGISTRATION]
    usual = series.get(int(period))
    registrations = [s for s in series.values() if s.kind == SeriesKind.REGISTRATION and s.window.is_open(at)]
    codes = {code.code: code for code in _codes()}
    units = [_unit(unit) for unit in Unit.objects.filter(is_in_use=True)]
    return Facts(
        at=at,
        today=today,
        centre_number=centre.number,
        people=known_people(centre, at),
        codes=codes,
        units={(unit.family, unit.number): unit for unit in units},
        approved={approval.family for approval in Approval.objects.filter(centre=centre).in_force(today)},
        series=of_exams,
        usual_series=usual if usual and usual.kind != SeriesKind.REGISTRATION else None,
        registrations=next(iter(registrations), None),
        prices=PriceTable(Price.objects.in_force(today)),
        registered=_registered(centre),
        entered=_entered(centre),
        entered_elsewhere=_entered_elsewhere(centre, rows),
    )


def series_facts(series: Series) -> SeriesFacts:
    """A series as the laws know it."""
    return SeriesFacts(
        id=series.pk,
        kind=series.kind,
        year=series.year,
        title=str(series),
        window=series.window,
        late=series.window_with_late,
        results_on=series.results_on,
    )


def known_people(centre: Any, at: datetime) -> KnownPeople:
    """The active candidates of a centre, to be looked up; one query. Numbers of other academic years do not count."""
    year = academic_year(uk_date(at))
    rows = Candidate.objects.filter(centre=centre).active().order_by("pk")
    columns = ("pk", "person_key", "numbered_in", "candidate_number", *OF_PERSON)
    known = (
        Known(
            pk,
            Person(*[*of_person, number if numbered_in == year else ""]),
            person_key,
            numbered_in,
        )
        for pk, person_key, numbered_in, number, *of_person in rows.values_list(*columns)
    )
    return KnownPeople.of(known, year)


def _codes() -> list[Code]:
    return [
        Code(
            id=each.pk,
            code=each.code,
            family=each.family,
            size=each.size,
            title=each.title,
            glh=each.glh,
            kind=each.entry_kind,
            from_code=each.from_code,
            to_code=each.to_code,
        )
        for each in Qualification.objects.in_use()
    ]


def _unit(unit: Unit) -> UnitOfFamily:
    sat_in = {SeriesKind.JANUARY: unit.in_january, SeriesKind.JUNE: unit.in_june}
    return UnitOfFamily(
        id=unit.pk,
        family=unit.family,
        number=unit.number,
        title=unit.title,
        assessment=unit.assessment,
        in_series=frozenset(kind.value for kind, is_sat in sat_in.items() if is_sat),
    )


def _registered(centre: Any) -> dict[int, list[Registered]]:
    """The centre's registrations by candidate; one that tops up or moves down counts under the code it leads to."""
    found: dict[int, list[Registered]] = defaultdict(list)
    names = ("code", "subject", "level", "suite", "entry_kind", "to_code")
    rows = Registration.objects.filter(centre=centre).exclude(state__in=GONE).order_by("-pk")
    columns = ("pk", "candidate_id", "state", "submission__number", "follows_id")
    found_rows = list(rows.values_list(*columns, *(f"qualification__{name}" for name in names)))
    followed = {follows: number for _, _, _, number, follows, *_ in found_rows}
    for pk, candidate, state, number, _, code, subject, level, suite, kind, to_code in found_rows:
        leads_to = to_code if to_code and kind in LEADING_ON else code
        found[candidate].append(
            Registered(
                pk,
                leads_to,
                (subject, level, suite),
                number,
                is_live=state == EntryState.LIVE,
                is_withdrawing=state == EntryState.WITHDRAWING,
                followed_by=followed.get(pk, ""),
            )
        )
    return found


ENTERED = ("unit_id", "series_id", "state", "series__results_on")


def _entered(centre: Any) -> dict[int, list[UnitEntered]]:
    found: dict[int, list[UnitEntered]] = defaultdict(list)
    rows = UnitEntry.objects.filter(centre=centre).exclude(state__in=GONE)
    columns = ("candidate_id", "qualification__code", "submission__number", *ENTERED)
    for candidate, code, number, unit, series, state, results_on in rows.values_list(*columns):
        found[candidate].append(
            UnitEntered(unit, series, code, number, state == EntryState.LIVE, state != EntryState.ABSENT, results_on)
        )
    return found


def _entered_elsewhere(centre: Any, rows: Iterable[Mapping[str, str]]) -> dict[Key, list[UnitEntered]]:
    """Unit entries that other centres made for the same people, by UCI, OCR number or transfer; two queries."""
    rows = list(rows)
    ucis = _read_all(read_uci, (row.get("uci", "") for row in rows))
    numbers = _read_all(read_ocr_number, (row.get("ocr_number", "") for row in rows))
    own = Candidate.objects.filter(centre=centre).active()
    same = (
        Q(uci__in=own.exclude(uci="").values("uci"))
        | Q(ocr_number__in=own.exclude(ocr_number="").values("ocr_number"))
        | Q(uci__in=ucis)
        | Q(ocr_number__in=numbers)
    )
    transferred = _transferred_to(centre)
    others = Candidate.objects.exclude(centre=centre).filter(same | Q(pk__in=transferred))
    entries = UnitEntry.objects.exclude(centre=centre).exclude(state__in=GONE).filter(candidate__in=others)
    found: dict[Key, list[UnitEntered]] = defaultdict(list)
    columns = ("candidate_id", "candidate__uci", "candidate__ocr_number", *ENTERED)
    for candidate, uci, ocr_number, unit, series, state, results_on in entries.values_list(*columns):
        entered = UnitEntered(unit, series, is_live=False, is_attempt=state != EntryState.ABSENT, results_on=results_on)
        keys = [("uci", uci), ("ocr_number", ocr_number)]
        keys += [(TRANSFERRED, str(target)) for target in transferred.get(candidate, ())]
        for key in keys:
            if key[1]:
                found[key].append(entered)
    return found


def _transferred_to(centre: Any) -> dict[int, set[int]]:
    """The records of this centre that candidates of others were transferred to, by the id of the record before.

    Where somebody was transferred twice, the first record leads to the last one too.
    """
    targets: dict[int, set[int]] = defaultdict(set)
    pairs = list(Transfer.objects.order_by("-pk").values_list("source_id", "target_id", "target__centre_id"))
    for source, target, target_centre in pairs:
        targets[source] |= targets.get(target, set()) | ({target} if target_centre == centre.pk else set())
    return {source: found for source, found in targets.items() if found}


def _read_all(reader: Callable[[str], str], typed: Iterable[str]) -> list[str]:
    """What can be read among the typed texts, each once and in order."""
    read = set()
    for text in set(typed):
        with suppress(Refused):
            read.add(reader(text))
    return sorted(read - {""})
