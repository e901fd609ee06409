"""What entries cost, and the invoices that ask for it. Nothing here is ever deleted."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from ..enums import FeeReason, PriceKind
from ..querysets import FeeLineQuerySet, InvoiceQuerySet


class InvoiceNumberCounter(models.Model):
    """The last invoice number that was given, by the letters that it begins with."""

    letter = models.CharField(max_length=2, primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.letter}{self.last:06}"


class InvoiceRun(models.Model):
    """One go of staff through all fee lines until a day: an invoice for each centre that has any.

    until: the last day, in the United Kingdom, whose fee lines it took. unpriced: how many it left, without a price.
    """

    until = models.DateField("fee lines until")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    unpriced = models.PositiveIntegerField("lines left without a price", default=0)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"Invoices until {self.until:%d/%m/%Y}"


class Invoice(models.Model):
    """What a centre is asked to pay, or is credited where the total is below nothing.

    total: pence, the sum of its fee lines. sent_to: the address that it was mailed to.
    """

    number = models.CharField(max_length=8, unique=True, help_text="TI and six digits.")
    run = models.ForeignKey(InvoiceRun, on_delete=models.PROTECT, related_name="invoices")
    centre = models.ForeignKey("centres.Centre", on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField()
    total = models.IntegerField("total in pence")
    is_sample = models.BooleanField("has sample amounts", default=False)
    accounts_contact = models.CharField(max_length=120, blank=True)
    sent_to = models.EmailField(blank=True)

    objects = InvoiceQuerySet.as_manager()

    class Meta:
        ordering = ["-issued_at", "-pk"]
        indexes = [models.Index(fields=["centre", "-issued_at"], name="invoice_by_centre")]
        constraints = [
            models.UniqueConstraint(fields=["run", "centre"], name="a_run_makes_one_invoice_for_a_centre"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_credit_note(self) -> bool:
        """Whether the centre is owed money by it."""
        return self.total < 0


class FeeLine(models.Model):
    """One charge for one entry, at the price of the moment at which it was submitted; or what is credited of one.

    credits: the charge that is taken back; its amount stands here with the sign turned round.
    """

    centre = models.ForeignKey("centres.Centre", on_delete=models.PROTECT, related_name="+")
    submission = models.ForeignKey("technicals.Submission", on_delete=models.PROTECT, related_name="fee_lines")
    registration = models.ForeignKey(
        "technicals.Registration", null=True, blank=True, on_delete=models.PROTECT, related_name="fee_lines"
    )
    unit_entry = models.ForeignKey(
        "technicals.UnitEntry", null=True, blank=True, on_delete=models.PROTECT, related_name="fee_lines"
    )
    kind = models.CharField(max_length=12, choices=PriceKind)
    reason = models.CharField(max_length=12, choices=FeeReason, default=FeeReason.CHARGED)
    credits = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="credited_by")
    amount = models.IntegerField("amount in pence", null=True, blank=True, help_text="Empty: on invoice.")
    is_sample = models.BooleanField("sample amount", default=False)
    order_number = models.CharField("order number or reference", max_length=20, blank=True)
    invoice = models.ForeignKey(Invoice, null=True, blank=True, on_delete=models.PROTECT, related_name="lines")
    created_at = models.DateTimeField()

    objects = FeeLineQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["centre"], condition=Q(invoice=None), name="fee_line_not_invoiced")]
        constraints = [
            models.CheckConstraint(
                condition=Q(registration=None) ^ Q(unit_entry=None), name="a_fee_line_is_for_one_entry"
            ),
            models.CheckConstraint(condition=Q(kind__in=PriceKind.values), name="fee_kind_is_among_its_words"),
            models.CheckConstraint(condition=Q(reason__in=FeeReason.values), name="fee_reason_is_among_its_words"),
            models.CheckConstraint(
                condition=Q(reason=FeeReason.CHARGED, credits=None) | ~Q(reason=FeeReason.CHARGED) & ~Q(credits=None),
                name="a_fee_line_is_a_charge_or_credits_one",
            ),
            models.UniqueConstraint(fields=["credits"], name="a_charge_is_credited_once"),
            models.CheckConstraint(
                condition=Q(invoice=None) | Q(amount__isnull=False), name="what_is_invoiced_has_an_amount"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {'on invoice' if self.amount is None else self.amount}"

    @property
    def entry(self) -> Any:
        """The registration or unit entry that it is for."""
        return self.registration or self.unit_entry
