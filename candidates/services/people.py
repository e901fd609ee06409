"""Registering and correcting many people at once, by a constant number of queries."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, cast
from uuid import UUID, uuid4

from django.db import transaction

from core.bulk import insert_rows
from core.history import record, record_ids
from core.moments import uk_date

from ..models import Candidate
from ..rules.details import academic_year_in_words
from ..rules.people import Person, academic_year

FIELDS = ("first_name", "middle_names", "last_name", "date_of_birth", "gender", "uci", "uln", "ocr_number")
BATCH = 1000


@transaction.atomic
def register_people(*, centre: Any, people: Sequence[Person], by: Any, at: datetime) -> list[int]:
    """A new candidate of the centre for each person; their ids, in order. Nobody is looked for: that was done before.

    The database refuses an identifier that another candidate of the centre has.
    """
    keys = [uuid4() for _ in people]
    year = academic_year(uk_date(at))
    rows = [[key.hex, *_of_person(person, year)] for key, person in zip(keys, people, strict=True)]
    same = {"centre_id": centre.pk, "created_at": at}
    made = insert_rows(Candidate, fields=["key", *OF_PERSON], rows=rows, same=same, returning=["key", "pk"])
    ids = {UUID(str(key)): pk for key, pk in made}
    in_order = [ids[key] for key in keys]
    record_ids(by=by, at=at, action="candidate.registered", model=Candidate, ids=in_order)
    return in_order


@transaction.atomic
def correct_people(*, changes: Sequence[tuple[Candidate, Person]], by: Any, at: datetime) -> None:
    """Give candidates the details of these persons, each with old and new in its history. Unchanged ones are left."""
    changed = []
    for candidate, person in changes:
        before = _details(candidate)
        _put(candidate, person, at)
        after = _details(candidate)
        differs = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
        if differs:
            changed.append(candidate)
            record(by=by, at=at, action="candidate.corrected", subjects=[candidate], changes=differs)
    if changed:
        Candidate.objects.bulk_update(changed, [*FIELDS, *_DERIVED], batch_size=BATCH)


OF_PERSON = (*FIELDS, "plain_first_name", "plain_last_name", "person_key", "candidate_number", "numbered_in")
_DERIVED = ("plain_first_name", "plain_last_name", "person_key", "candidate_number", "numbered_in")


def _of_person(person: Person, year: int) -> list[Any]:
    """The values of `OF_PERSON`."""
    values: list[Any] = [getattr(person, name) for name in FIELDS]
    values[FIELDS.index("date_of_birth")] = person.date_of_birth.isoformat() if person.date_of_birth else None
    derived = [person.plain_first_name, person.plain_last_name, person.person_key]
    return [*values, *derived, person.candidate_number, year if person.candidate_number else None]


def _put(candidate: Candidate, person: Person, at: datetime) -> Candidate:
    """The candidate with the person's details. A candidate number that is given is one of this academic year."""
    for name in FIELDS:
        setattr(candidate, name, getattr(person, name))
    candidate.date_of_birth = cast(date, person.date_of_birth)
    candidate.plain_first_name, candidate.plain_last_name = person.plain_first_name, person.plain_last_name
    candidate.person_key = person.person_key
    if person.candidate_number:
        candidate.candidate_number, candidate.numbered_in = person.candidate_number, academic_year(uk_date(at))
    return candidate


def _details(candidate: Candidate) -> dict[str, str]:
    details = {name.replace("_", " "): str(getattr(candidate, name) or "") for name in FIELDS}
    number, year = candidate.candidate_number, candidate.numbered_in
    return details | {"candidate number": f"{number}, in {academic_year_in_words(year)}" if year is not None else ""}
