"""Two people on one request, and two requests for what can be asked for once."""

import time
from collections import Counter

import pytest
from django.db import OperationalError

from core.models import HistoryEntry
from core.refusals import Refused
from outbox.models import OutgoingEmail
from requests_forms.enums import Act, Kind
from requests_forms.models import Request
from requests_forms.services import acting, decide_request, raise_request, send_request, sending, take_up
from tests.factories.accounts import UserFactory
from tests.factories.step_entries import StepEntryFactory
from tests.races.conftest import all_at_once
from tests.requests_forms.acts import begun, right_moment, sent
from tests.requests_forms.rule_facts import RIGHT

ROUNDS = 8
ARRANGEMENT, WITHDRAWAL, CONSIDERATION = Kind.ACCESS_ARRANGEMENT, Kind.WITHDRAWAL, Kind.SPECIAL_CONSIDERATION


@pytest.fixture(autouse=True)
def slow_history(monkeypatch):
    """A pause between judging and the commit, in every act."""
    real = acting.record

    def slow(**kwargs):
        time.sleep(0.02)
        return real(**kwargs)

    monkeypatch.setattr(acting, "record", slow)


@pytest.fixture
def no_lock(monkeypatch):
    """The acts without the lock on the request."""
    for module in (acting, sending):
        monkeypatch.setattr(module, "lock_request", lambda request: Request.objects.get(pk=request.pk))


@pytest.fixture
def two_staff(db):
    return [UserFactory(is_staff=True, name=name) for name in ("Sam Taylor", "Jo Field")]


@pytest.fixture
def entries(session, centre):
    return [StepEntryFactory(session=session, centre=centre) for _ in range(ROUNDS)]


def lines(action, request):
    return HistoryEntry.objects.filter(action__startswith=action, subject_id=request.pk).count()


def decided_by_both(request, staff, at):
    """One accepts and one declines what both see now; what each was told."""
    words = {"request": request, "version": request.version, "at": at, "text": "Words."}
    acts = ((Act.ACCEPT, staff[0]), (Act.DECLINE, staff[1]))
    return all_at_once([lambda act=act, by=by: decide_request(**words, act=act, by=by) for act, by in acts])


def test_act_02_of_two_decisions_at_once_one_counts_and_the_other_person_is_told(entries, officer, two_staff):
    for entry in entries:
        request = sent(WITHDRAWAL, entry, officer)

        answers = decided_by_both(request, two_staff, right_moment(WITHDRAWAL, entry.session))

        [refused] = [answer for answer in answers if isinstance(answer, Refused)]
        [decided] = [answer for answer in answers if not isinstance(answer, Exception)]
        assert [refusal.code for refusal in refused.refusals] == ["ACT-02"]
        assert f"{decided.decided_by.name} changed it last" in str(refused)
        assert (lines("request.moved", request), request.messages.count()) == (2, 1)
        entry.refresh_from_db()
        assert entry.is_withdrawn is decided.is_accepted


def test_twin_without_the_lock_both_decisions_are_written(entries, officer, two_staff, no_lock):
    most = 0
    for entry in entries:
        request = sent(ARRANGEMENT, entry, officer)
        decided_by_both(request, two_staff, right_moment(ARRANGEMENT, entry.session))
        most = max(most, lines("request.moved.accept", request) + lines("request.moved.decline", request))

    assert most == 2


def test_of_many_who_take_a_request_up_at_once_one_does(entry, officer):
    request = sent(ARRANGEMENT, entry, officer)
    staff = [UserFactory(is_staff=True) for _ in range(6)]
    at = right_moment(ARRANGEMENT, entry.session)

    answers = all_at_once(
        [lambda by=by: take_up(request=request, version=request.version, by=by, at=at) for by in staff]
    )

    assert Counter(type(answer) for answer in answers) == {Refused: 5, Request: 1}
    [taken] = [answer for answer in answers if isinstance(answer, Request)]
    request.refresh_from_db()
    assert request.assignee == taken.assignee
    assert lines("request.moved.take-up", request) == 1


def clicks(draft, people, at):
    return all_at_once([lambda by=by: send_request(request=draft, seen=None, by=by, at=at) for by in people])


def test_a_double_click_sends_one_request_with_one_mail(entries, officer):
    for entry in entries:
        draft = begun(ARRANGEMENT, entry, officer)

        answers = clicks(draft, [officer] * 4, right_moment(ARRANGEMENT, entry.session))

        assert {type(answer) for answer in answers} == {Request}
        assert lines("request.moved.send", draft) == 1
        assert OutgoingEmail.objects.filter(key__contains=draft.reference).count() == 1


def test_act_02_of_two_officers_who_send_one_draft_at_once_one_is_told_that_it_is_sent(entries, officer, priya):
    for entry in entries:
        draft = begun(WITHDRAWAL, entry, officer)

        answers = clicks(draft, [officer, priya], right_moment(WITHDRAWAL, entry.session))

        [refused] = [answer for answer in answers if isinstance(answer, Exception)]
        assert [refusal.code for refusal in refused.refusals] == ["ACT-02"]
        assert lines("request.moved.send", draft) == 1


def test_twin_without_the_lock_a_draft_is_sent_twice(entries, officer, priya, no_lock):
    most = 0
    for entry in entries:
        draft = begun(ARRANGEMENT, entry, officer)
        clicks(draft, [officer, priya], right_moment(ARRANGEMENT, entry.session))
        most = max(most, lines("request.moved.send", draft))

    assert most == 2


def begin(entry, people):
    """Each begins a withdrawal of the entry at once; what each was told."""
    at = right_moment(WITHDRAWAL, entry.session)
    given = {"kind": WITHDRAWAL, "centre": entry.centre, "entry": entry, "answers": RIGHT[WITHDRAWAL], "at": at}
    return all_at_once([lambda by=by: raise_request(**given, by=by) for by in people])


def test_two_officers_who_begin_a_withdrawal_of_one_entry_at_once_share_one_draft(entries, officer, priya):
    for entry in entries:
        answers = begin(entry, [officer, priya])

        assert [type(answer) for answer in answers] == [Request] * 2
        assert len({answer.pk for answer in answers}) == Request.objects.filter(entry=entry).count() == 1


def cross_named(pair, officer):
    """A draft of special consideration for each of two entries, which names the other one."""
    return [begun(CONSIDERATION, entry, officer, others=[other.number]) for entry, other in (pair, pair[::-1])]


def sent_at_once(drafts, people, at):
    acts = zip(drafts, people, strict=True)
    return all_at_once([lambda d=d, by=by: send_request(request=d, seen=None, by=by, at=at) for d, by in acts])


def test_consider_02_two_events_that_name_each_others_candidates_at_once_make_one(entries, officer, priya, session):
    at = right_moment(CONSIDERATION, session)
    for pair in zip(entries[::2], entries[1::2], strict=True):
        drafts = cross_named(pair, officer)

        answers = sent_at_once(drafts, [officer, priya], at)

        [refused] = [answer for answer in answers if isinstance(answer, Exception)]
        assert isinstance(refused, Refused)
        assert [refusal.code for refusal in refused.refusals] == ["CONSIDER-02", "CONSIDER-06"]
        of_pair = Request.objects.filter(entry__in=pair)
        assert sorted(of_pair.values_list("status", flat=True)) == ["draft", "submitted", "submitted"]


def test_twin_without_the_lock_on_the_candidates_two_events_wait_for_one_another_and_one_breaks(
    entries, officer, priya, session, monkeypatch
):
    monkeypatch.setattr(sending, "_wait_for_candidates", lambda request: None)
    at = right_moment(CONSIDERATION, session)
    pairs = list(zip(entries[::2], entries[1::2], strict=True))
    told: set[type] = set()
    while pairs and OperationalError not in told:
        told |= {type(answer) for answer in sent_at_once(cross_named(pairs.pop(), officer), [officer, priya], at)}

    assert OperationalError in told
