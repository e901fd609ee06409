"""The words of the guide to Cambridge Technicals on the pages that it names."""

import re

import pytest
from django.urls import reverse

from tests.factories.candidates import CandidateFactory
from tests.factories.technicals import TechnicalsApprovalFactory, exam_series, load_reference, registration_series
from tests.factories.technicals_files import answers, upload_of
from tests.reports.pages import words_of
from tests.technicals.form_pages import begun, page_of, to_submit

pytestmark = pytest.mark.django_db
UPLOAD = "Upload Cambridge Technicals entries spreadsheet"
FORM = "Use Cambridge Technicals web-based entry form"


def heading(page):
    """The heading of the page."""
    [words] = re.findall(r"<h1>(.+?)</h1>", page)
    return words


def controls(page):
    """The words of the buttons and links of the page, without what only screen readers hear."""
    heard = re.sub(r'<span class="visually-hidden">.*?</span>', "", page)
    return {words.strip() for words in re.findall(r"<(?:button|a)\b[^>]*>([^<]+)<", heard)}


@pytest.fixture
def client(signed_in, officer, centre):
    """The officer of a centre that can enter for Business now."""
    load_reference()
    registration_series()
    exam_series()
    TechnicalsApprovalFactory(centre=centre)
    return signed_in(officer)


def test_the_upload_page_has_the_words_of_the_guide(client):
    page = client.get(reverse("uploads:upload", args=["technicals"])).text

    assert f"<h1>{UPLOAD}</h1>" in page
    assert ">Download spreadsheet</a>" in page
    assert ">Click here for Help" in page
    assert ">Submit entries spreadsheet</button>" in page
    assert "Order number or reference" in page


def test_the_pages_of_a_file_have_the_words_of_the_guide(client, officer, centre, now):
    right = upload_of([answers(0)], centre=centre, by=officer, at=now)
    wrong = upload_of([answers(1, scheme_code="99999")], centre=centre, by=officer, at=now)

    mend = client.get(reverse("uploads:mend", args=[wrong.key])).text
    check = client.get(reverse("uploads:check", args=[right.key])).text

    assert "<h1>Spreadsheet validation</h1>" in mend
    assert ">Submit</button>" in check


def test_a_wrong_cell_is_red_and_says_why_beside_it(client, officer, centre, now):
    upload = upload_of([answers(0, scheme_code="99999")], centre=centre, by=officer, at=now)

    page = client.get(reverse("uploads:mend", args=[upload.key]))

    [box] = re.findall(r'<input type="text" [^>]*value="99999"[^>]*>', page.text)
    [error] = re.findall(r'aria-describedby="([^"]*)"', box)
    assert 'class="form-control is-invalid"' in box
    assert re.search(rf'id="{error}"[^>]*><p[^>]*>“99999” is not an entry code', page.text)


def test_make_entries_says_that_registrations_have_no_final_deadline(client):
    assert "There is no final deadline for registrations." in words_of(client.get(reverse("technicals:home")))


def test_make_entries_offers_both_ways_in_by_the_words_of_the_guide(client):
    page = client.get(reverse("technicals:home")).text

    assert {UPLOAD, FORM} <= controls(page)


def test_the_web_form_has_the_words_of_the_guide_from_step_to_step(client, officer):
    draft = begun(officer)

    assessment = client.get(page_of(draft, "assessment")).text
    candidates = client.get(page_of(draft, "candidates")).text
    options = client.get(page_of(draft, "options")).text

    assert heading(assessment) == "Select assessment"
    assert "OK" in controls(assessment)
    assert heading(candidates) == "Select candidates"
    assert "Next" in controls(candidates)
    assert heading(options) == "Select entry options"
    assert ">Full award entry</label>" in options
    assert ">Unit entry</label>" in options
    assert {"Apply to selected", "Next"} <= controls(options)


def test_candidates_are_added_by_the_words_of_the_guide(client, officer, centre):
    CandidateFactory(centre=centre)
    draft = begun(officer, count=0)

    assert "Add selected candidates" in controls(client.get(page_of(draft, "candidates")).text)


def test_the_entry_summary_and_its_confirmation_have_the_words_of_the_guide(client, officer):
    draft = begun(officer, option="full")

    summary = client.get(page_of(draft, "summary")).text
    confirmation = client.post(page_of(draft, "summary"), to_submit(draft), follow=True).text

    ways = {"Change entry options", "Add more candidates", "Exit and cancel entry"}
    assert heading(summary) == "Entry summary"
    assert ways | {"Remove", "Submit entries"} <= controls(summary)
    assert "Order number or reference" in summary
    assert heading(confirmation) == "Entry confirmation"
