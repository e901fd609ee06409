"""One candidate's record: made by hand, and corrected."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q

from centres.models import Centre
from core.history import record
from core.moments import uk_date
from core.refusals import Refusal, raise_if_any

from ..models import Candidate, CandidatesDiffer
from ..rules.clashes import LABELS, identifier_is_free, person_is_new, record_is_as_seen
from ..rules.details import CELLS
from ..rules.guarding import change_needs_no_proof, changed_with_proof, entries_of
from ..rules.matching import Known, number_is_free
from ..rules.merging import record_is_active
from ..rules.people import Person, academic_year, refusals_of_person
from .people import register_people


def register_candidate(
    *,
    centre: Any,
    person: Person,
    ucas_id: str = "",
    unread: Sequence[Refusal] = (),
    different_from: str = "",
    by: Any,
    at: datetime,
) -> Candidate:
    """A new record for a person whom the centre does not have yet, with its history, in one transaction.

    unread: what could not be read of the details. different_from: whom the tick "a different person" was set for, as
    CLASH-02 asked it; that they differ is remembered. Another registration at the centre waits until this one stands.
    Raises Refused with every reason against it, and then nothing has changed.
    """
    try:
        with transaction.atomic():
            return _register(centre, person, ucas_id, unread, different_from, by, at)
    except IntegrityError:  # an upload gave somebody else the identifier meanwhile
        raise_if_any(_refusals_of_others(centre, person, at))
        raise


def correct_candidate(
    *,
    candidate: Candidate,
    person: Person,
    ucas_id: str = "",
    unread: Sequence[Refusal] = (),
    seen: str | None = None,
    is_granted: bool = False,
    by: Any,
    at: datetime,
) -> Candidate:
    """Give a record these details, with old and new in its history; where nothing differs, nothing is written.

    seen: the fingerprint of the record as the person was shown it; None where nothing was shown.
    is_granted: staff saw the proof that GUARD-01 wants.
    Entries keep the details with which they were made. A candidate number of an earlier year stays where no other is
    given. Raises Refused with every reason against it, and then nothing has changed.
    """
    try:
        with transaction.atomic():
            return _correct(candidate, person, ucas_id, unread, seen, is_granted, by, at)
    except IntegrityError:
        raise_if_any(_refusals_of_others(candidate.centre, person, at, but=candidate))
        raise


def judge_correction(*, candidate: Candidate, person: Person, at: datetime) -> list[Refusal]:
    """Everything that stands against giving a record these details now, but for the proof that they may need."""
    merged = record_is_active(str(candidate), str(candidate.merged_into or ""))
    own = _own_refusals(person, candidate, uk_date(at))
    return [*([merged] if merged else []), *own, *_refusals_of_others(candidate.centre, person, at, but=candidate)]


def needs_proof(*, candidate: Candidate, person: Person, at: datetime) -> Refusal | None:
    """Why the centre cannot make this change itself (GUARD-01); asks nothing where such a change needs no proof."""
    before = person_of(candidate, academic_year(uk_date(at)))
    entries = entries_of(candidate.pk) if changed_with_proof(before, person) else ""
    return change_needs_no_proof(before, person, entries)


def same_people(*, centre: Any, person: Person) -> list[Candidate]:
    """The centre's candidates of this name and date of birth, the oldest record first."""
    active = Candidate.objects.active().filter(centre=centre)
    return list(active.filter(person_key=person.person_key, date_of_birth=person.date_of_birth).order_by("pk"))


def owners_of_identifiers(*, centre: Any, person: Person, but: Candidate | None = None) -> list[Candidate]:
    """The centre's other candidates who have an identifier of this person."""
    given = [Q(**{name: getattr(person, name)}) for name in LABELS if getattr(person, name)]
    others = Candidate.objects.active().filter(centre=centre).exclude(pk=but.pk if but else None)
    return list(others.filter(Q(*given, _connector=Q.OR)).order_by("pk")) if given else []


def person_of(candidate: Candidate, year: int) -> Person:
    """A record as a person; its candidate number only where it is that of this academic year."""
    return Person(
        first_name=candidate.first_name,
        middle_names=candidate.middle_names,
        last_name=candidate.last_name,
        date_of_birth=candidate.date_of_birth,
        gender=candidate.gender,
        uci=candidate.uci,
        uln=candidate.uln,
        ocr_number=candidate.ocr_number,
        candidate_number=candidate.candidate_number if candidate.numbered_in == year else "",
    )


def details_in_texts(candidate: Candidate) -> dict[str, str]:
    """The details of a record by their names, as history keeps them."""
    names = [name for cell in CELLS for name in cell.attributes]
    return {name.replace("_", " "): str(getattr(candidate, name) or "") for name in names}


def changed(before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, list[str]]:
    """What differs, each with its old and its new text."""
    return {name: [old, after[name]] for name, old in before.items() if old != after[name]}


def _register(
    centre: Any, person: Person, ucas_id: str, unread: Sequence[Refusal], different_from: str, by: Any, at: datetime
) -> Candidate:
    _wait_for_registrations(centre)
    same = same_people(centre=centre, person=person)
    question = " ".join(str(candidate.key) for candidate in same)
    asked = person_is_new([str(candidate) for candidate in same], question, different_from)
    own = refusals_of_person(person, uk_date(at))
    raise_if_any([*unread, *own, *_refusals_of_others(centre, person, at), *([asked] if asked else [])])
    [candidate] = Candidate.objects.filter(pk__in=register_people(centre=centre, people=[person], by=by, at=at))
    candidate.ucas_id = ucas_id
    candidate.save(update_fields=["ucas_id"])
    CandidatesDiffer.objects.bulk_create(CandidatesDiffer(one=other, other=candidate) for other in same)
    return candidate


def _wait_for_registrations(centre: Any) -> None:
    """Two people may register one new person, each before the other's record stands."""
    Centre.objects.select_for_update(of=("self",), no_key=True).get(pk=centre.pk)


def _correct(
    candidate: Candidate,
    person: Person,
    ucas_id: str,
    unread: Sequence[Refusal],
    seen: str | None,
    is_granted: bool,
    by: Any,
    at: datetime,
) -> Candidate:
    now = Candidate.objects.lock(candidate.pk)[candidate.pk]
    before = details_in_texts(now)
    standing = [
        record_is_as_seen(seen, now.fingerprint, str(now)),
        None if is_granted else needs_proof(candidate=now, person=person, at=at),
    ]
    own = judge_correction(candidate=now, person=person, at=at)
    raise_if_any([*[refusal for refusal in standing if refusal], *unread, *own])
    _give(now, person, ucas_id, at)
    changes = changed(before, details_in_texts(now))
    if changes:
        now.save()
        record(by=by, at=at, action="candidate.corrected", subjects=[now], changes=changes)
    return now


def _own_refusals(person: Person, candidate: Candidate, today: date) -> list[Refusal]:
    """What is wrong with the details; a record that STEP made without a first name may go on without one."""
    refusals = refusals_of_person(person, today)
    if candidate.first_name:
        return refusals
    return [refusal for refusal in refusals if (refusal.code, refusal.field) != ("NAME-01", "first_name")]


def _refusals_of_others(centre: Any, person: Person, at: datetime, *, but: Candidate | None = None) -> list[Refusal]:
    """What the identifiers and numbers of the centre's other candidates say against these details."""
    others = owners_of_identifiers(centre=centre, person=person, but=but)
    found = [
        identifier_is_free(name, getattr(person, name), _owner(others, name, getattr(person, name))) for name in LABELS
    ]
    found.append(number_is_free(person, _numbered_so(centre, person, academic_year(uk_date(at)), but)))
    return [refusal for refusal in found if refusal]


def _owner(others: Iterable[Candidate], name: str, value: str) -> str:
    return next((str(other) for other in others if value and getattr(other, name) == value), "")


def _numbered_so(centre: Any, person: Person, year: int, but: Candidate | None) -> Known | None:
    if not person.candidate_number:
        return None
    others = Candidate.objects.active().filter(centre=centre).exclude(pk=but.pk if but else None)
    owner = others.filter(numbered_in=year, candidate_number=person.candidate_number).first()
    return Known(owner.pk, person_of(owner, year), owner.person_key, owner.numbered_in) if owner else None


def _give(candidate: Candidate, person: Person, ucas_id: str, at: datetime) -> None:
    """Put the details onto a record; the plain form of a name that stays is left as somebody typed it."""
    for name in ("first_name", "last_name"):
        if getattr(candidate, name) != getattr(person, name) or not getattr(candidate, f"plain_{name}"):
            setattr(candidate, f"plain_{name}", getattr(person, f"plain_{name}"))
    for name in ("first_name", "middle_names", "last_name", "date_of_birth", "gender", "uci", "uln", "ocr_number"):
        setattr(candidate, name, getattr(person, name))
    candidate.person_key, candidate.ucas_id = person.person_key, ucas_id
    year = academic_year(uk_date(at))
    if person.candidate_number or candidate.numbered_in == year:
        candidate.candidate_number = person.candidate_number
        candidate.numbered_in = year if person.candidate_number else None
