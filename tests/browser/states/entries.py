"""An entry's page, its amendment and its withdrawal."""

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from core.history import record
from step_entries.enums import EntryStatus
from step_entries.services import (
    amend_entry,
    answers_of_entry,
    hold_entries,
    release_entries,
    withdraw_entry,
)
from tests.browser.pages import press
from tests.browser.states.world import World, state
from tests.factories.accounts import UserFactory
from tests.factories.centres import MembershipFactory

DAY = timedelta(days=1)


@state
def entry(world: World) -> None:
    world.open(reverse("step_entries:entry-detail", args=[world.entries(1)[0].number]))


@state
def entry_confirmed(world: World) -> None:
    [entry] = world.entries(1, status=EntryStatus.CONFIRMED, confirmed_at=timezone.now(), last_name="Müller")
    world.open(reverse("step_entries:entry-detail", args=[entry.number]))


@state
def entry_held_and_released(world: World) -> None:
    [entry] = world.entries(1)
    at = timezone.now()
    record(by=world.officer, at=at - DAY, action="step-entry.submitted", subjects=[entry])
    hold_entries(entries=[entry], reason="Two entries", by=world.people["staff"], at=at - DAY / 2)
    release_entries(entries=[entry], by=world.people["staff"], at=at - DAY / 4)
    hold_entries(entries=[entry], reason="Papers", by=None, at=at)
    world.open(reverse("step_entries:entry-detail", args=[entry.number]))


@state
def entry_late(world: World) -> None:
    [entry] = world.entries(1, created_at=timezone.now() - DAY)
    world.open(reverse("step_entries:entry-detail", args=[entry.number]))


@state
def entry_overdue(world: World) -> None:
    [entry] = world.entries(1, created_at=timezone.now() - 3 * DAY)
    world.open(reverse("step_entries:entry-detail", args=[entry.number]))


def entered(world: World, **fields: Any) -> Any:
    """An entry with a course and with its Submit in the history, made an hour ago."""
    made_at = timezone.now() - DAY / 24
    [entry] = world.entries(1, **{"created_at": made_at, "ucas_id": "1234567890"} | fields)
    entry.courses.add(world.session.courses.first())
    record(by=world.officer, at=made_at, action="step-entry.submitted", subjects=[entry])
    return entry


def amend_page(entry: Any, step: str) -> str:
    return reverse("step_entries:entry-amend", args=[entry.number, step])


def entry_page(entry: Any) -> str:
    return reverse("step_entries:entry-detail", args=[entry.number])


def confirmed_entry(world: World) -> Any:
    return entered(world, status=EntryStatus.CONFIRMED, confirmed_at=timezone.now())


def amended_by_a_colleague(world: World, entry: Any, **answers: Any) -> None:
    priya = UserFactory(email="priya@northgate.example", name="Priya Shah")
    MembershipFactory(user=priya, centre=world.centre)
    answers = answers_of_entry(entry) | answers
    amend_entry(entry=entry, step="candidate", answers=answers, version=1, by=priya, at=timezone.now())


def withdrawn_entry(world: World, **fields: Any) -> Any:
    entry = entered(world, **fields)
    return withdraw_entry(entry=entry, version=1, by=world.officer, at=timezone.now())


@state
def entry_amended(world: World) -> None:
    entry = confirmed_entry(world)
    amended_by_a_colleague(world, entry, first_name="Anna", ucas_id="", date_of_birth="05/03/2009")
    world.open(entry_page(entry))


@state
def entry_withdrawn(world: World) -> None:
    world.open(entry_page(withdrawn_entry(world)))


@state
def entry_withdrawn_and_closed(world: World) -> None:
    entry = withdrawn_entry(world)
    world.close_registration()
    world.open(entry_page(entry))


@state
def entry_closed(world: World) -> None:
    entry = entered(world)
    world.close_registration()
    world.open(entry_page(entry))


@state
def entry_read_only(world: World) -> None:
    world.open(entry_page(entered(world)), person="colleague")


@state
def amend_candidate(world: World) -> None:
    world.open(amend_page(confirmed_entry(world), "candidate"))


@state
def amend_papers(world: World) -> None:
    world.open(amend_page(confirmed_entry(world), "papers"))


@state
def amend_courses(world: World) -> None:
    world.open(amend_page(confirmed_entry(world), "courses"))


@state
def amend_candidate_errors(world: World) -> None:
    world.open(amend_page(entered(world), "candidate"))
    world.page.get_by_label("Last Name", exact=True).fill("")
    world.page.get_by_label("Date of birth").fill("01/01/1990")
    world.save_changes()


@state
def amend_courses_error(world: World) -> None:
    world.open(amend_page(entered(world), "courses"))
    world.page.get_by_label("Mathematics (G100)").first.uncheck()
    world.save_changes()


@state
def amend_stale(world: World) -> None:
    entry = entered(world)
    world.open(amend_page(entry, "candidate"))
    amended_by_a_colleague(world, entry, first_name="Anna", ucas_id="")
    world.page.get_by_label("First Name", exact=True).fill("Annabel")
    world.page.get_by_label("Date of birth").fill("31/02/2009")
    world.save_changes()


@state
def amend_closed_while_typing(world: World) -> None:
    world.open(amend_page(entered(world), "candidate"))
    world.close_registration()
    world.page.get_by_label("First Name", exact=True).fill("Anna")
    world.save_changes()


@state
def amend_nothing_changed(world: World) -> None:
    world.open(amend_page(entered(world), "papers"))
    world.save_changes()


@state
def amend_page_too_old(world: World) -> None:
    world.open(amend_page(entered(world), "candidate"))
    world.page.context.clear_cookies(name="csrf")
    world.save_changes()


@state
def withdraw(world: World) -> None:
    world.open(reverse("step_entries:entry-withdraw", args=[entered(world).number]))


@state
def withdraw_stale(world: World) -> None:
    entry = entered(world)
    world.open(reverse("step_entries:entry-withdraw", args=[entry.number]))
    amended_by_a_colleague(world, entry, first_name="Anna")
    press(world.page, "Confirm Withdraw")


@state
def overview_after_a_withdrawal(world: World) -> None:
    world.entries(1)
    world.open(reverse("step_entries:entry-withdraw", args=[entered(world).number]))
    press(world.page, "Confirm Withdraw")


@state
def restore(world: World) -> None:
    world.open(reverse("step_entries:entry-restore", args=[withdrawn_entry(world).number]))


@state
def restore_asked(world: World) -> None:
    entry = withdrawn_entry(world)
    names = {"first_name": entry.first_name, "last_name": entry.last_name, "date_of_birth": entry.date_of_birth}
    world.entries(1, candidate__first_name=entry.first_name, candidate__last_name=entry.last_name, **names)
    world.open(reverse("step_entries:entry-restore", args=[entry.number]))
