"""What a correction of a candidate asks for, and making it (decision 0019)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from candidates.models import Candidate
from candidates.rules.details import CELLS, value_in_words
from candidates.rules.people import Person, academic_year, read_person
from candidates.services import correct_candidate, judge_correction, needs_proof, person_of
from core.moments import uk_date
from core.refusals import Refusal

from ..models import Request

ASKED = ("first_name", "middle_names", "last_name", "date_of_birth")
"""The details that can be asked to be others; the rest the centre corrects itself."""


@dataclass(frozen=True)
class Wanted:
    """The record as a request wants it. differences: of each detail that differs its name, value now and wanted one."""

    person: Person
    unread: Sequence[Refusal]
    refusals: Sequence[Refusal]
    differences: list[list[str]]
    needs_proof: bool


def wanted_of(request: Request, *, at: datetime) -> Wanted:
    """What a request asks for, against the record as it is now."""
    candidate: Any = request.candidate
    now = person_of(candidate, academic_year(uk_date(at)))
    typed = {name: str(request.answers.get(name) or "") for name in ASKED}
    read, unread = read_person(typed)
    person = replace(now, **{name: getattr(read, name) for name in ASKED})
    return Wanted(
        person=person,
        unread=unread,
        refusals=judge_correction(candidate=candidate, person=person, at=at),
        differences=_differences(now, person),
        needs_proof=needs_proof(candidate=candidate, person=person, at=at) is not None,
    )


def make_correction(request: Request, *, by: Any, at: datetime) -> Candidate:
    """Give the candidate the details that a request asks for. Raises Refused with what the record's rules say."""
    candidate = request.candidate = _as_it_stands(request)
    wanted = wanted_of(request, at=at)
    return correct_candidate(
        candidate=candidate,
        person=wanted.person,
        ucas_id=candidate.ucas_id,
        unread=wanted.unread,
        is_granted=True,
        by=by,
        at=at,
    )


def _as_it_stands(request: Request) -> Candidate:
    """The record, locked until the transaction ends: what the centre corrects in the same moment is not undone."""
    key: Any = request.candidate_id
    return Candidate.objects.lock(key)[key]


def _differences(now: Person, wanted: Person) -> list[list[str]]:
    cells = [cell for cell in CELLS if cell.attributes[0] in ASKED]
    compared = [(cell.label, value_in_words(now, cell), value_in_words(wanted, cell)) for cell in cells]
    return [[label, old or "Empty", new or "Empty"] for label, old, new in compared if old != new]
