"""Many candidates at once: judging and entering the rows of an uploaded file (decision 0012)."""

import csv
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings

from candidates.enums import Gender
from candidates.rules.identity import person_key
from candidates.services import find_or_register_candidates
from core.history import record
from core.moments import date_in_words, uk_date
from core.refusals import Refusal, Refused, raise_if_any
from outbox.services import queue_email
from uploads.rules.kinds import Batch, Period, TypedRow, Verdict

from ..codecs import read_answers
from ..enums import Combination
from ..models import StepDraft, StepEntry, StepEntryCourse, StepSession
from ..querysets import KEEP_DRAFTS
from ..rules import Duplicate, EntryFacts, refusals_to_start
from ..rules.entering import refusals_of_answers
from ..rules.sheets import ROW, CourseNames, OfferedCourse, answers_of_cells, refusals_of_row
from .facts import facts_to_start, wait_for_declarations, window_of, windows_of
from .mails import recipients
from .numbers import take_numbers, tell_staff_that_numbers_ran_out
from .submitting import entry_of

DATA = Path(__file__).resolve().parent.parent / "data"


@dataclass(frozen=True)
class ReadRow:
    """A row, read: its facts, and the courses that it names."""

    typed: TypedRow
    facts: EntryFacts
    courses: tuple[OfferedCourse, ...]


def periods_for_uploads(centre: Any, at: datetime) -> list[Period]:
    """The current session as the period for uploads, if there is one; contents are kept as long as drafts are."""
    session = StepSession.objects.current(at)
    if session is None:
        return []
    return [Period(str(session.pk), str(session), window_of(session, centre).ends_at + KEEP_DRAFTS)]


def keep_uploads_until(period: str, centres: Collection[int]) -> dict[int, datetime]:
    """Until when the contents of uploads are kept now, by the id of their centre; empty where the session is gone."""
    session = StepSession.objects.filter(pk=int(period)).first()
    if session is None:
        return {}
    own = windows_of(session)
    return {centre: own.get(centre, session.window).ends_at + KEEP_DRAFTS for centre in centres}


def refusals_to_enter_rows(period: str, centre: Any, at: datetime) -> list[Refusal]:
    """Every reason against entering anything for the session now: the window, and the centre's approval."""
    return refusals_to_start(facts_to_start(session=_session(period), centre=centre, at=at))


def judge_rows(period: str, centre: Any, rows: Sequence[TypedRow], at: datetime) -> list[Verdict]:
    """What the rules of the wizard say of each row, by a constant number of queries."""
    return [_verdict(row) for row in _read_rows(_session(period), centre, rows, at)]


def submit_rows(batch: Batch) -> dict[UUID, str]:
    """Enter the rows: candidates, entries, numbers, history and one mail, inside the caller's transaction.

    A row that was entered before answers with its number, and nothing is made twice.
    Raises Refused with every reason against any of them.
    """
    session, centre, rows, at = _session(batch.period), batch.centre, batch.rows, batch.at
    keys = [row.key for row in rows]
    if any(row.answers.get("is_different_person") for row in rows):
        wait_for_declarations(centre)
    numbers = dict(StepEntry.objects.filter(submission_key__in=keys).values_list("submission_key", "number"))
    read = _read_rows(session, centre, [row for row in rows if row.key not in numbers], at)
    raise_if_any(refusals_to_enter_rows(batch.period, centre, at))
    raise_if_any(refusal for row in read for refusal in refusals_of_answers(row.facts))
    if read:
        entries = _enter(session, centre, read, batch.by, at)
        numbers |= {entry.submission_key: entry.number for entry in entries}
    return numbers


def tell_of_refused_rows(refused: Refused, at: datetime) -> None:
    """Raise the alarm where numbers ran out; the refused transaction would take it back."""
    if any(refusal.code == "STEP-07" for refusal in refused.refusals):
        tell_staff_that_numbers_ran_out(at=at)


def _session(period: str) -> StepSession:
    return StepSession.objects.get(pk=int(period))


def _read_rows(session: StepSession, centre: Any, rows: Sequence[TypedRow], at: datetime) -> list[ReadRow]:
    """The facts of every row: what it says, and the entries and other rows that may be the same candidate."""
    papers = list(session.papers.all())
    base = replace(
        facts_to_start(session=session, centre=centre, at=at),
        test_day=min((paper.day for paper in papers), default=uk_date(session.closes_at)),
        session_papers=frozenset(paper.paper for paper in papers),
        plain_names_only=settings.NAMES_PLAIN_ONLY,
    )
    courses = CourseNames(_offered(session))
    read = [_read_row(row, base, courses, is_open_centre=centre.is_open_centre) for row in rows]
    entered = StepEntry.objects.live().filter(session=session, centre=centre).order_by("number")
    others = [Duplicate(e.number, e.name, e.date_of_birth, e.ucas_id, e.person_key) for e in entered]
    others += [_as_duplicate(row) for row in read if row.facts.details.date_of_birth and row.facts.person_key]
    return _with_duplicates(read, others)


def _offered(session: StepSession) -> list[OfferedCourse]:
    also = _other_spellings()
    return [
        OfferedCourse(
            id=course.pk,
            institution=course.institution.name,
            institution_code=course.institution.ucas_code,
            name=course.name,
            code=course.ucas_code,
            also=also.get(course.institution.name, ()),
        )
        for course in session.courses.select_related("institution")
    ]


@cache
def _other_spellings() -> Mapping[str, tuple[str, ...]]:
    """How people write the names of institutions, by the name on our list."""
    spellings: dict[str, tuple[str, ...]] = {}
    with (DATA / "institutions.csv").open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            spellings[line["institution"]] = (*spellings.get(line["institution"], ()), line["spelling"])
    return spellings


def _read_row(row: TypedRow, base: EntryFacts, courses: CourseNames, *, is_open_centre: bool) -> ReadRow:
    cells = row.answers if is_open_centre else {**row.answers, "own_school": ""}
    typed, unread = answers_of_cells(cells, courses)
    answers = read_answers(typed)
    chosen = tuple(course for course in courses.offered if course.id in answers.courses)
    facts = replace(
        base,
        details=answers.details,
        person_key=person_key(answers.details.stored_first_name, answers.details.stored_last_name),
        unread=(*answers.unread, *unread),
        papers=answers.papers,
        courses=tuple(course.id for course in chosen),
        has_other_course=answers.has_other_course,
        other_course=answers.other_course,
        different_from=answers.different_from,
    )
    return ReadRow(row, facts, chosen)


def _as_duplicate(row: ReadRow) -> Duplicate:
    details = row.facts.details
    name = f"{details.stored_first_name} {details.stored_last_name}".strip()
    born = details.date_of_birth
    if born is None:
        raise ValueError("A row without a date of birth is nobody's duplicate.")
    return Duplicate(f"{ROW}{row.typed.number}", name, born, details.ucas_id, row.facts.person_key)


def _with_duplicates(read: list[ReadRow], others: Iterable[Duplicate]) -> list[ReadRow]:
    """Each row with those among the others that have its name and date of birth, or its UCAS ID."""
    by_person: dict[tuple[str, Any], list[Duplicate]] = defaultdict(list)
    by_ucas_id: dict[str, list[Duplicate]] = defaultdict(list)
    for other in others:
        by_person[other.person_key, other.date_of_birth].append(other)
        if other.ucas_id:
            by_ucas_id[other.ucas_id].append(other)

    def same_as(row: ReadRow) -> tuple[Duplicate, ...]:
        details, own = row.facts.details, f"{ROW}{row.typed.number}"
        person = (row.facts.person_key, details.date_of_birth)
        found = [*(by_person[person] if all(person) else ()), *(by_ucas_id[details.ucas_id] if details.ucas_id else ())]
        return tuple(dict.fromkeys(other for other in found if other.number != own))

    return [replace(row, facts=replace(row.facts, possible_duplicates=same_as(row))) for row in read]


def _verdict(row: ReadRow) -> Verdict:
    facts, details = row.facts, row.facts.details
    name = f"{details.stored_first_name} {details.stored_last_name}".strip()
    plain = f"{details.plain_first_name} {details.plain_last_name}".strip()
    other = ["Other" + (f": {facts.other_course}" if facts.other_course else "")] if facts.has_other_course else []
    return Verdict(
        refusals=tuple(refusals_of_row(row.typed.number, facts)),
        already=_entered_as(facts),
        title=name,
        shown=(
            name if plain == name else f"{name} (plain form: {plain})",
            date_in_words(details.date_of_birth) if details.date_of_birth else "",
            dict(Gender.choices).get(details.gender, ""),
            details.ucas_id_shown or "not given yet",
            dict(Combination.choices).get(facts.papers, ""),
            "; ".join([*map(str, row.courses), *other]),
        ),
    )


def _entered_as(facts: EntryFacts) -> str:
    """The number under which this candidate stands entered: the same name and date of birth, and no other UCAS ID."""
    if facts.is_different_person:
        return ""
    ids = {"", facts.details.ucas_id}
    entered = (same for same in facts.same_people if not same.number.startswith(ROW))
    return next((same.number for same in entered if same.ucas_id in ids or not facts.details.ucas_id), "")


def _enter(session: StepSession, centre: Any, rows: list[ReadRow], by: Any, at: datetime) -> list[StepEntry]:
    entries = [entry_of(StepDraft(key=row.typed.key, session=session, centre=centre), row.facts) for row in rows]
    stand_entered = _people_entered(session, centre)
    candidates = find_or_register_candidates(
        centre=centre,
        wanted=[
            (row.facts.details, entry.is_different_person or (entry.person_key, entry.date_of_birth) in stand_entered)
            for row, entry in zip(rows, entries, strict=True)
        ],
        by=by,
        at=at,
    )
    numbers = take_numbers(count=len(entries), at=at)
    for entry, candidate, number in zip(entries, candidates, numbers, strict=True):
        entry.candidate, entry.submitted_by, entry.number = candidate, by, number
        entry.created_at = entry.modified_at = entry.unconfirmed_since = at
    StepEntry.objects.bulk_create(entries, batch_size=500)
    StepEntryCourse.objects.bulk_create(
        [
            StepEntryCourse(entry=entry, course_id=course)
            for row, entry in zip(rows, entries, strict=True)
            for course in row.facts.courses
        ],
        batch_size=500,
    )
    record(by=by, at=at, action="step-entry.submitted", subjects=entries)
    _queue_summary(session, entries, rows, by, at)
    return entries


def _people_entered(session: StepSession, centre: Any) -> set[tuple[Any, Any]]:
    """Names and dates of birth of the candidates who stand entered, perhaps under a corrected name."""
    live = StepEntry.objects.live().filter(session=session, centre=centre)
    return set(live.values_list("candidate__person_key", "candidate__date_of_birth"))


def _queue_summary(session: StepSession, entries: list[StepEntry], rows: list[ReadRow], by: Any, at: datetime) -> None:
    """One mail that names every entry; withheld where the centre's email alerts are Off."""
    to, cc = recipients(entries[0], by)
    queue_email(
        key=f"step-entries-uploaded:{entries[0].number}-{entries[-1].number}",
        template="step_entries_uploaded",
        context={
            "session": session,
            "centre": entries[0].centre,
            "lines": [{"entry": entry, "courses": row.courses} for entry, row in zip(entries, rows, strict=True)],
            "count": len(entries),
            "first": entries[0].number,
            "last": entries[-1].number,
            "confirm_after": settings.STEP_CONFIRM_AFTER,
            "team_email": settings.STEP_TEAM_EMAIL,
            "team_phone": settings.STEP_TEAM_PHONE,
        },
        to=to,
        cc=cc,
        at=at,
        withheld=not entries[0].centre.email_alerts,
    )
