"""F37: a page that stays open hears within a minute that the closing was moved, and what was typed in it stays."""

from datetime import timedelta

from django.urls import reverse
from playwright.sync_api import expect

from step_entries.services import extend_window
from tests.factories.step_entries import DraftFactory


def test_f37_an_open_step_tells_of_an_extension(page, live_server, officer, centre, staff, session, sign_in, now):
    draft = DraftFactory(session=session, centre=centre, started_by=officer, answers={})
    sign_in(page.context, officer)
    page.clock.install()
    page.goto(live_server.url + reverse("step_entries:draft-step", args=[draft.key, "candidate"]))
    page.get_by_label("Last Name", exact=True).fill("Hopper")
    later = session.closes_at + timedelta(days=1)
    page.clock.fast_forward(60_000)
    expect(page.get_by_text("The closing of registration was moved.")).to_have_count(0)

    extend_window(session=session, centre=centre, closes_at=later, reason="Network down", by=staff, at=now)
    page.clock.fast_forward(60_000)

    expect(page.get_by_role("status").get_by_text("The closing of registration was moved.")).to_be_visible()
    expect(page.get_by_label("Last Name", exact=True)).to_have_value("Hopper")
