"""The admin, for staff."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from outbox.services import raise_alert
from step_entries.models import StepSession
from step_entries.services import (
    extend_window,
)
from tests.browser.pages import press
from tests.browser.states.world import World, admin_state
from tests.factories.step_entries import StepEntryFactory

DAY = timedelta(days=1)


@admin_state
def admin_front_page(world: World) -> None:
    for days in range(5):
        world.entries(1 + days, created_at=timezone.now() - days * DAY)
    world.draft()
    extend(world)
    raise_alert(key="event", sentence="STEP entry numbers: 90000 of 99999 are used.", at=timezone.now())
    world.open(reverse("admin:index"), person="staff")


@admin_state
def admin_front_page_without_session(world: World) -> None:
    StepSession.objects.all().delete()
    world.open(reverse("admin:index"), person="staff")


def extend(world: World) -> None:
    extend_window(
        session=world.session,
        centre=world.centre,
        closes_at=world.session.closes_at + DAY,
        reason="The school's network is down",
        by=world.people["staff"],
        at=timezone.now(),
    )


def of_session(world: World, page: str) -> str:
    return reverse(f"admin:step_entries_stepsession_{page}", args=[world.session.pk])


@admin_state
def admin_extend(world: World) -> None:
    extend(world)
    world.open(of_session(world, "extend"), person="staff")


@admin_state
def admin_extend_errors(world: World) -> None:
    world.open(of_session(world, "extend"), person="staff")
    world.page.get_by_label("One centre").check()
    world.page.get_by_label("UK time").fill("12:00")
    press(world.page, "Extend the window")


@admin_state
def admin_export(world: World) -> None:
    world.entries(2)
    world.open(of_session(world, "export"), person="staff")
    with world.page.expect_download():
        world.page.get_by_role("button", name="Download the file").click()
    world.page.reload()


@admin_state
def admin_copied_session(world: World) -> None:
    world.open(of_session(world, "change"), person="staff")
    press(world.page, "Copy to the next year")


@admin_state
def admin_run_preview(world: World) -> None:
    due = {"created_at": timezone.now() - DAY}
    world.entries(2, **due)
    world.entries(1, **due, held_at=timezone.now(), held_reason="Asked the centre about the name")
    world.session.papers.filter(paper="step-3").delete()
    world.open(reverse("admin:step_entries_confirmationrun_preview"), person="staff")


@admin_state
def admin_runs(world: World) -> None:
    world.open(reverse("admin:step_entries_confirmationrun_changelist"), person="staff")


@admin_state
def admin_same_people(world: World) -> None:
    for entry in world.entries(2):
        StepEntryFactory(session=world.session, candidate__last_name=entry.last_name)
    world.open(reverse("admin:step_entries_stepentry_duplicates"), person="staff")


@admin_state
def admin_drafts(world: World) -> None:
    world.draft()
    world.open(reverse("admin:step_entries_stepdraft_changelist"), person="staff")


@admin_state
def admin_entries(world: World) -> None:
    world.entries(3)
    world.open(reverse("admin:step_entries_stepentry_changelist"), person="staff")


@admin_state
def admin_entry(world: World) -> None:
    [entry] = world.entries(1)
    world.open(reverse("admin:step_entries_stepentry_change", args=[entry.pk]), person="staff")


@admin_state
def admin_session(world: World) -> None:
    world.open(reverse("admin:step_entries_stepsession_change", args=[world.session.pk]), person="staff")


@admin_state
def admin_centre(world: World) -> None:
    world.open(reverse("admin:centres_centre_change", args=[world.centre.pk]), person="staff")


@admin_state
def admin_mails(world: World) -> None:
    world.open(reverse("admin:outbox_outgoingemail_changelist"), person="staff")
