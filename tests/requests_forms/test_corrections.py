"""A correction of a candidate: its draft, what it would change, and the record once it is accepted."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from candidates.models import Candidate
from candidates.services import merge_candidates
from core.history import history_of
from core.refusals import Refused
from outbox.models import OutgoingEmail
from requests_forms.enums import Act, Kind, Status
from requests_forms.models import Request
from requests_forms.rules import refusals_to_send
from requests_forms.services import add_evidence, raise_request, request_facts, send_request, told
from technicals.enums import EntryState
from technicals.models import Registration
from tests.factories.candidates import CandidateFactory
from tests.factories.requests import EvidenceFactory, RequestFactory
from tests.requests_forms.acts import do, entered_candidate, mails, received, refused
from tests.requests_forms.rule_facts import RIGHT

pytestmark = pytest.mark.django_db

CORRECTION = Kind.CANDIDATE_CORRECTION
OTHER_NAME = {"first_name": "Ayesha", "last_name": "Khan", "date_of_birth": "04/03/2009"}


@pytest.fixture
def ann(centre):
    return entered_candidate(centre, ucas_id="1234567890", uln="1234567899")


@pytest.fixture
def ask(centre, ann, officer, now):
    def begun(by=officer, about=ann, **answers):
        given = RIGHT[CORRECTION] | answers
        return raise_request(kind=CORRECTION, centre=centre, candidate=about, answers=given, by=by, at=now)

    return begun


@pytest.fixture
def send(officer, now):
    def act(draft):
        return send_request(request=draft, seen=None, by=officer, at=now)

    return act


def codes_to_send(draft, officer, now):
    return [(each.code, each.field) for each in refusals_to_send(request_facts(draft, by=officer, at=now))]


# --- asking -----------------------------------------------------------------------------------------------------------


def test_a_candidate_has_one_draft_which_belongs_to_the_centre(ask, priya):
    assert ask().pk == ask(by=priya).pk


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({}, []),
        (OTHER_NAME, []),
        ({"date_of_birth": "04/03/2009"}, [("CORRECT-02", "")]),
        ({"date_of_birth": "04/03/2009", "last_name": "Khan"}, [("CORRECT-03", "")]),
        ({"date_of_birth": "04/03/2009", "middle_names": "Mary"}, [("CORRECT-03", "")]),
        ({"date_of_birth": "31/02/2009"}, [("DOB-01", "date_of_birth")]),
        ({"date_of_birth": "01/01/2999"}, [("DOB-05", "date_of_birth")]),
        (
            {"first_name": "", "last_name": "Kh4n", "date_of_birth": "31/02/2009"},
            [("DOB-01", "date_of_birth"), ("NAME-05", "last_name"), ("NAME-01", "first_name")],
        ),
    ],
)
def test_what_is_asked_for_is_judged_by_the_rules_of_candidates(ask, officer, now, answers, expected):
    assert codes_to_send(ask(**answers), officer, now) == expected


def test_correct_03_once_no_entry_stands_the_centre_corrects_the_record_itself(ask, officer, now):
    draft = ask()
    Registration.objects.update(state=EntryState.WITHDRAWN)

    assert codes_to_send(draft, officer, now) == [("CORRECT-03", "")]


def test_correct_01_a_second_correction_waits_for_the_first(ask, send, officer, now, centre):
    first, second = send(ask()), ask(**OTHER_NAME)

    assert codes_to_send(second, officer, now) == [("CORRECT-01", "")]
    assert refused(send, second) == ["CORRECT-01"]
    with pytest.raises(IntegrityError), transaction.atomic():
        Request.objects.filter(pk=second.pk).update(status=Status.SUBMITTED, sent_at=now)
    assert first.pk != second.pk


def test_with_proof_it_is_submitted_and_without_it_waits_for_it(ask, send, officer, now, centre):
    with_proof = ask(will_follow=False)
    add_evidence(request=with_proof, files=[received()], by=officer, at=now)
    without = ask(about=entered_candidate(centre, last_name="Smithson"), last_name="Smithson")

    assert [send(each).status for each in (with_proof, without)] == ["submitted", "more-information"]


def test_what_differs_is_kept_in_words_as_it_was_when_it_was_sent(ask, send, ann, now):
    draft = ask(middle_names="Mary", note="See the certificate.")
    as_draft = told(draft, at=now)
    request = send(draft)
    Candidate.objects.update(date_of_birth=date(2009, 1, 1))
    request.refresh_from_db()

    assert told(request, at=now) == as_draft
    assert [(line.label, line.value, line.was) for line in as_draft] == [
        ("Middle names", "Mary", "Empty"),
        ("Date of birth", "5 March 2009", "4 March 2009"),
        ("Reason", "Typing error", ""),
        ("Note", "See the certificate.", ""),
        ("Proof", "Will follow", ""),
    ]


# --- deciding ---------------------------------------------------------------------------------------------------------


def test_an_accepted_correction_changes_the_record_by_the_staff_member(ask, send, ann, staff, now):
    request = send(ask(**OTHER_NAME))

    decided = do(Act.ACCEPT, request, by=staff, at=now, text="")

    ann.refresh_from_db()
    [change] = history_of(ann)
    assert (decided.status, str(ann), ann.plain_last_name) == ("completed", "Ayesha Khan", "Khan")
    assert (ann.ucas_id, ann.uln, ann.date_of_birth) == ("1234567890", "1234567899", date(2009, 3, 4))
    assert (change.by, change.action, change.changes["last name"]) == (
        staff,
        "candidate.corrected",
        ["Smith", "Khan"],
    )


def test_a_declined_correction_leaves_the_record(ask, send, ann, staff, now):
    request = send(ask())

    decided = do(Act.DECLINE, request, by=staff, at=now, text="The certificate says 4 March.")

    assert (decided.status, decided.messages.get().text) == ("declined", "The certificate says 4 March.")
    assert history_of(ann).count() == 0


def test_it_is_judged_again_when_it_is_decided(ask, send, ann, staff, now, centre):
    request = send(ask(date_of_birth="05/03/2009"))
    other = CandidateFactory(centre=centre)
    Candidate.objects.filter(pk=ann.pk).update(merged_into=other)

    assert refused(do, Act.ACCEPT, request, by=staff, at=now) == ["MERGE-01"]
    request.refresh_from_db()
    assert (request.status, request.messages.count()) == ("more-information", 0)


def test_what_the_centre_corrected_meanwhile_stays(ask, send, ann, staff, now):
    request = send(ask())
    Candidate.objects.filter(pk=ann.pk).update(gender="male", uci="689990980001D")

    do(Act.ACCEPT, request, by=staff, at=now)

    ann.refresh_from_db()
    assert (ann.gender, ann.uci, ann.date_of_birth) == ("male", "689990980001D", date(2009, 3, 5))


def test_no_mail_names_the_candidate(ask, send, staff, now):
    request = send(ask(**OTHER_NAME))
    do(Act.ASK, do(Act.ANSWER, request, by=request.sent_by, at=now, text="Here."), by=staff, at=now, text="Which?")
    request.refresh_from_db()
    do(Act.ACCEPT, request, by=staff, at=now)

    words = "".join(f"{mail.subject}{mail.text}{mail.html}" for mail in OutgoingEmail.objects.all())
    assert [name for name in ("Ann", "Smith", "Ayesha", "Khan", "2009") if name in words] == []
    assert [mail.subject.rpartition(": ")[2] for mail in mails(request)] == [
        "more information needed",
        "in progress",
        "more information needed",
        "completed",
    ]
    assert "the candidate's record is changed as you asked" in mails(request)[-1].text
    assert "It waits for the proof that you said will follow" in mails(request)[0].text


# --- two records that become one --------------------------------------------------------------------------------------


@pytest.fixture
def double(centre):
    return CandidateFactory(centre=centre, last_name="Smith")


def merged(ann, double, officer, now, stays="other"):
    chosen = {"uln": "one", "ucas_id": "one"}
    return merge_candidates(one=ann, other=double, stays=stays, chosen=chosen, by=officer, at=now)


def test_requests_go_with_the_record_that_stays(ask, send, ann, double, officer, now):
    request = send(ask())

    _, moved = merged(ann, double, officer, now)

    request.refresh_from_db()
    assert (request.candidate, moved["requests"]) == (double, 1)


def test_of_two_drafts_that_of_the_record_that_stays_is_kept(ask, ann, double, officer, now):
    gone, kept = ask(), ask(about=double)
    EvidenceFactory(request=gone)

    merged(ann, double, officer, now)

    assert Request.objects.get() == kept


def test_merge_07_two_open_corrections_hinder_it(ask, send, ann, double, officer, now):
    send(ask())
    RequestFactory(kind=CORRECTION, entry=None, candidate=double, centre=double.centre, started_by=officer)

    with pytest.raises(Refused) as no:
        merged(ann, double, officer, now)

    assert [refusal.code for refusal in no.value.refusals] == ["MERGE-07"]
