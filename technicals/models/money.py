"""What entries cost. Nothing here is ever deleted."""

from django.db import models
from django.db.models import Q

from ..enums import PriceKind


class FeeLine(models.Model):
    """One charge for one entry, at the price of the moment at which it was submitted."""

    centre = models.ForeignKey("centres.Centre", on_delete=models.PROTECT, related_name="+")
    submission = models.ForeignKey("technicals.Submission", on_delete=models.PROTECT, related_name="fee_lines")
    registration = models.ForeignKey(
        "technicals.Registration", null=True, blank=True, on_delete=models.PROTECT, related_name="fee_lines"
    )
    unit_entry = models.ForeignKey(
        "technicals.UnitEntry", null=True, blank=True, on_delete=models.PROTECT, related_name="fee_lines"
    )
    kind = models.CharField(max_length=12, choices=PriceKind)
    amount = models.IntegerField("amount in pence", null=True, blank=True, help_text="Empty: on invoice.")
    is_sample = models.BooleanField("sample amount", default=False)
    order_number = models.CharField("order number or reference", max_length=20, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(registration=None) ^ Q(unit_entry=None), name="a_fee_line_is_for_one_entry"
            ),
            models.CheckConstraint(condition=Q(kind__in=PriceKind.values), name="fee_kind_is_among_its_words"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {'on invoice' if self.amount is None else self.amount}"
