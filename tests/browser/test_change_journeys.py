"""What happens to entries after they are made, in a real browser: withdrawn, undone, processed, transferred."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from candidates.models import Candidate
from outbox.models import OutgoingEmail
from technicals.enums import EntryState
from technicals.models import FeeLine, Registration, Series, UnitEntry
from tests.browser.keyboard import arrive
from tests.browser.pages import follow, press
from tests.factories.candidates import CandidateFactory
from tests.factories.technicals import (
    QualificationFactory,
    RegistrationFactory,
    TechnicalsApprovalFactory,
    UnitEntryFactory,
    today,
)
from tests.technicals.submissions import charge

DAY = timedelta(days=1)


@pytest.fixture
def candidate(centre):
    """Annabel Smith, registered for 05834 and entered for unit 1, which is a resit."""
    TechnicalsApprovalFactory(centre=centre)
    candidate = CandidateFactory(centre=centre, first_name="Annabel", last_name="Smith")
    charge(RegistrationFactory(centre=centre, candidate=candidate), 14200, order_number="PO 17")
    charge(UnitEntryFactory(centre=centre, candidate=candidate), 3625)
    return candidate


@pytest.fixture
def officer_page(page, live_server, sign_in, officer, candidate):
    """The officer on the record of the candidate."""
    sign_in(page.context, officer)
    page.has_scripts = True
    page.goto(f"{live_server.url}/candidates/{candidate.key}/")
    return page


@pytest.fixture
def staff_page(browser, live_server, staff, sign_in):
    """The front page of the administration, in the browser of one of the staff."""
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        sign_in(context, staff)
        page = context.new_page()
        page.has_scripts = True
        page.goto(f"{live_server.url}/admin/")
        yield page


ENTRIES = "Cambridge Technicals entries of Annabel Smith"


def to_entries(page):
    follow(page.get_by_role("link", name="Fees, withdrawals and completion dates of these entries"))
    arrive(page, ENTRIES)


def test_a_registration_by_mistake_is_withdrawn_unit_first_and_credited(officer_page, staff_page, officer):
    page = officer_page
    UnitEntry.objects.update(qualification=QualificationFactory(code="05835", size="Extended Certificate"))
    to_entries(page)
    expect(page.get_by_text("Withdraw every such unit entry first")).to_be_visible()
    follow(page.get_by_role("link", name="Withdraw entry for unit 1"))
    expect(page.get_by_text("What it cost is credited: Registration £36.25.")).to_be_visible()
    press(page, "Confirm Withdraw")
    expect(page.get_by_text("is withdrawn, and what it cost is credited.")).to_be_visible()

    follow(page.get_by_role("link", name="Withdraw registration 05834"))
    press(page, "Confirm Withdraw")
    expect(page.get_by_role("alert").get_by_text("Choose why the registration is withdrawn.")).to_be_visible()
    page.get_by_label("Registered under the wrong code").check()
    page.get_by_label("In a few words").fill("05835 was meant")
    press(page, "Confirm Withdraw")
    arrive(page, ENTRIES)
    press(page, "Undo withdrawal of 05834")
    expect(page.get_by_text("The withdrawal of 05834 is undone")).to_be_visible()
    follow(page.get_by_role("link", name="Withdraw registration 05834"))
    page.get_by_label("Registered under the wrong code").check()
    press(page, "Confirm Withdraw")
    expect(page.get_by_text("OCR processes it; until then you can undo it here.")).to_be_visible()

    follow(staff_page.get_by_role("link", name="Registrations", exact=True).first)
    follow(staff_page.get_by_role("link", name="Pending withdrawals"))
    staff_page.get_by_role("checkbox", name="Annabel Smith, 05834").check()
    staff_page.get_by_label("Credit the fee").check()
    press(staff_page, "Process")
    expect(staff_page.get_by_text("1 entry processed.")).to_be_visible()

    page.reload()
    expect(page.get_by_text("Credited: £142.00, entered under a wrong code")).to_be_visible()
    assert Registration.objects.get().state == EntryState.WITHDRAWN
    assert FeeLine.objects.exclude(credits=None).count() == 2
    assert OutgoingEmail.objects.get().to == [officer.email]


def test_after_the_refund_date_the_page_says_what_will_happen_and_keeps_what_was_typed(officer_page):
    page = officer_page
    Series.objects.of_exams().update(refund_until=today() - DAY)
    to_entries(page)
    follow(page.get_by_role("link", name="Withdraw entry for unit 1"))
    expect(page.get_by_text("For any other reason the candidate is marked absent")).to_be_visible()
    page.get_by_label("In a few words").fill("Moved to Leeds")
    press(page, "Confirm Withdraw")
    expect(page.get_by_label("In a few words")).to_have_value("Moved to Leeds")
    page.get_by_label("The candidate has left").check()
    press(page, "Confirm Withdraw")

    expect(page.get_by_text("the candidate is marked absent, and nothing is credited.")).to_be_visible()
    assert UnitEntry.objects.get().state == EntryState.ABSENT
    assert not FeeLine.objects.exclude(credits=None).exists()


def test_the_completion_date_is_changed_and_stands_in_the_history(officer_page):
    page = officer_page
    to_entries(page)
    follow(page.get_by_role("link", name="Change the estimated completion of 05834"))
    page.get_by_label("Estimated completion (DD/MM/YYYY)").fill(f"31 August {today().year + 2}")
    press(page, "Save")

    expect(page.get_by_text(f"none became 31 August {today().year + 2}")).to_be_visible()


def test_staff_transfer_a_candidate_and_both_centres_see_it(
    staff_page, officer_page, other_centre, officer_elsewhere, browser, live_server, sign_in
):
    TechnicalsApprovalFactory(centre=other_centre)
    follow(staff_page.get_by_role("link", name="Transfers", exact=True).first)
    follow(staff_page.get_by_role("link", name="Transfer a candidate"))
    staff_page.get_by_label("Name, UCI, ULN or OCR number").fill("annabel")
    press(staff_page, "Find")
    follow(staff_page.get_by_role("link", name="Annabel Smith"))
    press(staff_page, "Transfer")
    expect(staff_page.get_by_text("Enter the number of the receiving centre.")).to_be_visible()
    staff_page.get_by_label("Number of the receiving centre").fill("62222")
    press(staff_page, "Transfer")
    expect(staff_page.get_by_text("Annabel Smith is transferred to 62222 Southfield College.")).to_be_visible()

    to_entries(officer_page)
    expect(officer_page.get_by_text("Transferred to Southfield College (62222).")).to_have_count(2)
    expect(officer_page.get_by_role("link", name="Withdraw registration")).to_have_count(0)
    with browser.new_context() as context:
        sign_in(context, officer_elsewhere)
        there = context.new_page()
        there.has_scripts = True
        there.goto(f"{live_server.url}/candidates/{Candidate.objects.get(centre=other_centre).key}/")
        to_entries(there)
        expect(there.get_by_text("Transferred from Northgate School (61111)")).to_be_visible()
        expect(there.get_by_role("link", name="Withdraw entry for unit 1")).to_be_visible()
