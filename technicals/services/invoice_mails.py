"""The mails that bring invoices: PDF and CSV are attached when they are sent, and no candidate is named."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Count

from centres.models import Centre, Membership
from centres.rules import WRITING_ROLES
from core.history import history_of, record
from core.refusals import raise_if_any
from outbox.services import queue_email

from ..models import FeeLine, Invoice, InvoiceRun
from ..rules.invoicing import meaning_of, refusals_to_mail, title_of

COMPOSER = "technicals-invoice"
MAILED_AGAIN = "technicals-invoice.mailed-again"
SHOWN_ORDERS = 20


def queue_invoice_mails(run: InvoiceRun, *, at: datetime) -> None:
    """A mail for each invoice of a run to whoever gets invoices of its centre; none where a centre has nobody.

    These mails are sent whatever the centre's preference for mails about entries says.
    """
    invoices = run.invoices.select_related("centre__exams_officer").annotate(line_count=Count("lines")).order_by("pk")
    to = recipients_of([invoice.centre for invoice in invoices])
    orders = _order_numbers(invoices)
    for invoice in invoices:
        _queue(invoice, to[invoice.centre_id], orders.get(invoice.pk, []), at=at, time=1)


@transaction.atomic
def mail_again(*, invoice: Invoice, by: Any, at: datetime) -> list[str]:
    """Mail an invoice anew, to whoever gets invoices of its centre now; the addresses. Raises Refused.

    The address that it was sent to last is kept on the invoice.
    """
    invoice = Invoice.objects.select_for_update(of=("self",)).select_related("centre__exams_officer").get(pk=invoice.pk)
    to = recipients_of([invoice.centre])[invoice.centre_id]
    raise_if_any(refusals_to_mail(invoice.centre, to))
    before, invoice.sent_to = invoice.sent_to, to[0]
    invoice.save(update_fields=["sent_to"])
    record(by=by, at=at, action=MAILED_AGAIN, subjects=[invoice], changes={"sent to": [before, to[0]]})
    time = 1 + history_of(invoice).filter(action=MAILED_AGAIN).count()
    _queue(invoice, to, _order_numbers([invoice]).get(invoice.pk, []), at=at, time=time)
    return to


def recipients_of(centres: Iterable[Centre]) -> dict[int, list[str]]:
    """Who gets the invoices of each centre, by its id: the accounts address, else the exams officer, else all who
    make entries. One query; the centres come with their exams officers.
    """
    centres = list(centres)
    members = Membership.objects.filter(centre__in=[centre for centre in centres if not centre.accounts_email])
    here = members.filter(ended_at=None, user__is_active=True).order_by("user__email")
    writing: dict[int, list[str]] = {centre.pk: [] for centre in centres}
    officers: dict[int, str] = {}
    of_centre = {centre.pk: centre.exams_officer_id for centre in centres}
    for centre, user, email, role in here.values_list("centre_id", "user_id", "user__email", "role"):
        if user == of_centre[centre]:
            officers[centre] = email
        if role in WRITING_ROLES:
            writing[centre].append(email)
    return {centre.pk: _addresses(centre, officers.get(centre.pk, ""), writing[centre.pk]) for centre in centres}


def _addresses(centre: Centre, officer: str, writing: list[str]) -> list[str]:
    one = centre.accounts_email or officer
    return [one] if one else writing


def _order_numbers(invoices: Iterable[Invoice]) -> dict[int, list[str]]:
    """The order numbers of each invoice, by its id; one query."""
    lines = FeeLine.objects.filter(invoice__in=[invoice.pk for invoice in invoices]).exclude(order_number="")
    found: dict[int, list[str]] = {}
    for pk, order in lines.order_by("order_number").values_list("invoice", "order_number").distinct():
        found.setdefault(pk, []).append(order)
    return found


def _queue(invoice: Invoice, to: list[str], orders: list[str], *, at: datetime, time: int) -> None:
    if not to:
        return
    queue_email(
        key=f"technicals-invoice:{invoice.number}:{time}",
        template="technicals_invoice",
        context={
            "invoice": invoice,
            "title": title_of(invoice),
            "meaning": meaning_of(invoice),
            "orders": orders[:SHOWN_ORDERS],
            "more_orders": max(0, len(orders) - SHOWN_ORDERS),
            "credit_control": settings.CREDIT_CONTROL_EMAIL,
        },
        to=to,
        at=at,
        composer=COMPOSER,
        can_wait=True,
    )
