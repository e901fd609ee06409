"""Querying an invoice and correcting a candidate, from their pages to the decision, with and without scripts."""

from datetime import date

import pytest
from playwright.sync_api import expect

from outbox.models import OutgoingEmail
from requests_forms.models import Evidence
from tests.browser.keyboard import arrive
from tests.browser.request_journey import Typist, acts_mailed, journey  # noqa: F401 (a fixture)
from tests.browser.request_world import candidate_of, invoice_of


@pytest.fixture
def invoice(centre):
    return invoice_of(centre)


@pytest.fixture
def ann(centre):
    return candidate_of(centre)


def at(journey, path):  # noqa: F811
    """The officer on a page of the portal."""
    page = journey.new_page("officer")
    page.goto(f"{journey.url}{path}")
    return Typist(page)


def test_an_invoice_is_queried_mailed_on_and_answered(journey, invoice):  # noqa: F811
    line = invoice.lines.get()
    keys = at(journey, f"/technicals/invoices/{invoice.number}/")
    keys.tab_to(keys.page.get_by_role("link", name="Query this invoice", exact=True).first)
    keys.go()
    arrive(keys.page, "Query an invoice")
    expect(keys.page.get_by_label("Invoice number", exact=True)).to_have_value(invoice.number)
    expect(keys.page.get_by_label("Invoice number", exact=True)).not_to_be_editable()
    keys.pick("What is queried", "A candidate or an entry that should not be on it")
    keys.type_into("Details", f"{line.registration.candidate} has left.")
    keys.press("Continue")
    keys.is_refused("Details are sent by mail, and name ")
    keys.tab_to(keys.page.get_by_label("Details", exact=True))
    keys.page.keyboard.press("ControlOrMeta+A")
    keys.page.keyboard.type(f"One registration of {line.submission.number} was withdrawn.")
    keys.add_file()
    case = journey.send(keys, "A candidate or an entry that should not be on it", "letter.pdf")

    mail = OutgoingEmail.objects.get(key=f"invoice-query:{case}")
    assert f"One registration of {line.submission.number} was withdrawn." in mail.text
    assert f"Centre number: {case.centre.number}" in mail.text
    assert "Supporting files: 1." in mail.text

    desk = journey.at_desk(case)
    desk.press("Accept")
    expect(desk.page.get_by_text("Type what was done about the invoice")).to_be_visible()
    desk.type_into("Words to the centre", "It is credited on the next invoice.")
    desk.press("Accept")
    expect(desk.page.get_by_text(f"{case} is accepted.")).to_be_visible()

    expect(journey.look_again(keys, "Completed")).to_contain_text("It is credited on the next invoice.")
    assert acts_mailed(case) == ["send", "accept"]


def test_a_correction_goes_from_edit_candidate_over_proof_and_desk_to_the_record(journey, ann):  # noqa: F811
    keys = at(journey, f"/candidates/{ann.key}/edit/")
    keys.type_into("Date of birth", "05/03/2009")
    keys.press("Save changes")
    keys.is_refused("Ann Smith has Cambridge Technicals entries, so a change of the date of birth needs proof")
    keys.press("Ask OCR for this change")
    arrive(keys.page, "Ask for a correction of a candidate")
    expect(keys.page.get_by_label("Date of birth (DD/MM/YYYY)", exact=False)).to_have_value("05/03/2009")
    keys.pick("Reason for the correction", "Typing error")
    keys.press("Continue")
    keys.is_refused("A correction needs proof")
    keys.tick("The proof will follow")
    case = journey.send(keys, "Now: 4 March 2009", "Wanted: 5 March 2009", "Will follow")
    journey.look_again(keys, "More information needed")
    keys.follow("Answer")
    arrive(keys.page, "Answer OCR")
    keys.add_file()
    keys.press("Send answer")
    expect(keys.page.get_by_role("link", name="letter.pdf")).to_be_visible()

    desk = journey.at_desk(case)
    expect(desk.page.get_by_role("row", name="Date of birth 4 March 2009 5 March 2009")).to_be_visible()
    desk.press("Accept")
    expect(desk.page.get_by_text(f"{case} is accepted.")).to_be_visible()

    expect(journey.look_again(keys, "Completed")).to_contain_text("the candidate's record is changed as you asked")
    keys.follow("Go to the candidate")
    expect(keys.page.get_by_text("5 March 2009").first).to_be_visible()
    ann.refresh_from_db()
    assert (ann.date_of_birth, Evidence.objects.count()) == (date(2009, 3, 5), 1)
    assert acts_mailed(case) == ["send-ahead", "answer", "accept"]
