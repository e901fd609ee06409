"""Going from page to page with the mouse: playwright's own click does not wait for the page that it leads to."""

from playwright.sync_api import Locator, Page


def follow(control: Locator) -> None:
    """Click what leads to another page, and wait until that page is there."""
    with control.page.expect_navigation():
        control.click()


def press(page: Page, name: str) -> None:
    """Press the button of this name, and wait for the page that it leads to."""
    follow(page.get_by_role("button", name=name, exact=True))
