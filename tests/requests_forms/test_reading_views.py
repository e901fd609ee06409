"""A request's own page, withdrawing it and answering."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.services.sessions import keep_post
from core.history import record
from outbox.models import OutgoingEmail
from requests_forms.enums import Act, Kind, ScanState, Status
from requests_forms.models import Message
from requests_forms.services import answer_request, ask_for_more, decide_request, take_up, withdraw_request
from tests.core.evidence_files import pdf
from tests.factories.requests import EvidenceFactory, RequestFactory
from tests.reports.pages import words_of

pytestmark = pytest.mark.django_db

SECRET = "Broke the left arm on the ice"
NO_DECISION = "No decision is sent to your centre"


@pytest.fixture
def client(signed_in, officer):
    return signed_in(officer)


@pytest.fixture
def case(entry, officer):
    """A request for special consideration that was sent, with a reason and a file."""
    answers = {"paper": "step-2", "reason": "injury", "detail": SECRET}
    case = RequestFactory(
        entry=entry, started_by=officer, kind=Kind.SPECIAL_CONSIDERATION, paper="step-2", answers=answers
    )
    record(by=officer, at=case.sent_at, action="request.moved.send", subjects=[case])
    EvidenceFactory(request=case, name="x-ray.png")
    return case


@pytest.fixture
def asked(entry, officer, staff, now):
    """A request for withdrawal to which the STEP team waits for an answer."""
    case = RequestFactory(
        entry=entry, started_by=officer, kind=Kind.WITHDRAWAL, answers={"reason": "medical", "detail": SECRET}
    )
    return ask_for_more(request=case, text="Which day was it?", version=1, by=staff, at=now)


def url(case, page="detail", *more):
    return reverse(f"requests:{page}", args=[case.reference, *more])


def answer(client, case, **fields):
    return client.post(url(case, "answer"), {"version": case.version, "text": "On Monday."} | fields)


# --- its page ---------------------------------------------------------------------------------------------------------


def test_the_page_says_where_a_request_stands_what_was_asked_and_what_comes_next(client, case):
    words = words_of(client.get(url(case)))

    assert "Special consideration Submitted" in words
    assert "Until somebody begins to work on it, you can withdraw it." in words
    assert NO_DECISION in words
    for told in ("STEP 2", "Injury", SECRET, "x-ray.png", "sent by Olivia Marsh"):
        assert told in words


def test_read_only_members_see_kind_and_status_and_nothing_of_what_it_says(signed_in, colleague, asked):
    EvidenceFactory(request=asked, name="x-ray.png")

    page = signed_in(colleague).get(url(asked))

    words = words_of(page)
    assert "Withdrawal More information needed" in words
    assert "Your role at this centre is read-only" in words
    assert [secret for secret in (SECRET, "Medical", "Which day", "x-ray.png") if secret in page.text] == []
    assert [act for act in ("answer", "withdraw") if url(asked, act) in page.text] == []


def test_the_centre_is_shown_nothing_that_is_for_staff_alone(client, case, staff, now):
    Message.objects.create(request=case, at=now, by=staff, is_of_staff=True, is_internal=True, text="We doubt it")
    record(by=staff, at=now, action="request.assigned", subjects=[case], changes={"assignee": [None, staff.name]})
    record(by=staff, at=now, action="evidence.opened", subjects=[case], note="Evidence 1")

    page = client.get(url(case))

    assert [secret for secret in ("We doubt it", staff.name, "assigned", "was opened") if secret in page.text] == []


@pytest.mark.parametrize(("act", "severity"), [(Act.ACCEPT, "serious"), (Act.DECLINE, "")])
def test_of_special_consideration_no_page_says_what_was_decided(client, case, staff, now, act, severity):
    decide_request(request=case, act=act, version=1, by=staff, at=now, text="Not enough", severity=severity)

    page = client.get(url(case))

    words = words_of(page)
    assert "Special consideration Completed" in words
    assert NO_DECISION in words
    assert "completed, by the STEP team" in words
    told = ("Not enough", "accept", "decline", "Declined", "Approved", "serious", "Serious", staff.name)
    assert [secret for secret in told if secret in page.text] == []


def test_history_and_thread_name_people_of_the_centre_and_no_staff(client, asked, officer, staff, now):
    answered = answer_request(request=asked, text="On Monday.", files=[], version=2, by=officer, at=now)
    decide_request(request=answered, act=Act.DECLINE, version=3, by=staff, at=now, text="It is too late.")

    page = client.get(url(asked))

    words = words_of(page)
    for told in (
        "more information asked for by the STEP team",
        "answered by Olivia Marsh",
        "declined, by the STEP team",
        "It is too late.",
    ):
        assert told in words
    assert staff.name not in page.text


def test_files_say_whether_they_can_be_opened(client, case):
    EvidenceFactory(request=case, name="held.png", scan_state=ScanState.HELD)
    EvidenceFactory(request=case, name="bad.png", scan_state=ScanState.INFECTED)

    page = client.get(url(case))

    words = words_of(page)
    assert "held.png, 8 bytes: being checked for viruses" in words
    assert "bad.png: not kept, because a virus was found in it" in words
    opened = [url(case, "evidence", file.key) in page.text for file in case.evidence.order_by("name")]
    assert opened == [False, False, True]  # bad, held, x-ray


def test_a_request_whose_details_were_deleted_says_so_and_keeps_its_outcome(client, case, now):
    type(case).objects.update(answers={}, reduced_at=now, status=Status.COMPLETED, ended_at=now)

    words = words_of(client.get(url(case)))

    assert "the outcome is kept" in words
    assert "Special consideration Completed" in words
    assert "What was asked" not in words


def test_a_late_request_says_that_it_is_looked_at_case_by_case(client, entry, officer):
    words = words_of(client.get(url(RequestFactory(entry=entry, started_by=officer, is_late=True))))

    assert "Late: it was sent after registration had closed" in words


def test_a_request_that_was_not_sent_is_gone_on_with(signed_in, client, colleague, entry, officer):
    draft = RequestFactory(entry=entry, started_by=officer, status=Status.DRAFT)

    assert client.get(url(draft)).url == url(draft, "edit")
    assert "This request is not sent." in words_of(signed_in(colleague).get(url(draft)))


# --- withdrawing ------------------------------------------------------------------------------------------------------


def test_withdrawing_asks_first_and_then_does_it(client, case):
    asked_first = client.get(url(case, "withdraw"))
    case.refresh_from_db()
    assert (case.status, "Withdraw this request?" in asked_first.text) == (Status.SUBMITTED, True)

    page = client.post(url(case, "withdraw"), {"version": 1}, follow=True)

    case.refresh_from_db()
    assert case.status == Status.WITHDRAWN
    assert f"The request {case} is withdrawn." in words_of(page)


def test_a_request_that_was_taken_up_meanwhile_is_not_withdrawn_and_says_why(client, case, staff, now):
    take_up(request=case, version=1, by=staff, at=now)

    page = client.post(url(case, "withdraw"), {"version": 1}, follow=True)

    case.refresh_from_db()
    assert case.status == Status.IN_PROGRESS
    assert "The request is in progress. The STEP team changed it last" in words_of(page)
    assert client.get(url(case, "withdraw")).url == url(case)


def test_a_page_that_showed_another_version_is_shown_again(client, case):
    page = client.post(url(case, "withdraw"), {"version": "0"})

    assert (page.status_code, "Look at the request again before you act" in page.text) == (200, True)


def test_a_second_click_on_withdraw_changes_nothing(client, case, officer, now):
    withdraw_request(request=case, version=1, by=officer, at=now)

    page = client.post(url(case, "withdraw"), {"version": 1}, follow=True)

    case.refresh_from_db()
    assert (case.status, case.version) == (Status.WITHDRAWN, 2)
    assert "You changed it last" in words_of(page)


# --- answering --------------------------------------------------------------------------------------------------------


def test_the_question_is_shown_and_the_answer_sent_with_its_files(client, asked):
    assert "Which day was it?" in client.get(url(asked, "answer")).text

    page = answer(client, asked, files=[SimpleUploadedFile("letter.pdf", pdf())])

    asked.refresh_from_db()
    said = asked.messages.last()
    assert (page.url, asked.status, said.text) == (url(asked), Status.IN_PROGRESS, "On Monday.")
    assert [file.name for file in said.evidence.all()] == ["letter.pdf"]
    assert "letter.pdf" in client.get(url(asked)).text


def test_an_answer_of_nothing_is_refused_at_its_box(client, asked):
    page = answer(client, asked, text=" ")

    asked.refresh_from_db()
    assert asked.status == Status.MORE_INFORMATION
    assert '<a href="#id_text">Type your answer, or add a file.</a>' in " ".join(page.text.split())


def test_a_refused_file_loses_no_word_and_says_that_files_are_to_be_added_again(client, asked):
    page = answer(client, asked, files=[SimpleUploadedFile("letter.pdf", b"nothing")])

    asked.refresh_from_db()
    assert (asked.status, asked.evidence.count()) == (Status.MORE_INFORMATION, 0)
    assert [text for text in ("On Monday.", "“letter.pdf”", "add them again") if text not in page.text] == []


def test_an_answer_to_a_request_that_a_colleague_answered_keeps_what_was_typed(client, asked, priya, now):
    answer_request(request=asked, text="On Tuesday.", files=[], version=2, by=priya, at=now)

    page = answer(client, asked)

    assert "Priya Shah changed it last" in page.text
    assert "On Monday." in page.text
    assert "Send answer" not in page.text
    assert asked.messages.count() == 2


def test_a_second_click_on_send_answer_sends_it_once(client, asked):
    answer(client, asked)
    mails = OutgoingEmail.objects.count()

    page = answer(client, asked)

    assert (page.status_code, page.url) == (302, url(asked))
    assert (asked.messages.count(), OutgoingEmail.objects.count()) == (2, mails)


def test_an_answer_typed_before_the_session_ended_is_offered_again(client, officer, asked, now):
    keep_post(user=officer, path=url(asked, "answer"), fields={"text": ["On Monday."]}, at=now)

    page = client.get(url(asked, "answer"))

    assert "What you typed is below and not sent yet" in page.text
    assert ">On Monday.</textarea>" in page.text.replace("\n", "")


def test_where_nothing_is_asked_there_is_nothing_to_answer(client, case):
    assert client.get(url(case, "answer")).url == url(case)
