"""The desk of the STEP team: the queue, the page on which a request is decided, and the notices."""

from functools import partial
from typing import Any

from django.urls import reverse
from django.utils import timezone

from requests_forms.enums import Act, Kind, ScanState, Severity
from requests_forms.models import Request
from requests_forms.services import send_request, take_up
from tests.browser.request_world import can_be_told, entered
from tests.browser.states.requests import draft_of
from tests.browser.states.requests_sent import answered, asked, decided, many, seen_by, sent
from tests.browser.states.world import ADMIN_STATES, World, admin_state
from tests.factories.accounts import UserFactory
from tests.factories.requests import EvidenceFactory

QUEUE = "admin:requests_forms_request_changelist"


def open_desk(world: World, case: Request) -> None:
    world.open(reverse("admin:requests_forms_request_decide", args=[case.pk]), person="staff")


def press(world: World, button: str) -> None:
    with world.page.expect_navigation():
        world.page.get_by_role("button", name=button, exact=True).click()


def desk(kind: Kind, world: World) -> None:
    open_desk(world, sent(world, kind))


for each in Kind:
    ADMIN_STATES[f"admin-request-{each}"] = partial(desk, each)


@admin_state
def admin_requests(world: World) -> None:
    many(world)
    late = Request.objects.sent().first()
    Request.objects.filter(pk=late.pk).update(due_at=late.sent_at)
    world.open(reverse(QUEUE), person="staff")


@admin_state
def admin_requests_filtered_to_nothing(world: World) -> None:
    many(world)
    world.open(reverse(QUEUE) + "?q=Nobody&assignee=me", person="staff")


@admin_state
def admin_request_errors(world: World) -> None:
    open_desk(world, sent(world, Kind.SPECIAL_CONSIDERATION))
    press(world, "Accept")


@admin_state
def admin_request_question_missing(world: World) -> None:
    open_desk(world, sent(world, Kind.WITHDRAWAL, will_follow=False, reason="other"))
    press(world, "Ask for more information")


@admin_state
def admin_request_somebody_was_quicker(world: World) -> None:
    case = sent(world, Kind.ACCESS_ARRANGEMENT)
    open_desk(world, case)
    world.page.get_by_label("Words to the centre").fill("The Braille paper comes with the others.")
    take_up(**seen_by(case, UserFactory(name="Kim Reed", is_staff=True)))
    press(world, "Accept")


@admin_state
def admin_request_with_files_and_thread(world: World) -> None:
    case = draft_of(world, Kind.ACCESS_ARRANGEMENT)
    for name, scan_state in (("letter.png", "clean"), ("plan.pdf", "held"), ("scan.png", "infected")):
        EvidenceFactory(request=case, name=name, scan_state=ScanState(scan_state))
    case = send_request(request=case, seen=None, by=world.officer, at=timezone.now())
    open_desk(world, answered(world, asked(world, case)))


@admin_state
def admin_request_amendment_of_an_entry_changed_since(world: World) -> None:
    case = sent(world, Kind.ENTRY_AMENDMENT)
    entry: Any = case.entry
    entry.last_name = "Smithers"
    entry.save()
    open_desk(world, case)


def event(world: World) -> Request:
    """Special consideration for three candidates of one event."""
    case = draft_of(world, Kind.SPECIAL_CONSIDERATION)
    others = [entered(world.session, world.officer, name).number for name in ("Jones", "Brown")]
    case.answers |= {"others": others}
    case.save()
    return send_request(request=case, seen=None, by=world.officer, at=timezone.now())


@admin_state
def admin_request_of_an_event(world: World) -> None:
    open_desk(world, event(world))


@admin_state
def admin_request_decided(world: World) -> None:
    case = sent(world, Kind.SPECIAL_CONSIDERATION)
    open_desk(world, decided(world, case, Act.ACCEPT, "As in 2026.", severity=Severity.SERIOUS))


@admin_state
def admin_request_reduced(world: World) -> None:
    case = decided(world, sent(world, Kind.WITHDRAWAL), Act.ACCEPT)
    Request.objects.update(answers={}, reduced_at=timezone.now())
    open_desk(world, case)


@admin_state
def admin_notices(world: World) -> None:
    case = event(world)
    can_be_told(case.entry)
    decided(world, case, Act.ACCEPT, severity=Severity.SERIOUS)
    world.open(reverse("admin:requests_forms_request_notices"), person="staff")
    with world.page.expect_download():
        world.page.get_by_role("button", name="Download the file").click()
    world.page.reload()


@admin_state
def admin_notices_without_rows(world: World) -> None:
    world.open(reverse("admin:requests_forms_request_notices"), person="staff")


@admin_state
def admin_front_page_with_requests(world: World) -> None:
    many(world)
    EvidenceFactory(request=Request.objects.sent().first(), scan_state=ScanState.HELD)
    world.open(reverse("admin:index"), person="staff")
