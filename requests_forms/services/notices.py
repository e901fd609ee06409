"""What institutions are told of special consideration that was accepted (guide 7.1, decision 0016)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from core.history import record
from core.moments import uk_date
from step_entries.models import Institution, StepEntryCourse, StepSession

from ..enums import ConsiderationReason, Kind
from ..models import Request

HEADINGS = [
    "Institution",
    "UCAS code",
    "UCAS ID",
    "Entry number",
    "Name",
    "Date of birth",
    "Papers entered",
    "Paper affected",
    "Reason",
    "Severity",
    "Centre number",
    "Centre name",
    "Decided on",
]
"""Names are as on the UCAS application, dates DD/MM/YYYY; every value is text."""

Pair = tuple[Institution, Request]


@dataclass(frozen=True)
class Notices:
    """What would be passed on for a session, as numbers.

    counts: each institution that can be told, with its candidates and its rows. told_to_nobody: accepted requests of
    entries that name no such institution. withdrawn: accepted requests of entries that were withdrawn since, which are
    not passed on. undecided: requests that are still open.
    """

    counts: list[tuple[Institution, int, int]]
    told_to_nobody: int
    withdrawn: int
    undecided: int

    @property
    def rows(self) -> int:
        return sum(rows for _, _, rows in self.counts)


def preview_notices(*, session: StepSession) -> Notices:
    """What `export_notices` would hold now, for all institutions."""
    accepted = list(_accepted(session))
    told, pairs = [request for request in accepted if _is_told(request)], list(_pairs(session, accepted))
    by_institution: dict[Institution, list[Request]] = {each: [] for each in receivers()}
    for institution, request in pairs:
        by_institution[institution].append(request)
    return Notices(
        counts=[(each, len({row.entry_id for row in rows}), len(rows)) for each, rows in by_institution.items()],
        told_to_nobody=len(told) - len({request.pk for _, request in pairs}),
        withdrawn=len(accepted) - len(told),
        undecided=Request.objects.open().filter(kind=Kind.SPECIAL_CONSIDERATION, entry__session=session).count(),
    )


def receivers() -> Iterable[Institution]:
    """The institutions to which special consideration is passed on, by name."""
    return Institution.objects.filter(receives_special_consideration=True)


@transaction.atomic
def export_notices(
    *, session: StepSession, institution: Institution | None, form: str, by: Any, at: datetime
) -> list[list[str]]:
    """A row of texts under HEADINGS for each accepted request and institution; that they left stands in the history.

    institution: None for all that receive notices. form: the kind of file that the rows are for, for the history.
    What the centre wrote and its files are not among the texts, and entries that were withdrawn are left out.
    """
    pairs = _pairs(session, _accepted(session))
    rows = [_row(each, request) for each, request in pairs if institution in (None, each)]
    note = f"{len(rows)} rows as .{form} for {institution or 'all institutions'}"
    record(by=by, at=at, action="special-consideration.notices-exported", subjects=[session], note=note)
    return rows


def _accepted(session: StepSession) -> Iterable[Request]:
    return Request.objects.to_notify(session).select_related("entry__centre").order_by("entry__number", "paper")


def _is_told(request: Request) -> bool:
    return bool(request.entry and request.entry.is_live)


def _pairs(session: StepSession, accepted: Iterable[Request]) -> Iterator[Pair]:
    """Each institution with each request that it is told of, by name and entry number."""
    named = _entries_naming(session)
    for institution in receivers():
        for request in accepted:
            if _is_told(request) and request.entry_id in named[institution.pk]:
                yield institution, request


def _entries_naming(session: StepSession) -> dict[int, set[int]]:
    """The entries with accepted requests that name a course of each institution that is told; asks one query."""
    named = StepEntryCourse.objects.filter(
        entry__in=Request.objects.to_notify(session).values("entry"),
        course__institution__receives_special_consideration=True,
    )
    found: dict[int, set[int]] = defaultdict(set)
    for institution, entry in named.values_list("course__institution", "entry"):
        found[institution].add(entry)
    return found


def _row(institution: Institution, request: Request) -> list[str]:
    entry: Any = request.entry
    return [
        institution.name,
        institution.ucas_code,
        entry.ucas_id,
        entry.number,
        entry.name,
        f"{entry.date_of_birth:%d/%m/%Y}",
        entry.get_papers_display(),
        request.get_paper_display(),
        dict(ConsiderationReason.choices).get(request.answers.get("reason", ""), ""),
        request.get_severity_display(),
        entry.centre.number,
        entry.centre.name,
        f"{uk_date(request.ended_at):%d/%m/%Y}" if request.ended_at else "",
    ]
