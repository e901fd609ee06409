"""A request that is being written: one for the whole centre, kept as typed, never in the way of others."""

from datetime import timedelta

import pytest
from django.db import IntegrityError

from requests_forms.enums import Kind, Status
from requests_forms.models import Request
from requests_forms.services import discard_request, draft_of, drafts, raise_request, save_request, send_request
from tests.factories.requests import EvidenceFactory, RequestFactory
from tests.factories.step_entries import StepEntryFactory
from tests.requests_forms.acts import LATER, begun, everything, lines, refused, right_moment, sent

pytestmark = pytest.mark.django_db

WITHDRAWAL, ACCOUNT = Kind.WITHDRAWAL, Kind.ACCOUNT_CHANGE
TYPED = {"reason": "medical", "detail": "  as typed \n", "unknown": ["a", "b"]}


@pytest.fixture
def start(entry, centre, officer, now):
    """Begin a withdrawal of the entry, or a change of accounts of the centre."""

    def act(*, kind=WITHDRAWAL, by=officer, at=now, answers=TYPED, of=entry):
        about = None if kind == ACCOUNT else of
        return raise_request(kind=kind, centre=centre, entry=about, answers=answers, by=by, at=at)

    return act


def test_a_draft_keeps_what_was_typed_as_it_was_typed(start, entry, centre, officer, now):
    draft = start()

    draft.refresh_from_db()
    assert draft.answers == TYPED
    assert (draft.kind, draft.status, draft.centre, draft.entry) == (WITHDRAWAL, Status.DRAFT, centre, entry)
    assert (draft.started_by, draft.started_at, draft.changed_at) == (officer, now, now)
    assert (draft.sent_at, draft.sent_by, draft.due_at, draft.ended_at) == (None, None, None, None)
    assert lines(draft) == []


def test_a_draft_is_one_for_the_entry_and_its_kind_for_the_whole_centre(start, priya, officer, now):
    first = start()

    again = start(by=priya, at=now + LATER, answers={"reason": "other"})

    assert again == first == Request.objects.get()
    assert (again.answers, again.started_by, again.changed_at) == ({"reason": "other"}, officer, now + LATER)
    assert again.version > first.version


def test_other_kinds_and_other_entries_have_drafts_of_their_own(start, session, centre):
    drafts_begun = {
        start(),
        start(kind=Kind.ACCESS_ARRANGEMENT),
        start(of=StepEntryFactory(session=session, centre=centre)),
    }

    assert len(drafts_begun) == Request.objects.count() == 3


def test_a_change_of_accounts_has_a_draft_for_each_person(start, priya):
    first, second = start(kind=ACCOUNT), start(kind=ACCOUNT, by=priya)

    assert first != second
    assert start(kind=ACCOUNT) == first


def test_after_a_request_is_sent_a_new_draft_can_be_begun(start, entry, officer):
    first = sent(Kind.ACCESS_ARRANGEMENT, entry, officer)

    assert start(kind=Kind.ACCESS_ARRANGEMENT) != first


def test_the_draft_that_was_begun_is_found_by_those_who_may_see_it(
    start, entry, centre, officer, priya, officer_elsewhere, stranger, staff
):
    draft = start()

    def found(by, kind=WITHDRAWAL):
        return draft_of(kind=kind, centre=centre, entry=entry, by=by)

    assert [found(person) for person in (officer, priya)] == [draft, draft]
    assert [found(person) for person in (officer_elsewhere, stranger, staff)] == [None, None, None]
    assert found(officer, Kind.ACCESS_ARRANGEMENT) is None


def test_the_other_click_of_a_double_click_finds_the_draft_of_the_first(start, monkeypatch):
    """Neither sees the draft of the other before the constraint does."""
    first, real, calls = start(), drafts.draft_of, []

    def blind_at_first(**kwargs):
        calls.append(kwargs)
        return real(**kwargs) if len(calls) > 1 else None

    monkeypatch.setattr(drafts, "draft_of", blind_at_first)

    assert start(answers={"reason": "other"}) == first
    assert Request.objects.get().answers == {"reason": "other"}


@pytest.mark.parametrize("who", ["colleague", "officer_elsewhere", "stranger", "staff"])
@pytest.mark.parametrize("kind", [WITHDRAWAL, ACCOUNT])
def test_ask_07_those_who_make_no_entries_for_the_centre_begin_nothing(start, who, kind, request):
    person = request.getfixturevalue(who)
    before = everything()

    assert refused(start, kind=kind, by=person) == ["ASK-07"]
    assert everything() == before


def test_what_is_typed_is_kept_though_the_window_has_closed_meanwhile(start, session):
    late = session.results_at + timedelta(days=5)

    assert start(at=late).answers == TYPED


def test_a_draft_that_was_sent_meanwhile_is_not_written_over(entry, officer, priya, now):
    draft = begun(Kind.ACCESS_ARRANGEMENT, entry, officer)
    send_request(request=Request.objects.get(), seen=None, by=officer, at=right_moment(draft.kind, entry.session))
    before = everything()

    assert refused(save_request, request=draft, answers={}, by=priya, at=now) == ["ACT-02"]
    assert refused(discard_request, request=draft, by=priya, at=now) == ["ACT-02"]
    assert everything() == before


def test_a_discarded_draft_is_gone_with_its_files_and_the_history_says_so(
    start, officer, now, django_capture_on_commit_callbacks
):
    draft = start()
    evidence = EvidenceFactory(request=draft)

    with django_capture_on_commit_callbacks(execute=True):
        discard_request(request=draft, by=officer, at=now)

    assert not Request.objects.exists()
    assert not evidence.file.storage.exists(evidence.file.name)
    assert lines(draft) == ["request.discarded"]


def test_discarding_twice_is_no_error_and_one_line_of_history(start, officer, now):
    draft = start()

    for _ in range(2):
        discard_request(request=draft, by=officer, at=now)

    assert lines(draft) == ["request.discarded"]


@pytest.mark.parametrize(
    ("kind", "status"), [(WITHDRAWAL, "draft"), (WITHDRAWAL, "submitted"), (Kind.SPECIAL_CONSIDERATION, "completed")]
)
def test_the_database_holds_no_second_one_where_there_can_be_one(entry, kind, status):
    only = {"entry": entry, "kind": kind, "status": status, "paper": "step-2"}
    RequestFactory(**only)

    with pytest.raises(IntegrityError):
        RequestFactory(**only)


@pytest.mark.parametrize(
    ("kind", "status"), [(WITHDRAWAL, "declined"), (Kind.ACCESS_ARRANGEMENT, "submitted"), (WITHDRAWAL, "withdrawn")]
)
def test_the_database_holds_more_than_one_where_there_can_be_more(entry, kind, status):
    RequestFactory.create_batch(2, entry=entry, kind=kind, status=status)

    assert Request.objects.count() == 2
