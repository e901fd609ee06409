"""Entries Overview, the list of entries, the report and the preferences."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from centres.enums import CentreKind
from step_entries.enums import Combination, EntryStatus
from step_entries.models import SessionExtension, SessionNotice, StepSession
from tests.browser.pages import press
from tests.browser.states.world import World, state

DAY = timedelta(days=1)


@state
def overview_empty(world: World) -> None:
    world.open("/")


@state
def overview_filled(world: World) -> None:
    SessionNotice.objects.create(
        session=world.session, text="The modified-paper deadline is near.", since=timezone.now() - DAY
    )
    world.draft()
    world.entries(2, papers=Combination.STEP_2)
    world.entries(1, status=EntryStatus.CONFIRMED, confirmed_at=timezone.now(), created_at=timezone.now() - DAY)
    world.entries(1, created_at=timezone.now() - 3 * DAY)
    world.open("/")


@state
def overview_action_open(world: World) -> None:
    world.entries(2)
    world.open("/?sort=candidate")
    world.page.locator("details summary").first.click()


@state
def overview_many(world: World) -> None:
    world.entries(60)
    world.open("/?page=2")


@state
def overview_middle_page(world: World) -> None:
    world.entries(300)
    world.open("/?page=7")


@state
def overview_many_drafts(world: World) -> None:
    for _ in range(51):
        world.draft()
    world.open("/")


@state
def overview_action_open_on_a_phone(world: World) -> None:
    world.draft()
    world.entries(2)
    world.page.set_viewport_size({"width": 375, "height": 900})
    world.open("/")
    world.page.locator("details summary").first.click()


@state
def overview_closed(world: World) -> None:
    world.draft()
    world.entries(1)
    world.close_registration()
    world.open("/")


@state
def overview_not_approved(world: World) -> None:
    world.centre.approvals.all().delete()
    world.open("/")


@state
def overview_without_session(world: World) -> None:
    StepSession.objects.all().delete()
    world.open("/")


@state
def overview_read_only(world: World) -> None:
    world.draft()
    world.entries(1)
    world.open("/", person="colleague")


@state
def overview_before_opening(world: World) -> None:
    StepSession.objects.update(opens_at=timezone.now() + DAY, closes_at=timezone.now() + 60 * DAY)
    world.open("/")


@state
def overview_with_all_that_can_be_due(world: World) -> None:
    world.session.modified_papers_until = timezone.now() + DAY
    world.session.save()
    SessionExtension.objects.create(session=world.session, centre=world.centre, closes_at=world.session.closes_at + DAY)
    for _ in range(2):
        world.draft()
    world.entries(2, created_at=timezone.now() - 3 * DAY)
    world.entries(1, status=EntryStatus.WITHDRAWN, withdrawn_at=timezone.now())
    world.open("/")


@state
def entries_found(world: World) -> None:
    for number, first_name in enumerate(("Ann", "Zoë", "Ève")):
        key = {"plain_last_name": "Muller Soby", "person_key": f"{number}mullersoby"}
        world.entries(1, first_name=first_name, last_name="Müller-Søby", **key)
    world.entries(2)
    world.open(reverse("reports:entries") + "?search=muller-soby&ucas_id=missing")


@state
def entries_not_found(world: World) -> None:
    world.draft()
    world.entries(1)
    world.entries(1, last_name="Smith", status=EntryStatus.WITHDRAWN, withdrawn_at=timezone.now())
    world.entries(1, ucas_id="0123456789")
    world.open(reverse("reports:entries") + "?search=Ann+Smith&ucas_id=missing&papers=step-2")


@state
def entries_not_found_by_a_wildcard(world: World) -> None:
    world.entries(1)
    world.open(reverse("reports:entries") + "?search=%25")


@state
def entries_none_with_the_filters(world: World) -> None:
    world.entries(1)
    world.open(reverse("reports:entries") + "?status=confirmed&papers=step-3")


@state
def entries_empty(world: World) -> None:
    world.open(reverse("reports:entries"))


@state
def entries_many(world: World) -> None:
    world.entries(150)
    world.open(reverse("reports:entries") + "?size=100&page=2&sort=candidate&ucas_id=missing")


@state
def entries_withdrawn(world: World) -> None:
    world.entries(2, status=EntryStatus.WITHDRAWN, withdrawn_at=timezone.now())
    world.open(reverse("reports:entries") + "?status=withdrawn")


@state
def entries_read_only(world: World) -> None:
    world.entries(1)
    world.open(reverse("reports:entries"), person="colleague")


@state
def report_empty(world: World) -> None:
    world.open(reverse("reports:report"))


@state
def report_of_one(world: World) -> None:
    [entry] = world.entries(1, ucas_id="0123456789", has_other_course=True, other_course="Engineering in Delft")
    entry.courses.set(world.session.courses.all())
    world.open(reverse("reports:report"))


@state
def report_of_one_a_row(world: World) -> None:
    [entry] = world.entries(1, ucas_id="0123456789", has_other_course=True, other_course="Engineering in Delft")
    entry.courses.set(world.session.courses.all())
    world.open(reverse("reports:report") + "?rows=candidates")


@state
def report_of_many_of_an_open_centre(world: World) -> None:
    world.centre.kind = CentreKind.OPEN
    world.centre.save()
    world.entries(110, own_school="St Mary's School for Girls")
    world.open(reverse("reports:report") + "?page=2")


@state
def preferences_read_only(world: World) -> None:
    world.open("/#preferences", person="colleague")


@state
def preferences_saved(world: World) -> None:
    world.open("/")
    world.page.get_by_role("group", name="Email Alert(s) for Candidate Entry(ies)").get_by_label("Off").check()
    press(world.page, "Save")
