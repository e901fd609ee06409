"""STEP's own page and a draft from its first step to its confirmation."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from centres.enums import CentreKind
from tests.browser.pages import press
from tests.browser.states.world import World, state

DAY = timedelta(days=1)


@state
def test_page(world: World) -> None:
    world.open(reverse("step_entries:test-page"))


@state
def test_page_closed(world: World) -> None:
    world.close_registration()
    world.open(reverse("step_entries:test-page"))


@state
def test_page_read_only(world: World) -> None:
    world.open(reverse("step_entries:test-page"), person="colleague")


@state
def candidate_empty(world: World) -> None:
    world.open(world.step("candidate", world.draft(answers={})))


@state
def candidate_of_open_centre(world: World) -> None:
    world.centre.kind = CentreKind.OPEN
    world.centre.save()
    world.open(world.step("candidate", world.draft(answers={})))


@state
def candidate_errors(world: World) -> None:
    world.open(world.step("candidate", world.draft(answers={})))
    world.page.get_by_label("Date of birth").fill("31/02/2008")
    world.page.get_by_label("UCAS ID").fill("123")
    world.next()


@state
def candidate_asked(world: World) -> None:
    entry = world.entries(1, date_of_birth="1990-01-01")[0]
    names = {"first_name": entry.first_name, "last_name": entry.last_name, "date_of_birth": "01/01/1990"}
    world.open(world.step("candidate", world.draft(candidate=names | {"ucas_id": ""})))


@state
def candidate_closed(world: World) -> None:
    draft = world.draft(answers={})
    world.close_registration()
    world.open(world.step("candidate", draft))
    world.next()


@state
def candidate_with_plain_form(world: World) -> None:
    world.open(world.step("candidate", world.draft(candidate={"first_name": "Seán", "last_name": "O'Brien"})))


@state
def candidate_saved_for_later(world: World) -> None:
    world.open(world.step("candidate", world.draft()))
    press(world.page, "Save and finish later")


@state
def papers(world: World) -> None:
    world.open(world.step("papers", world.draft()))


@state
def papers_error(world: World) -> None:
    draft = world.draft()
    del draft.answers["papers"], draft.answers["courses"]
    draft.save()
    world.open(world.step("papers", draft))
    world.next()


@state
def papers_return_to_check(world: World) -> None:
    world.open(world.step("papers", world.draft()) + "?return=check")


@state
def papers_none_in_session(world: World) -> None:
    world.session.papers.all().delete()
    world.open(world.step("papers", world.draft()))
    world.next()


@state
def courses(world: World) -> None:
    world.open(world.step("courses", world.draft()))


@state
def courses_error(world: World) -> None:
    draft = world.draft()
    del draft.answers["courses"]
    draft.save()
    world.open(world.step("courses", draft))
    world.next()


@state
def courses_none_in_session(world: World) -> None:
    draft = world.draft()
    del draft.answers["courses"]
    draft.save()
    world.session.courses.clear()
    world.open(world.step("courses", draft))
    world.next()


@state
def check(world: World) -> None:
    world.session.courses.update(usually_needs_both_papers=True)
    draft = world.draft(candidate={"last_name": "Müller-Søby", "ucas_id": ""})
    draft.answers["papers"] = {"papers": "step-2"}
    draft.save()
    world.open(reverse("step_entries:draft-check", args=[draft.key]))


@state
def check_closed(world: World) -> None:
    draft = world.draft()
    world.close_registration()
    world.open(reverse("step_entries:draft-check", args=[draft.key]))


@state
def discard(world: World) -> None:
    world.open(reverse("step_entries:draft-discard", args=[world.draft().key]))


@state
def confirmation(world: World) -> None:
    world.open(reverse("step_entries:entry-confirmation", args=[world.entries(1)[0].number]))


@state
def confirmation_alerts_off(world: World) -> None:
    world.centre.email_alerts = False
    world.centre.save()
    world.open(reverse("step_entries:entry-confirmation", args=[world.entries(1)[0].number]))


@state
def confirmation_late(world: World) -> None:
    [entry] = world.entries(1, created_at=timezone.now() - DAY)
    world.open(reverse("step_entries:entry-confirmation", args=[entry.number]))


@state
def not_allowed(world: World) -> None:
    world.open(reverse("step_entries:draft-check", args=[world.draft().key]), person="colleague")


@state
def page_too_old(world: World) -> None:
    world.open(world.step("candidate", world.draft(answers={})))
    world.page.context.clear_cookies(name="csrf")
    world.next()
