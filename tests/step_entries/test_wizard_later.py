"""After closing, going on with a draft, its confirmation, and pages that were open too long."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from step_entries.models import StepDraft, StepEntry
from step_entries.services import submit_entry
from tests.factories.accounts import UserFactory
from tests.factories.centres import MembershipFactory
from tests.factories.step_entries import DraftFactory, StepEntryFactory
from tests.step_entries.wizard_pages import check_url, step_url, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(signed_in, officer):
    return signed_in(officer)


@pytest.fixture
def empty_draft(session, centre, officer):
    return DraftFactory(session=session, centre=centre, started_by=officer, answers={})


@pytest.fixture
def draft(session, centre, officer):
    return DraftFactory(session=session, centre=centre, started_by=officer)


def test_after_closing_every_step_says_so(signed_in, officer, draft, empty_draft):
    urls = [step_url(draft, step) for step in ("candidate", "papers", "courses")] + [step_url(empty_draft, "candidate")]
    with time_machine.travel(draft.session.closes_at + timedelta(minutes=1)):
        pages = [signed_in(officer).get(url) for url in urls]

    assert ["Registration closed on" in page.text for page in pages] == [True] * 4


@pytest.mark.parametrize("number", ["S%00", "S1234", "S123456", "s00001", "S٠٠٠٠١", "x"])
def test_what_is_no_entry_number_is_not_found(client, session, number):
    for page in ("", "confirmation/"):
        assert client.get(f"/step/entries/{number}/{page}").status_code == 404


def test_courses_that_are_no_numbers_are_not_kept(client, draft):
    course = str(draft.session.courses.first().pk)

    response = client.post(step_url(draft, "courses"), {"courses": [course, "1\x00", "x", "-1"], "go": "next"})

    draft.refresh_from_db()
    assert response.url == check_url(draft)
    assert draft.answers["courses"]["courses"] == [course]


def test_make_a_new_entry_opened_as_a_page_leads_to_the_test_page(client, session):
    response = client.get(reverse("step_entries:entry-start"))

    assert response.url == reverse("step_entries:test-page")
    assert StepDraft.objects.count() == 0


def test_going_on_with_a_draft_leads_to_its_first_unfinished_step_without_a_word(client, draft):
    del draft.answers["papers"], draft.answers["courses"]
    draft.save()

    response = client.get(reverse("step_entries:draft-resume", args=[draft.key]), follow=True)

    assert response.redirect_chain == [(step_url(draft, "papers"), 302)]
    assert "Answer these questions first." not in response.text
    assert "Select the papers that the candidate's UCAS offers name." not in response.context["form"].errors.as_text()
    assert "<title>Error" not in response.text


def test_going_on_with_a_finished_draft_leads_to_check(client, draft):
    assert client.get(reverse("step_entries:draft-resume", args=[draft.key])).url == check_url(draft)


def test_the_overview_leads_on_with_a_draft(client, draft):
    assert reverse("step_entries:draft-resume", args=[draft.key]) in client.get("/").text


def test_submit_after_closing_says_when_and_keeps_the_answers(signed_in, officer, draft):
    with time_machine.travel(draft.session.closes_at + timedelta(minutes=1)):
        response = signed_in(officer).post(check_url(draft), {"seen": draft.fingerprint})

    assert response.status_code == 200
    assert "Registration closed on" in response.text
    assert "Your request reached us on" in response.text
    assert "Your answers are saved and the candidate is not entered." in response.text
    assert "STEPMaths@ocr.org.uk" in response.text
    assert ">Submit</button>" not in response.text
    assert StepEntry.objects.count() == 0


def test_a_step_saved_after_closing_keeps_what_was_typed(signed_in, officer, empty_draft):
    with time_machine.travel(empty_draft.session.closes_at + timedelta(minutes=1)):
        signed_in(officer).post(step_url(empty_draft, "candidate"), typed(first_name="Bea"))

    empty_draft.refresh_from_db()
    assert empty_draft.answers["candidate"]["first_name"] == "Bea"


def test_back_refresh_and_an_old_form_lead_to_the_same_confirmation(client, draft, officer, now):
    entry = submit_entry(draft=draft, by=officer, at=now)
    confirmation = reverse("step_entries:entry-confirmation", args=[entry.number])

    answers = [
        client.get(check_url(draft)),
        client.post(check_url(draft)),
        client.get(step_url(draft, "candidate")),
        client.post(step_url(draft, "candidate"), typed(first_name="Bea")),
    ]

    assert [response.url for response in answers] == [confirmation] * 4
    assert StepEntry.objects.get().first_name == "Ann"


def test_the_confirmation_shows_number_next_steps_and_print(client, session, centre):
    entry = StepEntryFactory(session=session, centre=centre)

    response = client.get(reverse("step_entries:entry-confirmation", args=[entry.number]))

    assert entry.number in response.text
    assert "What happens next" in response.text
    assert "data-print" in response.text


def test_a_draft_is_discarded_after_asking(client, empty_draft):
    url = reverse("step_entries:draft-discard", args=[empty_draft.key])

    asked = client.get(url)
    client.post(url)

    assert "Discard this draft?" in asked.text
    assert StepDraft.objects.count() == 0


def test_a_page_that_was_open_too_long_comes_again_with_what_was_typed(officer, empty_draft):
    client = Client(enforce_csrf_checks=True, headers={"origin": "http://testserver"})
    client.force_login(officer)

    response = client.post(step_url(empty_draft, "candidate"), typed(first_name="Bea"))

    assert response.status_code == 200
    assert "This page was open for a long time." in response.text
    assert 'value="Bea"' in response.text
    empty_draft.refresh_from_db()
    assert empty_draft.answers == {}


def test_a_submit_from_a_page_that_was_open_too_long_enters_nobody(officer, draft):
    client = Client(enforce_csrf_checks=True, headers={"origin": "http://testserver"})
    client.force_login(officer)

    response = client.post(check_url(draft))

    assert "Your answers are saved. Check them and press Submit again." in response.text
    assert StepEntry.objects.count() == 0


def test_a_form_from_another_site_shows_nothing_of_what_it_sent(officer, empty_draft):
    client = Client(enforce_csrf_checks=True, headers={"origin": "http://evil.example"})
    client.force_login(officer)

    response = client.post(step_url(empty_draft, "candidate"), typed(first_name="Bea"))

    assert response.status_code == 403
    assert "Bea" not in response.text


def test_f34_what_was_sent_after_the_session_ended_is_offered_again_to_its_sender_alone(
    signed_in, officer, centre, empty_draft, now
):
    colleague = UserFactory()
    MembershipFactory(user=colleague, centre=centre)
    url = step_url(empty_draft, "candidate")
    with time_machine.travel(now) as clock:
        client = signed_in(officer)
        client.get(url)
        clock.shift(timedelta(minutes=31))

        late = client.post(url, typed(first_name="Grace"))
        others = signed_in(colleague).get(url)
        again = signed_in(officer)
        offered = again.get(url)
        again.post(url, typed(first_name="Grace"))
        later = again.get(url)

    assert late.url == f"/account/sign-in/?next={url}"
    assert "Grace" not in others.text
    assert 'value="Grace"' in offered.text
    assert "You had been signed out." in offered.text
    assert "You had been signed out." not in later.text
