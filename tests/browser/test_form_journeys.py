"""The web form of Cambridge Technicals: 300 candidates without scripts, and late joiners by keyboard alone."""

import time
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from django.urls import reverse
from playwright.sync_api import expect

from candidates.models import Candidate
from technicals.models import EntryDraft, Registration, Submission, UnitEntry
from tests.browser.keyboard import arrive
from tests.browser.pages import follow, press
from tests.browser.request_journey import Typist
from tests.browser.technicals_world import set_up
from tests.factories.candidates import CandidateFactory, GroupFactory
from tests.factories.technicals import RegistrationFactory
from tests.factories.technicals_files import FULL

USE_THE_FORM = "Use Cambridge Technicals web-based entry form"
GROUPS, IN_A_GROUP = 6, 50
MOST_SECONDS = 60
FEE = "£142.00"


@pytest.fixture
def still_page(browser):
    """A page of a browser without scripts, for `arrive` to know."""
    with browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900}) as context:
        page = context.new_page()
        page.has_scripts = False
        yield page


def link_of(page, name):
    return page.get_by_role("link", name=name, exact=True)


def taken(page, name):
    """The rows of the workbook that a link downloads."""
    with page.expect_download() as download:
        link_of(page, name).click()
    return list(openpyxl.load_workbook(BytesIO(Path(download.value.path()).read_bytes())).active.values)


def test_three_hundred_candidates_in_six_groups_are_entered_without_javascript(
    still_page, live_server, officer, centre, sign_in
):
    page = still_page
    set_up(centre)
    names = [f"Year 13 {number}" for number in range(1, GROUPS + 1)]
    for name in names:
        GroupFactory(centre=centre, name=name, members=CandidateFactory.create_batch(IN_A_GROUP, centre=centre))
    sign_in(page.context, officer)
    page.goto(live_server.url + reverse("technicals:home"))
    begun = time.monotonic()
    follow(link_of(page, USE_THE_FORM))
    page.get_by_label("Code, title or part of a title").fill(FULL)
    press(page, "Search")
    expect(page.get_by_role("radio")).to_be_checked()
    press(page, "OK")
    for name in names:
        page.get_by_label("Add every member of a candidate group").select_option(name)
        press(page, "Add group")
    expect(page.get_by_role("heading", name="300 candidates on this form")).to_be_visible()
    press(page, "Next")
    page.get_by_label("Full award entry", exact=True).check()
    press(page, "Tick all")
    expect(page.get_by_label("Full award entry", exact=True)).to_be_checked()
    press(page, "Apply to selected")
    expect(page.get_by_text("300 candidates, each with an option.")).to_be_visible()
    press(page, "Next")
    page.get_by_label("Order number or reference").fill("PO 300")
    press(page, "Submit entries")
    arrive(page, "Entry confirmation")
    assert time.monotonic() - begun < MOST_SECONDS

    submission = Submission.objects.get()
    expect(page.get_by_role("main")).to_contain_text("300 full awards, for 300 candidates")
    assert Registration.objects.filter(order_number="PO 300", submission=submission).count() == 300
    assert len(taken(page, ".xlsx")) == 301


def test_late_joiners_are_entered_by_keyboard_alone(page, live_server, officer, centre, sign_in):
    set_up(centre)
    sitting = CandidateFactory(centre=centre, first_name="Sam", last_name="Sitting")
    RegistrationFactory(centre=centre, candidate=sitting, qualification__code=FULL)
    CandidateFactory(centre=centre, first_name="Joy", last_name="Joiner")
    sign_in(page.context, officer)
    page.has_scripts = True
    keys = Typist(page)
    page.goto(live_server.url + reverse("technicals:home"))
    keys.follow(USE_THE_FORM)
    arrive(page, "Select assessment")
    keys.type_into("Code, title or part of a title", "05835")
    keys.go()
    keys.press("OK")

    arrive(page, "Select candidates")
    keys.tick("Joiner, Joy")
    keys.tick("Sitting, Sam")
    keys.press("Add selected candidates")
    expect(page.get_by_role("heading", name="2 candidates on this form")).to_be_visible()
    keys.follow("add a new candidate")
    arrive(page, "Add a new candidate")
    keys.type_into("Forename", "Lee")
    keys.type_into("Surname", "Late")
    keys.type_into("Date of birth", "02/03/2009")
    keys.pick("Gender", "Female")
    keys.press("Add candidate")
    arrive(page, "Select candidates")
    keys.press("Next")

    arrive(page, "Select entry options")
    keys.pick("Entry option", "Full award entry")
    keys.tick("Joiner, Joy")
    keys.tick("Late, Lee")
    keys.press("Apply to selected")
    keys.press("Next")
    expect(page.locator(".error-summary")).to_be_focused()
    expect(page.locator(".error-summary")).to_contain_text("No entry option yet: Sam Sitting.")
    keys.tab_to(page.get_by_role("radio", name="Full award entry"))
    page.keyboard.press("ArrowDown")
    keys.tick("Unit 1 The business environment")
    keys.press("Tick those without an option")
    keys.press("Apply to selected")
    keys.press("Next")

    arrive(page, "Entry summary")
    expect(page.get_by_role("row", name="Sitting, Sam")).to_contain_text("Unit 05835/01")
    expect(page.get_by_role("row", name="Joiner, Joy")).to_contain_text(FEE)
    keys.press("Remove Joy Joiner, born 4 March 2009")
    keys.type_into("Order number or reference", "PO 17")
    keys.go()
    expect(page.get_by_label("Order number or reference")).to_have_value("PO 17")
    assert not Submission.objects.filter(channel="web-form").exists()
    keys.press("Submit entries")
    arrive(page, "Entry confirmation")
    expect(page.get_by_role("main")).to_contain_text("1 full award, 1 unit entry, for 2 candidates")
    assert Registration.objects.get(submission__channel="web-form").candidate.last_name == "Late"
    assert UnitEntry.objects.get().candidate == sitting


def test_a_form_is_gone_on_with_after_signing_out_and_can_be_cancelled(
    page, live_server, officer, priya, centre, sign_in
):
    set_up(centre)
    CandidateFactory(centre=centre, first_name="Joy", last_name="Joiner")
    sign_in(page.context, officer)
    page.goto(live_server.url + reverse("technicals:form") + f"?search={FULL}")
    press(page, "OK")
    page.get_by_label("Joiner, Joy").check()
    press(page, "Add selected candidates")
    press(page, "Log out")

    sign_in(page.context, priya)
    page.goto(live_server.url + reverse("technicals:home"))
    follow(page.get_by_role("region", name="Web forms not submitted").get_by_role("link"))
    expect(page.get_by_role("heading", name="1 candidate on this form")).to_be_visible()
    follow(link_of(page, "Exit and cancel entry"))
    press(page, "Exit and cancel entry")
    expect(page.get_by_text("Nobody on it was entered.")).to_be_visible()

    assert (EntryDraft.objects.count(), Registration.objects.count(), Candidate.objects.count()) == (0, 0, 4)
