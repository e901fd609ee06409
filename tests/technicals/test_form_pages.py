"""What all pages of the web form hold to: whose it is, what becomes of it, and that nothing typed is lost."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.services.sessions import keep_post
from technicals.models import EntryDraft, Submission
from technicals.queries import form as queries
from technicals.queries.form import draft_of
from technicals.services.drafts import cancel_draft
from technicals.services.forming import judge_draft, submit_draft
from tests.factories.candidates import CandidateFactory
from tests.reports.pages import words_of
from tests.technicals.form_pages import FORM, begun, page_of, to_submit

pytestmark = pytest.mark.django_db
STEPS = ["assessment", "candidates", "candidate-new", "options", "summary", "cancel"]


@pytest.fixture
def client(signed_in, officer, january):
    return signed_in(officer)


@pytest.fixture
def strict(officer, january):
    """A browser whose page is too old."""
    client = Client(enforce_csrf_checks=True, headers={"Origin": "http://testserver"})
    client.force_login(officer)
    return client


@pytest.mark.parametrize("step", STEPS)
def test_a_form_is_for_those_who_make_entries_at_its_centre(
    step, signed_in, january, officer, priya, colleague, officer_elsewhere
):
    address = page_of(begun(officer), step)

    statuses = [signed_in(person).get(address).status_code for person in (officer, priya, colleague, officer_elsewhere)]
    posts = [signed_in(person).post(address).status_code for person in (colleague, officer_elsewhere)]

    assert (statuses, posts) == ([200, 200, 403, 404], [403, 404])


@pytest.mark.parametrize("step", STEPS)
def test_a_form_that_is_gone_leads_to_the_beginning_and_says_so(step, client, officer):
    draft = begun(officer)
    address = page_of(draft, step)
    cancel_draft(draft=EntryDraft.objects.get())

    for page in (client.get(address, follow=True), client.post(address, {"act": "submit"}, follow=True)):
        assert page.redirect_chain == [(FORM, 302)]
        assert "This web form is not there any more" in words_of(page)


@pytest.mark.parametrize("step", STEPS)
def test_a_form_that_is_submitted_leads_to_its_confirmation(step, client, officer, centre, now):
    draft = begun(officer, option="full")
    seen = judge_draft(draft, now).fingerprint
    made = submit_draft(key=draft.key, centre=centre, seen=seen, accepted="", order_number="", by=officer, at=now)

    answers = [client.get(page_of(draft, step)), client.post(page_of(draft, step), {"act": "submit"})]

    assert {answer.url for answer in answers} == {reverse("technicals:submission", args=[made.number])}


@pytest.mark.parametrize(
    "act", ["add_candidates", "change_assessment", "apply_option", "set_order_number", "add_new_candidate"]
)
def test_a_form_that_is_cancelled_while_a_page_is_at_work_leads_to_the_beginning(act, client, officer, monkeypatch):
    draft = begun(officer)
    ann = draft.entries.first().candidate
    posts = {
        "add_candidates": ("candidates", {"act": "add", "candidates": str(ann.key)}),
        "change_assessment": ("assessment", {"assessment": "05836"}),
        "apply_option": ("options", {"option": "full"}),
        "set_order_number": ("summary", {"act": "keep"}),
        "add_new_candidate": ("candidate-new", {}),
    }
    step, typed = posts[act]

    def found_and_cancelled(**asked):
        found = draft_of(**asked)
        cancel_draft(draft=draft)
        return found

    monkeypatch.setattr(queries, "draft_of", found_and_cancelled)

    page = client.post(page_of(draft, step), typed)

    assert (page.status_code, page.url) == (302, FORM)


def test_a_form_that_a_colleague_submits_while_it_is_cancelled_leads_to_its_confirmation(
    client, officer, centre, monkeypatch, now
):
    draft = begun(officer, option="full")
    sent = {"seen": judge_draft(draft, now).fingerprint, "accepted": "", "order_number": ""}

    def found_and_submitted(**asked):
        found = draft_of(**asked)
        submit_draft(key=draft.key, centre=centre, by=officer, at=now, **sent)
        return found

    monkeypatch.setattr(queries, "draft_of", found_and_submitted)

    page = client.post(page_of(draft, "cancel"))

    assert page.url == reverse("technicals:submission", args=[Submission.objects.get().number])
    assert "cancelled" not in words_of(client.get(page.url))


def test_from_a_record_that_was_mended_there_is_a_way_back_to_its_forms(client, signed_in, officer, colleague):
    draft, other = begun(officer, count=1), begun(officer, count=1)
    [ann] = [entry.candidate for entry in draft.entries.all()]
    record = reverse("candidates:candidate", args=[ann.key])

    page = client.get(record)

    assert f'href="{page_of(draft, "summary")}">Go on with it</a>' in page.text
    assert page_of(other, "summary") not in page.text
    assert page_of(draft, "summary") not in signed_in(colleague).get(record).text


@pytest.mark.parametrize(
    ("step", "typed", "kept"),
    [
        (
            "options",
            {"option": "units", "units": ["2"]},
            ['value="units" id="option-units" checked', 'id="units-2" checked'],
        ),
        ("summary", {"order_number": "PO 17", "act": "submit"}, ['value="PO 17"']),
        ("candidate-new", {"last_name": "O'Late"}, ['value="O&#x27;Late"']),
        ("assessment", {"assessment": "05836"}, ['value="05836" id="assessment-05836" checked']),
    ],
)
def test_what_was_typed_outlives_an_old_page_and_the_end_of_a_session(step, typed, kept, strict, client, officer, now):
    address = page_of(begun(officer, option="full"), step)

    old = strict.post(address, typed)
    keep_post(
        user=officer,
        path=address,
        fields={name: value if isinstance(value, list) else [value] for name, value in typed.items()},
        at=now,
    )
    ended = client.get(address)

    for page, why in ((old, "This page was open for a long time."), (ended, "You had been signed out.")):
        assert page.status_code == 200
        assert why in words_of(page)
        assert [text for text in kept if text not in page.text] == []
    assert not Submission.objects.exists()


def test_ticks_outlive_an_old_page(strict, officer, centre):
    draft, ann = begun(officer), CandidateFactory(centre=centre)

    page = strict.post(page_of(draft, "candidates"), {"act": "add", "candidates": str(ann.key)})

    assert f'id="candidate-{ann.key}" checked' in page.text
    assert draft.entries.count() == 2


def test_cancelling_says_first_that_nothing_is_entered_and_then_deletes_the_form(client, strict, officer):
    draft = begun(officer)
    address = page_of(draft, "cancel")

    asked = client.get(address)
    strict.post(address)
    assert EntryDraft.objects.exists()
    done = client.post(address, follow=True)

    assert "Nothing has been entered from it." in words_of(asked)
    assert done.redirect_chain == [(reverse("technicals:home"), 302)]
    assert "The web form is cancelled and deleted. Nobody on it was entered." in words_of(done)
    assert not EntryDraft.objects.exists()


@pytest.mark.parametrize("step", ["assessment", "candidates", "candidate-new", "options", "summary"])
def test_every_step_says_that_nobody_is_entered_yet(step, client, officer):
    page = client.get(page_of(begun(officer, option="full"), step))

    assert "Nobody is entered until you press Submit entries." in words_of(page)


def test_submit_leads_to_entry_confirmation_with_a_copy(client, officer):
    draft = begun(officer, option="full")

    page = client.post(page_of(draft, "summary"), to_submit(draft), follow=True)

    submission = Submission.objects.get()
    said = words_of(page)
    assert "<h1>Entry confirmation</h1>" in page.text
    assert f'href="{reverse("technicals:submission-file", args=[submission.number, "xlsx"])}"' in page.text
    assert "2 full awards, for 2 candidates" in said
    assert "Make another entry with the web form" in said
    assert 'data-label="Row"' not in page.text
