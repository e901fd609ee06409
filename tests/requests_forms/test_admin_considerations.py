"""Deciding special consideration, and the requests of one event."""

import pytest

from requests_forms.enums import Kind, Severity, Status
from requests_forms.models import Message, Request
from requests_forms.services import take_up
from tests.factories.accounts import UserFactory
from tests.factories.requests import RequestFactory
from tests.factories.step_entries import StepEntryFactory
from tests.reports.test_overview import words_of
from tests.requests_forms.admin_pages import desk_of, errors_of, pressed

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(signed_in, staff):
    return signed_in(staff)


@pytest.fixture
def alex(db):
    """Another one of the STEP team."""
    return UserFactory(email="alex@board.example", name="Alex Reed", is_staff=True)


@pytest.fixture
def consideration(entry, officer):
    answers = {"reason": "illness", "paper": "step-2"}
    of = {"kind": Kind.SPECIAL_CONSIDERATION, "paper": "step-2", "answers": answers}
    return RequestFactory(entry=entry, started_by=officer, **of)


def test_special_consideration_is_accepted_with_a_severity_and_a_note_for_staff(client, consideration):
    typed = pressed(consideration, "accept", severity=Severity.SERIOUS, text="The letter is clear.")
    client.post(desk_of(consideration), typed)

    decided = Request.objects.get()
    assert (decided.status, decided.is_accepted, decided.severity) == (Status.COMPLETED, True, Severity.SERIOUS)
    assert Message.objects.get().is_internal


@pytest.mark.parametrize(
    ("act", "severity", "sentence"),
    [
        ("accept", "", "Select the level of severity. It goes to the institutions, not to the centre."),
        ("accept", "lethal", "Choose one of the levels."),
        ("decline", "minor", "Only special consideration that is accepted has a level of severity."),
    ],
)
def test_a_severity_that_does_not_fit_is_refused_at_its_field(client, consideration, act, severity, sentence):
    page = client.post(desk_of(consideration), pressed(consideration, act, severity=severity))

    assert errors_of(page) == {"severity": [sentence]}
    assert Request.objects.get().status == Status.SUBMITTED


def test_the_page_says_which_institutions_can_be_told(client, consideration):
    none = words_of(client.get(desk_of(consideration)))
    institution = consideration.entry.courses.get().institution
    institution.receives_special_consideration = True
    institution.save()
    one = words_of(client.get(desk_of(consideration)))

    assert "None: the entry names no institution that receives notices." in none
    assert f"Institutions that can be told {institution}" in one


@pytest.fixture
def event(consideration):
    """The fire alarm: three candidates, of whom one is decided already."""
    same = {"kind": consideration.kind, "paper": "step-2", "event": "1" * 32, "answers": {"reason": "disturbance"}}
    Request.objects.update(event=same["event"])
    others = [
        RequestFactory(entry=StepEntryFactory(centre=consideration.centre), status=status, **same)
        for status in (Status.SUBMITTED, Status.COMPLETED)
    ]
    return [consideration, *others]


def seen_of(page):
    return [line.split('"')[0] for line in page.text.split('name="seen" value="')[1:]]


def test_the_others_of_an_event_are_named(client, event):
    first, *others = event

    page = client.get(desk_of(first))

    assert "This is one of 3 requests of one event." in words_of(page)
    for other in others:
        assert f'<a href="{desk_of(other)}">{other.entry.number} {other.entry.name}</a>' in page.text


def test_the_open_requests_of_an_event_are_decided_alike(client, event):
    first, second, ended = event
    seen = seen_of(client.get(desk_of(first)))

    typed = pressed(first, "accept", severity="minor", is_alike="on", seen=seen)
    page = client.post(desk_of(first), typed, follow=True)

    decided = Request.objects.filter(severity="minor", is_accepted=True, status=Status.COMPLETED)
    assert set(decided) == {first, second}
    assert Request.objects.get(pk=ended.pk).is_accepted is None
    assert f"2 requests of the event of {first} are accepted." in words_of(page)


def test_one_request_of_an_event_can_be_decided_by_itself(client, event):
    first, second, _ = event

    client.post(desk_of(first), pressed(first, "accept", severity="minor"))

    assert [Request.objects.get(pk=each.pk).is_open for each in (first, second)] == [False, True]


def test_an_event_of_which_one_request_changed_meanwhile_is_not_decided(client, event, alex, now):
    first, second, _ = event
    seen = seen_of(client.get(desk_of(first)))
    take_up(request=second, version=second.version, by=alex, at=now)

    page = client.post(desk_of(first), pressed(first, "accept", severity="minor", is_alike="on", seen=seen))

    [sentence] = errors_of(page)[""]
    assert sentence.startswith(f"{second}: Alex Reed changed it last")
    assert all(Request.objects.get(pk=each.pk).is_open for each in (first, second))
