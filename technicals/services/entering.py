"""Entering judged rows of a spreadsheet or the web form: people, entries, fee lines, history; set by set."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from candidates.models import Candidate
from candidates.rules.matching import FILLED_IN
from candidates.rules.people import Person, academic_year
from candidates.services.correcting import person_of
from candidates.services.people import correct_people, register_people
from centres.models import Centre
from core.bulk import insert_rows
from core.history import record, record_ids
from core.moments import uk_date
from core.refusals import Refused, raise_if_any
from uploads.rules.kinds import Batch

from ..enums import WAITING, EntryKind, EntryState, SubmissionStatus
from ..models import FeeLine, Registration, Submission, UnitEntry
from ..rules.planning import Charge, PlannedRegistration, PlannedUnit, Row, Who
from ..rules.submitting import records_are_as_judged, staff_have_it
from .moving import move

OF_ROW = ("candidate_id", "row", "own_reference")
YEARS_TO_COMPLETE = {2: 1, 3: 2}
LAST_MONTH, LAST_DAY = 8, 31
FOLLOWED = "technicals-registration.followed"
STATE_AFTER = {EntryKind.TOP_UP: EntryState.TOPPED_UP, EntryKind.MOVING_DOWN: EntryState.MOVED_DOWN}


def wait_for_others(centre: Any) -> None:
    """Wait until nobody else enters for the centre, so that rows are judged by all that stands entered.

    Rows that only point to the centre are not held up by it.
    """
    Centre.objects.select_for_update(no_key=True).get(pk=centre.pk)


def enter_rows(batch: Batch) -> dict[UUID, str]:
    """Enter every row of a submission inside the caller's transaction; the submission's number for each row's key.

    The rows were judged under the lock of `wait_for_others`. Raises Refused where one of them has something against it.
    """
    submission = _waiting_submission(batch.upload)
    rows: list[Row] = [verdict.detail for verdict in batch.verdicts]
    counts = enter_judged(rows, submission=submission, by=batch.by, at=batch.at)
    move(
        submission=submission,
        to=SubmissionStatus.PROCESSING_COMPLETE,
        by=None,
        at=batch.entered_at or batch.at,
        processed_at=batch.entered_at,
        counts=counts,
    )
    return {row.key: submission.number for row in batch.rows}


def enter_judged(rows: Sequence[Row], *, submission: Submission, by: Any, at: datetime) -> dict[str, int]:
    """Make what judged rows ask for, for a submission of any door; how many of each were made.

    at: when Submit arrived. The caller holds the lock of `wait_for_others`, under which the rows were judged.
    Raises Refused where a row has something against it, or a record was changed meanwhile.
    """
    raise_if_any(refusal for row in rows for refusal in row.refusals)
    entering = Entering(submission, by, at)
    candidates = _candidates(rows, entering)
    registrations = _registrations(rows, candidates, entering)
    units = _unit_entries(rows, candidates, entering)
    _fee_lines(registrations, units, entering)
    for model, entries, action in (
        (Registration, registrations, "technicals-registration.submitted"),
        (UnitEntry, units, "technicals-unit-entry.submitted"),
    ):
        record_ids(by=by, at=at, action=action, model=model, ids=[pk for pk, _ in entries])
    return {"rows": len(rows), "registrations": len(registrations), "unit_entries": len(units)}


@dataclass(frozen=True)
class Entering:
    """One act of entering: for which submission, by whom, and when its Submit arrived."""

    submission: Submission
    by: Any
    at: datetime

    @property
    def same(self) -> dict[str, Any]:
        """What all rows that it makes have in common."""
        return {
            "centre_id": self.submission.centre_id,
            "submission_id": self.submission.pk,
            "order_number": self.submission.order_number,
            "created_at": self.at,
        }


def _waiting_submission(upload: Any) -> Submission:
    """The submission that is being processed, locked; raises Refused where staff took it over just now."""
    submission = Submission.objects.select_for_update().filter(upload=upload, status__in=WAITING).first()
    if submission is None:
        raise Refused([staff_have_it()])
    return submission


def people_of(rows: Iterable[Row]) -> dict[Who, tuple[Person, int | None]]:
    """Everybody who is new or whose record changes, once: the person to be kept, and the id of the record, if any.

    What a later row knows and an earlier one does not is filled in.
    """
    people: dict[Who, tuple[Person, int | None]] = {}
    for row in rows:
        finding = row.finding
        if finding is None or (finding.known and not finding.is_change):
            continue
        record_id = finding.known.id if finding.known else None
        kept = people.get(row.who, (finding.person, record_id))[0]
        missing = {name: getattr(finding.person, name) for name in FILLED_IN if not getattr(kept, name)}
        people[row.who] = replace(kept, **missing), record_id
    return people


def _candidates(rows: Sequence[Row], entering: Entering) -> dict[Who, int]:
    """The id of the candidate of every row; people who are new are registered, records that change are corrected."""
    centre, by, at = entering.submission.centre, entering.by, entering.at
    people = people_of(rows)
    new = {who: person for who, (person, known) in people.items() if known is None}
    changed = {known: person for person, known in people.values() if known is not None}
    records = _locked(centre, {row.who[1] for row in rows if row.who[0] == "known"})
    _refuse_corrected(rows, records, at)
    correct_people(changes=[(records[known], person) for known, person in changed.items()], by=by, at=at)
    registered = register_people(centre=centre, people=list(new.values()), by=by, at=at)
    ids = {row.who: row.who[1] for row in rows if row.who[0] == "known"}
    return ids | dict(zip(new, registered, strict=True))


def _locked(centre: Any, ids: set[int]) -> dict[int, Candidate]:
    """The records of these candidates, locked against merging until the end, by id.

    Raises Refused where one was merged into another after the rows were judged.
    """
    records = Candidate.objects.filter(centre=centre, pk__in=ids).active().order_by("pk")
    locked = {record.pk: record for record in records.select_for_update(of=("self",), no_key=True)}
    refusal = records_are_as_judged(len(ids) - len(locked))
    raise_if_any([refusal] if refusal else [])
    return locked


def _refuse_corrected(rows: Iterable[Row], records: Mapping[int, Candidate], at: datetime) -> None:
    """Raise Refused where somebody corrected a record after the rows were judged by it: nothing is overwritten."""
    year = academic_year(uk_date(at))
    known = {row.finding.known.id: row.finding.known.person for row in rows if row.finding and row.finding.known}
    refusal = records_are_as_judged(sum(person_of(records[pk], year) != person for pk, person in known.items()))
    raise_if_any([refusal] if refusal else [])


def _registrations(
    rows: Sequence[Row], candidates: Mapping[Who, int], entering: Entering
) -> list[tuple[int, tuple[Charge, ...]]]:
    """The id of each registration that is made, with what it costs."""
    planned = [(row, row.registration) for row in rows if row.registration]
    _settle_followed(planned, entering)
    values = [
        [
            *_of_row(row, candidates),
            plan.series.id,
            plan.code.id,
            plan.follows,
            plan.is_declared,
            _as_text(completion_date(plan.code.level, plan.series.year)),
        ]
        for row, plan in planned
    ]
    made = insert_rows(
        Registration,
        fields=[*OF_ROW, "series_id", "qualification_id", "follows_id", "is_declared", "completion_date"],
        rows=values,
        same=entering.same,
        returning=["candidate_id", "qualification_id", "pk"],
    )
    ids = {(candidate, code): pk for candidate, code, pk in made}
    return [(ids[candidates[row.who], plan.code.id], plan.charges) for row, plan in planned]


def _settle_followed(planned: Iterable[tuple[Row, PlannedRegistration]], entering: Entering) -> None:
    """A registration that is topped up or moved down from stands no longer, and stays in sight."""
    for kind, state in STATE_AFTER.items():
        ids = [plan.follows for _, plan in planned if plan.code.kind == kind and plan.follows]
        if ids:
            followed = Registration.objects.filter(pk__in=ids)
            changes = {"state": [EntryState.LIVE, state]}
            record(by=entering.by, at=entering.at, action=FOLLOWED, subjects=followed, changes=changes)
            followed.update(state=state)


def completion_date(level: int, year: int) -> date | None:
    """The last day of the academic year in which a course is expected to end (decision 0018).

    One academic year at Level 2, two at Level 3; None at other levels. year: of the September of the registration.
    """
    years = YEARS_TO_COMPLETE.get(level)
    return date(year + years, LAST_MONTH, LAST_DAY) if years else None


def _unit_entries(
    rows: Sequence[Row], candidates: Mapping[Who, int], entering: Entering
) -> list[tuple[int, tuple[Charge, ...]]]:
    """The id of each unit entry that is made, with what it costs."""
    planned: list[tuple[Row, PlannedUnit]] = [(row, plan) for row in rows for plan in row.unit_entries]
    values = [
        [*_of_row(row, candidates), plan.series.id, plan.code.id, plan.unit.id, plan.attempt, plan.is_late]
        for row, plan in planned
    ]
    made = insert_rows(
        UnitEntry,
        fields=[*OF_ROW, "series_id", "qualification_id", "unit_id", "attempt", "is_late"],
        rows=values,
        same=entering.same,
        returning=["candidate_id", "unit_id", "series_id", "pk"],
    )
    ids = {(candidate, unit, series): pk for candidate, unit, series, pk in made}
    return [(ids[candidates[row.who], plan.unit.id, plan.series.id], plan.charges) for row, plan in planned]


def _of_row(row: Row, candidates: Mapping[Who, int]) -> list[Any]:
    """The values of `OF_ROW`."""
    return [candidates[row.who], row.number, row.answers.get("own_reference", "").strip()]


def _as_text(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _fee_lines(
    registrations: Iterable[tuple[int, tuple[Charge, ...]]],
    units: Iterable[tuple[int, tuple[Charge, ...]]],
    entering: Entering,
) -> None:
    """One line for each charge, at the price by which the rows were judged."""
    charged: list[tuple[int | None, int | None, Charge]]
    charged = [(pk, None, charge) for pk, charges in registrations for charge in charges]
    charged += [(None, pk, charge) for pk, charges in units for charge in charges]
    insert_rows(
        FeeLine,
        fields=["registration_id", "unit_entry_id", "kind", "amount", "is_sample"],
        rows=[
            [registration, unit_entry, charge.kind, charge.price.amount, charge.price.is_sample]
            for registration, unit_entry, charge in charged
        ],
        same=entering.same,
    )
