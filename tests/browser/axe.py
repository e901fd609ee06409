"""What axe, whose script comes with its wheel, finds on a page."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RUN = "axe.run({resultTypes: ['violations'], preload: false}).then(results => results.violations)"
"""Style sheets and media are not loaded again for axe: only rules that are off, or about sound, look at them."""


def violations(page: Page) -> list[dict[str, Any]]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    return page.evaluate(RUN)
