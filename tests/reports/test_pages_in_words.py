"""What the pages of STEP promise and tell, by the state that they are in."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.urls import reverse

from core.history import record
from step_entries.models import StepEntry
from step_entries.services import confirm_entries, hold_entries, release_entries, submit_entry
from step_entries.templatetags.step_words import HAPPENED, plain_name_used
from tests.factories.step_entries import DraftFactory, StepEntryFactory

pytestmark = pytest.mark.django_db

PROMISE = "expect to confirm it at about"
LOOKED_AT = "The STEP team is looking at it; you need do nothing unless it takes longer than 48 hours."


@pytest.fixture
def client(signed_in, officer):
    return signed_in(officer)


def words_of(page):
    """What a page says, with its white space made even and without its tags."""
    return " ".join(re.sub(r"<[^>]*>", "", page.text).split())


def entry_page(client, entry):
    return client.get(reverse("step_entries:entry-detail", args=[entry.number]))


def step_url(draft, step):
    return reverse("step_entries:draft-step", args=[draft.key, step])


def check_url(draft):
    return reverse("step_entries:draft-check", args=[draft.key])


# --- a step that has nothing to offer ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("step", "relation", "sentence"),
    [
        ("papers", "papers", "This session has no papers yet. The STEP team has to add them."),
        ("courses", "courses", "This session has no courses yet: tick Other."),
    ],
)
def test_a_session_without_papers_or_courses_is_told_on_its_step(client, session, centre, step, relation, sentence):
    draft = DraftFactory(session=session, centre=centre)
    getattr(session, relation).all().delete()

    page = client.post(step_url(draft, step), {"go": "next"})

    assert page.status_code == 200
    assert sentence in words_of(page)


# --- tense ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("days", [-1, 1])
def test_pages_of_a_draft_speak_of_submit_only_while_there_is_one(signed_in, officer, session, centre, days):
    draft = DraftFactory(session=session, centre=centre)
    with time_machine.travel(session.closes_at + timedelta(days=days)):
        client = signed_in(officer)
        pages = [words_of(client.get(url)) for url in (step_url(draft, "papers"), check_url(draft))]

    is_open = days < 0
    for words in pages:
        assert ("The candidate is not entered until you press Submit" in words) is is_open
        assert ("The candidate is not entered, and cannot be submitted now." in words) is not is_open


def test_a_check_page_without_submit_for_another_reason_does_not_speak_of_it(client, session, centre):
    draft = DraftFactory(session=session, centre=centre)
    centre.approvals.all().delete()

    words = words_of(client.get(check_url(draft)))

    assert "until you press Submit" not in words


@pytest.mark.parametrize(
    ("days", "words"),
    [(-1, "Add it until registration closes on"), (1, "There is no UCAS ID, and registration closed on")],
)
def test_a_missing_ucas_id_is_asked_for_only_while_it_can_be_added(signed_in, officer, session, centre, days, words):
    entry = StepEntryFactory(session=session, centre=centre)
    with time_machine.travel(session.closes_at + timedelta(days=days)):
        page = signed_in(officer).get(reverse("step_entries:entry-confirmation", args=[entry.number]))

    assert words in words_of(page)


# --- promises ---------------------------------------------------------------------------------------------------------


def test_a_new_entry_is_promised_its_confirmation(client, session, centre):
    entry = StepEntryFactory(session=session, centre=centre)

    words = words_of(entry_page(client, entry))

    assert PROMISE in words
    assert LOOKED_AT not in words


@pytest.mark.parametrize("page_name", ["entry-detail", "entry-confirmation"])
@pytest.mark.parametrize(("hours", "is_held"), [(3, False), (3, True), (0, True)])
def test_a_late_or_held_entry_is_promised_no_moment(client, session, centre, staff, now, page_name, hours, is_held):
    entry = StepEntryFactory(session=session, centre=centre, created_at=now - timedelta(hours=hours))
    if is_held:
        hold_entries(entries=[entry], reason="Two entries", by=staff, at=now)

    words = words_of(client.get(reverse(f"step_entries:{page_name}", args=[entry.number])))

    assert LOOKED_AT in words
    assert "expect" not in words


def test_the_confirmation_page_of_an_overdue_entry_says_whom_to_write_to(client, session, centre, now):
    entry = StepEntryFactory(session=session, centre=centre, created_at=now - timedelta(hours=49))

    words = words_of(client.get(reverse("step_entries:entry-confirmation", args=[entry.number])))

    assert "It has taken longer than 48 hours: write to" in words
    assert LOOKED_AT not in words


# --- history ----------------------------------------------------------------------------------------------------------


def history_on(page):
    listed = re.search(r'<ul class="history">(.*?)</ul>', page.text, re.DOTALL)[1]
    return [" ".join(re.sub(r"<[^>]*>", "", item).split()) for item in re.findall(r"<li>(.*?)</li>", listed, re.DOTALL)]


def test_an_entry_shows_its_history_without_reasons_and_names_of_staff(signed_in, officer, staff, session, centre):
    with time_machine.travel("2026-11-22T05:12:00Z", tick=False) as clock:
        session.opens_at, session.closes_at = "2026-11-01T00:00:00Z", "2027-05-04T22:59:00Z"
        session.save()
        session.refresh_from_db()
        draft = DraftFactory(session=session, centre=centre)
        entry = submit_entry(draft=draft, by=officer, at=draft.created_at)
        acts = (
            lambda at: hold_entries(entries=[entry], reason="Asked the school", by=staff, at=at),
            lambda at: release_entries(entries=[entry], by=staff, at=at),
            lambda at: hold_entries(entries=[entry], reason="No such paper", by=None, at=at),
            lambda at: release_entries(entries=[entry], by=staff, at=at),
            lambda at: confirm_entries(entries=StepEntry.objects.all(), by=None, at=at),
            lambda at: record(by=officer, at=at, action="step-entry.of-another-kind", subjects=[entry]),
        )
        for minutes, act in enumerate(acts, start=1):
            act(draft.created_at + timedelta(minutes=minutes))
        clock.shift(timedelta(minutes=10))

        page = entry_page(signed_in(officer), entry)

    assert history_on(page) == [
        "22 November 2026, 05:17 (GMT): confirmed, by the portal",
        "22 November 2026, 05:16 (GMT): released by the STEP team",
        "22 November 2026, 05:15 (GMT): held by the portal",
        "22 November 2026, 05:14 (GMT): released by the STEP team",
        "22 November 2026, 05:13 (GMT): held by the STEP team",
        "22 November 2026, 05:12 (GMT): entered, by Olivia Marsh",
    ]
    for secret in ("Asked the school", "No such paper", staff.name):
        assert secret not in page.text


def test_an_entry_made_or_confirmed_by_staff_names_nobody(client, session, centre, staff, now):
    entry = StepEntryFactory(session=session, centre=centre)
    record(by=staff, at=now, action="step-entry.submitted", subjects=[entry])

    [line] = history_on(entry_page(client, entry))

    assert line.endswith(": entered, by the STEP team")


def test_every_action_on_an_entry_has_its_words():
    services = Path(settings.BASE_DIR) / "step_entries" / "services"
    written = {
        action
        for module in services.glob("*.py")
        for action in re.findall(r'"(step-entry\.[a-z-]+)"', module.read_text(encoding="utf-8"))
    }

    assert written == set(HAPPENED)


# --- steps ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "button"), [("", "Next"), ("?return=check", "Save and return to Check your answers")]
)
def test_the_button_of_a_step_says_where_it_leads(client, session, centre, query, button):
    draft = DraftFactory(session=session, centre=centre)

    page = client.get(step_url(draft, "papers") + query)

    assert re.findall(r'name="go" value="next"[^>]*>([^<]*)<', page.text) == [button, button]


@pytest.mark.parametrize(
    ("typed", "used"),
    [
        ({"first_name": "Seán", "last_name": "o'brien"}, "Sean OBrien"),
        ({"first_name": "Seán", "last_name": "o'brien", "plain_last_name": "Brien"}, "Sean Brien"),
        ({"first_name": "Seán", "plain_first_name": "Shaun", "last_name": "Ng", "plain_last_name": "Ng"}, ""),
        ({"last_name": "Sukarno", "has_one_name": True}, "Sukarno"),
        ({"first_name": "Ann", "last_name": "李"}, ""),
        ({"first_name": "", "last_name": ""}, ""),
        ({}, ""),
    ],
)
def test_the_plain_form_that_we_use_stands_beside_its_boxes(client, session, centre, typed, used):
    answers = {"candidate": typed | {"auto_capitalise": True}} if typed else {}
    draft = DraftFactory(session=session, centre=centre, answers=answers)

    page = client.get(step_url(draft, "candidate"))

    assert re.findall(r"We use: ([^<]*)<", page.text) == ([used] if used else [])
    assert plain_name_used(page.context["form"]) == used


# --- messages, the admin's icon ---------------------------------------------------------------------------------------


def test_a_message_that_only_informs_is_no_green_panel(client, session, centre):
    draft = DraftFactory(session=session, centre=centre)

    page = client.post(step_url(draft, "papers"), {"papers": "step-2", "go": "later"}, follow=True)

    assert '<div class="panel panel-info" role="status">' in page.text


def test_the_admin_names_its_icon(signed_in, staff):
    page = signed_in(staff).get(reverse("admin:login"), follow=True)

    assert '<link rel="icon"' in page.text
