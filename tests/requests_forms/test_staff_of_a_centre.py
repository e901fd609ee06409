"""Somebody of the board's staff who also makes entries for a centre: two desks, each with what belongs to it."""

import pytest
from django.urls import reverse

from requests_forms.enums import Kind, Status
from requests_forms.models import Evidence, Request
from tests.factories.centres import MembershipFactory
from tests.factories.requests import EvidenceFactory, RequestFactory
from tests.factories.step_entries import StepEntryFactory
from tests.requests_forms.admin_pages import QUEUE
from tests.requests_forms.writing_pages import ARRANGED, GO_ON, fingerprint_on, new_url, url_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def both(staff, centre, officer):
    """One of the staff who makes entries for Northgate, beside two others."""
    MembershipFactory(user=staff, centre=centre)
    return staff


@pytest.fixture
def client(signed_in, both):
    return signed_in(both)


def test_a_draft_is_begun_gone_on_with_and_sent(client, entry):
    page = client.post(new_url(entry), ARRANGED | GO_ON)
    draft = Request.objects.get()
    assert page.url == url_of(draft, "check")

    assert client.get(new_url(entry)).url == url_of(draft)
    client.post(new_url(entry), ARRANGED | GO_ON)
    client.post(url_of(draft, "check"), fingerprint_on(client.get(url_of(draft, "check"))))

    assert Request.objects.get().status == Status.SUBMITTED


def test_drafts_of_the_own_centre_are_seen_once_and_those_of_others_never(both, entry, other_centre, session):
    own = [RequestFactory(entry=entry, status=status) for status in (Status.DRAFT, Status.SUBMITTED)]
    elsewhere = StepEntryFactory(session=session, centre=other_centre)
    sent = RequestFactory(entry=elsewhere)
    draft = RequestFactory(entry=elsewhere, status=Status.DRAFT)
    kept = [EvidenceFactory(request=case) for case in (*own, sent, draft)]

    assert sorted(case.pk for case in Request.objects.visible_to(both)) == [own[0].pk, own[1].pk, sent.pk]
    assert sorted(file.pk for file in Evidence.objects.readable_by(both)) == [file.pk for file in kept[:3]]


def test_the_desk_has_no_draft_of_the_own_centre_either(client, entry):
    draft = RequestFactory(entry=entry, status=Status.DRAFT, kind=Kind.WITHDRAWAL)
    file = EvidenceFactory(request=draft)

    assert draft.reference not in client.get(QUEUE, {"state": "all"}).text
    assert client.get(reverse("admin:requests_forms_request_decide", args=[draft.pk])).status_code == 404
    assert client.get(reverse("admin:requests_forms_request_evidence", args=[draft.pk, file.key])).status_code == 404


def test_a_membership_that_ended_shows_drafts_no_more(both, entry, now):
    RequestFactory(entry=entry, status=Status.DRAFT)
    both.memberships.update(ended_at=now)

    assert not Request.objects.visible_to(both).exists()
