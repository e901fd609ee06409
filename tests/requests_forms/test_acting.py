"""Acts on requests that were sent: asking, answering, taking up, handing on."""

from datetime import timedelta

import pytest

from core.models import HistoryEntry
from core.refusals import Refused
from requests_forms.enums import Act, Kind, Status
from requests_forms.models import Message, Request
from requests_forms.services import (
    answer_request,
    ask_for_more,
    assign_request,
    take_up,
    withdraw_request,
)
from tests.factories.accounts import UserFactory
from tests.factories.requests import RequestFactory
from tests.requests_forms.acts import LATER, do, everything, mails, received, refused, sent, several

pytestmark = pytest.mark.django_db

AMENDMENT, WITHDRAWAL, CONSIDERATION = Kind.ENTRY_AMENDMENT, Kind.WITHDRAWAL, Kind.SPECIAL_CONSIDERATION
ACCEPT, DECLINE = Act.ACCEPT, Act.DECLINE


@pytest.fixture
def after(session):
    """A moment some days after closing."""
    return session.closes_at + timedelta(days=3)


@pytest.fixture
def case(entry, officer):
    """An access arrangement that was sent."""
    return sent(Kind.ACCESS_ARRANGEMENT, entry, officer)


def test_a_question_and_its_answer_stand_in_the_thread(case, staff, officer, after):
    asked = ask_for_more(request=case, text=" Which letter? ", version=case.version, by=staff, at=after)
    file = received("letter.pdf")

    answered = answer_request(
        request=asked, text="This one.", files=[file], version=asked.version, by=officer, at=after + LATER
    )

    question, answer = Message.objects.all()
    assert (question.text, question.by, question.at, question.is_of_staff) == ("Which letter?", staff, after, True)
    assert (answer.text, answer.by, answer.is_of_staff, answer.is_internal) == ("This one.", officer, False, False)
    assert [evidence.name for evidence in answer.evidence.all()] == ["letter.pdf"]
    assert (answered.status, answered.version) == (Status.IN_PROGRESS, asked.version + 1)


def test_an_answer_that_is_refused_keeps_no_file(case, staff, officer, after):
    asked = ask_for_more(request=case, text="Which?", version=case.version, by=staff, at=after)
    before = everything()
    act = {"request": asked, "version": asked.version, "by": officer, "at": after}

    assert refused(answer_request, **act, text="", files=[]) == ["ACT-05"]
    assert refused(answer_request, **act, text="This.", files=several(6)) == ["EVIDENCE-10"]
    assert everything() == before


@pytest.mark.parametrize("act", [Act.WITHDRAW, Act.TAKE_UP, Act.ASK, ACCEPT, DECLINE])
def test_act_03_an_act_on_another_version_than_the_one_seen_changes_nothing(case, officer, staff, after, act):
    person = officer if act == Act.WITHDRAW else staff
    before = everything()

    assert refused(do, act, case, by=person, at=after, version=case.version - 1) == ["ACT-03"]
    assert everything() == before


def test_who_changed_a_request_last_is_told_to_staff_by_name_and_to_the_centre_as_the_team(case, officer, staff, after):
    take_up(request=case, version=case.version, by=staff, at=after)
    other = UserFactory(is_staff=True)

    for person, told in ((officer, "The STEP team changed it last"), (other, "Sam Taylor changed it last")):
        act = withdraw_request if person == officer else take_up
        with pytest.raises(Refused, match=told):
            act(request=case, version=case.version, by=person, at=after)


def test_who_takes_a_request_up_is_its_assignee(case, staff, after):
    taken = take_up(request=case, version=case.version, by=staff, at=after)

    assert (taken.status, taken.assignee) == (Status.IN_PROGRESS, staff)


def test_a_request_is_handed_on_and_the_centre_is_not_told(case, staff, after):
    other = UserFactory(is_staff=True, name="Jo Field")
    before = len(mails())

    assign_request(request=case, to=other, by=staff, at=after)
    assigned = assign_request(request=case, to=None, by=staff, at=after)

    line = HistoryEntry.objects.filter(action="request.assigned").first()
    assert (line.by, line.changes) == (staff, {"assignee": ["Jo Field", None]})
    assert (assigned.assignee, assigned.version) == (None, case.version)
    assert len(mails()) == before


def test_act_01_requests_are_handed_on_by_staff_to_staff(case, staff, officer, after):
    assert refused(assign_request, request=case, to=staff, by=officer, at=after) == ["ACT-01"]
    assert refused(assign_request, request=case, to=officer, by=staff, at=after) == ["ACT-01"]
    assert refused(assign_request, request=case, to=None, by=officer, at=after) == ["ACT-01"]
    assert Request.objects.get().assignee is None


@pytest.mark.parametrize("status", ["draft", "approved", "completed", "withdrawn"])
def test_act_02_a_request_that_is_not_open_is_handed_to_nobody(entry, staff, after, status):
    case = RequestFactory(entry=entry, status=status)

    assert refused(assign_request, request=case, to=staff, by=staff, at=after) == ["ACT-02"]


def test_special_consideration_is_handed_on_like_the_rest(entry, staff, after):
    case = RequestFactory(entry=entry, kind=CONSIDERATION)

    assert assign_request(request=case, to=staff, by=staff, at=after).assignee == staff
