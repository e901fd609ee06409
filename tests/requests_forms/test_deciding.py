"""Decisions on requests, and what they do to the entry."""

from datetime import date, timedelta

import pytest

from core.models import HistoryEntry
from core.refusals import Refused
from outbox.models import OutgoingEmail
from requests_forms.enums import Act, Kind, Status
from requests_forms.models import Message, Request
from requests_forms.services import (
    decide_event,
    decide_request,
    take_up,
    told_differences,
    withdraw_request,
)
from step_entries.models import StepEntry
from step_entries.services import confirm_entries
from tests.factories.requests import RequestFactory
from tests.factories.step_entries import StepEntryFactory
from tests.requests_forms.acts import everything, lines, mails, refused, right_moment, sent

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


@pytest.fixture
def decide(staff, after):
    def act(request, act=ACCEPT, *, text="", version=None, by=staff, **given):
        version = request.version if version is None else version
        return decide_request(request=request, act=act, version=version, by=by, at=after, text=text, **given)

    return act


def amendment(entry, officer, **changes):
    """An amendment that was sent; what it does not name stays."""
    return sent(AMENDMENT, entry, officer, **changes)


@pytest.mark.parametrize("act", [Act.TAKE_UP, Act.ASK, Act.WITHDRAW])
def test_act_02_a_decision_is_to_accept_or_to_decline(case, decide, act):
    before = everything()

    assert refused(decide, case, act, text="Words.")[0] == "ACT-02"
    assert everything() == before


def test_a_decision_is_written_with_who_took_it_and_its_reason(case, decide, staff, after):
    decided = decide(case, DECLINE, text="No evidence was sent.")

    decided.refresh_from_db()
    assert (decided.status, decided.is_accepted, decided.decided_by) == (Status.DECLINED, False, staff)
    assert (decided.ended_at, decided.is_fee_waived, decided.severity) == (after, False, "")
    assert [(each.text, each.is_internal) for each in Message.objects.all()] == [("No evidence was sent.", False)]
    assert lines(case) == ["request.moved.send", "request.moved.decline"]


def test_an_accepted_withdrawal_withdraws_the_entry_after_closing(entry, officer, decide, staff, after):
    request = sent(WITHDRAWAL, entry, officer)

    decided = decide(request)

    entry.refresh_from_db()
    assert (decided.status, entry.is_withdrawn, entry.withdrawn_at) == (Status.COMPLETED, True, after)
    line = HistoryEntry.objects.get(action="step-entry.withdrawn")
    assert (line.subject_id, line.by) == (entry.pk, staff)
    [told] = OutgoingEmail.objects.filter(key__startswith="step-entry-withdrawn")
    assert told.to == [officer.email]
    for text in (told.text, told.html, mails(request)[-1].text):
        assert "withdrawn" in text
        assert "undo" not in text.lower()


def test_a_declined_withdrawal_leaves_the_entry_alone(entry, officer, decide):
    before = StepEntry.objects.values().get()

    decided = decide(sent(WITHDRAWAL, entry, officer), DECLINE, text="The evidence is of another candidate.")

    assert decided.status == Status.DECLINED
    assert StepEntry.objects.values().get() == before


def test_withdraw_02_an_entry_that_is_withdrawn_already_refuses_the_decision_as_a_whole(entry, officer, decide, now):
    request = sent(WITHDRAWAL, entry, officer)
    StepEntry.objects.update(status="withdrawn", withdrawn_at=now)
    before = everything()

    assert refused(decide, request, text="Granted.") == ["WITHDRAW-02"]
    assert everything() == before


def test_an_accepted_amendment_amends_the_entry_which_is_to_be_confirmed_anew(entry, officer, decide, staff, now):
    confirm_entries(entries=StepEntry.objects.all(), by=None, at=now)
    entry.refresh_from_db()
    request = amendment(entry, officer, last_name="Smyth", date_of_birth="05/03/2009", papers="step-2")

    decided = decide(request)

    entry.refresh_from_db()
    assert decided.status == Status.COMPLETED
    assert (entry.name, entry.date_of_birth, entry.papers) == ("Ann Smyth", date(2009, 3, 5), "step-2")
    assert (entry.status, entry.confirmed_at) == ("not-yet-confirmed", None)
    line = HistoryEntry.objects.get(action="step-entry.amended")
    assert line.by == staff
    assert {**line.changes, "status": 0} == {
        "last_name": ["Smith", "Smyth"],
        "plain_last_name": ["Smith", "Smyth"],
        "date_of_birth": ["2009-03-04", "2009-03-05"],
        "papers": ["step-2-and-3", "step-2"],
        "status": 0,
    }


def test_what_an_amendment_differs_in_is_kept_in_words_when_it_is_sent(entry, officer):
    request = amendment(entry, officer, last_name="Smyth", ucas_id="")

    assert request.answers["differences"] == [["Last Name", "Smith", "Smyth"], ["UCAS ID", "123 456 7890", "none"]]
    StepEntry.objects.update(last_name="Smyth", plain_last_name="Smyth")
    request = Request.objects.get()
    assert request.answers["differences"][0] == ["Last Name", "Smith", "Smyth"]
    assert told_differences(request, at=request.sent_at) == [["UCAS ID", "123 456 7890", "none"]]


def test_an_amendment_leaves_alone_what_another_one_changed_meanwhile(entry, officer, decide):
    of_the_name = amendment(entry, officer, last_name="Smyth", plain_last_name="Smith")
    of_the_papers = amendment(entry, officer, papers="step-3")
    of_the_school = amendment(entry, officer, own_school="Hillside School")

    for request in (of_the_name, of_the_papers, of_the_school):
        decide(request)

    entry.refresh_from_db()
    assert (entry.name, entry.plain_last_name) == ("Ann Smyth", "Smith")
    assert (entry.papers, entry.own_school) == ("step-3", "Hillside School")


def test_change_02_a_paper_that_was_dropped_meanwhile_does_not_come_back(entry, officer, decide):
    of_both = amendment(entry, officer, last_name="Smyth", papers="step-2-and-3")
    decide(amendment(entry, officer, papers="step-3"))
    before = everything()

    assert refused(decide, of_both)[0] == "CHANGE-02"
    assert everything() == before


@pytest.mark.parametrize(("kind", "is_waived"), [(Kind.WITHDRAWAL, True), (Kind.ACCESS_ARRANGEMENT, False)])
def test_the_fee_is_waived_of_withdrawals_alone(entry, officer, decide, kind, is_waived):
    assert decide(sent(kind, entry, officer), is_fee_waived=True).is_fee_waived is is_waived


def test_step_06_what_the_rules_of_entries_say_no_to_refuses_the_decision_as_a_whole(
    entry, officer, decide, session, centre
):
    request = amendment(entry, officer, ucas_id="987 654 3210")
    StepEntryFactory(session=session, centre=centre, ucas_id="9876543210")
    before = everything()

    assert refused(decide, request, text="Granted.") == ["STEP-06"]
    assert everything() == before


def test_amend_02_an_amendment_of_an_entry_withdrawn_meanwhile_refuses_the_decision(entry, officer, decide, now):
    request = amendment(entry, officer, last_name="Smyth")
    StepEntry.objects.update(status="withdrawn", withdrawn_at=now)

    assert refused(decide, request) == ["AMEND-02"]
    assert Request.objects.get().is_open


@pytest.mark.parametrize(("act", "severity"), [(ACCEPT, "serious"), (DECLINE, "")])
def test_of_special_consideration_the_centre_is_told_no_decision(entry, officer, decide, act, severity):
    request = sent(CONSIDERATION, entry, officer)
    before = len(mails())

    decided = decide(request, act, text="A hard day.", severity=severity)

    assert (decided.status, decided.is_accepted, decided.severity) == ("completed", act == ACCEPT, severity)
    assert [(note.text, note.is_internal) for note in Message.objects.all()] == [("A hard day.", True)]
    assert OutgoingEmail.objects.count() - 1 == before


def test_the_notices_name_accepted_special_consideration_alone(entry, officer, decide, session):
    accepted = decide(sent(CONSIDERATION, entry, officer), severity="minor")
    declined = RequestFactory(entry=entry, kind=CONSIDERATION, paper="step-3")
    decide(declined, DECLINE)

    assert list(Request.objects.to_notify(session)) == [accepted]


@pytest.fixture
def event(entry, officer, session, centre):
    """Special consideration for three candidates of one event."""
    others = [StepEntryFactory(session=session, centre=centre).number for _ in range(2)]
    sent(CONSIDERATION, entry, officer, others=others)
    return list(Request.objects.order_by("pk"))


def versions(requests):
    return {each.reference: each.version for each in requests}


def test_all_candidates_of_an_event_are_decided_alike(event, staff):
    at = right_moment(CONSIDERATION, event[0].entry.session)

    count = decide_event(
        request=event[0], act=ACCEPT, versions=versions(event), by=staff, at=at, text="A fire alarm.", severity="minor"
    )

    assert count == 3
    assert set(Request.objects.values_list("status", "is_accepted", "severity")) == {("completed", True, "minor")}
    assert Message.objects.filter(is_internal=True).count() == 3


def test_act_03_an_event_is_decided_for_all_or_for_none_and_says_whose_page_is_old(event, staff, now):
    take_up(request=event[1], version=event[1].version, by=staff, at=now)
    before = everything()

    with pytest.raises(Refused) as told:
        decide_event(request=event[0], act=ACCEPT, versions=versions(event), by=staff, at=now, severity="minor")

    [refusal] = told.value.refusals
    assert (refusal.code, refusal.sentence.split(":")[0]) == ("ACT-03", event[1].reference)
    assert everything() == before


def test_of_an_event_what_was_taken_back_is_left_alone(event, officer, staff, now):
    withdraw_request(request=event[2], version=event[2].version, by=officer, at=now)

    assert decide_event(request=event[0], act=DECLINE, versions=versions(event), by=staff, at=now) == 2
    assert Request.objects.get(pk=event[2].pk).status == Status.WITHDRAWN


def test_a_request_of_no_event_is_no_event_of_its_own(case, staff, now):
    assert decide_event(request=case, act=ACCEPT, versions=versions([case]), by=staff, at=now) == 0
    assert Request.objects.get().is_open
