"""Requests about more than one entry: a change of users, and an event that hit three candidates."""

import csv

import pytest
from playwright.sync_api import expect

from requests_forms.models import Request
from tests.browser.keyboard import arrive
from tests.browser.pages import follow, press
from tests.browser.request_journey import Typist, acts_mailed, journey  # noqa: F401 (a fixture)
from tests.browser.request_world import SAT, can_be_told, entered, move_to


def test_a_new_user_is_asked_for_from_my_details(journey, session):  # noqa: F811
    page = journey.new_page("officer")
    page.goto(f"{journey.url}/account/my-details/")
    keys = Typist(page)
    keys.follow("Ask for a change of users, exams officer or centre details")
    arrive(page, "Ask for an account or centre change")
    for label, value in (
        ("Centre number", "61111"),
        ("Centre name", "Northgate School"),
        ("Your name", "Olivia Marsh"),
    ):
        expect(page.get_by_label(label, exact=True)).to_have_value(value)
        expect(page.get_by_label(label, exact=True)).not_to_be_editable()
    keys.pick("What is to change", "Add a user")
    keys.type_into("Name of the new user", "Nia New")
    keys.type_into("E-mail address of the new user", "nia")
    keys.press("Continue")
    keys.is_refused("Type the e-mail address of the new user")
    expect(page.get_by_label("Name of the new user")).to_have_value("Nia New")
    keys.type_into("E-mail address of the new user", "nia@northgate.example")
    case = journey.send(keys, "Add a user", "Nia New", "nia@northgate.example")

    desk = journey.at_desk(case)
    desk.press("Accept")
    expect(desk.page.get_by_text(f"{case} is accepted.")).to_be_visible()

    journey.look_again(keys, "Completed")
    assert acts_mailed(case) == ["send", "accept"]


@pytest.fixture
def entries(session, officer):
    """Three candidates who sat STEP 2 today."""
    move_to(SAT, session)
    entries = [entered(session, officer, name) for name in ("Smith", "Jones", "Brown")]
    can_be_told(entries[0])
    return entries


@pytest.fixture
def staff_page(browser, staff, sign_in):
    with browser.new_context(accept_downloads=True) as context:
        sign_in(context, staff)
        yield context.new_page()


def send_for_all(page, url, entries):
    """Special consideration for the three, in one form."""
    first, *others = entries
    page.goto(f"{url}/requests/new/special-consideration/{first.number}/")
    page.get_by_label("Disturbance in the room").check()
    page.locator("summary", has_text="Other candidates of the same event").click()
    for other in others:
        page.get_by_label(f"{other.last_name}, {other.first_name} ({other.number})").check()
    press(page, "Continue")
    expect(page.get_by_text("one request for each of the 3 candidates")).to_be_visible()
    press(page, "Send request")
    expect(page.get_by_role("heading", name="Special consideration")).to_be_visible()


def test_an_event_for_three_is_asked_for_once_decided_together_and_passed_on(
    page, staff_page, live_server, sign_in, officer, entries, tmp_path
):
    sign_in(page.context, officer)
    send_for_all(page, live_server.url, entries)
    case = Request.objects.get(entry=entries[0])

    staff_page.goto(f"{live_server.url}/admin/requests_forms/request/")
    follow(staff_page.get_by_role("link", name=case.reference, exact=True))
    expect(staff_page.get_by_text("This is one of 3 requests of one event.")).to_be_visible()
    staff_page.get_by_label("Level of severity").select_option("Moderate")
    staff_page.get_by_label("Decide all open requests of this event alike").check()
    press(staff_page, "Accept")
    expect(staff_page.get_by_text(f"3 requests of the event of {case} are accepted.")).to_be_visible()
    follow(staff_page.get_by_role("link", name="Notices to institutions"))
    with staff_page.expect_download() as download:
        staff_page.get_by_role("button", name="Download the file").click()
    download.value.save_as(tmp_path / "notices.csv")

    with (tmp_path / "notices.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert sorted(row["Entry number"] for row in rows) == [entry.number for entry in entries]
    told = {(row["Institution"], row["Paper affected"], row["Reason"], row["Severity"]) for row in rows}
    assert told == {("University of Warwick", "STEP 2", "Disturbance in the room", "Moderate")}
    assert acts_mailed(case) == ["send"]
