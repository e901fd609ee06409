"""Signing in, the account, colleagues and centres."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from accounts.services.signing_in import know_browser
from centres.enums import Role
from tests.browser.pages import press
from tests.browser.states.world import World, state
from tests.factories.centres import MembershipFactory

DAY = timedelta(days=1)


@state
def sign_in(world: World) -> None:
    world.open("/", person=None)


@state
def sign_in_refused(world: World) -> None:
    world.open("/", person=None)
    world.page.get_by_label("Username").fill("nobody@school.example")
    world.page.get_by_label("Password").fill("wrong")
    press(world.page, "Log in")


@state
def forgotten_password(world: World) -> None:
    world.open(reverse("accounts:password-forgotten"), person=None)


@state
def forgotten_password_sent(world: World) -> None:
    world.open(reverse("accounts:password-forgotten"), person=None)
    world.page.get_by_label("Username").fill("nobody@school.example")
    press(world.page, "Send a new password")


@state
def sign_in_locked(world: World) -> None:
    world.open("/", person=None)
    for _ in range(3):
        world.page.get_by_label("Username").fill("nobody@school.example")
        world.page.get_by_label("Password").fill("a wrong password")
        press(world.page, "Log in")


@state
def my_details(world: World) -> None:
    know_browser(user=world.officer, browser="", label="Firefox on Windows", at=timezone.now())
    world.open(reverse("accounts:my-details"))


@state
def my_details_errors(world: World) -> None:
    world.open(reverse("accounts:my-details"))
    world.page.get_by_label("Existing password").fill("wrong")
    press(world.page, "Submit")


@state
def second_factor_set_up(world: World) -> None:
    world.open(reverse("accounts:second-factor-set-up"))


@state
def colleagues(world: World) -> None:
    world.centre.members_manage_colleagues = True
    world.centre.save()
    world.officer.memberships.update(role=Role.CENTRE_ADMINISTRATOR)
    world.open(reverse("centres:colleagues"))


@state
def several_centres(world: World) -> None:
    MembershipFactory(user=world.officer, centre__name="Southfield College")
    world.open("/")


@state
def session_warning(world: World) -> None:
    world.open("/")
    world.page.evaluate("document.getElementById('session-warning').hidden = false")


@state
def no_centre(world: World) -> None:
    world.open("/", person="stranger")


@state
def page_too_old_elsewhere(world: World) -> None:
    world.open("/", person=None)
    world.page.context.clear_cookies(name="csrf")
    world.page.get_by_label("Username").fill("officer@northgate.example")
    world.page.get_by_label("Password").fill("something")
    press(world.page, "Log in")
