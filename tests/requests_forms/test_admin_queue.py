"""The queue of requests in the administration."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.admin.sites import site
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.moments import in_words
from requests_forms.enums import SENT, Kind, ScanState, Status
from requests_forms.models import Request
from tests.factories.accounts import UserFactory
from tests.factories.requests import EvidenceFactory, RequestFactory
from tests.factories.step_entries import SessionFactory, StepEntryFactory
from tests.reports.test_overview import words_of
from tests.requests_forms.admin_pages import QUEUE, desk_of

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def client(signed_in, staff):
    return signed_in(staff)


def listed(client, **asked):
    return list(client.get(QUEUE, asked).context["cl"].result_list)


def after(client, action, *cases, **asked):
    """The queue after an act on several requests."""
    post = {"action": action, "_selected_action": [case.pk for case in cases]}
    return client.post(QUEUE, post, query_params=asked, follow=True)


def test_the_queue_has_the_open_requests_the_soonest_date_first_and_those_without_a_date_last(client, now):
    without = RequestFactory(due_at=None)
    later, sooner = RequestFactory(due_at=now + 2 * DAY), RequestFactory(due_at=now + DAY)
    RequestFactory(status=Status.APPROVED, due_at=now)

    assert listed(client) == [sooner, later, without]


@pytest.mark.parametrize("status", SENT)
def test_requests_of_each_status_can_be_asked_for(client, status):
    cases = {each: RequestFactory(status=each) for each in SENT}

    assert listed(client, state=status) == [cases[status]]


def test_all_requests_can_be_asked_for_but_drafts(client):
    sent = {RequestFactory(status=status) for status in SENT}
    RequestFactory(status=Status.DRAFT)

    assert set(listed(client, state="all")) == sent
    assert set(listed(client, state="draft")) == set()


def test_a_draft_has_no_page_for_staff(client):
    draft = RequestFactory(status=Status.DRAFT)

    assert client.get(desk_of(draft)).status_code == 404
    assert client.post(desk_of(draft), {"act": "accept", "version": 1}).status_code == 404


def test_the_queue_is_narrowed_by_assignee(client, staff):
    sam, other = staff, UserFactory(is_staff=True)
    mine, theirs = RequestFactory(assignee=sam), RequestFactory(assignee=other)
    nobodys = RequestFactory()

    assert listed(client, assignee="me") == [mine]
    assert listed(client, assignee=str(other.pk)) == [theirs]
    assert listed(client, assignee="nobody") == [nobodys]
    assert len(listed(client, assignee="somebody")) == 3


def test_the_queue_is_narrowed_by_kind_lateness_date_and_session(client, now):
    entry = StepEntryFactory(session=SessionFactory())
    withdrawal = RequestFactory(kind=Kind.WITHDRAWAL, entry=entry)
    late = RequestFactory(is_late=True)
    past = RequestFactory(due_at=now - DAY)
    RequestFactory(due_at=now - DAY, status=Status.APPROVED)

    assert listed(client, kind__exact=Kind.WITHDRAWAL) == [withdrawal]
    assert listed(client, late="yes") == [late]
    assert listed(client, due="past", state="all") == [past]
    assert listed(client, entry__session__id__exact=entry.session.pk) == [withdrawal]


def test_requests_whose_files_wait_for_the_scanner_are_found(client):
    held, *_ = [EvidenceFactory(scan_state=state).request for state in (ScanState.HELD, ScanState.CLEAN)]
    EvidenceFactory(request=held, scan_state=ScanState.HELD)

    assert listed(client, evidence="held") == [held]


@pytest.mark.parametrize("term", ["reference", "S04321", "zoe", "o'neil", "61111"])
def test_a_request_is_found_by_reference_entry_number_name_and_centre_number(client, centre, term):
    names = {"first_name": "Zoë", "last_name": "O'Neil", "plain_first_name": "Zoe", "plain_last_name": "ONeil"}
    case = RequestFactory(entry=StepEntryFactory(number="S04321", centre=centre, **names))
    RequestFactory()

    assert listed(client, q=case.reference if term == "reference" else term) == [case]


def test_a_line_says_in_words_what_waits_since_when_and_until_when(client, staff, now):
    case = RequestFactory(
        kind=Kind.TIMETABLE_VARIATION,
        is_late=True,
        due_at=now - DAY,
        started_at=now - DAY - timedelta(hours=4),
        assignee=staff,
    )

    with time_machine.travel(now, tick=False):
        page = client.get(QUEUE)

    for words in (
        f"{case.entry.number} {case.entry.name}",
        "1 day 4 hours ago",
        f"Late: {in_words(case.due_at)}",
        "Late: case by case",
        "Timetable variation",
        str(case.centre),
        staff.name,
    ):
        assert words in words_of(page)


def test_a_line_leads_to_the_page_of_the_request_which_knows_the_way_back(client):
    case = RequestFactory()

    text = client.get(QUEUE, {"assignee": "nobody"}).text

    assert f'href="{desk_of(case)}?_changelist_filters=assignee%3Dnobody"' in text


@pytest.mark.parametrize(("is_accepted", "words"), [(True, "Completed: accepted"), (False, "Completed: declined")])
def test_staff_see_what_was_decided_where_the_centre_does_not(client, is_accepted, words):
    RequestFactory(kind=Kind.SPECIAL_CONSIDERATION, status=Status.COMPLETED, is_accepted=is_accepted)

    assert words in words_of(client.get(QUEUE, {"state": "all"}))


def test_the_queue_asks_the_same_number_of_queries_for_1_and_for_40_requests(client, staff):
    def queries():
        with CaptureQueriesContext(connection) as asked:
            assert client.get(QUEUE).status_code == 200
        return len(asked)

    RequestFactory(assignee=staff)
    queries()  # the first page of a session notes the session as well
    with_one = queries()
    for _ in range(39):
        RequestFactory(assignee=UserFactory(is_staff=True))

    assert queries() == with_one


def test_the_fields_of_a_request_are_shown_on_its_own_page_alone(client):
    case = RequestFactory(answers={"note": "Broke an arm"})

    page = client.get(reverse("admin:requests_forms_request_change", args=[case.pk]))

    assert (page.status_code, page.url) == (302, desk_of(case))


@pytest.mark.parametrize("key", ["0", "3/decide/widgets.css", "x"])
def test_a_request_that_does_not_exist_is_not_found(client, key):
    assert client.get(reverse("admin:requests_forms_request_change", args=[key])).status_code == 404


def test_requests_are_not_added_changed_or_deleted_by_hand(client, staff, rf):
    request = rf.get("/")
    request.user = UserFactory(is_staff=True, is_superuser=True)
    admin = site.get_model_admin(Request)

    assert not admin.has_add_permission(request)
    assert not admin.has_change_permission(request)
    assert not admin.has_delete_permission(request)
    assert client.get(reverse("admin:requests_forms_request_add")).status_code == 403


# --- several at once --------------------------------------------------------------------------------------------------


def test_several_requests_are_taken_up_at_once_and_the_others_are_named_with_the_reason(client, staff):
    waiting = RequestFactory.create_batch(2)
    taken = RequestFactory(status=Status.IN_PROGRESS)

    page = after(client, "take_up_several", *waiting, taken)

    assert {(case.status, case.assignee) for case in Request.objects.exclude(pk=taken.pk)} == {("in-progress", staff)}
    assert Request.objects.get(pk=taken.pk).assignee is None
    assert f"Taken up: 2 of 3. {taken}: The request is in progress." in words_of(page)


def test_several_requests_are_assigned_at_once(client, staff):
    cases = RequestFactory.create_batch(3, assignee=UserFactory(is_staff=True))

    page = after(client, "assign_to_me", *cases)

    assert {case.assignee for case in Request.objects.all()} == {staff}
    assert {case.status for case in Request.objects.all()} == {Status.SUBMITTED}
    assert "Assigned to you: 3 of 3." in words_of(page)


@pytest.mark.parametrize("asked", ["answers__icontains", "answers__detail", "messages__text__contains"])
def test_no_address_searches_through_what_requests_say(client, entry, asked):
    RequestFactory(entry=entry, answers={"detail": "Broke the left arm"})

    assert client.get(QUEUE, {asked: "arm"}).status_code == 400
