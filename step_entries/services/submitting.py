"""Submit: the one act that makes an entry."""

from datetime import date, datetime
from typing import Any, cast

from django.db import IntegrityError, transaction

from candidates.models import Candidate
from candidates.services import find_or_register_candidate
from core.history import record
from core.refusals import Refused, raise_if_any

from ..models import StepDraft, StepEntry
from ..rules import EntryFacts, answers_are_those_seen, refusals_to_submit
from .facts import entry_facts, judged_alone
from .mails import queue_entry_mail
from .numbers import take_numbers, tell_staff_that_numbers_ran_out


def submit_entry(*, draft: StepDraft, by: Any, at: datetime, seen: str | None = None) -> StepEntry:
    """Make the entry of a draft: entry, number, history and mail in one transaction.

    A draft that was submitted before answers with its entry, and nothing is made twice.
    at: when the request arrived; it decides whether registration was open.
    seen: the fingerprint of the answers that the officer was shown; None where nothing was shown.
    Raises Refused with every reason against it, and then nothing has changed; and StepDraft.DoesNotExist
    where the draft was discarded in the meantime.
    """
    try:
        with transaction.atomic():
            return _submit(draft, by, at, seen)
    except IntegrityError:
        # A colleague's Submit won the race to one of the constraints: now the rules see their entry.
        raise_if_any(refusals_to_submit(entry_facts(draft, at=at)))
        raise
    except Refused as refused:
        if any(refusal.code == "STEP-07" for refusal in refused.refusals):
            tell_staff_that_numbers_ran_out(at=at)
        raise


def _submit(draft: StepDraft, by: Any, at: datetime, seen: str | None) -> StepEntry:
    draft = _lock(draft)
    if entry := StepEntry.objects.filter(submission_key=draft.key).first():
        return entry
    facts = judged_alone(draft.centre, lambda: entry_facts(draft, at=at))
    changed = answers_are_those_seen(seen, draft.fingerprint)
    raise_if_any([*([changed] if changed else []), *refusals_to_submit(facts)])
    candidate = find_or_register_candidate(
        centre=draft.centre,
        details=facts.details,
        is_different_person=facts.is_different_person or _stands_under_another_name(draft, facts),
        by=by,
        at=at,
    )
    entry = entry_of(draft, facts)
    entry.candidate, entry.submitted_by = candidate, by
    entry.created_at = entry.modified_at = entry.unconfirmed_since = at
    [entry.number] = take_numbers(count=1, at=at)
    entry.save(force_insert=True)
    entry.courses.set(facts.courses)
    draft.submitted_at = at
    draft.save(update_fields=["submitted_at"])
    record(by=by, at=at, action="step-entry.submitted", subjects=[entry])
    queue_entry_mail(entry, key=f"step-entry-submitted:{entry.number}", template="step_entry_submitted", by=by, at=at)
    return entry


def _lock(draft: StepDraft) -> StepDraft:
    return StepDraft.objects.select_for_update(of=("self",)).select_related("session", "centre").get(pk=draft.pk)


def entry_of(draft: StepDraft, facts: EntryFacts) -> StepEntry:
    """The entry that a draft would make, without candidate, number and moments; it is not saved."""
    details = facts.details
    return StepEntry(
        submission_key=draft.key,
        session=draft.session,
        centre=draft.centre,
        first_name=details.stored_first_name,
        last_name=details.stored_last_name,
        plain_first_name=details.plain_first_name,
        plain_last_name=details.plain_last_name,
        auto_capitalise=details.auto_capitalise,
        person_key=facts.person_key,
        is_different_person=facts.is_different_person,
        date_of_birth=cast(date, details.date_of_birth),  # DOB-01 refuses an entry without one
        gender=details.gender,
        ucas_id=details.ucas_id,
        own_school=details.own_school,
        papers=facts.papers,
        has_other_course=facts.has_other_course,
        other_course=facts.other_course if facts.has_other_course else "",
    )


def _stands_under_another_name(draft: StepDraft, facts: EntryFacts) -> bool:
    """Whether a candidate known under this name stands entered under a corrected one: then this is somebody else."""
    known = Candidate.objects.same_person(draft.centre, facts.details)
    return StepEntry.objects.live().filter(session=draft.session, candidate__in=known).exists()
