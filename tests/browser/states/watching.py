"""Watching over entries: the list of what is due, the reports, the price of a thought, and a copy to check."""

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from step_entries.models import StepSession
from technicals.enums import EntryState, FeeReason, PriceKind, SeriesKind, SubmissionStatus
from technicals.models import FeeLine, Registration, UnitEntry
from technicals.services.drafts import start_draft
from tests.browser.pages import press
from tests.browser.states.world import World, state
from tests.browser.technicals_world import set_up, with_sample_prices
from tests.factories.candidates import CandidateFactory, GroupFactory
from tests.factories.technicals import (
    QualificationFactory,
    RegistrationFactory,
    SubmissionFactory,
    UnitEntryFactory,
    UnitFactory,
    exam_series,
    today,
)

DAY = timedelta(days=1)
REPORTS = ("entries", "candidates", "groups", "fees", "to-look-at")


def entered(world: World, count: int = 6) -> list[Any]:
    """Candidates of a group, registered, and entered for two units of the January before; June is open."""
    set_up(world.centre)
    begin = today() - 300 * DAY
    january = exam_series(SeriesKind.JANUARY, today().year, opens_on=begin)
    exam_series(SeriesKind.JUNE, is_sample=True, opens_on=today() - 40 * DAY)
    common = {"centre": world.centre, "submission": SubmissionFactory(centre=world.centre), "order_number": "PO 17"}
    common["qualification"] = QualificationFactory(code="05834")
    people = CandidateFactory.create_batch(count, centre=world.centre, ocr_number="", uci="")
    for place, person in enumerate(people):
        completion = today() + 400 * (place - 1) * DAY
        RegistrationFactory(**common, candidate=person, completion_date=completion)
        for number in (1, 2) if place % 2 else ():
            UnitEntryFactory(**common, candidate=person, series=january, unit=UnitFactory(number=number), attempt=2)
    registration = Registration.objects.filter(centre=world.centre).first()
    charges = {"centre": world.centre, "submission": common["submission"], "registration": registration}
    charges |= {"kind": PriceKind.REGISTRATION, "created_at": timezone.now(), "is_sample": True}
    charged = FeeLine.objects.create(**charges, amount=14200)
    FeeLine.objects.create(**charges, amount=-14200, reason=FeeReason.DECISION, credits=charged)
    GroupFactory(centre=world.centre, name="Year 13 Business", members=people)
    return people


def open_report(world: World, report: str, query: str = "") -> None:
    world.open(reverse("reports:technicals-report", args=[report]) + query)


@state
def overview_with_technicals(world: World) -> None:
    entered(world)
    Registration.objects.filter(pk=Registration.objects.latest("pk").pk).update(state=EntryState.WITHDRAWING)
    UnitEntryFactory(centre=world.centre, series=exam_series(SeriesKind.JUNE), unit=UnitFactory(number=1))
    code = QualificationFactory(code="05834")
    start_draft(centre=world.centre, qualification=code, series=None, by=world.officer, at=timezone.now())
    SubmissionFactory(centre=world.centre, status=SubmissionStatus.OCR_HANDLING_THIS)
    exam_series(SeriesKind.JANUARY, today().year + 1)
    world.open("/")


@state
def overview_with_technicals_alone(world: World) -> None:
    StepSession.objects.all().delete()
    world.centre.approvals.all().delete()
    entered(world)
    world.open("/")


@state
def technicals_reports(world: World) -> None:
    set_up(world.centre)
    world.open(reverse("reports:technicals"))


@state
def technicals_report_entries(world: World) -> None:
    entered(world)
    open_report(world, "entries")


@state
def technicals_report_candidates(world: World) -> None:
    entered(world)
    open_report(world, "candidates")


@state
def technicals_report_groups(world: World) -> None:
    entered(world)
    open_report(world, "groups")


@state
def technicals_report_fees(world: World) -> None:
    entered(world)
    open_report(world, "fees")


@state
def technicals_report_to_look_at(world: World) -> None:
    entered(world)
    open_report(world, "to-look-at")


@state
def technicals_report_many(world: World) -> None:
    entered(world, 120)
    open_report(world, "entries", "?page=2")


@state
def technicals_report_empty(world: World) -> None:
    open_report(world, "entries")


@state
def technicals_report_nothing_found(world: World) -> None:
    entered(world)
    open_report(world, "entries", "?state=absent")


@state
def technicals_what_if(world: World) -> None:
    set_up(world.centre)
    with_sample_prices()
    world.open(reverse("technicals:what-if"))
    world.page.get_by_label("Entry code").select_option("05834")
    world.page.get_by_label("Candidates for the full award").fill("12")
    world.page.get_by_label("Unit entries, first").fill("20")
    world.page.get_by_label("Unit entries, resits").fill("4")
    press(world.page, "Show what it would cost")


@state
def technicals_what_if_error(world: World) -> None:
    set_up(world.centre)
    world.open(reverse("technicals:what-if"))
    press(world.page, "Show what it would cost")


@state
def technicals_copy(world: World) -> None:
    entered(world)
    world.open(reverse("technicals:copy"))
    world.page.get_by_label("To be entered for").select_option(f"june-{today().year + 1}")
    press(world.page, "Show what is copied")


@state
def technicals_copy_of_nothing(world: World) -> None:
    entered(world)
    UnitEntry.objects.update(state=EntryState.WITHDRAWN)
    world.open(reverse("technicals:copy"))
    press(world.page, "Show what is copied")


@state
def technicals_copy_without_entries(world: World) -> None:
    set_up(world.centre)
    world.open(reverse("technicals:copy"))
