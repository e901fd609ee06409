"""Submit: namesakes, answers that changed meanwhile, drafts that are gone."""

import pytest
from django.urls import reverse

from step_entries import services
from step_entries.models import StepDraft, StepEntry
from step_entries.services import discard_draft, submit_entry
from tests.factories.step_entries import DraftFactory
from tests.step_entries.wizard_pages import asked_value, check_url, is_ticked, seen_on, step_url, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(signed_in, officer):
    return signed_in(officer)


@pytest.fixture
def draft(session, centre, officer):
    return DraftFactory(session=session, centre=centre, started_by=officer)


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
