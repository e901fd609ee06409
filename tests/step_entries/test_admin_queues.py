"""The STEP team's queues: what a run would do, and people who are entered at several centres."""

from datetime import timedelta

import pytest
from django.urls import reverse

from core.models import HistoryEntry
from step_entries.enums import EntryStatus, Paper
from step_entries.models import ConfirmationItem, ConfirmationRun, StepEntry
from step_entries.queries import GROUPS_SHOWN, people_at_several_centres, ucas_ids_at_several_centres
from step_entries.services import confirming, preview_run
from tests.factories.candidates import CandidateFactory
from tests.factories.step_entries import DraftFactory, SessionFactory, StepEntryFactory
from tests.reports.test_overview import words_of

pytestmark = pytest.mark.django_db

PREVIEW = "admin:step_entries_confirmationrun_preview"
DUPLICATES = "admin:step_entries_stepentry_duplicates"


@pytest.fixture
def client(signed_in, staff):
    return signed_in(staff)


@pytest.fixture
def due(session, centre, now, settings):
    """Entries that are due: one that is clear, one that staff hold, one for a paper that the session does not have."""
    session.papers.filter(paper=Paper.STEP_3).delete()
    shared = {"session": session, "centre": centre, "created_at": now - settings.STEP_CONFIRM_AFTER}
    return [
        StepEntryFactory(**shared, number="S00001", papers="step-2"),
        StepEntryFactory(**shared, number="S00002", papers="step-2", held_at=now, held_reason="Asked the centre"),
        StepEntryFactory(**shared, number="S00003", papers="step-3"),
    ]


# --- the preview of a run ---------------------------------------------------------------------------------------------


def test_the_preview_counts_and_names_what_would_not_be_confirmed_and_changes_nothing(client, due):
    StepEntryFactory()

    page = client.get(reverse(PREVIEW))

    preview = page.context["preview"]
    assert preview.counts == {"confirmed": 1, "held": 1, "refused": 1}
    assert [(item.entry.number, item.outcome, item.reason) for item in preview.items] == [
        ("S00002", "held", "Staff hold this entry: Asked the centre."),
        ("S00003", "refused", "The session does not have STEP 3."),
    ]
    assert "Staff hold this entry: Asked the centre." in words_of(page)
    assert ConfirmationRun.objects.count() == ConfirmationItem.objects.count() == HistoryEntry.objects.count() == 0
    assert set(StepEntry.objects.values_list("status", flat=True)) == {EntryStatus.NOT_YET_CONFIRMED}


def test_run_now_does_what_the_preview_said_in_the_name_of_who_pressed_it(client, due, staff):
    page = client.post(reverse(PREVIEW), follow=True)

    run = ConfirmationRun.objects.get()
    assert (run.started_by, run.confirmed, run.held, run.refused) == (staff, 1, 1, 1)
    assert "Confirmed: 1. Held: 1. Refused: 1." in words_of(page)
    assert page.request["PATH_INFO"] == reverse("admin:step_entries_confirmationrun_change", args=[run.pk])
    assert StepEntry.objects.get(number="S00001").is_confirmed
    assert StepEntry.objects.get(number="S00003").is_held


def test_where_nothing_is_due_there_is_no_button_and_no_run(client, session):
    StepEntryFactory(session=session)

    page = client.get(reverse(PREVIEW))
    pressed = client.post(reverse(PREVIEW), follow=True)

    assert "There is nothing to run." in words_of(page)
    assert "Run now" not in page.text
    assert "Nothing was due but what staff hold: no run was made." in words_of(pressed)
    assert ConfirmationRun.objects.count() == 0


def test_of_many_that_would_not_be_confirmed_the_first_are_named_and_all_are_counted(client, due, monkeypatch):
    monkeypatch.setattr(confirming, "ITEMS_SHOWN", 1)

    page = client.get(reverse(PREVIEW))

    assert "Entries that would not be confirmed: the first 1 of 2" in words_of(page)


def test_the_preview_costs_the_same_queries_for_3_and_for_300_entries(due, now, session, django_assert_num_queries):
    for more in (0, 297):
        created_at = now - timedelta(hours=3)
        StepEntryFactory.create_batch(more, session=session, papers="step-2", created_at=created_at, held_at=now)
        with django_assert_num_queries(3):
            assert sum(preview_run(at=now).counts.values()) == 3 + more


# --- the same person at several centres -------------------------------------------------------------------------------


def enter(session, centre, name="Ann Smith", **fields):
    first, last = name.split()
    candidate = CandidateFactory(centre=centre, first_name=first, last_name=last)
    return StepEntryFactory(session=session, centre=centre, candidate=candidate, **fields)


def numbers_of(same):
    return [[entry.number for entry in group] for group in same.groups]


def test_people_entered_at_several_centres_stand_in_groups(client, session, centre, other_centre, now):
    enter(session, centre, "Ann Smith", number="S00001")
    enter(session, other_centre, "Ann Smith", number="S00004", created_at=now + timedelta(hours=1))
    enter(session, centre, "Bob Jones", number="S00002")
    enter(session, other_centre, "Bob Jones", number="S00003", status=EntryStatus.CONFIRMED, confirmed_at=now)

    page = client.get(reverse(DUPLICATES))

    assert numbers_of(page.context["people"]) == [["S00001", "S00004"], ["S00002", "S00003"]]
    assert "2 people" in words_of(page)
    assert "61111 Northgate School" in words_of(page)
    assert "62222 Southfield College" in words_of(page)


def test_those_withdrawn_of_another_session_or_of_the_same_centre_are_no_group(session, centre, other_centre, now):
    enter(session, centre, "Ann Smith")
    enter(session, other_centre, "Ann Smith", status=EntryStatus.WITHDRAWN, withdrawn_at=now)
    enter(SessionFactory(), other_centre, "Ann Smith")
    enter(session, centre, "Bob Jones")
    enter(session, centre, "Bob Jones", is_different_person=True)
    enter(session, other_centre, "Bob Jones", candidate__date_of_birth="2008-01-01", date_of_birth="2008-01-01")

    assert people_at_several_centres(session).count == 0


def test_a_ucas_id_under_two_names_at_two_centres_is_a_group_of_its_own(session, centre, other_centre):
    shared = {"ucas_id": "0123456789"}
    enter(session, centre, "Ann Smith", number="S00001", **shared)
    enter(session, other_centre, "Anne Smyth", number="S00002", **shared)
    enter(session, centre, "Bob Jones", ucas_id="1111111111")
    enter(session, other_centre, "Bob Jones", ucas_id="1111111111")
    enter(session, centre, "Cy Young")
    enter(session, other_centre, "Di Old")

    same = ucas_ids_at_several_centres(session)

    assert (same.count, numbers_of(same)) == (1, [["S00001", "S00002"]])


def test_another_session_can_be_looked_at(client, session, centre, other_centre, now):
    earlier = SessionFactory(opens_at=now - timedelta(days=400))
    enter(earlier, centre, number="S00001")
    enter(earlier, other_centre, number="S00002")

    now_shown = client.get(reverse(DUPLICATES))
    chosen = client.get(reverse(DUPLICATES), {"session": earlier.pk})

    assert numbers_of(now_shown.context["people"]) == []
    assert numbers_of(chosen.context["people"]) == [["S00001", "S00002"]]


@pytest.mark.parametrize("wanted", ["99999", "x", "9" * 30, "-1"])
def test_a_session_that_there_is_not_is_not_found(client, session, wanted):
    assert client.get(reverse(DUPLICATES), {"session": wanted}).status_code == 404


def test_without_a_session_the_page_says_so(client):
    assert "There is no session yet." in words_of(client.get(reverse(DUPLICATES)))


@pytest.mark.parametrize("groups", [1, GROUPS_SHOWN + 20])
def test_groups_cost_two_queries_and_the_page_shows_the_last_hundred(
    session, centre, other_centre, groups, django_assert_num_queries
):
    for number in range(groups):
        name = "".join(chr(ord("a") + int(digit)) for digit in str(number))
        enter(session, centre, f"Ann {name}")
        enter(session, other_centre, f"Ann {name}")

    with django_assert_num_queries(2):
        same = people_at_several_centres(session)

    assert (same.count, len(same.groups)) == (groups, min(groups, GROUPS_SHOWN))
    assert {len(group) for group in same.groups} == {2}


def test_the_list_of_entries_is_filtered_by_who_is_entered_elsewhere_too(client, session, centre, other_centre):
    twins = [enter(session, each, "Ann Smith") for each in (centre, other_centre)]
    enter(session, centre, "Bob Jones")

    page = client.get(reverse("admin:step_entries_stepentry_changelist"), {"elsewhere": "yes"})

    assert set(page.context["cl"].result_list) == set(twins)


# --- lists that lead there --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("wanted", "expected"), [("not-entered", 1), ("submitted", 1), ("", 3)])
def test_drafts_are_filtered_by_submit(client, session, now, wanted, expected):
    DraftFactory(session=session)
    DraftFactory(session=session, answers={})
    DraftFactory(session=session, submitted_at=now)

    page = client.get(reverse("admin:step_entries_stepdraft_changelist"), {"submit": wanted})

    assert len(page.context["cl"].result_list) == expected


@pytest.mark.parametrize(("model", "page"), [("confirmationrun", PREVIEW), ("stepentry", DUPLICATES)])
def test_the_lists_lead_to_their_pages(client, session, model, page):
    text = client.get(reverse(f"admin:step_entries_{model}_changelist")).text

    assert f'href="{reverse(page)}"' in text


def test_an_entry_leads_to_its_mails(client, session):
    entry = StepEntryFactory(session=session)

    page = client.get(reverse("admin:step_entries_stepentry_change", args=[entry.pk]))

    assert f'{reverse("admin:outbox_outgoingemail_changelist")}?q={entry.number}"' in page.text


@pytest.mark.parametrize("page", [PREVIEW, DUPLICATES, "admin:index"])
def test_staff_without_a_second_factor_and_people_of_centres_see_nothing(client, signed_in, officer, staff, due, page):
    client.logout()
    client.force_login(staff)

    without = client.post(reverse(page))

    assert without.url == reverse("accounts:second-factor-set-up")
    assert signed_in(officer).post(reverse(page), follow=True).status_code == 403
    assert ConfirmationRun.objects.count() == 0
