"""What the page of a request shows to the STEP team, and what it offers."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.history import history_of
from core.moments import in_words
from requests_forms.enums import SENT, Act, Kind, Status
from requests_forms.models import Message, Request
from requests_forms.rules import MOVES
from requests_forms.services import take_up
from step_entries.enums import EntryStatus
from step_entries.models import StepEntry
from tests.factories.accounts import UserFactory
from tests.factories.requests import EvidenceFactory, RequestFactory
from tests.factories.step_entries import StepEntryFactory
from tests.reports.test_overview import words_of
from tests.requests_forms.acts import about
from tests.requests_forms.admin_pages import desk_of, pressed

pytestmark = pytest.mark.django_db

ACTS_OF_STAFF = [Act.TAKE_UP, Act.ASK, Act.ACCEPT, Act.DECLINE]
BUTTONS = {
    Act.TAKE_UP: "Take up",
    Act.ASK: "Ask for more information",
    Act.ACCEPT: "Accept",
    Act.DECLINE: "Decline",
}


@pytest.fixture
def client(signed_in, staff):
    return signed_in(staff)


@pytest.fixture
def case(entry, officer):
    """A request of Northgate that was sent."""
    return RequestFactory(entry=entry, started_by=officer)


@pytest.fixture
def alex(db):
    """Another one of the STEP team."""
    return UserFactory(email="alex@board.example", name="Alex Reed", is_staff=True)


def say(case, by, now, text, **of):
    return Message.objects.create(request=case, at=now, by=by, text=text, **of)


# --- what the page shows ----------------------------------------------------------------------------------------------


def test_the_page_says_who_asks_for_what_and_until_when(client, case, officer, now):
    case.kind, case.due_at, case.is_late = Kind.ACCESS_ARRANGEMENT, now - timedelta(days=1), True
    case.answers = {"a_extra-time-other": "on", "d_extra-time-other": "50%", "note": "Broke an arm"}
    case.save()

    words = words_of(client.get(desk_of(case)))

    for shown in (
        f"{case}: access arrangement",
        "Submitted",
        f"{in_words(case.sent_at)}, by {officer.name}",
        f"Late: {in_words(case.due_at)}",
        "Late: case by case",
        "Other extra time 50 per cent; for all papers",
        "Further details Broke an arm",
        f"Entry {case.entry.number}: NOT YET CONFIRMED",
        "Candidate Ann Smith",
        "Date of birth 4 March 2009",
        "61111 Northgate School",
    ):
        assert shown in words


def test_an_entry_that_was_withdrawn_meanwhile_is_said(client, now):
    case = RequestFactory(entry=StepEntryFactory(status=EntryStatus.WITHDRAWN, withdrawn_at=now))

    assert f"The entry {case.entry.number} is withdrawn, since {in_words(now)}." in words_of(client.get(desk_of(case)))


def test_a_change_of_accounts_leads_to_the_user_and_to_the_centre(client, centre, priya):
    answers = {"change": "amend-user", "person": str(priya.pk), "detail": "She married: Priya Hill"}
    case = RequestFactory(kind=Kind.ACCOUNT_CHANGE, entry=None, centre=centre, person=priya, answers=answers)

    page = client.get(desk_of(case))

    assert reverse("admin:accounts_user_change", args=[priya.pk]) in page.text
    assert reverse("admin:centres_centre_change", args=[centre.pk]) in page.text
    assert "Details of the change She married: Priya Hill" in words_of(page)


def test_an_amendment_stands_with_its_old_and_new_values(client, case):
    case.kind = Kind.ENTRY_AMENDMENT
    case.answers = {"first_name": "Anna", "reason": "A slip", "differences": [["First Name", "Ann", "Anna"]]}
    case.save()

    page = client.get(desk_of(case))

    assert "First Name Ann Anna" in words_of(page)
    assert "The entry was changed after this request was sent" not in words_of(page)


def test_an_amendment_of_an_entry_that_changed_meanwhile_says_what_it_would_change_now(client, case):
    case.kind = Kind.ENTRY_AMENDMENT
    case.answers = {"first_name": "Anna", "reason": "A slip", "differences": [["First Name", "Ann", "Anna"]]}
    case.save()
    StepEntry.objects.update(first_name="Anne")

    page = client.get(desk_of(case))

    assert "What accepting would change now: First Name: Anne would become Anna" in words_of(page)


def test_the_thread_says_what_is_for_staff_alone(client, case, staff, officer, now):
    say(case, staff, now, "Which arm?", is_of_staff=True)
    say(case, officer, now, "The right one.")
    say(case, staff, now, "Consistent with the letter.", is_of_staff=True, is_internal=True)

    words = words_of(client.get(desk_of(case)))

    assert "Sam Taylor, staff" in words
    assert "Olivia Marsh, centre" in words
    assert words.count("(for staff alone)") == 1


def test_what_was_deleted_by_its_date_is_said(client, now):
    case = RequestFactory(status=Status.APPROVED, is_accepted=True, reduced_at=now, answers={})

    assert f"Reasons and thread were deleted on {in_words(now)}." in words_of(client.get(desk_of(case)))


def test_the_history_names_acts_and_people(client, case, staff, alex, now):
    take_up(request=case, version=1, by=alex, at=now)
    client.post(desk_of(case), pressed(case, "assign", assignee=staff.pk))

    words = words_of(client.get(desk_of(case)))

    assert "taken up, by Alex Reed" in words
    assert "assigned to Sam Taylor, by Sam Taylor" in words


def test_that_a_person_opened_the_page_is_recorded_once_in_15_minutes(client, case, staff, now):
    minutes = [0, 14, 16]
    for minute in minutes:
        with time_machine.travel(now + timedelta(minutes=minute), tick=False):
            client.get(desk_of(case))

    looks = history_of(case).filter(action="request.opened")
    assert [(look.by, look.at - now) for look in looks] == [
        (staff, timedelta(minutes=16)),
        (staff, timedelta(0)),
    ]


def test_two_people_who_open_the_page_are_both_recorded(client, signed_in, case, staff, alex):
    client.get(desk_of(case))
    signed_in(alex).get(desk_of(case))

    assert {look.by for look in history_of(case).filter(action="request.opened")} == {staff, alex}


def test_the_page_asks_the_same_number_of_queries_for_one_of_everything_and_for_20(client, case, staff, now):
    case.kind, case.event, case.paper = Kind.SPECIAL_CONSIDERATION, "0" * 32, "step-2"
    case.save()

    def fill(count):
        for _ in range(count):
            same = {"kind": case.kind, "event": case.event, "paper": "step-2"}
            RequestFactory(entry=StepEntryFactory(session=case.entry.session, centre=case.centre), **same)
            EvidenceFactory(request=case, message=say(case, UserFactory(), now, "Why?"))

    def queries():
        with CaptureQueriesContext(connection) as asked:
            assert client.get(desk_of(case)).status_code == 200
        return len(asked)

    fill(1)
    queries()  # the first page of a session notes the session and the look as well
    with_one = queries()
    fill(19)

    assert queries() == with_one


# --- what is offered --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", SENT)
def test_the_acts_that_the_status_allows_are_offered_and_no_others(client, status):
    page = client.get(desk_of(RequestFactory(status=status)))

    offered = [act for act in ACTS_OF_STAFF if f">{BUTTONS[act]}</button>" in page.text]
    assert offered == [act for act in ACTS_OF_STAFF if status in MOVES[act][0]]


@pytest.mark.parametrize("kind", list(Kind))
def test_a_severity_is_offered_for_special_consideration_alone(client, kind):
    entry = StepEntryFactory()
    page = client.get(desk_of(RequestFactory(kind=kind, centre=entry.centre, **about(kind, entry))))

    assert ('name="severity"' in page.text) == (kind == Kind.SPECIAL_CONSIDERATION)


@pytest.mark.parametrize(
    ("kind", "reason", "is_offered"),
    [
        (Kind.WITHDRAWAL, "medical", True),
        (Kind.WITHDRAWAL, "compassionate", True),
        (Kind.WITHDRAWAL, "other", False),
        (Kind.TIMETABLE_VARIATION, "medical", False),
    ],
)
def test_the_fee_can_be_waived_for_medical_and_compassionate_withdrawals(client, case, kind, reason, is_offered):
    case.kind, case.answers = kind, {"reason": reason}
    case.save()

    page = client.get(desk_of(case))
    client.post(desk_of(case), pressed(case, "accept", is_fee_waived="on"))

    assert ('name="is_fee_waived"' in page.text) == is_offered
    assert Request.objects.get().is_fee_waived == is_offered


def test_a_fee_is_not_waived_with_a_withdrawal_that_is_declined(client, case):
    case.kind, case.answers = Kind.WITHDRAWAL, {"reason": "medical"}
    case.save()

    client.post(desk_of(case), pressed(case, "decline", is_fee_waived="on", text="There is no letter."))

    decided = Request.objects.get()
    assert (decided.status, decided.is_fee_waived) == (Status.DECLINED, False)
