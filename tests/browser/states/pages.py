"""Help, statements, the calendar and what stands at the foot of every page."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from centres.services import renew_calendar
from step_entries.models import StepSession
from tests.browser.states.world import World, state

DAY = timedelta(days=1)


@state
def help_page(world: World) -> None:
    world.open(reverse("help"))


@state
def not_found(world: World) -> None:
    world.open(reverse("step_entries:entry-detail", args=["S99999"]))


@state
def statements_none(world: World) -> None:
    world.open(reverse("step_entries:statements"))


@state
def statements_many(world: World) -> None:
    world.entries(201)
    world.open(reverse("step_entries:statements"))


@state
def calendar_without_address(world: World) -> None:
    world.open(reverse("centres:calendar"))


@state
def calendar_without_address_read_only(world: World) -> None:
    world.open(reverse("centres:calendar"), person="colleague")


@state
def calendar_with_address(world: World) -> None:
    renew_calendar(centre=world.centre, by=world.officer, at=timezone.now())
    world.open(reverse("centres:calendar"))


@state
def calendar_renew(world: World) -> None:
    renew_calendar(centre=world.centre, by=world.officer, at=timezone.now())
    world.open(reverse("centres:calendar-renew"))


@state
def help_signed_out(world: World) -> None:
    StepSession.objects.all().delete()
    world.open(reverse("help"), person=None)


@state
def help_section(world: World) -> None:
    world.open(reverse("help-section", args=["making-a-new-test-entry"]))


@state
def help_first_section(world: World) -> None:
    world.open(reverse("help-section", args=["introduction"]))


@state
def help_last_section(world: World) -> None:
    world.open(reverse("help-section", args=["post-test-admin"]))


@state
def accessibility_statement(world: World) -> None:
    world.open(reverse("accessibility"))


@state
def privacy_notice(world: World) -> None:
    world.open(reverse("privacy"), person=None)


@state
def incident(world: World) -> None:
    world.open(reverse("incident"))
