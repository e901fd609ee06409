"""A person who has a keyboard and no mouse, and sees where the focus is; and axe, also where scripts are off."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser import axe

STOPS = 60
FOCUSED = """() => {
    const element = document.activeElement;
    if (!element || element === document.body) return null;
    const style = getComputedStyle(element), box = element.getClientRects()[0] ?? element.getBoundingClientRect();
    const left = Math.max(box.left, 0), right = Math.min(box.right, document.documentElement.clientWidth);
    const top = Math.max(box.top, 0), bottom = Math.min(box.bottom, document.documentElement.clientHeight);
    const isThere = (y) => element.contains(document.elementFromPoint((left + right) / 2, y));
    return {
        html: element.outerHTML.slice(0, 200),
        hasRing: ["solid", "double"].includes(style.outlineStyle) && parseFloat(style.outlineWidth) >= 2,
        isInSight: right > left && bottom > top && [top + 2, (top + bottom) / 2, bottom - 2].every(isThere),
    };
}"""


class Keyboard:
    """Goes through a page by Tab; every stop on the way must show its ring, in sight and beneath nothing."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def tab_to(self, control: Locator) -> None:
        """Press Tab until a control has the focus."""
        for _ in range(STOPS):
            self.page.keyboard.press("Tab")
            if stop := self.page.evaluate(FOCUSED):
                assert stop["hasRing"], f"No focus ring: {stop['html']}"
                assert stop["isInSight"], f"Covered or out of sight: {stop['html']}"
            if control.evaluate("element => element === document.activeElement"):
                return
        raise AssertionError(f"{STOPS} presses of Tab do not reach {control}")

    def type_into(self, label: str, text: str) -> None:
        """Go to a box and type; what stood in it is selected on arrival and is replaced."""
        box = self.page.get_by_label(re.compile(rf"^\s*{label}"))
        self.tab_to(box)
        self.page.keyboard.type(text)
        expect(box).to_have_value(text)

    def go(self, key: str = "Enter") -> None:
        """Press a key on what has the focus, and wait for the page that it leads to."""
        with self.page.expect_navigation():
            self.page.keyboard.press(key)

    def follow(self, name: str) -> None:
        self.tab_to(self.page.get_by_role("link", name=name, exact=True))
        self.go()

    def press(self, name: str) -> None:
        self.tab_to(self.page.get_by_role("button", name=name, exact=True))
        self.go("Space")


def arrive(page: Page, heading: str) -> None:
    """The page of this heading is there, and axe finds nothing on it."""
    expect(page.get_by_role("heading", name=heading, exact=True)).to_be_visible()
    found = [(each["id"], each["nodes"][0]["html"]) for each in _violations(page)]
    assert not found, found


def _violations(page: Page) -> list:
    """What axe finds. It is a script itself: where scripts are off it looks at a copy, without the portal's own."""
    if page.has_scripts:
        return axe.violations(page)
    html, address = page.content(), page.url.partition("#")[0]
    with page.context.browser.new_context(viewport=page.viewport_size) as context:
        copy = context.new_page()
        copy.route("**/*.js", lambda route: route.abort())
        copy.route(address, lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"))
        copy.goto(address)
        return axe.violations(copy)
