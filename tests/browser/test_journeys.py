"""The main job by keyboard alone, and with JavaScript off."""

import pytest
from playwright.sync_api import expect

from step_entries.models import StepEntry
from tests.browser.pages import follow, press
from tests.factories.accounts import PASSWORD
from tests.factories.step_entries import StepEntryFactory


def tab_to(page, *, name=None, label=None):
    """Press Tab until the control has the focus, as somebody without a mouse does; every stop shows its ring."""
    wanted = (
        page.get_by_label(label, exact=label not in ("Username", "Password"))
        if label
        else page.get_by_role("button", name=name, exact=True).or_(page.get_by_role("link", name=name, exact=True))
    )
    for _ in range(60):
        page.keyboard.press("Tab")
        assert shows_its_focus(page)
        if any(control.evaluate("control => control === document.activeElement") for control in wanted.all()):
            return
    raise AssertionError(f"not reached by Tab: {name or label}")


def shows_its_focus(page):
    """Whether the focused control has a ring, and stands in the window."""
    return page.evaluate(
        """() => {
            const control = document.activeElement;
            if (control === document.body) return true;
            const style = getComputedStyle(control);
            const box = control.getBoundingClientRect();
            const ring = parseFloat(style.outlineWidth) >= 2 && style.outlineStyle !== 'none';
            return ring && box.bottom > 0 && box.top < innerHeight;
        }"""
    )


def type_into(page, label, text):
    tab_to(page, label=label)
    page.keyboard.type(text)


def enter(page):
    """Press Enter and wait for the page that it leads to."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_the_whole_journey_by_keyboard(page, live_server, officer, session):
    page.goto(live_server.url)
    type_into(page, "Username", officer.email)
    type_into(page, "Password", PASSWORD)
    enter(page)
    expect(page.get_by_role("heading", name="Entries Overview")).to_be_visible()

    tab_to(page, name="STEP")
    enter(page)
    tab_to(page, name="Make a new entry")
    enter(page)
    type_into(page, "First Name", "Grace")
    type_into(page, "Last Name", "Hopper")
    type_into(page, "Date of birth (DD/MM/YYYY)", "09/12/2008")
    tab_to(page, label="Female")
    page.keyboard.press("Space")
    tab_to(page, label="UCAS ID (optional)")
    enter(page)
    tab_to(page, label="STEP 2")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    tab_to(page, name="Next")
    enter(page)
    tab_to(page, label="Other")
    page.keyboard.press("Space")
    tab_to(page, name="Next")
    enter(page)
    expect(page.get_by_role("heading", name="Check your answers")).to_be_visible()
    tab_to(page, name="Submit")
    enter(page)

    expect(page.locator(".entry-number-large")).to_have_text("S00001")
    entry = StepEntry.objects.get()
    assert (entry.name, entry.gender, entry.get_papers_display()) == ("Grace Hopper", "female", "STEP 2 and STEP 3")


def test_the_skip_link_is_the_first_stop_and_leads_to_the_content(page, live_server, officer, session, sign_in):
    sign_in(page.context, officer)
    page.goto(live_server.url)

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_in_viewport()
    page.keyboard.press("Enter")

    expect(page.locator("#main")).to_be_focused()


@pytest.fixture
def plain_page(browser):
    with browser.new_context(java_script_enabled=False, viewport={"width": 375, "height": 800}) as context:
        yield context.new_page()


def test_the_whole_journey_without_javascript(plain_page, live_server, officer, session):
    page = plain_page
    page.goto(live_server.url)
    page.get_by_label("Username").fill(officer.email)
    page.get_by_label("Password").fill(PASSWORD)
    press(page, "Log in")
    follow(page.get_by_label("Make a new test entry").get_by_role("link", name="STEP"))
    press(page, "Make a new entry")
    press(page, "Next")
    expect(page.get_by_role("link", name="Enter the Last Name.")).to_be_visible()

    page.get_by_label("First Name", exact=True).fill("Grace")
    page.get_by_label("Last Name", exact=True).fill("Hopper")
    page.get_by_label("Date of birth (DD/MM/YYYY)").fill("09/12/2008")
    page.get_by_label("Female").check()
    press(page, "Next")
    page.get_by_label("STEP 3", exact=True).check()
    press(page, "Next")
    page.get_by_label("Other", exact=True).check()
    press(page, "Next")
    press(page, "Submit")
    expect(page.locator(".entry-number-large")).to_have_text("S00001")
    page.go_back()
    page.reload()

    expect(page.locator(".entry-number-large")).to_have_text("S00001")
    assert StepEntry.objects.count() == 1


def test_the_action_dropdown_opens_without_javascript(plain_page, live_server, officer, session, sign_in):
    [membership] = officer.memberships.all()
    entry = StepEntryFactory(session=session, centre=membership.centre)
    sign_in(plain_page.context, officer)
    plain_page.goto(live_server.url)

    plain_page.locator("details summary").click()
    follow(plain_page.get_by_role("link", name=f"View entry {entry.number}"))

    expect(plain_page.get_by_role("heading", name=entry.name)).to_be_visible()
