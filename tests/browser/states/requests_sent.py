"""Requests that were sent: their list, each status, answers, files, and their place on the other pages."""

from typing import Any

from django.urls import reverse
from django.utils import timezone

from requests_forms.enums import ENDED, Act, Kind, ScanState, Severity
from requests_forms.models import Request
from requests_forms.services import (
    answer_request,
    ask_for_more,
    decide_request,
    send_request,
    take_up,
    withdraw_request,
)
from tests.browser.pages import press
from tests.browser.request_world import SAT, about, entered, move_to
from tests.browser.states.requests import draft_of, entry_in, open_page
from tests.browser.states.world import World, state
from tests.factories.requests import EvidenceFactory, RequestFactory


def sent(world: World, kind: Kind, **answers: Any) -> Request:
    return send_request(request=draft_of(world, kind, **answers), seen=None, by=world.officer, at=timezone.now())


def seen_by(case: Request, by: Any) -> dict[str, Any]:
    """What every act on a request is given."""
    return {"request": case, "version": case.version, "by": by, "at": timezone.now()}


def asked(world: World, case: Request) -> Request:
    text = "What does the letter say about June?\n\nSend the whole letter, all pages of it."
    return ask_for_more(**seen_by(case, world.people["staff"]), text=text)


def answered(world: World, case: Request) -> Request:
    return answer_request(**seen_by(case, world.officer), text="She cannot write.\nNot in June either.", files=[])


def decided(world: World, case: Request, act: Act, text: str = "", **given: Any) -> Request:
    return decide_request(**seen_by(case, world.people["staff"]), act=act, text=text, **given)


@state
def request_submitted(world: World) -> None:
    case = draft_of(world, Kind.ACCESS_ARRANGEMENT)
    EvidenceFactory(request=case, name="letter of the hospital.png")
    EvidenceFactory(request=case, name="plan.pdf", scan_state=ScanState.HELD)
    EvidenceFactory(request=case, name="scan.png", scan_state=ScanState.INFECTED)
    open_page(world, "detail", send_request(request=case, seen=None, by=world.officer, at=timezone.now()))


@state
def request_consideration_submitted(world: World) -> None:
    open_page(world, "detail", sent(world, Kind.SPECIAL_CONSIDERATION))


@state
def request_in_progress(world: World) -> None:
    case = sent(world, Kind.TIMETABLE_VARIATION)
    open_page(world, "detail", take_up(**seen_by(case, world.people["staff"])))


@state
def request_evidence_to_follow(world: World) -> None:
    open_page(world, "detail", sent(world, Kind.WITHDRAWAL))


@state
def request_more_information_needed(world: World) -> None:
    case = asked(world, answered(world, asked(world, sent(world, Kind.SPECIAL_CONSIDERATION))))
    EvidenceFactory(request=case, message=case.messages.filter(is_of_staff=False).get(), name="letter.png")
    open_page(world, "detail", case)


@state
def request_approved(world: World) -> None:
    case = sent(world, Kind.ACCESS_ARRANGEMENT)
    open_page(world, "detail", decided(world, case, Act.ACCEPT, "The Braille paper comes with the others."))


@state
def request_declined(world: World) -> None:
    case = sent(world, Kind.ENTRY_AMENDMENT)
    open_page(world, "detail", decided(world, case, Act.DECLINE, "The name is as on her passport."))


@state
def request_completed(world: World) -> None:
    case = sent(world, Kind.WITHDRAWAL)
    open_page(world, "detail", decided(world, case, Act.ACCEPT))


@state
def request_consideration_completed(world: World) -> None:
    case = sent(world, Kind.SPECIAL_CONSIDERATION)
    open_page(world, "detail", decided(world, case, Act.ACCEPT, "Serious.", severity=Severity.SERIOUS))


@state
def request_account_change_completed(world: World) -> None:
    case = sent(world, Kind.ACCOUNT_CHANGE)
    open_page(world, "detail", decided(world, case, Act.ACCEPT))


@state
def request_invoice_query_answered(world: World) -> None:
    case = sent(world, Kind.INVOICE_QUERY)
    words = "The order number stands on the next invoice.\nThe amount stays as it is."
    open_page(world, "detail", decided(world, case, Act.ACCEPT, words))


@state
def request_invoice_query_withdraw(world: World) -> None:
    open_page(world, "withdraw", sent(world, Kind.INVOICE_QUERY))


@state
def request_correction_proof_to_follow(world: World) -> None:
    open_page(world, "detail", sent(world, Kind.CANDIDATE_CORRECTION))


@state
def request_correction_answer(world: World) -> None:
    open_page(world, "answer", asked(world, answered(world, sent(world, Kind.CANDIDATE_CORRECTION))))


@state
def request_correction_completed(world: World) -> None:
    open_page(world, "detail", decided(world, sent(world, Kind.CANDIDATE_CORRECTION), Act.ACCEPT))


@state
def request_withdrawn(world: World) -> None:
    case = sent(world, Kind.TIMETABLE_VARIATION)
    open_page(world, "detail", withdraw_request(**seen_by(case, world.officer)))


@state
def request_reduced(world: World) -> None:
    case = decided(world, sent(world, Kind.ACCESS_ARRANGEMENT), Act.ACCEPT)
    Request.objects.update(answers={}, reduced_at=timezone.now())
    open_page(world, "detail", case)


@state
def request_read_only(world: World) -> None:
    case = asked(world, sent(world, Kind.ACCESS_ARRANGEMENT))
    open_page(world, "detail", case, person="colleague")


@state
def request_not_sent_read_only(world: World) -> None:
    open_page(world, "detail", draft_of(world, Kind.ACCESS_ARRANGEMENT), person="colleague")


@state
def request_answer(world: World) -> None:
    open_page(world, "answer", asked(world, sent(world, Kind.ACCESS_ARRANGEMENT)))


@state
def request_answer_with_evidence_to_follow(world: World) -> None:
    open_page(world, "answer", sent(world, Kind.WITHDRAWAL))


@state
def request_answer_errors(world: World) -> None:
    request_answer(world)
    world.page.set_input_files("#id_files", {"name": "letter.docx", "mimeType": "", "buffer": b"PK" * 100})
    press(world.page, "Send answer")


@state
def request_withdraw(world: World) -> None:
    open_page(world, "withdraw", sent(world, Kind.ACCESS_ARRANGEMENT))


def open_evidence(world: World, scan_state: str, person: str = "officer") -> None:
    file = EvidenceFactory(request=sent(world, Kind.ACCESS_ARRANGEMENT), scan_state=scan_state)
    world.open(reverse("requests:evidence", args=[file.request, file.key]), person=person)


@state
def request_evidence_held(world: World) -> None:
    open_evidence(world, ScanState.HELD)


@state
def request_evidence_infected(world: World) -> None:
    open_evidence(world, ScanState.INFECTED)


@state
def request_evidence_not_allowed(world: World) -> None:
    open_evidence(world, ScanState.CLEAN, person="colleague")


@state
def requests_empty(world: World) -> None:
    world.open(reverse("requests:list"))


@state
def requests_one(world: World) -> None:
    sent(world, Kind.ACCESS_ARRANGEMENT)
    world.open(reverse("requests:list"))


def many(world: World) -> None:
    """Five entries, each with a request of each kind and of many statuses."""
    move_to(SAT, world.session)
    entries = [entered(world.session, world.officer, name) for name in ("Jones", "Brown", "Khan", "Li", "Müller-Søby")]
    for number, entry in enumerate(entries):
        for place, kind in enumerate(Kind):
            late = {"is_late": kind == Kind.ACCESS_ARRANGEMENT}
            status = ["draft", "submitted", "in-progress", "more-information", *ENDED][(number + place) % 8]
            RequestFactory(
                kind=kind,
                status=status,
                started_by=world.officer,
                centre=world.centre,
                **about(kind, world.centre, entry),
                **late,
            )


@state
def requests_many(world: World) -> None:
    many(world)
    world.open(reverse("requests:list") + "?status=all")


@state
def requests_filtered_to_nothing(world: World) -> None:
    many(world)
    world.open(reverse("requests:list") + "?search=Nobody&kind=withdrawal")


@state
def requests_read_only(world: World) -> None:
    many(world)
    world.open(reverse("requests:list"), person="colleague")


@state
def overview_with_requests(world: World) -> None:
    many(world)
    world.open("/")
    world.page.locator(".action-list summary").last.click()


@state
def entries_with_requests_of_one_kind(world: World) -> None:
    many(world)
    world.open(reverse("reports:entries") + "?requests=more-information")


@state
def entry_with_requests(world: World) -> None:
    case = sent(world, Kind.WITHDRAWAL)
    RequestFactory(kind=Kind.ENTRY_AMENDMENT, status="draft", entry=case.entry, started_by=world.officer)
    RequestFactory(kind=Kind.ACCESS_ARRANGEMENT, status="declined", entry=case.entry, started_by=world.officer)
    world.open(reverse("step_entries:entry-detail", args=[case.entry.number]))


@state
def entry_without_requests_read_only(world: World) -> None:
    world.open(reverse("step_entries:entry-detail", args=[entry_in(world, SAT).number]), person="colleague")


@state
def my_details_with_requests(world: World) -> None:
    sent(world, Kind.ACCOUNT_CHANGE)
    world.open(reverse("accounts:my-details"))
