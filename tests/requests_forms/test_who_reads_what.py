"""What a request says reaches those who make entries, and what is for staff alone reaches nobody of a centre (S36)."""

import pytest
from django.urls import reverse

from outbox.models import OutgoingEmail
from requests_forms.enums import Act, Kind, Status
from requests_forms.models import Evidence, Request
from requests_forms.services import (
    add_evidence,
    answer_request,
    ask_for_more,
    assign_request,
    decide_request,
    take_up,
)
from tests.factories.accounts import UserFactory
from tests.factories.requests import EvidenceFactory, RequestFactory
from tests.factories.step_entries import StepEntryFactory
from tests.requests_forms.acts import about, begun, received, right_moment, sent

pytestmark = pytest.mark.django_db

REASON, QUESTION, ANSWER = "Zebrafish in the hall", "Quagga of what kind", "Okapi with stripes"
WORDS, FILE, STAFF = "Narwhal was not seen", "pangolin.pdf", "Xenia Board"
SAID = (REASON, QUESTION, ANSWER, WORDS, FILE, "Bereavement", "bereavement")
FOR_STAFF = ("Serious", "serious", "is_accepted", "Accepted", "accepted", WORDS, STAFF, "assigned")


@pytest.fixture
def xenia(db):
    """One of the STEP team, of whom there is no other of the name."""
    return UserFactory(email="xenia@board.example", name=STAFF, is_staff=True)


@pytest.fixture
def decided(entry, officer, xenia):
    """Special consideration that went through every act there is, with files at its beginning and in its answer."""
    at = right_moment(Kind.SPECIAL_CONSIDERATION, entry.session)
    draft = begun(Kind.SPECIAL_CONSIDERATION, entry, officer, detail=REASON)
    add_evidence(request=draft, files=[received(FILE)], by=officer, at=at)
    case = sent(Kind.SPECIAL_CONSIDERATION, entry, officer, detail=REASON)
    desk = {"by": xenia, "at": at}
    case = take_up(request=case, version=case.version, **desk)
    case = assign_request(request=case, to=xenia, **desk)
    case = ask_for_more(request=case, text=QUESTION, version=case.version, **desk)
    case = answer_request(request=case, text=ANSWER, files=[received(FILE)], version=case.version, by=officer, at=at)
    given = {"act": Act.ACCEPT, "text": WORDS, "severity": "serious"}
    return decide_request(request=case, version=case.version, **given, **desk)


def pages_on(client, case):
    """Everything of the centre that speaks of a request, as text, by address."""
    urls = [
        reverse("reports:overview"),
        reverse("reports:entries"),
        reverse("reports:report"),
        reverse("step_entries:entry-detail", args=[case.entry.number]),
        reverse("accounts:my-details"),
        reverse("requests:detail", args=[case.reference]),
        *[f"/requests/?status={status}" for status in ("all", "open", *Status.values)],
    ]
    return {url: client.get(url).text for url in urls}


def found(pages, secrets):
    return [(url, secret) for url, text in pages.items() for secret in secrets if secret in text]


def test_s36_read_only_members_find_nothing_of_what_a_request_says_on_any_page(signed_in, colleague, decided):
    pages = pages_on(signed_in(colleague), decided)

    assert found(pages, SAID) == []
    assert [url for url, text in pages.items() if "evidence" in url or f"/{decided}/evidence/" in text] == []
    assert "Completed" in pages[reverse("requests:detail", args=[decided.reference])]


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("kind", Kind)
def test_s36_whatever_kind_and_status_the_page_tells_read_only_members_no_answer(
    signed_in, colleague, entry, officer, kind, status
):
    answers = dict.fromkeys(
        ("reason", "detail", "note", "explanation", "supervision", "name", "email", "matter", "first_name"), REASON
    )
    case = RequestFactory(
        kind=kind,
        status=status,
        **about(kind, entry),
        centre=entry.centre,
        started_by=officer,
        answers=answers | {"differences": [["Last Name", "Smith", REASON]], "a_reader": True, "d_assistant": REASON},
    )
    EvidenceFactory(request=case, name=FILE)

    page = signed_in(colleague).get(reverse("requests:detail", args=[case.reference]))

    assert found({"page": page.text}, SAID) == []
    assert page.status_code == 200


def test_s36_a_search_for_what_a_request_says_finds_nothing(signed_in, officer, decided):
    page = signed_in(officer).get("/requests/", {"status": "all", "search": REASON.split()[0]})

    assert "No request of your centre is as asked for" in page.text


def test_s36_what_is_for_staff_alone_stands_on_no_page_of_the_centre(signed_in, officer, decided):
    pages = pages_on(signed_in(officer), decided)

    assert found(pages, FOR_STAFF) == []
    assert found(pages, [ANSWER]) == [(reverse("requests:detail", args=[decided.reference]), ANSWER)]


def test_s36_no_mail_tells_a_reason_a_word_of_the_thread_a_file_or_a_decision(decided):
    mails = {mail.key: f"{mail.subject} {mail.text} {mail.html}" for mail in OutgoingEmail.objects.all()}

    about = {key: text for key, text in mails.items() if key.startswith("request-")}
    assert {key.split(":")[0] for key in about} == {"request-send", "request-ask"}
    assert found(about, (*SAID, *FOR_STAFF, decided.entry.last_name)) == []


def test_s36_accepted_and_declined_special_consideration_look_alike(signed_in, officer, staff, session, centre, now):
    texts = set()
    for act, severity in ((Act.ACCEPT, "minor"), (Act.DECLINE, "")):
        entry = StepEntryFactory(session=session, centre=centre, first_name="Ann", last_name="Smith")
        case = RequestFactory(
            entry=entry,
            started_by=officer,
            started_at=now,
            kind=Kind.SPECIAL_CONSIDERATION,
            paper="step-2",
            answers={"paper": "step-2", "reason": "injury"},
        )
        decide_request(request=case, act=act, version=1, by=staff, at=now, text=WORDS, severity=severity)
        page = signed_in(officer).get(reverse("requests:detail", args=[case.reference]))
        main = page.text.partition("<h1>")[2].partition("</main>")[0]
        texts.add(main.replace(case.reference, "R").replace(entry.number, "S"))

    assert [text.count("Completed") > 0 for text in texts] == [True]


@pytest.mark.parametrize("person", ["officer_elsewhere", "colleague", "stranger"])
def test_s36_files_are_opened_by_nobody_else_and_by_no_role_that_ended(request, signed_in, decided, person, now):
    user = request.getfixturevalue(person)

    assert not Evidence.objects.readable_by(user).exists()
    assert Evidence.objects.readable_by(decided.sent_by).count() == 2
    decided.sent_by.memberships.update(ended_at=now)
    assert not Evidence.objects.readable_by(decided.sent_by).exists()
    assert not Request.objects.visible_to(decided.sent_by).exists()


def test_s36_a_centre_out_of_use_shows_its_requests_to_staff_alone(signed_in, officer, staff, decided, centre):
    centre.is_active = False
    centre.save()

    assert signed_in(officer).get(reverse("requests:detail", args=[decided.reference])).status_code == 403
    assert not Evidence.objects.readable_by(officer).exists()
    assert Evidence.objects.readable_by(staff).count() == 2
