from datetime import date, timedelta

import factory

from centres.enums import Role, Subject
from centres.models import Approval, Centre, Membership


class CentreFactory(factory.django.DjangoModelFactory):
    """A centre that is approved for STEP, for the next three years."""

    class Meta:
        model = Centre
        skip_postgeneration_save = True

    number = factory.Sequence(lambda n: f"{10000 + n}")
    name = factory.Sequence(lambda n: f"School {n}")
    approval = factory.RelatedFactory("tests.factories.centres.ApprovalFactory", factory_related_name="centre")


class ApprovalFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Approval

    centre = factory.SubFactory(CentreFactory, approval=None)
    subject = Subject.STEP
    since = factory.LazyFunction(lambda: date.today() - timedelta(days=365))  # noqa: DTZ011 (a wide margin)
    until = factory.LazyFunction(lambda: date.today() + timedelta(days=3 * 365))  # noqa: DTZ011


class MembershipFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Membership

    user = factory.SubFactory("tests.factories.accounts.UserFactory")
    centre = factory.SubFactory(CentreFactory)
    role = Role.EXAMS_OFFICER
