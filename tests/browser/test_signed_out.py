"""What a browser keeps of a session, and of a password that was typed."""

from django.urls import reverse
from playwright.sync_api import expect

from tests.browser.pages import press
from tests.factories.accounts import PASSWORD
from tests.factories.step_entries import StepEntryFactory


def test_s33_after_logging_out_back_shows_no_candidate(page, live_server, officer, centre, session, sign_in):
    entry = StepEntryFactory(session=session, centre=centre, submitted_by=officer)
    sign_in(page.context, officer)
    page.goto(live_server.url)
    page.goto(live_server.url + reverse("step_entries:entry-detail", args=[entry.number]))
    expect(page.get_by_role("heading", name=entry.name)).to_be_visible()

    press(page, "Log out")
    for _ in range(2):
        page.go_back()

        expect(page.get_by_role("heading", name="Log in to Entries Portal")).to_be_visible()
        assert entry.last_name not in page.content()


def test_s7_a_password_is_shown_on_request_and_hidden_on_sending(page, live_server, officer, session):
    page.goto(live_server.url)
    page.get_by_label("Username").fill(officer.email)
    box = page.get_by_label("Password")
    box.fill("wrong")
    expect(box).to_have_attribute("type", "password")

    page.get_by_role("button", name="Show Password").click()
    expect(box).to_have_attribute("type", "text")
    expect(box).to_have_value("wrong")
    page.get_by_role("button", name="Hide Password").click()
    expect(box).to_have_attribute("type", "password")

    page.get_by_role("button", name="Show Password").click()
    box.fill(PASSWORD)
    press(page, "Log in")
    expect(page.get_by_role("heading", name="Entries Overview")).to_be_visible()
