"""The table of moves, whole: every status by every act by every person, through the services."""

import pytest
from django.db import transaction

from centres.enums import Role
from core.models import HistoryEntry
from core.refusals import Refused
from outbox.models import OutgoingEmail
from requests_forms.enums import ENDED, OPEN, SENT, Act, Kind, Status
from requests_forms.models import Request
from requests_forms.rules import ACTS_OF_CENTRE, MOVES, target_of
from tests.factories.accounts import UserFactory
from tests.factories.centres import MembershipFactory
from tests.factories.requests import RequestFactory
from tests.factories.step_entries import StepEntryFactory
from tests.requests_forms.acts import MEDICAL_AHEAD, do, everything, right_moment
from tests.requests_forms.rule_facts import RIGHT

TABLE = {
    Status.DRAFT: {Act.SAVE, Act.SEND, Act.SEND_AHEAD, Act.DISCARD},
    Status.SUBMITTED: {Act.WITHDRAW, Act.TAKE_UP, Act.ASK, Act.ACCEPT, Act.DECLINE},
    Status.IN_PROGRESS: {Act.ASK, Act.ACCEPT, Act.DECLINE},
    Status.MORE_INFORMATION: {Act.ANSWER, Act.ACCEPT, Act.DECLINE},
    Status.APPROVED: set(),
    Status.DECLINED: set(),
    Status.COMPLETED: set(),
    Status.WITHDRAWN: set(),
}
"""What can be done in each status, written out once more beside MOVES."""
OF_CENTRE = {"officer", "administrator"}
DONE_BY_CENTRE = {Act.SAVE, Act.SEND, Act.SEND_AHEAD, Act.DISCARD, Act.WITHDRAW, Act.ANSWER}
"""What the centre does; everything else is done by staff. Written out once more beside ACTS_OF_CENTRE."""
QUIET = {Act.SAVE, Act.DISCARD}
"""Acts on a draft, of which nobody is told."""


@pytest.fixture
def people(officer, colleague, officer_elsewhere, staff, stranger, centre, now):
    """One person of every role."""
    administrator = MembershipFactory(centre=centre, role=Role.CENTRE_ADMINISTRATOR).user
    ended = MembershipFactory(centre=centre, ended_at=now).user
    switched_off = MembershipFactory(centre=centre, user=UserFactory(is_active=False)).user
    return {
        "officer": officer,
        "administrator": administrator,
        "read-only colleague": colleague,
        "officer elsewhere": officer_elsewhere,
        "staff": staff,
        "stranger": stranger,
        "ended member": ended,
        "person not in use": switched_off,
    }


@pytest.fixture
def case(centre, session, priya):
    """A request in a status, sent by a colleague, with answers that the act can be done with."""

    def make(status, act):
        kind = Kind.WITHDRAWAL if act == Act.SEND_AHEAD else Kind.ACCESS_ARRANGEMENT
        answers = MEDICAL_AHEAD if act == Act.SEND_AHEAD else RIGHT[kind]
        entry = StepEntryFactory(session=session, centre=centre)
        return RequestFactory(kind=kind, status=status, entry=entry, answers=answers, started_by=priya)

    return make


@pytest.mark.django_db
@pytest.mark.parametrize("act", Act)
@pytest.mark.parametrize("status", Status)
def test_each_person_does_in_each_status_what_the_table_says_and_nothing_else(status, act, people, case):
    request = case(status, act)
    at = right_moment(request.kind, request.entry.session)
    before = everything()
    done = set()

    for role, person in people.items():
        with transaction.atomic():
            if codes := codes_of(act, request, person, at):
                assert codes <= {"ACT-01", "ACT-02"}
                assert everything() == before, role
            else:
                done.add(role)
                check_effect(request, act, person)
            transaction.set_rollback(True)

    of_its_side = OF_CENTRE if act in DONE_BY_CENTRE else {"staff"}
    assert done == (of_its_side if act in TABLE[status] else set())


def codes_of(act, request, person, at):
    """The codes with which the act is refused; none where it is done."""
    try:
        do(act, request, by=person, at=at)
    except Refused as refused:
        return {refusal.code for refusal in refused.refusals}
    return set()


def check_effect(request, act, person):
    """The row stands where the act leads; one line of history, and one mail unless nobody is told."""
    target = target_of(act, request.kind)
    assert list(Request.objects.values_list("status", flat=True)) == ([target] if target else [])
    lines = HistoryEntry.objects.filter(subject_type="requests_forms.request")
    wanted = {Act.SAVE: [], Act.DISCARD: ["request.discarded"]}.get(act, [f"request.moved.{act.value}"])
    assert [line.action for line in lines] == wanted
    assert {line.by for line in lines} <= {person}
    assert OutgoingEmail.objects.count() == (0 if act in QUIET else 1)


def test_the_table_of_moves_is_the_one_that_is_written_here():
    assert {status: {act for act, (sources, _) in MOVES.items() if status in sources} for status in Status} == TABLE
    assert ACTS_OF_CENTRE == DONE_BY_CENTRE


def test_every_status_is_a_draft_or_open_or_ended():
    assert {Status.DRAFT, *OPEN, *ENDED} == set(Status)
    assert set(SENT) == set(Status) - {Status.DRAFT}
    assert {status for status, acts in TABLE.items() if not acts} == set(ENDED)


def test_every_status_can_be_reached():
    assert {target_of(act, kind) for act in Act for kind in Kind} == {*Status, None}


@pytest.mark.parametrize(
    ("kind", "accepted", "declined"),
    [
        (Kind.ACCESS_ARRANGEMENT, "approved", "declined"),
        (Kind.TIMETABLE_VARIATION, "approved", "declined"),
        (Kind.ENTRY_AMENDMENT, "completed", "declined"),
        (Kind.WITHDRAWAL, "completed", "declined"),
        (Kind.ACCOUNT_CHANGE, "completed", "declined"),
        (Kind.SPECIAL_CONSIDERATION, "completed", "completed"),
    ],
)
def test_what_a_decision_leads_to_depends_on_the_kind(kind, accepted, declined):
    assert (target_of(Act.ACCEPT, kind), target_of(Act.DECLINE, kind)) == (accepted, declined)


@pytest.mark.parametrize("act", [act for act in Act if act not in (Act.ACCEPT, Act.DECLINE)])
def test_other_acts_lead_to_the_same_status_for_every_kind(act):
    assert {target_of(act, kind) for kind in Kind} == {MOVES[act][1]}
