"""What a state is built from, and the lists that the states stand in."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page

from step_entries.models import StepSession
from tests.browser.pages import press
from tests.factories.step_entries import DraftFactory, StepEntryFactory

DAY = timedelta(days=1)


class World:
    """What a state is built from: one centre, its people, a session, and a browser page on a server."""

    def __init__(self, page: Page, server: str, people: dict[str, Any], session: StepSession, sign_in: Any) -> None:
        self.page, self.server, self.people, self.session, self._sign_in = page, server, people, session, sign_in
        self.officer = people["officer"]
        self.centre = self.officer.memberships.get().centre

    def open(self, path: str, person: str | None = "officer") -> None:
        if person:
            self._sign_in(self.page.context, self.people[person])
        self.page.goto(self.server + path)

    def draft(self, **fields: Any) -> Any:
        return DraftFactory(session=self.session, centre=self.centre, started_by=self.officer, **fields)

    def entries(self, count: int = 1, **fields: Any) -> list[Any]:
        return StepEntryFactory.create_batch(
            count, session=self.session, centre=self.centre, submitted_by=self.officer, **fields
        )

    def close_registration(self) -> None:
        StepSession.objects.update(opens_at=timezone.now() - 60 * DAY, closes_at=timezone.now() - DAY)

    def step(self, step: str, draft: Any) -> str:
        return reverse("step_entries:draft-step", args=[draft.key, step])

    def save_changes(self) -> None:
        press(self.page, "Save changes")

    def next(self) -> None:
        press(self.page, "Next")


State = Callable[[World], None]
STATES: dict[str, State] = {}
ADMIN_STATES: dict[str, State] = {}


def state(build: State) -> State:
    STATES[build.__name__.replace("_", "-")] = build
    return build


def admin_state(build: State) -> State:
    ADMIN_STATES[build.__name__.replace("_", "-")] = build
    return build
