"""`make screenshots` writes every page at 1280 and 375 pixels wide, to be looked at."""

from pathlib import Path

import pytest
from django.conf import settings

from tests.browser.states import ADMIN_STATES, STATES
from tests.browser.test_accessibility import world  # noqa: F401 (a fixture)

FOLDER = Path(settings.BASE_DIR) / "var" / "screenshots"


@pytest.mark.parametrize("name", [*STATES, *ADMIN_STATES])
def test_screenshot(name, world):  # noqa: F811
    (STATES | ADMIN_STATES)[name](world)

    for width in (1280, 375):
        world.page.set_viewport_size({"width": width, "height": 900})
        world.page.screenshot(path=FOLDER / f"{name}-{width}.png", full_page=True)
