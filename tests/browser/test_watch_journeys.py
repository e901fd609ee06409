"""An officer who watches over entries: what is due leads to the report, and last series' entries become a web form."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from technicals.models import DraftEntry, EntryDraft, UnitEntry
from tests.browser.keyboard import Keyboard, arrive
from tests.browser.pages import follow, press
from tests.browser.states.watching import entered
from tests.browser.states.world import World
from tests.factories.technicals import today

COPY = "Copy last series' entries"


@pytest.fixture(params=[True, False], ids=["with-javascript", "without-javascript"])
def page_of(request, browser):
    """A page of a browser with scripts on or off, for `arrive` to know."""
    with browser.new_context(java_script_enabled=request.param, viewport={"width": 1280, "height": 900}) as context:
        page = context.new_page()
        page.has_scripts = request.param
        yield page


@pytest.fixture
def at_work(page_of, live_server, sign_in, officer, session):
    """The overview of an officer whose centre has entered six candidates, three of them for units."""
    world = World(page_of, live_server.url, {"officer": officer}, session, sign_in)
    entered(world)
    world.open("/")
    return page_of


def link_of(page, name):
    return page.get_by_role("link", name=name, exact=True)


def test_what_is_due_leads_to_the_report_and_its_file(at_work):
    page = at_work
    due = page.get_by_role("listitem").filter(has_text="3 registrations have no unit entry.")

    follow(due.get_by_role("link", name="Show the candidates"))

    arrive(page, "Registrations to look at")
    expect(page.get_by_role("table").get_by_role("rowheader")).to_have_count(3)
    expect(page.get_by_label("Reason")).to_have_value("no-units")
    page.get_by_label("Reason").select_option("Estimated completion has passed")
    press(page, "Show")
    expect(page.get_by_role("table").get_by_role("rowheader")).to_have_count(1)
    with page.expect_download() as download:
        link_of(page, ".csv").click()
    assert len(Path(download.value.path()).read_text("utf-8-sig").splitlines()) == 2


def test_the_entries_of_last_series_become_a_web_form_to_check(at_work):
    page, before = at_work, UnitEntry.objects.count()
    follow(link_of(page, "Candidates"))
    follow(link_of(page, "Candidate groups"))
    follow(link_of(page, "Year 13 Business"))
    follow(link_of(page, COPY))
    arrive(page, COPY)
    expect(page.get_by_label("Candidates")).to_contain_text("Year 13 Business")
    page.get_by_label("To be entered for").select_option(f"June {today().year + 1}")
    press(page, "Show what is copied")

    expect(page.get_by_role("main")).to_contain_text("6 unit entries of 3 candidates, as 1 web form.")
    arrive(page, COPY)
    press(page, "Make the web form")

    arrive(page, "Select entry options")
    expect(page.get_by_role("status").first).to_contain_text("Nobody is entered by it until you press Submit entries.")
    assert (EntryDraft.objects.count(), DraftEntry.objects.count()) == (1, 3)
    assert UnitEntry.objects.count() == before


def test_a_price_is_asked_by_keyboard_alone(at_work):
    page = at_work
    follow(link_of(page, "Cambridge Technicals"))
    follow(link_of(page, "What would it cost?"))
    keyboard = Keyboard(page)

    keyboard.tab_to(page.get_by_label("Entry code"))
    page.keyboard.type("05834")
    for label, number in (("Candidates for the full award", "12"), ("Unit entries, resits", "2")):
        keyboard.tab_to(page.get_by_label(label))
        page.keyboard.type(number)
    with page.expect_navigation():
        page.keyboard.press("Enter")

    arrive(page, "What would it cost?")
    expect(page.get_by_text("Total: £1,776.50")).to_be_visible()
