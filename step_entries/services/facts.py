"""What the rules need to know of a draft, gathered from the database."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Exists, Q, Subquery

from candidates.rules.identity import Details, person_key
from centres.enums import Subject
from centres.models import Centre
from core.moments import uk_date
from core.windows import Window

from ..codecs import read_answers
from ..models import Course, SessionExtension, StepDraft, StepEntry, StepSession
from ..rules import Duplicate, EntryFacts


def window_of(session: StepSession, centre: Any) -> Window:
    """When this centre can make entries: its own extension counted; asks one query."""
    own = SessionExtension.objects.filter(session=session, centre=centre)
    return session.window_until(own.values_list("closes_at", flat=True).first())


def windows_of(session: StepSession) -> dict[int, Window]:
    """The windows of the centres that have one of their own, by the id of the centre; asks one query."""
    own = session.extensions.values_list("centre", "closes_at")
    return {centre: session.window_until(closes_at) for centre, closes_at in own}


def facts_to_start(*, session: StepSession, centre: Any, at: datetime) -> EntryFacts:
    """The facts of an entry in which nothing is answered yet, `window_of` the centre among them; asks one query."""
    extended_to, is_approved = (
        StepSession.objects.filter(pk=session.pk)
        .values_list(
            Subquery(session.extensions.filter(centre=centre).values("closes_at")),
            Exists(centre.approvals.in_force(uk_date(at)).filter(subject=Subject.STEP)),
        )
        .get()
    )
    return EntryFacts(
        at=at,
        window=session.window_until(extended_to),
        is_approved=is_approved,
        test_day=uk_date(session.closes_at),
        session_papers=frozenset(),
        details=Details(),
        team_contact=f"Contact the STEP team: {settings.STEP_TEAM_EMAIL}, {settings.STEP_TEAM_PHONE}.",
    )


def judged_alone(centre: Any, gather: Callable[[], EntryFacts]) -> EntryFacts:
    """The facts, inside a transaction; of a declared "different person" those after every other declaration.

    Two officers may declare one new person different from the same namesake, each before the other's Submit.
    """
    facts = gather()
    if facts.is_different_person:
        wait_for_declarations(centre)
        facts = gather()
    return facts


def wait_for_declarations(centre: Any) -> None:
    """Until this transaction ends, no other declaration of a "different person" is judged for this centre."""
    Centre.objects.select_for_update(of=("self",), no_key=True).get(pk=centre.pk)


def entry_facts(draft: StepDraft, *, at: datetime) -> EntryFacts:
    """The facts of a draft at this moment (an aware datetime)."""
    return facts_of_answers(draft.all_answers, session=draft.session, centre=draft.centre, at=at)


def facts_of_answers(
    typed: Mapping[str, Any], *, session: StepSession, centre: Any, at: datetime, entry: StepEntry | None = None
) -> EntryFacts:
    """The facts of what was typed, by field name: of a new entry, or of this one as it would be.

    An entry is no duplicate of itself, keeps courses that the session no longer offers, and is not asked
    again about a namesake as long as it keeps its name and date of birth.
    """
    answers = read_answers(typed)
    details = answers.details
    key = person_key(details.stored_first_name, details.stored_last_name)
    papers = list(session.papers.all())
    courses = list(Course.objects.offered(session, entry).filter(pk__in=answers.courses))
    same = Q(person_key=key, date_of_birth=details.date_of_birth)
    if details.ucas_id:
        same |= Q(ucas_id=details.ucas_id)
    others = StepEntry.objects.live().exclude(pk=entry.pk if entry else None)
    entered = others.filter(same, session=session, centre=centre).order_by("number")
    return replace(
        facts_to_start(session=session, centre=centre, at=at),
        test_day=min((paper.day for paper in papers), default=uk_date(session.closes_at)),
        session_papers=frozenset(paper.paper for paper in papers),
        details=details,
        person_key=key,
        unread=answers.unread,
        papers=answers.papers,
        courses=tuple(course.pk for course in courses),
        has_other_course=answers.has_other_course,
        other_course=answers.other_course,
        different_from=answers.different_from,
        was_asked_before=bool(entry and entry.is_live and entry.is_called(key, details.date_of_birth)),
        plain_names_only=settings.NAMES_PLAIN_ONLY,
        courses_needing_both_papers=tuple(
            f"{course.name} at {course.institution}" for course in courses if course.usually_needs_both_papers
        ),
        possible_duplicates=tuple(
            Duplicate(other.number, other.name, other.date_of_birth, other.ucas_id, other.person_key)
            for other in entered
        ),
    )
