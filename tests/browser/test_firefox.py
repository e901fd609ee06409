"""The main journey in Firefox (guide 1.0), where it is installed."""

import pytest

from outbox.models import OutgoingEmail
from step_entries.models import StepEntry
from tests.browser.firefox import FIREFOX, firefox
from tests.factories.accounts import PASSWORD

pytestmark = pytest.mark.skipif(not FIREFOX, reason="test_firefox.py: needs Firefox")


def test_a_candidate_is_entered_in_firefox(live_server, officer, session):
    with firefox() as page:
        page.open(live_server.url)
        page.type("Username", officer.email)
        page.type("Password", PASSWORD)
        page.press("Log in")
        page.wait_for("Make a new test entry")
        page.press("STEP")
        page.press("Make a new entry")
        page.wait_for("Step 1 of 4")
        page.type("First Name", "Zoë")
        page.type("Last Name", "O'Neill")
        page.type("Date of birth (DD/MM/YYYY)", "09/12/2008")
        page.tick("Female")
        page.press("Next")
        page.wait_for("Step 2 of 4")
        page.tick("STEP 3")
        page.press("Next")
        page.wait_for("Step 3 of 4")
        page.tick("Other")
        page.press("Next")
        page.wait_for("Step 4 of 4")
        page.press("Submit")
        page.wait_for("S00001")
        page.press("Log out")
        page.wait_for("Log in to Entries Portal")

    entry = StepEntry.objects.get()
    assert (entry.name, entry.plain_name, entry.number) == ("Zoë O'Neill", "Zoe ONeill", "S00001")
    assert OutgoingEmail.objects.filter(key="step-entry-submitted:S00001").count() == 1
