"""axe finds nothing on any page in any state at three widths, and no page scrolls sideways."""

import pytest
from playwright.sync_api import expect

from tests.browser import axe
from tests.browser.states import ADMIN_STATES, STATES, World

WIDTHS = [320, 768, 1280]
SERIOUS = {"serious", "critical"}


@pytest.fixture
def world(page, live_server, sign_in, session, officer, colleague, staff, stranger):
    people = {"officer": officer, "colleague": colleague, "staff": staff, "stranger": stranger}
    return World(page, live_server.url, people, session, sign_in)


def violations(page, impacts=None):
    return {
        violation["id"]: [node["html"][:200] for node in violation["nodes"]]
        for violation in axe.violations(page)
        if impacts is None or violation["impact"] in impacts
    }


def scrolls_sideways(page):
    return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


@pytest.mark.parametrize("name", STATES)
def test_our_pages_have_no_violation_and_reflow(name, world):
    STATES[name](world)
    assert "The portal made a mistake" not in world.page.content()

    for width in WIDTHS:
        world.page.set_viewport_size({"width": width, "height": 900})
        assert violations(world.page) == {}, f"{name} at {width}"
        assert not scrolls_sideways(world.page), f"{name} at {width}"


@pytest.mark.parametrize("name", ADMIN_STATES)
def test_the_admin_has_nothing_serious(name, world):
    ADMIN_STATES[name](world)

    assert violations(world.page, SERIOUS) == {}


@pytest.mark.parametrize("name", ["overview-filled", "overview-many-drafts", "overview-read-only"])
def test_no_table_of_the_overview_lies_off_to_the_right_on_a_phone(name, world):
    world.page.set_viewport_size({"width": 375, "height": 900})
    STATES[name](world)

    beyond = "regions => regions.filter(r => r.scrollWidth > r.clientWidth).map(r => r.ariaLabel)"
    assert world.page.locator(".table-region").evaluate_all(beyond) == []
    expect(world.page.get_by_role("row", name="NOT ENTERED").first.get_by_role("cell")).to_have_count(4)


def test_an_open_menu_lies_over_the_table_in_full_and_moves_nothing(world):
    world.entries(2)
    world.open("/")
    table, menu = world.page.get_by_role("table", name="Current entries"), world.page.locator("details").last
    before = table.bounding_box()["height"]

    menu.locator("summary").focus()
    world.page.keyboard.press("Enter")

    assert table.bounding_box()["height"] == before
    for link in menu.get_by_role("link").all():
        world.page.keyboard.press("Tab")
        expect(link).to_be_focused()
        assert link.evaluate(
            """link => {
                const box = link.getBoundingClientRect();
                return link.contains(document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2));
            }"""
        )


def test_the_head_of_a_long_table_stays_in_sight(world):
    world.entries(25)
    world.open("/")
    head = world.page.get_by_role("columnheader", name="Candidate").last

    world.page.evaluate("scrollTo(0, document.body.scrollHeight * 0.6)")

    assert head.bounding_box()["y"] == 0


@pytest.mark.parametrize("name", ["overview-filled", "candidate-empty", "check", "confirmation", "entry", "test-page"])
def test_no_button_is_printed(name, world):
    STATES[name](world)
    world.page.emulate_media(media="print")

    assert world.page.locator("button:visible, .btn:visible").all_inner_texts() == []


def test_the_first_error_is_announced_and_leads_to_its_field(world):
    STATES["candidate-errors"](world)
    page = world.page

    expect(page.locator(".error-summary")).to_be_focused()
    page.get_by_role("link", name="Enter the Last Name.").click()
    field = page.get_by_label("Last Name", exact=True)
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-invalid", "true")
    described_by = field.get_attribute("aria-describedby")
    assert "Enter the Last Name." in page.locator(f"[id='{described_by.split()[0]}']").inner_text()
