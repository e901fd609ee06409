"""What is said about a request after its reasons were deleted goes with the next purge."""

from datetime import timedelta

import pytest

from requests_forms.enums import Act, Kind
from requests_forms.models import Evidence, Message
from requests_forms.rules import KEEP_REASONS
from requests_forms.services import ask_for_more, purge_evidence
from tests.factories.requests import RequestFactory
from tests.requests_forms.acts import do, received

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def reduced(entry, officer):
    """A request that is still open when its reasons are deleted, and the moment of it."""
    case = RequestFactory(entry=entry, started_by=officer, kind=Kind.WITHDRAWAL, answers={"detail": "Broke an arm"})
    at = entry.session.results_at + KEEP_REASONS
    purge_evidence(at=at)
    case.refresh_from_db()
    assert case.is_reduced
    return case, at


def test_a_question_and_an_answer_that_come_late_are_deleted_too(reduced, officer, staff):
    case, at = reduced
    asked = ask_for_more(request=case, text="Which day was it?", version=case.version, by=staff, at=at + DAY)
    do(Act.ANSWER, asked, by=officer, at=at + DAY, files=[received()])

    assert purge_evidence(at=at + 2 * DAY) == 2
    assert (Message.objects.count(), Evidence.objects.count()) == (0, 0)
    assert purge_evidence(at=at + 3 * DAY) == 0


def test_the_reason_of_a_late_decision_is_deleted_too(reduced, staff):
    case, at = reduced
    do(Act.DECLINE, case, by=staff, at=at + DAY, text="He was seen in the room.")

    purge_evidence(at=at + 2 * DAY)

    assert not Message.objects.exists()
