"""The mails about requests: to whom, when, and never a medical word or a pupil's name."""

import pytest

from centres.models import Membership
from outbox.enums import EmailStatus
from outbox.models import OutgoingEmail
from requests_forms.enums import (
    Act,
    ConsiderationReason,
    EvidenceHeld,
    Kind,
    Severity,
    VariationReason,
    WithdrawalReason,
)
from requests_forms.models import Request
from requests_forms.rules import ARRANGEMENTS
from step_entries.services import answers_of_entry
from tests.factories.requests import RequestFactory
from tests.requests_forms.acts import do, mails, received, right_moment, sent

pytestmark = pytest.mark.django_db

SECRET = "Amoxicillin for a broken arm"
WORDS_OF_REASONS = [
    label
    for words in (WithdrawalReason, VariationReason, ConsiderationReason, EvidenceHeld, Severity)
    for label in words.labels
    if label not in ("Other", "Minor", "Serious")
]
MEDICAL_WORDS = [
    *WORDS_OF_REASONS,
    *(arrangement.label for arrangement in ARRANGEMENTS),
    "medical",
    "illness",
    "injury",
    "bereave",
    "doctor",
    "hospital",
    "disab",
    "severity",
    "evidence of",
]
SAID = {
    Kind.ACCESS_ARRANGEMENT: {"note": SECRET, "a_other": True, "d_other": SECRET},
    Kind.ENTRY_AMENDMENT: {"reason": SECRET, "last_name": "Smyth"},
    Kind.WITHDRAWAL: {"reason": "medical", "will_follow": True, "detail": SECRET},
    Kind.SPECIAL_CONSIDERATION: {"reason": "absence", "detail": SECRET},
}
TO_AN_END = {
    Kind.ACCESS_ARRANGEMENT: [Act.TAKE_UP, Act.ASK, Act.ANSWER, Act.ACCEPT],
    Kind.ENTRY_AMENDMENT: [Act.ASK, Act.ANSWER, Act.DECLINE],
    Kind.WITHDRAWAL: [Act.ANSWER, Act.ASK, Act.ACCEPT],
    Kind.SPECIAL_CONSIDERATION: [Act.TAKE_UP, Act.ASK, Act.ANSWER, Act.ACCEPT],
}
"""Ways of each kind from being sent to its end."""


def lead(request, acts, *, officer, staff):
    """Do the acts, each with words that tell of a candidate's health."""
    for act in acts:
        request.refresh_from_db()
        given = {"files": [received(f"{SECRET}.pdf")]} if act == Act.ANSWER else {}
        if act == Act.ACCEPT and request.kind == Kind.SPECIAL_CONSIDERATION:
            given["severity"] = "very-serious"
        at = right_moment(request.kind, request.entry.session)
        do(act, request, by=officer if act in (Act.ANSWER, Act.WITHDRAW) else staff, at=at, text=SECRET, **given)
    return request


def started(kind, entry, officer):
    answers = answers_of_entry(entry) if kind == Kind.ENTRY_AMENDMENT else {}
    return sent(kind, entry, officer, **(answers | SAID[kind]))


@pytest.mark.parametrize("kind", SAID)
def test_no_mail_says_anything_of_health_or_names_the_pupil(kind, entry, officer, staff):
    request = lead(started(kind, entry, officer), TO_AN_END[kind], officer=officer, staff=staff)

    found = mails(request)
    assert len(found) >= 2
    for mail in found:
        text = f"{mail.subject} {mail.text} {mail.html} {mail.key}".lower()
        assert [word for word in MEDICAL_WORDS if word.lower() in text] == []
        assert [name for name in (SECRET, entry.first_name, entry.last_name, "Smyth") if name.lower() in text] == []


@pytest.mark.parametrize("kind", [kind for kind in SAID if kind != Kind.SPECIAL_CONSIDERATION])
def test_there_is_a_mail_at_each_step_that_names_the_request_and_the_entry(kind, entry, officer, staff):
    request = lead(started(kind, entry, officer), TO_AN_END[kind], officer=officer, staff=staff)

    found = mails(request)
    first = Act.SEND_AHEAD if kind == Kind.WITHDRAWAL else Act.SEND
    assert [mail.key.split(":")[0] for mail in found] == [f"request-{act.value}" for act in (first, *TO_AN_END[kind])]
    for mail in found:
        assert mail.subject.startswith(f"Entries Portal: request {request.reference}, entry {entry.number}: ")
        assert f"/requests/{request.reference}/" in mail.text
        assert "sign in to read it" in mail.text


def test_a_mail_says_when_a_timetable_variation_is_being_processed(entry, officer, staff):
    request = RequestFactory(kind=Kind.TIMETABLE_VARIATION, entry=entry, started_by=officer)

    lead(request, [Act.TAKE_UP], officer=officer, staff=staff)

    [mail] = mails(request)
    assert (mail.to, mail.subject.rpartition(": ")[2]) == ([officer.email], "in progress")
    assert mail.text.startswith("Your request is being processed.")


def test_a_mail_says_when_a_withdrawal_has_been_processed(entry, officer, staff):
    request = lead(started(Kind.WITHDRAWAL, entry, officer), [Act.ANSWER, Act.ACCEPT], officer=officer, staff=staff)

    assert "the entry is withdrawn and is no longer in Current entries." in mails(request)[-1].text


@pytest.mark.parametrize("end", [Act.ACCEPT, Act.DECLINE])
def test_of_special_consideration_there_are_mails_only_when_it_is_sent_and_when_more_is_needed(
    entry, officer, staff, end
):
    acts = [Act.TAKE_UP, Act.ASK, Act.ANSWER]
    request = lead(started(Kind.SPECIAL_CONSIDERATION, entry, officer), acts, officer=officer, staff=staff)
    severity = "serious" if end == Act.ACCEPT else ""

    request.refresh_from_db()
    at = right_moment(request.kind, entry.session)
    do(end, request, by=staff, at=at, severity=severity)

    assert [mail.key.split(":")[0] for mail in mails()] == ["request-send", "request-ask"]
    assert OutgoingEmail.objects.exclude(key__startswith="request-").exclude(key__contains="submitted").count() == 0


def test_nobody_is_written_to_when_the_centre_takes_special_consideration_back(entry, officer):
    request = lead(started(Kind.SPECIAL_CONSIDERATION, entry, officer), [Act.WITHDRAW], officer=officer, staff=None)

    assert [mail.key.split(":")[0] for mail in mails(request)] == ["request-send"]


def test_they_are_sent_though_alerts_are_off(entry, centre, officer):
    centre.email_alerts = False
    centre.save()

    request = started(Kind.ACCESS_ARRANGEMENT, entry, officer)

    [mail] = mails(request)
    assert mail.status != EmailStatus.WITHHELD
    assert mail.to == [officer.email]


def test_they_go_to_who_sent_it_with_a_copy_to_the_exams_officer_whoever_answers(entry, officer, priya, staff):
    request = started(Kind.ACCESS_ARRANGEMENT, entry, priya)

    lead(request, [Act.ASK, Act.ANSWER, Act.ACCEPT], officer=officer, staff=staff)

    assert [(mail.to, mail.cc) for mail in mails(request)] == [([priya.email], [officer.email])] * 4


def test_the_exams_officer_gets_no_copy_of_their_own(entry, officer):
    [mail] = mails(started(Kind.ACCESS_ARRANGEMENT, entry, officer))

    assert (mail.to, mail.cc) == ([officer.email], [])


@pytest.mark.parametrize("how", ["ended", "switched off"])
def test_they_go_to_the_exams_officer_when_who_sent_it_has_left(entry, officer, priya, staff, now, how):
    request = started(Kind.ACCESS_ARRANGEMENT, entry, priya)
    if how == "ended":
        Membership.objects.filter(user=priya).update(ended_at=now)
    else:
        type(priya).objects.filter(pk=priya.pk).update(is_active=False)

    lead(request, [Act.ACCEPT], officer=officer, staff=staff)

    assert [(mail.to, mail.cc) for mail in mails(request)][1:] == [([officer.email], [])]


def test_they_go_to_all_who_make_entries_when_no_officer_is_named_and_who_sent_it_has_left(
    entry, centre, officer, priya, colleague, staff, now
):
    request = started(Kind.ACCESS_ARRANGEMENT, entry, priya)
    Membership.objects.filter(user=priya).update(ended_at=now)
    centre.exams_officer = None
    centre.save()

    lead(request, [Act.ACCEPT], officer=officer, staff=staff)

    assert [(mail.to, mail.cc) for mail in mails(request)][1:] == [([officer.email], [])]


def test_where_everybody_has_left_nobody_is_written_to_and_the_act_is_done(entry, officer, priya, staff, now):
    request = started(Kind.ACCESS_ARRANGEMENT, entry, priya)
    Membership.objects.update(ended_at=now)

    lead(request, [Act.ACCEPT], officer=officer, staff=staff)

    assert len(mails(request)) == 1
    assert Request.objects.get().status == "approved"


def test_a_mail_of_a_change_of_accounts_names_no_user_and_no_entry(centre, officer, priya, now):
    request = Request.objects.create(
        kind=Kind.ACCOUNT_CHANGE,
        centre=centre,
        started_by=officer,
        started_at=now,
        changed_at=now,
        answers={"change": "remove-user", "person": str(priya.pk), "detail": SECRET},
    )

    do(Act.SEND, request, by=officer, at=now)

    [mail] = mails(request)
    assert mail.subject == f"Entries Portal: request {request.reference}: submitted"
    assert not any(word in mail.text + mail.html for word in (SECRET, priya.name, "Entry number"))
