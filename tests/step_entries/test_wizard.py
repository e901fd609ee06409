"""The wizard, from its first step to the last."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from step_entries.models import StepDraft, StepEntry
from tests.factories.step_entries import DraftFactory
from tests.step_entries.wizard_pages import asked_value, check_url, is_ticked, seen_on, step_url, typed

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


def test_make_a_new_entry_begins_a_draft_at_the_first_step(client, session):
    response = client.post(reverse("step_entries:entry-start"))

    draft = StepDraft.objects.get()
    assert response.url == step_url(draft, "candidate")


def test_make_a_new_entry_after_closing_begins_nothing_and_says_whom_to_ask(signed_in, officer, session):
    with time_machine.travel(session.closes_at + timedelta(minutes=1)):
        response = signed_in(officer).post(reverse("step_entries:entry-start"), follow=True)

    assert StepDraft.objects.count() == 0
    assert "Registration closed on" in response.text
    assert "STEPMaths@ocr.org.uk" in response.text


def test_the_wizard_leads_from_step_to_step_to_the_confirmation(client, empty_draft):
    course = empty_draft.session.courses.first()

    first = client.post(step_url(empty_draft, "candidate"), typed())
    second = client.post(step_url(empty_draft, "papers"), {"papers": "step-2", "go": "next"})
    third = client.post(step_url(empty_draft, "courses"), {"courses": [course.pk], "go": "next"})
    check = client.get(check_url(empty_draft))
    last = client.post(check_url(empty_draft), seen_on(check), follow=True)

    assert first.url == step_url(empty_draft, "papers")
    assert second.url == step_url(empty_draft, "courses")
    assert third.url == check_url(empty_draft)
    assert "4 March 2009" in check.text
    assert "S00001" in last.text
    assert "Give this number to the candidate" in last.text


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"first_name": "=SUM(A1)"}, "First Name must start with a letter."),
        ({"last_name": "Ann\u202eSmith"}, "Last Name contains a hidden or unusual character after “Ann”."),
        ({"first_name": "Ann\x00e"}, "First Name contains a hidden or unusual character after “Ann”."),
        ({"first_name": "A" * 41}, "First Name must be 40 characters or fewer. It has 41."),
        ({"last_name": "Sm1th"}, "Take out “1”."),
        ({"date_of_birth": "31/02/2008"}, "Date of birth must be a real date. February 2008 has no day 31."),
        ({"date_of_birth": "3/27/07"}, "Date of birth must have a year of four digits, for example 2008."),
        ({"date_of_birth": "01/01/2024"}, "Check the year: this candidate would be"),
        ({"date_of_birth": "01/01/1990"}, "Is the date of birth 1 January 1990 right?"),
        ({"ucas_id": "12345"}, "UCAS ID must be 10 digits, for example 123 456 7890."),
        ({"gender": "unicorn"}, "Select a gender."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(client, empty_draft, changes, sentence):
    response = client.post(step_url(empty_draft, "candidate"), typed(**changes))
    later = client.get(step_url(empty_draft, "candidate"))

    assert response.status_code == later.status_code == 200
    for page in (response, later):
        assert page.text.replace("&#x27;", "'").count(sentence) == 2  # in the summary and at the field
        assert "<title>Error: Candidate details" in page.text
    [(field, value)] = changes.items()
    assert StepDraft.objects.get().answers["candidate"][field] == value.replace("\x00", "\ufffd")


def test_a_date_of_today_is_refused(client, empty_draft, now):
    response = client.post(step_url(empty_draft, "candidate"), typed(date_of_birth=now.strftime("%d/%m/%Y")))

    assert "Date of birth must be in the past." in response.text


def test_an_unusual_age_is_asked_about_and_can_be_confirmed(client, empty_draft):
    asked = client.post(step_url(empty_draft, "candidate"), typed(date_of_birth="01/01/1990"))
    answer = {"age_is_right": asked_value(asked, "age_is_right")}
    answered = client.post(step_url(empty_draft, "candidate"), typed(date_of_birth="01/01/1990", **answer))
    again = client.get(step_url(empty_draft, "candidate"))

    assert not is_ticked(asked, "age_is_right")
    assert answered.url == step_url(empty_draft, "papers")
    assert is_ticked(again, "age_is_right")


def test_an_answer_about_one_date_is_asked_anew_about_another(client, empty_draft):
    asked = client.post(step_url(empty_draft, "candidate"), typed(date_of_birth="01/01/1999"))
    answer = {"age_is_right": asked_value(asked, "age_is_right")}

    other = client.post(step_url(empty_draft, "candidate"), typed(date_of_birth="01/01/1909", **answer))

    assert "Is the date of birth 1 January 1909 right?" in other.text
    assert asked_value(other, "age_is_right") != answer["age_is_right"]
    assert not is_ticked(other, "age_is_right")


def test_the_tick_for_an_unusual_age_stands_on_no_page_that_does_not_ask(client, empty_draft):
    response = client.get(step_url(empty_draft, "candidate"))

    assert "age_is_right" not in response.text
    assert "is_different_person" not in response.text


def test_names_with_accents_are_taken_and_the_plain_form_is_shown(client, draft):
    draft.answers["candidate"]["last_name"] = "Müller-Søby"
    draft.save()

    response = client.get(check_url(draft))

    assert "Last Name “Müller-Søby” goes to systems that hold only plain letters as “Muller Soby”." in response.text


def test_names_plain_only_refuses_them_with_the_plain_form(client, empty_draft, settings):
    settings.NAMES_PLAIN_ONLY = True

    response = client.post(step_url(empty_draft, "candidate"), typed(last_name="Müller-Søby"))

    assert "For “Müller-Søby” you can use “Muller Soby”" in response.text


def test_no_course_ticked_is_refused(client, draft):
    response = client.post(step_url(draft, "courses"), {"go": "next"})

    assert response.text.count("Select at least one course or institution, or select Other.") == 2


def test_other_alone_is_enough(client, draft):
    response = client.post(step_url(draft, "courses"), {"has_other_course": "on", "go": "next"})

    assert response.url == check_url(draft)


def test_a_later_step_opened_first_leads_to_the_first_unfinished_one(client, empty_draft):
    for url in (step_url(empty_draft, "courses"), check_url(empty_draft)):
        response = client.get(url, follow=True)

        assert response.redirect_chain[-1][0] == step_url(empty_draft, "candidate")
        assert "Answer these questions first." in response.text


def test_submit_without_the_steps_enters_nobody(client, empty_draft):
    response = client.post(check_url(empty_draft))

    assert response.url == step_url(empty_draft, "candidate")
    assert StepEntry.objects.count() == 0


def test_back_keeps_what_was_typed(client, draft):
    response = client.post(step_url(draft, "papers"), {"papers": "step-3", "go": "back"})

    draft.refresh_from_db()
    assert response.url == step_url(draft, "candidate")
    assert draft.answers["papers"] == {"papers": "step-3"}


def test_save_and_finish_later_keeps_what_was_typed_and_says_that_nobody_is_entered(client, empty_draft):
    response = client.post(step_url(empty_draft, "candidate"), {"first_name": "Ann", "go": "later"}, follow=True)

    assert "The candidate is not entered." in response.text
    assert "NOT ENTERED" in response.text


def test_a_change_from_the_check_page_leads_back_to_it(client, draft):
    response = client.post(step_url(draft, "papers") + "?return=check", {"papers": "step-3", "go": "next"})

    assert response.url == check_url(draft)


def test_every_step_says_that_the_candidate_is_not_entered(client, draft):
    for url in [step_url(draft, step) for step in ("candidate", "papers", "courses")] + [check_url(draft)]:
        assert "The candidate is not entered until you press Submit" in client.get(url).text
