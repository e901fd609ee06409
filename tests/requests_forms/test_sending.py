"""Sending a request: judged anew, one row, one line of history, one mail, and nothing at all where it is refused."""

from datetime import timedelta

import pytest

from core.moments import UK
from core.refusals import Refused
from requests_forms.enums import OF_TECHNICALS, Kind, Status
from requests_forms.models import Evidence, Request
from requests_forms.services import (
    add_evidence,
    entries_of_event,
    fingerprint,
    raise_request,
    save_request,
    send_request,
    sending,
)
from step_entries.models import SessionExtension, StepEntry
from tests.factories.requests import EvidenceFactory, RequestFactory
from tests.factories.step_entries import StepEntryFactory
from tests.requests_forms.acts import (
    MEDICAL_AHEAD,
    about,
    begun,
    everything,
    lines,
    mails,
    received,
    refused,
    right_moment,
    sent,
)
from tests.requests_forms.rule_facts import RIGHT

pytestmark = pytest.mark.django_db

ARRANGEMENT, WITHDRAWAL, CONSIDERATION = Kind.ACCESS_ARRANGEMENT, Kind.WITHDRAWAL, Kind.SPECIAL_CONSIDERATION
MINUTE, TICK = timedelta(minutes=1), timedelta(microseconds=1)


@pytest.fixture
def others(session, centre):
    """Two other candidates of the centre."""
    return [StepEntryFactory(session=session, centre=centre) for _ in range(2)]


def of_event(entry, others, officer, **answers):
    """A draft of special consideration for an event that hit several candidates."""
    numbers = ", ".join(other.number for other in others)
    return begun(CONSIDERATION, entry, officer, others=numbers, **answers)


def send(draft, by, at=None, seen=None):
    return send_request(request=draft, seen=seen, by=by, at=at or right_moment(draft.kind, draft.entry.session))


@pytest.mark.parametrize("kind", [ARRANGEMENT, WITHDRAWAL, CONSIDERATION])
def test_a_request_is_sent_with_one_line_of_history_and_one_mail(entry, officer, priya, kind):
    draft = begun(kind, entry, officer)
    at = right_moment(kind, entry.session)

    request = send(draft, priya)

    request.refresh_from_db()
    assert (request.status, request.sent_by, request.sent_at, request.changed_at) == ("submitted", priya, at, at)
    assert (request.started_by, request.answers, request.version) == (officer, RIGHT[kind], draft.version + 1)
    assert lines(request) == ["request.moved.send"]
    [mail] = mails(request)
    assert (mail.to, mail.cc, mail.created_at) == ([priya.email], [officer.email], at)


@pytest.mark.parametrize("kind", Kind)
def test_what_is_due_when_depends_on_the_kind(kind, entry, centre, officer, session):
    last = session.papers.get(paper="step-3").starts_at
    due = dict.fromkeys((ARRANGEMENT, Kind.TIMETABLE_VARIATION, WITHDRAWAL), last)
    due |= dict.fromkeys((Kind.ACCOUNT_CHANGE, *OF_TECHNICALS))
    start = (session.papers.get(paper="step-2").starts_at + timedelta(hours=2)).astimezone(UK)
    changes = {
        Kind.TIMETABLE_VARIATION: {
            **dict.fromkeys(("local_date", "local_time")),
            "zone": "Etc/UTC",
            "uk_date": f"{start:%d/%m/%Y}",
            "uk_time": f"{start:%H:%M}",
        },
        Kind.ENTRY_AMENDMENT: {"last_name": "Smyth"},
    }
    given = {"answers": RIGHT[kind] | changes.get(kind, {}), "by": officer, "at": right_moment(kind, session)}

    draft = raise_request(kind=kind, centre=centre, **about(kind, entry), **given)
    request = send(draft, officer, at=given["at"])

    request.refresh_from_db()
    assert request.due_at == due.get(kind, session.results_at)


def test_an_access_arrangement_is_marked_late_after_the_centres_own_closing(entry, officer, session, centre):
    own_closing = session.closes_at + timedelta(days=3)
    SessionExtension.objects.create(session=session, centre=centre, closes_at=own_closing)
    ends_at = own_closing.replace(second=0, microsecond=0) + MINUTE

    in_time = send(begun(ARRANGEMENT, entry, officer), officer, at=ends_at - TICK)
    late = send(begun(ARRANGEMENT, entry, officer), officer, at=ends_at)

    assert (in_time.is_late, late.is_late) == (False, True)


def test_a_double_click_sends_once(entry, officer):
    draft = begun(ARRANGEMENT, entry, officer)
    send(draft, officer)
    before = everything()

    again = send(draft, officer)

    assert (again.pk, again.status) == (draft.pk, Status.SUBMITTED)
    assert everything() == before


def test_a_colleague_who_sends_it_again_is_told_that_it_is_sent(entry, officer, priya):
    draft = begun(ARRANGEMENT, entry, officer)
    send(draft, officer)
    before = everything()

    with pytest.raises(Refused, match="Olivia Marsh changed it last"):
        send(draft, priya)

    assert everything() == before


def test_ask_08_what_was_changed_after_the_check_is_not_sent(entry, officer, priya, now):
    draft = begun(ARRANGEMENT, entry, officer)
    seen = fingerprint(draft)
    save_request(request=draft, answers=draft.answers | {"note": "More."}, by=priya, at=now)
    before = everything()

    assert refused(send, draft, officer, seen=seen) == ["ASK-08"]
    assert everything() == before
    draft.refresh_from_db()
    assert send(draft, officer, seen=fingerprint(draft)).status == Status.SUBMITTED


def test_ask_08_a_file_that_was_added_or_taken_off_after_the_check_counts_too(entry, officer, priya, now):
    draft = begun(ARRANGEMENT, entry, officer)
    without = fingerprint(draft)
    [file] = add_evidence(request=draft, files=[received()], by=priya, at=now)
    seen = fingerprint(draft)

    assert refused(send, draft, officer, seen=without) == ["ASK-08"]
    file.delete()
    assert refused(send, draft, officer, seen=seen) == ["ASK-08"]
    assert send(draft, officer, seen=without).status == Status.SUBMITTED


def test_ask_01_a_window_that_closes_between_check_and_send_refuses_and_keeps_the_draft(entry, officer, session):
    draft = begun(ARRANGEMENT, entry, officer)
    EvidenceFactory(request=draft)
    starts_at = session.papers.get(paper="step-3").starts_at.replace(second=0, microsecond=0)
    seen, before = fingerprint(draft), everything()

    assert refused(send, draft, officer, at=starts_at + MINUTE, seen=seen) == ["ASK-01"]
    assert everything() == before
    assert send(draft, officer, at=starts_at + MINUTE - TICK, seen=seen).status == Status.SUBMITTED


def test_ask_06_an_entry_that_was_withdrawn_between_check_and_send_refuses(entry, officer, now):
    draft = begun(WITHDRAWAL, entry, officer)
    StepEntry.objects.update(status="withdrawn", withdrawn_at=now)

    assert refused(send, Request.objects.get(), officer) == ["ASK-06"]
    assert Request.objects.get(pk=draft.pk).is_draft


def test_what_is_wrong_is_told_at_once_and_the_draft_is_kept(entry, officer):
    draft = begun(ARRANGEMENT, entry, officer, is_held=None, is_told=None)
    before = everything()

    assert refused(send, draft, officer) == ["ARRANGE-05", "ARRANGE-06"]
    assert everything() == before


def test_a_medical_withdrawal_whose_evidence_follows_waits_for_it(entry, officer):
    request = sent(WITHDRAWAL, entry, officer, **MEDICAL_AHEAD)

    assert (request.status, lines(request)) == (Status.MORE_INFORMATION, ["request.moved.send-ahead"])
    assert "waits for the evidence that you said will follow" in mails(request)[0].text


def test_a_medical_withdrawal_with_its_evidence_is_submitted(entry, officer):
    draft = begun(WITHDRAWAL, entry, officer, **MEDICAL_AHEAD)
    add_evidence(request=draft, files=[received()], by=officer, at=right_moment(WITHDRAWAL, entry.session))

    assert send(draft, officer).status == Status.SUBMITTED


def test_leave_03_a_second_withdrawal_is_not_sent_while_the_first_is_open(entry, officer, priya):
    first = sent(WITHDRAWAL, entry, officer)
    second = begun(WITHDRAWAL, entry, priya)

    with pytest.raises(Refused, match=first.reference):
        send(second, priya)


def test_a_rival_that_the_database_sees_first_is_named_by_the_rules(entry, officer, monkeypatch):
    draft, real, calls = begun(WITHDRAWAL, entry, officer), sending.refusals_to_send, []
    RequestFactory(kind=WITHDRAWAL, entry=entry)

    def blind_at_first(facts):
        calls.append(facts)
        return real(facts) if len(calls) > 1 else []

    monkeypatch.setattr(sending, "refusals_to_send", blind_at_first)

    assert refused(send, draft, officer) == ["LEAVE-03"]
    assert Request.objects.get(pk=draft.pk).is_draft


def test_an_event_of_several_candidates_is_one_request_for_each(entry, others, officer):
    request = send(of_event(entry, others, officer), officer)

    requests = list(Request.objects.order_by("pk"))
    assert [each.entry for each in requests] == [entry, *others]
    assert {(each.event, each.status, each.paper, each.sent_by) for each in requests} == {
        (request.event, "submitted", "step-2", officer)
    }
    assert {(each.sent_at, each.due_at) for each in requests} == {(request.sent_at, request.due_at)}
    assert [each.answers for each in requests] == [request.answers] * 3
    assert [lines(each) for each in requests] == [["request.moved.send"]] * 3
    assert request.event


def test_an_event_shares_its_stored_files_each_with_a_row_of_its_own(entry, others, officer, now):
    draft = of_event(entry, others, officer, reason="illness")
    add_evidence(request=draft, files=[received("a.pdf"), received("b.pdf", is_held=True)], by=officer, at=now)

    send(draft, officer)

    assert Evidence.objects.values("file").distinct().count() == 2
    assert Evidence.objects.values("key").distinct().count() == Evidence.objects.count() == 6
    assert {tuple(each.evidence.values_list("name", "scan_state")) for each in Request.objects.all()} == {
        (("a.pdf", "clean"), ("b.pdf", "held"))
    }


def test_an_event_is_told_in_one_mail_with_the_numbers_and_no_name(entry, others, officer):
    request = send(of_event(entry, others, officer), officer)

    [mail] = mails()
    numbers = ", ".join(sorted(other.number for other in others))
    assert f":{request.reference}:" in mail.key
    for text in (mail.text, mail.html):
        assert f"Entry numbers: {entry.number}, {numbers}" in text
        assert not any(name in text for each in (entry, *others) for name in (each.first_name, each.last_name))


def test_consider_06_an_event_is_sent_for_all_or_for_none(entry, others, officer, session, other_centre):
    foreign = StepEntryFactory(session=session, centre=other_centre)
    draft = of_event(entry, [*others, foreign], officer)
    before = everything()

    assert refused(send, draft, officer) == ["CONSIDER-06"]
    assert everything() == before


def test_consider_02_a_candidate_is_asked_for_once_also_as_one_of_an_event(entry, others, officer):
    send(of_event(entry, others, officer), officer)

    assert refused(send, begun(CONSIDERATION, others[0], officer), officer) == ["CONSIDER-02"]


def test_a_request_that_was_taken_back_stands_in_nobodys_way(entry, officer):
    RequestFactory(kind=CONSIDERATION, entry=entry, paper="step-2", status="withdrawn")

    assert sent(CONSIDERATION, entry, officer).status == Status.SUBMITTED


def test_the_numbers_of_an_event_are_read_as_people_type_them(entry, others, officer):
    first, second = sorted(other.number for other in others)
    typed = [f"{first.lower()};{second}  {first},", [second, first, ""], f"{entry.number} {second} {first}"]

    for others_typed in typed:
        draft = Request(kind=CONSIDERATION, entry=entry, centre=entry.centre, answers={"others": others_typed})
        assert [other.number for other in entries_of_event(draft)] == [first, second]


def test_a_change_of_accounts_points_to_the_user_it_is_about(centre, officer, priya, now):
    answers = {"change": "remove-user", "person": str(priya.pk)}
    draft = raise_request(kind=Kind.ACCOUNT_CHANGE, centre=centre, entry=None, answers=answers, by=officer, at=now)

    request = send_request(request=draft, seen=None, by=officer, at=now)

    assert (request.person, request.subject, request.due_at) == (priya, "Priya Shah", None)


@pytest.mark.parametrize("who", ["officer_elsewhere", "stranger", "staff"])
def test_details_02_a_user_of_another_centre_cannot_be_named(who, centre, officer, now, request):
    answers = {"change": "remove-user", "person": str(request.getfixturevalue(who).pk)}
    draft = raise_request(kind=Kind.ACCOUNT_CHANGE, centre=centre, entry=None, answers=answers, by=officer, at=now)

    assert refused(send_request, request=draft, seen=None, by=officer, at=now) == ["DETAILS-02"]
