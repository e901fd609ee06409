"""Amending an entry: one step of the wizard at a time (guide 6.1, decision 0011)."""

from collections.abc import Iterable, Mapping
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
    return _amended(_Amendment([step], answers, version, by, at), entry)


def grant_amendment(*, entry: StepEntry, answers: Mapping[str, Any], by: Any, at: datetime) -> StepEntry:
    """Carry out an amendment that the centre asked for by a request, also after closing: as `amend_entry`.

    answers: of all steps, by field name; what they do not name stays. by: one of the STEP team.
    Raises Refused with every reason against it, and then nothing has changed.
    """
    return _amended(_Amendment(list(STEP_FIELDS), answers, None, by, at), entry)


@dataclass(frozen=True)
class Preview:
    """An entry as an amendment would make it: what would change, in what way, and what its fields have against it."""

    facts: EntryFacts
    changes: dict[str, list[Any]]
    refusals: list[Refusal]


def preview_amendment(*, entry: StepEntry, answers: Mapping[str, Any], by: Any, at: datetime) -> Preview:
    """What `grant_amendment` would do now; changes nothing."""
    facts = facts_to_amend(entry, answers, at=at)
    refusals = _refusals(entry, _Amendment(list(STEP_FIELDS), answers, None, by, at), facts)
    changes = _changes(entry, STEP_FIELDS, facts)
    return Preview(facts, changes, [refusal for refusal in refusals if refusal.field])


@dataclass(frozen=True)
class _Amendment:
    """Which steps are answered anew, how, and by whom. version is None where a request is granted."""

    steps: list[str]
    answers: Mapping[str, Any]
    version: int | None
    by: Any
    at: datetime


def _amended(asked: _Amendment, entry: StepEntry) -> StepEntry:
    try:
        with transaction.atomic():
            return _amend(entry, asked)
    except IntegrityError:
        # A colleague's Submit won the race to one of the constraints: now the rules see their entry.
        entry.refresh_from_db()
        raise_if_any(_refusals(entry, asked, facts_to_amend(entry, asked.answers, at=asked.at)))
        raise


def _amend(entry: StepEntry, asked: _Amendment) -> StepEntry:
    by, at = asked.by, asked.at
    entry = lock_entry(entry)
    facts = judged_alone(entry.centre, lambda: facts_to_amend(entry, asked.answers, at=at))
    raise_if_any(_refusals(entry, asked, facts))
    if changes := _changes(entry, asked.steps, facts):
        _write(entry, asked.steps, facts, changes, at)
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


def _refusals(entry: StepEntry, asked: _Amendment, facts: EntryFacts) -> list[Refusal]:
    """The reasons that these steps can mend, and those that no step can. The same answers once more are not stale."""
    is_granted = asked.version is None
    change = change_facts(entry, by=asked.by, at=asked.at, seen=asked.version, is_granted=is_granted)
    if not _changes(entry, asked.steps, facts):
        change = replace(change, seen=entry.version)
    mended = {field for step in asked.steps for field in STEP_FIELDS[step]}
    return [refusal for refusal in refusals_to_amend(change, facts) if not refusal.field or refusal.field in mended]


def _changes(entry: StepEntry, steps: Iterable[str], facts: EntryFacts) -> dict[str, list[Any]]:
    """Each field of the steps that differs, with its old and its new value, as history keeps them."""
    changes: dict[str, list[Any]] = {}
    for step in steps:
        old, new = _stored(entry, step), _given(entry, step, facts)
        changes |= {name: [_plain(old[name]), _plain(new[name])] for name in new if old[name] != new[name]}
    return changes


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


def _write(
    entry: StepEntry, steps: Iterable[str], facts: EntryFacts, changes: dict[str, list[Any]], at: datetime
) -> None:
    given = [pair for step in steps for pair in _given(entry, step, facts).items()]
    for name, value in given:
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
