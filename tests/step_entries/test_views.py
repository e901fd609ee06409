"""The pages of STEP: the wizard and what people get wrong in it, the entry's pages."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from step_entries import services
from step_entries.models import StepDraft, StepEntry
from step_entries.services import discard_draft, submit_entry
from tests.factories.accounts import UserFactory
from tests.factories.centres import MembershipFactory
from tests.factories.step_entries import CANDIDATE_ANSWERS, DraftFactory, StepEntryFactory

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


def step_url(draft, step):
    return reverse("step_entries:draft-step", args=[draft.key, step])


def check_url(draft):
    return reverse("step_entries:draft-check", args=[draft.key])


def seen_on(page):
    """What the form of Check posts."""
    return {"seen": re.search(r'name="seen" value="([0-9a-f]{64})"', page.text)[1]}


def tick_box(page, name):
    return re.search(rf'<input[^>]*name="{name}"[^>]*>', page.text)[0]


def asked_value(page, name):
    """What a tick would answer."""
    return re.search(r'value="([^"]*)"', tick_box(page, name))[1]


def is_ticked(page, name):
    return " checked" in tick_box(page, name)


def typed(**changes):
    answers = {name: value for name, value in CANDIDATE_ANSWERS.items() if name != "auto_capitalise"}
    return answers | {"auto_capitalise": "on", "go": "next"} | changes


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


def test_a_duplicate_is_told_with_a_link_and_can_be_declared_different(client, draft, officer, now):
    entry = submit_entry(draft=draft, by=officer, at=now)
    other = DraftFactory(session=draft.session, centre=draft.centre, answers={})

    refused = client.post(step_url(other, "candidate"), typed(ucas_id=""))
    answer = {"is_different_person": asked_value(refused, "is_different_person")}
    declared = client.post(step_url(other, "candidate"), typed(ucas_id="", **answer))

    assert f"is already entered: {entry.number}." in refused.text
    assert reverse("step_entries:entry-detail", args=[entry.number]) in refused.text
    assert not is_ticked(refused, "is_different_person")
    assert declared.url == step_url(other, "papers")


def test_a_declaration_about_one_namesake_is_asked_anew_about_another(client, draft, officer, now):
    submit_entry(draft=draft, by=officer, at=now)
    bea = {"first_name": "Bea", "ucas_id": ""}
    submit_entry(draft=DraftFactory(session=draft.session, centre=draft.centre, candidate=bea), by=officer, at=now)
    other = DraftFactory(session=draft.session, centre=draft.centre, answers={})
    asked = client.post(step_url(other, "candidate"), typed(ucas_id=""))
    answer = {"is_different_person": asked_value(asked, "is_different_person")}
    client.post(step_url(other, "candidate"), typed(ucas_id="", **answer))

    renamed = client.post(step_url(other, "candidate"), typed(**bea, **answer))

    assert "is already entered: S00002." in renamed.text
    assert not is_ticked(renamed, "is_different_person")


def test_submit_from_a_page_that_is_not_current_shows_the_new_answers_and_enters_nobody(client, draft):
    page = client.get(check_url(draft))
    client.post(step_url(draft, "papers"), {"papers": "step-3", "go": "next"})

    refused = client.post(check_url(draft), seen_on(page))
    entered_before = StepEntry.objects.count()
    accepted = client.post(check_url(draft), seen_on(refused))

    assert "This draft was changed after you opened this page. Check it again." in refused.text
    assert "<dd>STEP 3</dd>" in refused.text
    assert entered_before == 0
    assert accepted.url == reverse("step_entries:entry-confirmation", args=["S00001"])
    assert StepEntry.objects.get().papers == "step-3"


def test_submit_that_does_not_say_what_was_seen_enters_nobody(client, draft):
    response = client.post(check_url(draft))

    assert "This draft was changed after you opened this page. Check it again." in response.text
    assert StepEntry.objects.count() == 0


def test_next_on_a_draft_that_was_submitted_meanwhile_says_that_it_was_not_used(client, draft, officer, now):
    submit_entry(draft=draft, by=officer, at=now)

    opened = client.get(step_url(draft, "candidate"), follow=True)
    late = client.post(step_url(draft, "candidate"), typed(first_name="Bea"), follow=True)

    sentence = "This candidate was entered already. What you typed last was not used."
    assert sentence not in opened.text
    assert sentence in late.text
    assert StepEntry.objects.get().first_name == "Ann"


def test_a_draft_that_was_submitted_meanwhile_is_not_said_to_be_discarded(client, draft, officer, now, monkeypatch):
    def too_late(*, draft):
        submit_entry(draft=draft, by=officer, at=now)
        return discard_draft(draft=draft)

    monkeypatch.setattr("step_entries.services.discard_draft", too_late)

    response = client.post(reverse("step_entries:draft-discard", args=[draft.key]), follow=True)

    assert response.redirect_chain[-1][0] == reverse("step_entries:entry-confirmation", args=["S00001"])
    assert "Nothing was entered" not in response.text


@pytest.mark.parametrize("act", ["submit_entry", "save_step"])
def test_a_draft_that_is_discarded_while_an_act_is_under_way_is_not_found(client, draft, monkeypatch, act):
    real = getattr(services, act)

    def after_a_discard(**kwargs):
        StepDraft.objects.all().delete()
        return real(**kwargs)

    monkeypatch.setattr(f"step_entries.services.{act}", after_a_discard)
    url = check_url(draft) if act == "submit_entry" else step_url(draft, "candidate")

    response = client.post(url, {"seen": draft.fingerprint} | typed())

    assert response.status_code == 404
    assert StepEntry.objects.count() == 0


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
