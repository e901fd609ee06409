"""Transferring what stands of a candidate's entries to another centre, by staff (decision 0019)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction

from candidates.models import Candidate
from candidates.rules.matching import Finding, find
from candidates.rules.people import academic_year
from candidates.services.correcting import person_of
from candidates.services.people import correct_people, register_people
from centres.models import Centre
from core.history import record
from core.moments import uk_date
from core.refusals import Refused, raise_if_any

from ..enums import STANDING, Channel, EntryState, SubmissionStatus
from ..models import Approval, Registration, Submission, Transfer, UnitEntry
from ..rules.transferring import TransferFacts, record_is_as_judged, refusals_to_transfer
from ..rules.withdrawing import is_unresolved, unit_in_words
from .change_mails import queue_transfer_mails
from .entering import wait_for_others
from .facts import known_people
from .moving import MOVED
from .numbers import take_submission_numbers

TRANSFERRED = "technicals-entry.transferred"
RECEIVED = "technicals-entry.received"


@dataclass(frozen=True)
class Moving:
    """What a transfer takes along: the registrations that stand and the unit entries whose results are not out."""

    registrations: list[Registration]
    units: list[UnitEntry]

    @property
    def entries(self) -> list[Registration | UnitEntry]:
        return [*self.registrations, *self.units]


def transfer(*, candidate: Candidate, number: str, note: str = "", by: Any, at: datetime) -> Transfer:
    """Transfer what stands of a candidate's entries to the centre of this number, in one transaction.

    The record is copied to the receiving centre, or the one is used that it has of the person. Nothing is charged.
    What is over stays where it is and counts as attempts. Both centres are told by mail. Raises Refused with every
    reason, and then nothing has changed.
    """
    number = number.strip().upper()
    with transaction.atomic():
        receiving = Centre.objects.filter(number=number).first()
        _wait_for_both(candidate.centre, receiving)
        candidate = Candidate.objects.lock(candidate.pk)[candidate.pk]
        moving = what_moves(candidate, at, is_locked=True)
        finding = _finding(candidate, receiving, at)
        refusals = refusals_to_transfer(_facts(candidate, receiving, number, moving, finding, note, at))
        if refusals or receiving is None or finding is None:
            raise Refused(refusals)
        target = _record_at(receiving, finding, by, at)
        made = Transfer.objects.create(source=candidate, target=target, at=at, by=by, note=note.strip())
        submission = _submission(candidate, receiving, moving, by, at)
        _move(moving, target, submission, by, at)
        _record(candidate, target, by, at)
        queue_transfer_mails(made, submission=submission, at=at)
    return made


def what_moves(candidate: Candidate, at: datetime, *, is_locked: bool = False) -> Moving:
    """What a transfer at this moment would take along."""
    registrations = Registration.objects.live().filter(candidate=candidate).select_related("qualification", "series")
    units = UnitEntry.objects.live().filter(candidate=candidate).select_related("qualification", "series", "unit")
    if is_locked:
        registrations = registrations.select_for_update(of=("self",))
        units = units.select_for_update(of=("self",))
    today = uk_date(at)
    return Moving(
        list(registrations.order_by("pk")), [unit for unit in units.order_by("pk") if is_unresolved(unit, today)]
    )


def _wait_for_both(centre: Centre, receiving: Centre | None) -> None:
    """Nobody enters for either centre meanwhile; locked in the order of their ids, so that two transfers pass."""
    both = {each.pk: each for each in (centre, receiving) if each}
    for pk in sorted(both):
        wait_for_others(both[pk])


def _finding(candidate: Candidate, receiving: Centre | None, at: datetime) -> Finding | None:
    """Who the candidate is among those of the receiving centre; candidate numbers are each centre's own."""
    if receiving is None:
        return None
    person = replace(person_of(candidate, academic_year(uk_date(at))), candidate_number="")
    return find(person, known_people(receiving, at))


def _facts(
    candidate: Candidate,
    receiving: Centre | None,
    number: str,
    moving: Moving,
    finding: Finding | None,
    note: str,
    at: datetime,
) -> TransferFacts:
    pending = Registration.objects.filter(candidate=candidate, state=EntryState.WITHDRAWING)
    approvals = Approval.objects.filter(centre=receiving).in_force(uk_date(at)) if receiving else ()
    known = finding.known.id if finding and finding.known else None
    return TransferFacts(
        name=str(candidate),
        number=number,
        is_known=receiving is not None,
        is_active=bool(receiving and receiving.is_active),
        is_other=receiving is None or receiving.pk != candidate.centre_id,
        merged_into=str(candidate.merged_into or ""),
        families={entry.qualification.family for entry in moving.entries},
        approved={approval.family for approval in approvals},
        pending=list(pending.order_by("pk").values_list("qualification__code", flat=True)),
        asks=[refusal.sentence for refusal in finding.refusals] if finding else [],
        codes=_codes_there(known, moving),
        units=_units_there(known, moving),
        count=len(moving.entries),
        note=note,
    )


def _codes_there(known: int | None, moving: Moving) -> list[str]:
    wanted = [registration.qualification_id for registration in moving.registrations]
    there = Registration.objects.filter(candidate=known, state__in=STANDING, qualification__in=wanted)
    return list(there.order_by("pk").values_list("qualification__code", flat=True)) if known else []


def _units_there(known: int | None, moving: Moving) -> list[str]:
    if known is None:
        return []
    there = set(UnitEntry.objects.live().filter(candidate=known).values_list("unit_id", "series_id"))
    return [unit_in_words(entry) for entry in moving.units if (entry.unit_id, entry.series_id) in there]


def _record_at(receiving: Centre, finding: Finding, by: Any, at: datetime) -> Candidate:
    """The record of the receiving centre: its own with what it did not know, or a new one."""
    if finding.known is None:
        [pk] = register_people(centre=receiving, people=[finding.person], by=by, at=at)
        return Candidate.objects.get(pk=pk)
    known = Candidate.objects.lock(finding.known.id)[finding.known.id]
    is_as_judged = known.merged_into_id is None and person_of(known, academic_year(uk_date(at))) == finding.known.person
    refusal = record_is_as_judged(str(known), is_as_judged)
    raise_if_any([refusal] if refusal else [])
    if finding.is_change:
        correct_people(changes=[(known, finding.person)], by=by, at=at)
    return known


def _submission(candidate: Candidate, receiving: Centre, moving: Moving, by: Any, at: datetime) -> Submission:
    """The line in the history of the receiving centre."""
    [number] = take_submission_numbers(1)
    submission = Submission.objects.create(
        number=number,
        centre=receiving,
        channel=Channel.TRANSFER,
        status=SubmissionStatus.SUBMITTED,
        submitted_by=by,
        submitted_at=at,
        processed_at=at,
        counts={"registrations": len(moving.registrations), "unit_entries": len(moving.units)},
        note=f"Transferred by OCR from centre {candidate.centre}.",
    )
    changes = {"entry status": [None, submission.status]}
    record(by=by, at=at, action=MOVED, subjects=[submission], changes=changes)
    return submission


def _move(moving: Moving, target: Candidate, submission: Submission, by: Any, at: datetime) -> None:
    """End every entry at the centre before, then make it at the receiving one: never do both stand."""
    changes = {"state": [EntryState.LIVE, EntryState.TRANSFERRED]}
    for model, entries in ((Registration, moving.registrations), (UnitEntry, moving.units)):
        _end(model, entries)
        record(by=by, at=at, action=TRANSFERRED, subjects=entries, changes=changes)
    of_target = {"candidate": target, "centre_id": target.centre_id, "submission": submission, "created_at": at}
    made = [
        *(_registration_of(entry, of_target) for entry in moving.registrations),
        *(_unit_entry_of(entry, of_target) for entry in moving.units),
    ]
    record(by=by, at=at, action=RECEIVED, subjects=made, changes={"state": [None, EntryState.LIVE]})


def _end(model: Any, entries: Iterable[Any]) -> None:
    model.objects.filter(pk__in=[entry.pk for entry in entries]).update(state=EntryState.TRANSFERRED)


def _registration_of(entry: Registration, of_target: dict[str, Any]) -> Registration:
    return Registration.objects.create(
        qualification=entry.qualification,
        series=entry.series,
        completion_date=entry.completion_date,
        is_declared=entry.is_declared,
        follows=entry,
        **of_target,
    )


def _unit_entry_of(entry: UnitEntry, of_target: dict[str, Any]) -> UnitEntry:
    return UnitEntry.objects.create(
        qualification=entry.qualification,
        unit=entry.unit,
        series=entry.series,
        attempt=entry.attempt,
        is_late=entry.is_late,
        **of_target,
    )


def _record(candidate: Candidate, target: Candidate, by: Any, at: datetime) -> None:
    to, from_ = f"centre {target.centre}"[:200], f"centre {candidate.centre}"[:200]
    record(by=by, at=at, action="candidate.transferred", subjects=[candidate], note=to)
    record(by=by, at=at, action="candidate.received", subjects=[target], note=from_)
