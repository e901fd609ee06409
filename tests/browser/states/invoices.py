"""Invoices: the pages of a centre, and the run in the administration."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from core.moments import uk_date
from technicals.enums import PriceKind
from technicals.models import FeeLine, Invoice
from tests.browser.states.admin_technicals import open_admin
from tests.browser.states.technicals import page_of
from tests.browser.states.world import World, admin_state, state
from tests.factories.candidates import CandidateFactory
from tests.factories.centres import CentreFactory
from tests.factories.technicals import (
    PriceFactory,
    QualificationFactory,
    RegistrationFactory,
    SubmissionFactory,
    TechnicalsApprovalFactory,
    UnitEntryFactory,
    exam_series,
)
from tests.technicals.invoices import credit, line, run

CANDIDATES, MANY = 6, 130


def charged(world: World, count: int = CANDIDATES, **fields: Any) -> list[FeeLine]:
    """Registrations of some candidates under an order number, a late resit without one, and a credit."""
    world.centre.accounts_contact, world.centre.accounts_email = "The finance office", "finance@northgate.example"
    world.centre.save()
    TechnicalsApprovalFactory(centre=world.centre)
    submission = SubmissionFactory(centre=world.centre, submitted_by=world.officer, order_number="PO 4711/26")
    code = QualificationFactory(code="05835", size="Extended Certificate")
    shared = {"centre": world.centre, "submission": submission, "qualification": code}
    people = [CandidateFactory(centre=world.centre) for _ in range(count)]
    lines = [
        line(
            world.centre,
            14200,
            registration=RegistrationFactory(candidate=candidate, **shared),
            order_number="PO 4711/26",
            **fields,
        )
        for candidate in people
    ]
    unit = UnitEntryFactory(candidate=people[0], unit__title="The business environment", series=exam_series(), **shared)
    for kind, amount in ((PriceKind.RESIT, 3625), (PriceKind.LATE, 4400)):
        lines.append(line(world.centre, amount, registration=None, unit_entry=unit, kind=kind, **fields))
    return [*lines, credit(lines[0])]


def invoiced(world: World, **fields: Any) -> Invoice:
    """The invoice of what was charged."""
    charged(world, **fields)
    run(world.people["staff"], timezone.now())
    return Invoice.objects.latest("pk")


@state
def invoices(world: World) -> None:
    first = invoiced(world)
    for order in ("A 1", "B 2", "C 3", "D 4", "E 5", "F 6"):
        line(world.centre, 2500, order_number=order, is_sample=True)
    run(world.people["staff"], timezone.now())
    credit(first.lines.filter(credited_by=None, credits=None).order_by("pk")[0])
    run(world.people["staff"], timezone.now())
    line(world.centre, 14200, order_number="PO 4711/26", is_sample=True)
    line(world.centre, None)
    page_of(world, "invoices")


@state
def invoices_none(world: World) -> None:
    page_of(world, "invoices")


@state
def invoices_read_only(world: World) -> None:
    invoiced(world)
    page_of(world, "invoices", person="colleague")


@state
def invoice(world: World) -> None:
    page_of(world, "invoice", invoiced(world).number)


@state
def invoice_sample_long(world: World) -> None:
    page_of(world, "invoice", invoiced(world, count=MANY, is_sample=True).number)


@state
def invoice_read_only(world: World) -> None:
    page_of(world, "invoice", invoiced(world).number, person="colleague")


@admin_state
def admin_invoice_run_preview(world: World) -> None:
    charged(world, is_sample=True)
    line(CentreFactory(), None, kind=PriceKind.TOP_UP)
    open_admin(world, "invoicerun_make", query=f"?until={uk_date(timezone.now()):%d/%m/%Y}")


@admin_state
def admin_invoice_run_nothing(world: World) -> None:
    open_admin(world, "invoicerun_make")


@admin_state
def admin_invoice_run_error(world: World) -> None:
    open_admin(world, "invoicerun_make", query="?until=31/02/2027")


@admin_state
def admin_invoice_run_made(world: World) -> None:
    line(CentreFactory(name="Somewhere Else Sixth Form College"), 700)
    PriceFactory(kind=PriceKind.TOP_UP, amount=3000, since=uk_date(timezone.now()) - timedelta(days=1))
    line(world.centre, None, kind=PriceKind.TOP_UP)
    open_admin(world, "invoicerun_made", invoiced(world, is_sample=True).run.pk)


@admin_state
def admin_invoice_runs(world: World) -> None:
    invoiced(world)
    open_admin(world, "invoicerun_changelist")


@admin_state
def admin_invoices(world: World) -> None:
    invoiced(world)
    open_admin(world, "invoice_changelist")
