"""The webforms of requests: empty, with errors, closed, checked, discarded."""

from functools import partial
from typing import Any

from django.urls import reverse
from django.utils import timezone

from requests_forms.enums import ABOUT_AN_ENTRY, Kind, ScanState, Status
from requests_forms.models import Request
from requests_forms.services import send_request
from step_entries.models import StepEntry
from step_entries.services import withdraw_entry
from tests.browser.pages import press
from tests.browser.request_world import (
    CLOSED,
    LETTER,
    OPEN,
    PHASE_OF,
    SAT,
    about,
    can_be_told,
    candidate_of,
    entered,
    invoice_of,
    move_to,
    right_answers,
)
from tests.browser.states.world import STATES, World, state
from tests.factories.requests import EvidenceFactory, RequestFactory


def entry_in(world: World, phase: str) -> StepEntry:
    """An entry of the officer, in a session that has come to this phase."""
    move_to(phase, world.session)
    return entered(world.session, world.officer)


def draft_of(world: World, kind: Kind, **answers: Any) -> Request:
    """A request that can be sent, but for the changes to its answers."""
    entry = entry_in(world, PHASE_OF[kind]) if kind in ABOUT_AN_ENTRY else None
    return RequestFactory(
        kind=kind,
        status=Status.DRAFT,
        **about(kind, world.centre, entry),
        centre=world.centre,
        started_by=world.officer,
        answers=right_answers(kind, world.session) | answers,
    )


def open_new(world: World, kind: Kind, phase: str = "") -> None:
    """The form of a new request."""
    if kind == Kind.ACCOUNT_CHANGE:
        return world.open(reverse("requests:new-account"))
    if kind == Kind.INVOICE_QUERY:
        return world.open(reverse("requests:new-invoice-query", args=[invoice_of(world.centre).number]))
    if kind == Kind.CANDIDATE_CORRECTION:
        return world.open(reverse("requests:new-candidate-correction", args=[candidate_of(world.centre).key]))
    entry = entry_in(world, phase or PHASE_OF[kind])
    return world.open(reverse("requests:new", args=[kind, entry.number]))


def open_page(world: World, page: str, case: Request, person: str = "officer") -> None:
    world.open(reverse(f"requests:{page}", args=[case]), person=person)


def go_on(world: World) -> None:
    press(world.page, "Continue")


def empty(kind: Kind, world: World) -> None:
    open_new(world, kind)


def errors(kind: Kind, world: World) -> None:
    open_new(world, kind)
    go_on(world)


def check(kind: Kind, world: World) -> None:
    case = draft_of(world, kind)
    if kind == Kind.SPECIAL_CONSIDERATION:
        EvidenceFactory(request=case, name="letter of the hospital.pdf")
    open_page(world, "check", case)


for each in Kind:
    STATES[f"request-{each}-empty"] = partial(empty, each)
    STATES[f"request-{each}-errors"] = partial(errors, each)
    STATES[f"request-{each}-check"] = partial(check, each)


@state
def request_arrangement_details_missing(world: World) -> None:
    ticked = {"a_assistant": True, "a_medical-item": True, "d_extra-time-other": "half"}
    case = draft_of(world, Kind.ACCESS_ARRANGEMENT, evidence_type="", is_told=False, **ticked)
    open_page(world, "edit", case)
    go_on(world)


@state
def request_arrangement_late(world: World) -> None:
    open_new(world, Kind.ACCESS_ARRANGEMENT, CLOSED)


@state
def request_arrangement_late_check(world: World) -> None:
    case = draft_of(world, Kind.ACCESS_ARRANGEMENT, a_braille=False)
    move_to(CLOSED, world.session)
    open_page(world, "check", case)


@state
def request_with_files_and_one_refused(world: World) -> None:
    case = draft_of(world, Kind.ACCESS_ARRANGEMENT)
    EvidenceFactory(request=case, name="letter of the hospital.png")
    EvidenceFactory(request=case, name="plan.pdf", scan_state=ScanState.HELD)
    open_page(world, "edit", case)
    world.page.set_input_files("#id_files", LETTER | {"name": "virus.exe", "buffer": b"MZ" * 100})
    go_on(world)


@state
def request_variation_whose_times_disagree(world: World) -> None:
    open_page(world, "edit", draft_of(world, Kind.TIMETABLE_VARIATION, uk_time="10:59"))
    go_on(world)


@state
def request_amendment_errors_in_details(world: World) -> None:
    wrong = {"last_name": "Sm1th", "date_of_birth": "31/02/2009", "ucas_id": "1", "courses": []}
    open_page(world, "edit", draft_of(world, Kind.ENTRY_AMENDMENT, **wrong))
    go_on(world)


@state
def request_consideration_with_others(world: World) -> None:
    case = draft_of(world, Kind.SPECIAL_CONSIDERATION)
    others = [entered(world.session, world.officer, name) for name in ("Jones", "Brown-Featherstonehaugh")]
    Request.objects.update(answers=case.answers | {"others": [others[0].number, "S99999"]})
    open_page(world, "edit", case)
    go_on(world)


@state
def request_consideration_check_of_an_event(world: World) -> None:
    case = draft_of(world, Kind.SPECIAL_CONSIDERATION)
    others = [entered(world.session, world.officer, name) for name in ("Jones", "Brown")]
    can_be_told(case.entry)
    Request.objects.update(answers=case.answers | {"others": [other.number for other in others]})
    others[0].courses.clear()
    open_page(world, "check", case)


@state
def request_account_user_missing(world: World) -> None:
    open_page(world, "edit", draft_of(world, Kind.ACCOUNT_CHANGE, change="amend-user"))
    go_on(world)


@state
def request_account_accounts_contact(world: World) -> None:
    type(world.centre).objects.update(accounts_contact="The finance office", accounts_email="finance@school.example")
    world.open(reverse("requests:new-account") + "?change=accounts-contact")
    go_on(world)


@state
def request_invoice_query_names_a_candidate(world: World) -> None:
    case = draft_of(world, Kind.INVOICE_QUERY)
    line = case.invoice.lines.get()
    Request.objects.update(answers=case.answers | {"detail": f"{line.registration.candidate} is not ours."})
    open_page(world, "edit", case)
    go_on(world)


@state
def request_correction_begun_on_edit_candidate(world: World) -> None:
    world.open(reverse("candidates:candidate-edit", args=[candidate_of(world.centre).key]))
    world.page.get_by_label("Date of birth (DD/MM/YYYY)").fill("05/03/2009")
    press(world.page, "Ask OCR for this change")


@state
def request_correction_asked_for_already(world: World) -> None:
    case = draft_of(world, Kind.CANDIDATE_CORRECTION)
    send_request(request=case, seen=None, by=world.officer, at=timezone.now())
    world.open(reverse("requests:new-candidate-correction", args=[case.candidate.key]))
    go_on(world)


@state
def candidate_edit_guarded(world: World) -> None:
    world.open(reverse("candidates:candidate-edit", args=[candidate_of(world.centre).key]))
    world.page.get_by_label("Date of birth (DD/MM/YYYY)").fill("05/03/2009")
    press(world.page, "Save changes")


@state
def request_saved_for_later(world: World) -> None:
    open_new(world, Kind.WITHDRAWAL)
    world.page.get_by_label("Medical reasons", exact=True).check()
    press(world.page, "Save for later")


@state
def request_before_its_window(world: World) -> None:
    open_new(world, Kind.WITHDRAWAL, OPEN)


@state
def request_after_its_window(world: World) -> None:
    open_new(world, Kind.TIMETABLE_VARIATION, SAT)


@state
def request_for_a_withdrawn_entry(world: World) -> None:
    entry = entry_in(world, OPEN)
    withdraw_entry(entry=entry, version=None, by=world.officer, at=entry.confirmed_at)
    world.open(reverse("requests:new", args=[Kind.ACCESS_ARRANGEMENT, entry.number]))


@state
def request_draft_whose_window_closed(world: World) -> None:
    case = draft_of(world, Kind.TIMETABLE_VARIATION)
    move_to(CLOSED, world.session)
    open_page(world, "edit", case)


@state
def request_check_whose_window_closed(world: World) -> None:
    case = draft_of(world, Kind.TIMETABLE_VARIATION)
    move_to(CLOSED, world.session)
    open_page(world, "check", case)


@state
def request_check_changed_meanwhile(world: World) -> None:
    case = draft_of(world, Kind.WITHDRAWAL)
    open_page(world, "check", case)
    Request.objects.update(answers=case.answers | {"detail": "She broke her leg."})
    press(world.page, "Send request")


@state
def request_discard(world: World) -> None:
    case = draft_of(world, Kind.ACCESS_ARRANGEMENT)
    EvidenceFactory(request=case)
    open_page(world, "discard", case)


@state
def request_form_not_allowed(world: World) -> None:
    open_page(world, "edit", draft_of(world, Kind.WITHDRAWAL), person="colleague")
