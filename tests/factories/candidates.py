from datetime import date

import factory
from django.utils import timezone

from candidates.enums import Gender
from candidates.models import Candidate, CandidateGroup
from candidates.rules.identity import person_key


def in_letters(number: int) -> str:
    """A number as letters, for names that differ."""
    return str(number).translate(str.maketrans("0123456789", "abcdefghij"))


class CandidateFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Candidate

    centre = factory.SubFactory("tests.factories.centres.CentreFactory")
    first_name = "Ann"
    last_name = factory.Sequence(lambda n: f"Smith{in_letters(n)}")
    plain_first_name = factory.SelfAttribute("first_name")
    plain_last_name = factory.SelfAttribute("last_name")
    person_key = factory.LazyAttribute(lambda o: person_key(o.first_name, o.last_name))
    date_of_birth = date(2009, 3, 4)
    gender = Gender.FEMALE
    created_at = factory.LazyFunction(timezone.now)


class GroupFactory(factory.django.DjangoModelFactory):
    """A group; `members` are put into it."""

    class Meta:
        model = CandidateGroup
        skip_postgeneration_save = True

    centre = factory.SubFactory("tests.factories.centres.CentreFactory")
    name = factory.Sequence(lambda n: f"Group {n}")
    created_at = factory.LazyFunction(timezone.now)

    @factory.post_generation
    def members(group, create, extracted, **kwargs):
        group.candidates.set(extracted or [])
