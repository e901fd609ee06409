"""What the page of a request says of where it stands: to whom, and of the others of its event."""

import uuid

import pytest
from django.urls import reverse

from requests_forms.enums import Act, Kind, Status
from requests_forms.services import answer_request, ask_for_more, decide_request
from tests.factories.requests import EvidenceFactory, RequestFactory
from tests.factories.step_entries import StepEntryFactory
from tests.reports.pages import words_of

pytestmark = pytest.mark.django_db

WAITS_FOR_EVIDENCE = "The STEP team waits for the evidence that your centre said will follow."


@pytest.fixture
def client(signed_in, officer):
    return signed_in(officer)


@pytest.fixture
def case(entry, officer):
    return RequestFactory(entry=entry, started_by=officer)


def withdrawal(entry, officer, status=Status.SUBMITTED):
    answers = {"reason": "medical", "will_follow": True}
    return RequestFactory(entry=entry, started_by=officer, kind=Kind.WITHDRAWAL, status=status, answers=answers)


def page_of(client, case):
    return client.get(reverse("requests:detail", args=[case.reference]))


def test_who_makes_entries_is_told_of_withdrawing_and_of_mails(client, case):
    words = words_of(page_of(client, case))

    assert "Until somebody begins to work on it, you can withdraw it. You get a mail at each step." in words


def test_read_only_members_are_told_that_their_centre_can_withdraw_it(signed_in, colleague, case):
    words = words_of(page_of(signed_in(colleague), case))

    assert "Until somebody begins to work on it, your centre can withdraw it." in words
    assert "You get a mail" not in words


def test_a_request_whose_evidence_will_follow_waits_for_it_until_an_answer_came(client, entry, officer, staff, now):
    ahead = withdrawal(entry, officer, Status.MORE_INFORMATION)
    before = words_of(page_of(client, ahead))

    answered = answer_request(request=ahead, text="Here it is.", files=[], version=1, by=officer, at=now)
    ask_for_more(request=answered, text="Whose is it?", version=2, by=staff, at=now)
    after = words_of(page_of(client, ahead))

    assert WAITS_FOR_EVIDENCE in before
    assert WAITS_FOR_EVIDENCE not in after
    assert "The STEP team waits for your centre." in after


@pytest.mark.parametrize(("is_waived", "told"), [(True, "The fee is waived."), (False, "The fee stays due.")])
def test_a_withdrawal_that_was_accepted_tells_of_the_fee_and_not_to_read_only_members(
    client, signed_in, entry, officer, colleague, staff, now, is_waived, told
):
    case = withdrawal(entry, officer)
    decide_request(request=case, act=Act.ACCEPT, version=1, by=staff, at=now, is_fee_waived=is_waived)

    assert f"has left Current entries. {told}" in words_of(page_of(client, case))
    assert "The fee" not in words_of(page_of(signed_in(colleague), case))


def test_the_others_of_an_event_are_named_with_the_way_to_them(client, entry, officer):
    other_entry = StepEntryFactory(session=entry.session, centre=entry.centre, last_name="Zeta")
    of_event = {"kind": Kind.SPECIAL_CONSIDERATION, "paper": "step-2", "event": uuid.uuid4(), "started_by": officer}
    case, other = (RequestFactory(entry=each, **of_event) for each in (entry, other_entry))

    page = page_of(client, case)

    assert f"Others of the same event {other.reference}, {other_entry.name}" in words_of(page)
    assert reverse("requests:detail", args=[other.reference]) in page.text


def test_a_request_without_an_event_names_no_others(client, case, entry, officer):
    RequestFactory(entry=entry, started_by=officer)

    assert "Others of the same event" not in words_of(page_of(client, case))


def test_the_name_of_a_file_may_break_anywhere(client, case):
    EvidenceFactory(request=case, name=f"{'n' * 90}.pdf")

    assert '<ul class="history files">' in page_of(client, case).text
