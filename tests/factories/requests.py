from datetime import timedelta
from uuid import uuid4

import factory
from django.core.files.base import ContentFile
from django.utils import timezone

from requests_forms.enums import ENDED, Kind, ScanState, Status
from requests_forms.models import Evidence, Request

PNG = b"\x89PNG\r\n\x1a\n"


class RequestFactory(factory.django.DjangoModelFactory):
    """A request that was sent by the centre's person; one of another status has the moments that belong to it."""

    class Meta:
        model = Request

    kind = Kind.ACCESS_ARRANGEMENT
    status = Status.SUBMITTED
    entry = factory.SubFactory("tests.factories.step_entries.StepEntryFactory")
    centre = factory.LazyAttribute(lambda o: o.entry.centre)
    answers = factory.LazyFunction(dict)
    started_by = factory.SubFactory("tests.factories.accounts.UserFactory")
    started_at = factory.LazyFunction(lambda: timezone.now() - timedelta(hours=1))
    sent_by = factory.LazyAttribute(lambda o: None if o.status == Status.DRAFT else o.started_by)
    sent_at = factory.LazyAttribute(lambda o: None if o.status == Status.DRAFT else o.started_at)
    changed_at = factory.SelfAttribute("started_at")
    ended_at = factory.LazyAttribute(lambda o: o.changed_at if o.status in ENDED else None)


class EvidenceFactory(factory.django.DjangoModelFactory):
    """A small picture that can be opened."""

    class Meta:
        model = Evidence

    request = factory.SubFactory(RequestFactory)
    file = factory.LazyFunction(lambda: ContentFile(PNG, name=uuid4().hex))
    name = "letter.png"
    content_type = "image/png"
    size = len(PNG)
    sha256 = "0" * 64
    scan_state = ScanState.CLEAN
    added_by = factory.SelfAttribute("request.started_by")
    added_at = factory.SelfAttribute("request.started_at")
