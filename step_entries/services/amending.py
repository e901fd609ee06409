"""Amending an entry: one step of the wizard at a time (guide 6.1, decision 0011)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from core.history import record
from core.refusals import Refusal, raise_if_any

from ..codecs import STEP_FIELDS, answers_of, told_value, without_followers
from ..enums import EntryStatus
from ..models import Course, StepEntry
from ..rules import CONFIRMED_DETAILS, MOVES, EntryFacts, refusals_to_amend
from .changing import change_facts, lock_entry
from .facts import facts_of_answers, judged_alone
from .mails import queue_entry_mail

TICKS = {"auto_capitalise", "is_different_person", "has_other_course"}


def amend_entry(
    *, entry: StepEntry, step: str, answers: Mapping[str, Any], version: int, by: Any, at: datetime
) -> StepEntry:
    """Give one step of an entry these answers: entry, history and mail in one transaction.

    step: "candidate", "papers" or "courses"; answers: its texts as typed, by field name.
    version: that of the entry as the person saw it. at: when the request arrived.
    Where nothing differs, nothing is written, and the version of the entry that is returned is the old one. A
    CONFIRMED entry whose name, date of birth, gender, UCAS ID or papers change is NOT YET CONFIRMED again. The
    candidate's own record and other entries are left alone.
    Raises Refused with every reason against it, and then nothing has changed.
    """
    try:
        with transaction.atomic():
            return _amend(entry, step, answers, version, by, at)
    except IntegrityError:
        # A colleague's Submit won the race to one of the constraints: now the rules see their entry.
        entry.refresh_from_db()
        facts = facts_to_amend(entry, answers, at=at)
        raise_if_any(_refusals(entry, step, facts, version, by, at))
        raise


def _amend(entry: StepEntry, step: str, answers: Mapping[str, Any], version: int, by: Any, at: datetime) -> StepEntry:
    entry = lock_entry(entry)
    facts = judged_alone(entry.centre, lambda: facts_to_amend(entry, answers, at=at))
    raise_if_any(_refusals(entry, step, facts, version, by, at))
    if changes := _changes(entry, step, facts):
        _write(entry, step, facts, changes, at)
        record(by=by, at=at, action="step-entry.amended", subjects=[entry], changes=changes)
        _tell(entry, changes, by, at)
    return entry


def facts_to_amend(entry: StepEntry, answers: Mapping[str, Any], *, at: datetime) -> EntryFacts:
    """The facts of an entry as it would be with these answers.

    That its date of birth is right was said when it was entered; the tick is asked for again with another date.
    """
    typed = answers_of_entry(entry) | dict(answers)
    typed["age_is_right"] = answers.get("age_is_right") or entry.date_of_birth.isoformat()
    return facts_of_answers(typed, session=entry.session, centre=entry.centre, at=at, entry=entry)


def answers_of_entry(entry: StepEntry) -> dict[str, Any]:
    """What would be typed to make the entry as it stands; asks one query."""
    return answers_of(entry, entry.courses.values_list("pk", flat=True))


def _refusals(entry: StepEntry, step: str, facts: EntryFacts, version: int, by: Any, at: datetime) -> list[Refusal]:
    """The reasons that this step can mend, and those that no step can. The same answers once more are not stale."""
    change = change_facts(entry, by=by, at=at, seen=version)
    if not _changes(entry, step, facts):
        change = replace(change, seen=entry.version)
    return [
        refusal
        for refusal in refusals_to_amend(change, facts)
        if not refusal.field or refusal.field in STEP_FIELDS[step]
    ]


def _changes(entry: StepEntry, step: str, facts: EntryFacts) -> dict[str, list[Any]]:
    """Each field of the step that differs, with its old and its new value, as history keeps them."""
    old, new = _stored(entry, step), _given(entry, step, facts)
    return {name: [_plain(old[name]), _plain(new[name])] for name in new if old[name] != new[name]}


def _stored(entry: StepEntry, step: str) -> dict[str, Any]:
    stored = {name: getattr(entry, name) for name in STEP_FIELDS[step]}
    if step == "courses":
        stored["courses"] = [str(course) for course in entry.courses.select_related("institution")]
    return stored


def _given(entry: StepEntry, step: str, facts: EntryFacts) -> dict[str, Any]:
    if step == "papers":
        return {"papers": facts.papers}
    if step == "courses":
        courses = Course.objects.offered(entry.session, entry).filter(pk__in=facts.courses)
        return {
            "courses": [str(course) for course in courses],
            "has_other_course": facts.has_other_course,
            "other_course": facts.other_course,
        }
    stays = facts.was_asked_before
    given = {name: getattr(facts.details, name) for name in STEP_FIELDS["candidate"] if hasattr(facts.details, name)}
    return given | {
        "first_name": facts.details.stored_first_name,
        "last_name": facts.details.stored_last_name,
        "is_different_person": entry.is_different_person if stays else facts.is_different_person,
    }


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _write(entry: StepEntry, step: str, facts: EntryFacts, changes: dict[str, list[Any]], at: datetime) -> None:
    for name, value in _given(entry, step, facts).items():
        if name != "courses":
            setattr(entry, name, value)
    entry.person_key = facts.person_key
    entry.modified_at = at
    entry.version += 1
    if entry.is_confirmed and CONFIRMED_DETAILS.intersection(changes):
        _, entry.status = MOVES["amend"]
        entry.confirmed_at, entry.unconfirmed_since = None, at
        changes["status"] = [EntryStatus.CONFIRMED, entry.status]
    entry.save()
    if "courses" in changes:
        entry.courses.set(facts.courses)


def _tell(entry: StepEntry, changes: dict[str, list[Any]], by: Any, at: datetime) -> None:
    names = {name: words for step in STEP_FIELDS.values() for name, words in step.items()}
    queue_entry_mail(
        entry,
        key=f"step-entry-amended:{entry.number}:{entry.version}",
        template="step_entry_amended",
        by=by,
        at=at,
        changed=[names[name] for name in without_followers(changes) if name in names],
        is_to_be_confirmed_anew="status" in changes,
    )


@dataclass(frozen=True)
class Difference:
    """One field of an entry in two versions, in words."""

    label: str
    theirs: str
    yours: str

    @property
    def differs(self) -> bool:
        return self.theirs != self.yours


def compare_versions(*, entry: StepEntry, step: str, answers: Mapping[str, Any], at: datetime) -> list[Difference]:
    """The entry as it stands beside what somebody typed: the fields of the step.

    Ticks and empty fields are left out where they do not differ.
    """
    facts = facts_to_amend(entry, answers, at=at)
    stored, given = _stored(entry, step), _given(entry, step, facts)
    unread = {refusal.field: str(answers.get(refusal.field, "")) for refusal in facts.unread}
    pairs = {
        name: (told_value(name, stored[name]), unread.get(name) or told_value(name, given[name]))
        for name in STEP_FIELDS[step]
    }
    rows = {name: Difference(STEP_FIELDS[step][name], *pair) for name, pair in without_followers(pairs).items()}
    return [row for name, row in rows.items() if row.differs or not (name in TICKS or row.theirs == "none")]
