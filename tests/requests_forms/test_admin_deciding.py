"""Acting on a request on its page in the administration."""

import pytest

from requests_forms.enums import Kind, Status
from requests_forms.models import Message, Request
from requests_forms.services import take_up
from step_entries.enums import EntryStatus
from step_entries.models import StepEntry
from tests.factories.accounts import UserFactory
from tests.factories.requests import RequestFactory
from tests.reports.test_overview import words_of
from tests.requests_forms.admin_pages import QUEUE, desk_of, errors_of, pressed

pytestmark = pytest.mark.django_db


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


def test_taking_up_stays_on_the_page(client, case, staff):
    answer = client.post(desk_of(case), pressed(case, "take-up"), query_params={"_changelist_filters": "due=past"})

    taken = Request.objects.get()
    assert (taken.status, taken.assignee) == (Status.IN_PROGRESS, staff)
    assert answer.url == f"{desk_of(case)}?_changelist_filters=due%3Dpast"


def test_a_request_is_handed_to_a_colleague_and_to_nobody(client, case, alex):
    page = client.post(desk_of(case), pressed(case, "assign", assignee=alex.pk), follow=True)
    assert (Request.objects.get().assignee, f"{case} is assigned to Alex Reed." in words_of(page)) == (alex, True)

    client.post(desk_of(case), pressed(case, "assign", assignee=""))
    assert Request.objects.get().assignee is None


def test_a_request_is_not_handed_to_somebody_of_a_centre(client, case, officer):
    page = client.post(desk_of(case), pressed(case, "assign", assignee=officer.pk))

    assert errors_of(page) == {"assignee": ["Choose one of the staff."]}
    assert Request.objects.get().assignee is None


def test_asking_for_more_puts_the_question_into_the_thread_and_leads_back_to_the_queue(client, case, staff):
    typed = pressed(case, "ask", question="Which arm?")
    answer = client.post(desk_of(case), typed, query_params={"_changelist_filters": "assignee=me"})

    question = Message.objects.get()
    assert (question.text, question.by, question.is_internal) == ("Which arm?", staff, False)
    assert Request.objects.get().status == Status.MORE_INFORMATION
    assert answer.url == f"{QUEUE}?assignee=me"


def test_a_question_without_words_is_refused_at_its_field_and_nothing_typed_is_lost(client, case):
    page = client.post(desk_of(case), pressed(case, "ask", question=" ", text="Typed for the decision"))

    assert errors_of(page) == {"question": ["Type what more you need to know."]}
    assert "Typed for the decision" in page.text
    assert Request.objects.get().status == Status.SUBMITTED


def test_declining_without_a_reason_is_refused_at_its_field(client, case):
    page = client.post(desk_of(case), pressed(case, "decline"))

    assert errors_of(page) == {"text": ["Type why the request is declined."]}
    assert Request.objects.get().status == Status.SUBMITTED


def test_declining_says_why_to_the_centre(client, case, staff):
    client.post(desk_of(case), pressed(case, "decline", text="It came after the test."))

    declined = Request.objects.get()
    assert (declined.status, declined.is_accepted, declined.decided_by) == (Status.DECLINED, False, staff)
    assert (Message.objects.get().text, Message.objects.get().is_internal) == ("It came after the test.", False)


def test_an_accepted_withdrawal_withdraws_the_entry(client, case):
    case.kind, case.answers = Kind.WITHDRAWAL, {"reason": "other"}
    case.save()

    page = client.post(desk_of(case), pressed(case, "accept"), follow=True)

    assert StepEntry.objects.get().status == EntryStatus.WITHDRAWN
    assert f"{case} is accepted." in words_of(page)


def test_an_accepted_amendment_amends_the_entry(client, case):
    case.kind, case.answers = Kind.ENTRY_AMENDMENT, {"first_name": "Anna", "reason": "A slip"}
    case.save()

    client.post(desk_of(case), pressed(case, "accept"))

    assert (StepEntry.objects.get().first_name, Request.objects.get().status) == ("Anna", Status.COMPLETED)


def test_what_the_rules_of_the_entry_say_against_it_is_shown_and_nothing_is_decided(client, case, now):
    case.kind, case.answers = Kind.WITHDRAWAL, {"reason": "other"}
    case.save()
    StepEntry.objects.update(status=EntryStatus.WITHDRAWN, withdrawn_at=now)

    page = client.post(desk_of(case), pressed(case, "accept", text="Granted."))

    [sentence] = errors_of(page)[""]
    assert "withdrawn" in sentence
    assert "Granted." in page.text
    assert (Request.objects.get().status, Message.objects.count()) == (Status.SUBMITTED, 0)


def test_who_was_slower_is_told_who_was_quicker_and_can_go_on_with_what_was_typed(client, case, alex, now):
    seen = pressed(case, "accept", text="All in order.")
    take_up(request=case, version=1, by=alex, at=now)

    page = client.post(desk_of(case), seen)

    [sentence] = errors_of(page)[""]
    assert sentence.startswith("Alex Reed changed it last, at ")
    assert "All in order." in page.text
    assert Request.objects.get().status == Status.IN_PROGRESS
    assert f'name="version" value="{case.version + 1}"' in page.text


def test_who_decides_second_is_told_and_keeps_the_words(client, signed_in, case, alex):
    seen = pressed(case, "decline", text="It is too late.")
    signed_in(alex).post(desk_of(case), pressed(case, "accept"))

    page = client.post(desk_of(case), seen)

    assert "The request is approved. Alex Reed changed it last" in words_of(page)
    assert "It is too late." in words_of(page)
    assert (Request.objects.get().status, Message.objects.count()) == (Status.APPROVED, 0)


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 40, "²"])
def test_a_page_that_names_no_version_decides_nothing(client, case, version):
    client.post(desk_of(case), {"act": "accept", "version": version})

    assert Request.objects.get().status == Status.SUBMITTED


def test_an_unknown_button_does_nothing(client, case):
    page = client.post(desk_of(case), pressed(case, "send"))

    assert (page.status_code, Request.objects.get().version) == (200, case.version)


def test_a_request_that_ended_meanwhile_is_not_handed_on(client, signed_in, case, alex):
    signed_in(alex).post(desk_of(case), pressed(case, "accept"))

    page = client.post(desk_of(case), pressed(case, "assign", assignee=alex.pk))

    assert "The request is approved. Alex Reed changed it last" in words_of(page)
    assert Request.objects.get().assignee is None
