"""The address of the calendar: made, copied and renewed."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from centres.models import Centre
from tests.browser.pages import follow, press


def make_address(page, live_server):
    page.goto(live_server.url + reverse("centres:calendar"))
    press(page, "Make the address")
    return page.get_by_label("Address of the calendar").input_value()


def test_the_address_is_copied_with_one_click(page, context, live_server, sign_in, officer, session):
    sign_in(context, officer)
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=live_server.url)
    address = make_address(page, live_server)

    page.get_by_role("button", name="Copy the address").click()
    page.get_by_role("button", name="Copied").wait_for()

    assert page.evaluate("navigator.clipboard.readText()") == address
    assert address.endswith(
        f"/step/calendar/{Centre.objects.get(pk=officer.memberships.get().centre_id).calendar_key}.ics"
    )


@pytest.mark.parametrize("has_script", [True, False])
def test_preferences_and_the_address_work_with_and_without_a_script(
    browser, live_server, sign_in, officer, session, has_script
):
    with browser.new_context(java_script_enabled=has_script) as context:
        sign_in(context, officer)
        page = context.new_page()
        first = make_address(page, live_server)
        follow(page.get_by_role("link", name="Renew the address"))
        press(page, "Renew the address")
        second = page.get_by_label("Address of the calendar").input_value()
        page.goto(live_server.url + "/")
        alerts = page.get_by_role("group", name="Email Alert(s) for Candidate Entry(ies)")
        alerts.get_by_label("Off").check()
        press(page, "Save")

        assert first != second
        expect(page.get_by_role("status").first).to_have_text("The preferences of Northgate School are saved.")
        expect(alerts.get_by_label("Off")).to_be_checked()
        expect(page.get_by_role("button", name="Copy the address")).to_have_count(0)
