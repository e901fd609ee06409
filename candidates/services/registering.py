"""Finding a centre's candidates by name and date of birth, and registering new ones."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, cast

from django.db import transaction

from core.history import record

from ..models import Candidate
from ..rules.identity import Details, person_key


def find_or_register_candidate(
    *, centre: Any, details: Details, is_different_person: bool, by: Any, at: datetime
) -> Candidate:
    """The centre's candidate with this name and date of birth, or a new one where there is none.

    is_different_person: the officer has said that it is somebody else of the same name; then always a new one.
    A candidate that is found is not changed: entries keep their own copy of the details (decision 0002).
    """
    [candidate] = find_or_register_candidates(centre=centre, wanted=[(details, is_different_person)], by=by, at=at)
    return candidate


@transaction.atomic
def find_or_register_candidates(
    *, centre: Any, wanted: Sequence[tuple[Details, bool]], by: Any, at: datetime
) -> list[Candidate]:
    """`find_or_register_candidate` for many, in their order, by a constant number of queries.

    wanted: the details of each, and whether it is a different person.
    """
    if any(details.date_of_birth is None for details, _ in wanted):
        raise ValueError("A candidate without a date of birth was not refused.")
    dates = {cast(date, details.date_of_birth) for details, _ in wanted}
    active = Candidate.objects.active().filter(centre=centre, date_of_birth__in=dates)
    # Locked, so that none of them is merged into another before the entry that it is found for stands.
    oldest_first = list(active.select_for_update(of=("self",), no_key=True).order_by("pk"))
    known: dict[tuple[str, date | None], Candidate] = {
        (candidate.person_key, candidate.date_of_birth): candidate for candidate in reversed(oldest_first)
    }
    found = [
        (None if is_different else known.get((_key_of(details), details.date_of_birth)))
        or _candidate(centre, details, at)
        for details, is_different in wanted
    ]
    new = [candidate for candidate in found if candidate.pk is None]
    Candidate.objects.bulk_create(new, batch_size=500)
    if new:
        record(by=by, at=at, action="candidate.registered", subjects=new)
    return found


def _key_of(details: Details) -> str:
    return person_key(details.stored_first_name, details.stored_last_name)


def _candidate(centre: Any, details: Details, at: datetime) -> Candidate:
    return Candidate(
        centre=centre,
        first_name=details.stored_first_name,
        last_name=details.stored_last_name,
        plain_first_name=details.plain_first_name,
        plain_last_name=details.plain_last_name,
        person_key=_key_of(details),
        date_of_birth=cast(date, details.date_of_birth),
        gender=details.gender,
        ucas_id=details.ucas_id,
        created_at=at,
    )
