import uuid
from datetime import timedelta

import factory
from django.utils import timezone

from step_entries.enums import Combination, EntryStatus, Paper
from step_entries.models import Course, Institution, SessionPaper, StepDraft, StepEntry, StepSession


class InstitutionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Institution

    name = factory.Sequence(lambda n: f"University {n}")


class CourseFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Course

    institution = factory.SubFactory(InstitutionFactory)
    name = "Mathematics"
    ucas_code = "G100"


class SessionFactory(factory.django.DjangoModelFactory):
    """A session that opened 30 days ago and closes in 30 days, with both papers and two courses."""

    class Meta:
        model = StepSession
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"June {3001 + n}")
    opens_at = factory.LazyFunction(lambda: timezone.now() - timedelta(days=30))
    closes_at = factory.LazyAttribute(lambda o: o.opens_at + timedelta(days=60))
    modified_papers_until = factory.LazyAttribute(lambda o: o.closes_at - timedelta(days=14))
    results_at = factory.LazyAttribute(lambda o: o.closes_at + timedelta(days=100))

    @factory.post_generation
    def papers_and_courses(session, create, extracted, **kwargs):
        for days, paper in ((40, Paper.STEP_2), (46, Paper.STEP_3)):
            SessionPaper.objects.create(
                session=session, paper=paper, code="9470", starts_at=session.closes_at + timedelta(days=days)
            )
        session.courses.set([CourseFactory(), CourseFactory()])


CANDIDATE_ANSWERS = {
    "first_name": "Ann",
    "last_name": "Smith",
    "auto_capitalise": True,
    "date_of_birth": "04/03/2009",
    "gender": "female",
    "ucas_id": "123 456 7890",
}


def answers_for(session: StepSession, **changes: object) -> dict[str, dict[str, object]]:
    """The answers of a draft that can be submitted, with changes to the candidate's details."""
    return {
        "candidate": CANDIDATE_ANSWERS | changes,
        "papers": {"papers": Combination.BOTH.value},
        "courses": {"courses": [str(session.courses.first().pk)]},
    }


class DraftFactory(factory.django.DjangoModelFactory):
    """A draft that can be submitted; `candidate` changes the details."""

    class Meta:
        model = StepDraft

    class Params:
        candidate = {}

    session = factory.SubFactory(SessionFactory)
    centre = factory.SubFactory("tests.factories.centres.CentreFactory")
    started_by = factory.SubFactory("tests.factories.accounts.UserFactory")
    answers = factory.LazyAttribute(lambda o: answers_for(o.session, **o.candidate))
    created_at = factory.LazyFunction(timezone.now)
    modified_at = factory.SelfAttribute("created_at")


class StepEntryFactory(factory.django.DjangoModelFactory):
    """An entry that is NOT YET CONFIRMED; one of another status has the moment that belongs to it."""

    class Meta:
        model = StepEntry

    number = factory.Sequence(lambda n: f"S{50000 + n:05}")
    submission_key = factory.LazyFunction(uuid.uuid4)
    session = factory.SubFactory(SessionFactory)
    centre = factory.SubFactory("tests.factories.centres.CentreFactory")
    candidate = factory.SubFactory(
        "tests.factories.candidates.CandidateFactory", centre=factory.SelfAttribute("..centre")
    )
    submitted_by = factory.SubFactory("tests.factories.accounts.UserFactory")
    first_name = factory.SelfAttribute("candidate.first_name")
    last_name = factory.SelfAttribute("candidate.last_name")
    plain_first_name = factory.SelfAttribute("candidate.plain_first_name")
    plain_last_name = factory.SelfAttribute("candidate.plain_last_name")
    person_key = factory.SelfAttribute("candidate.person_key")
    date_of_birth = factory.SelfAttribute("candidate.date_of_birth")
    gender = factory.SelfAttribute("candidate.gender")
    papers = Combination.BOTH
    status = EntryStatus.NOT_YET_CONFIRMED
    created_at = factory.LazyFunction(timezone.now)
    modified_at = factory.SelfAttribute("created_at")
    unconfirmed_since = factory.SelfAttribute("created_at")
    confirmed_at = factory.LazyAttribute(lambda o: o.created_at if o.status == EntryStatus.CONFIRMED else None)
    withdrawn_at = factory.LazyAttribute(lambda o: o.created_at if o.status == EntryStatus.WITHDRAWN else None)
