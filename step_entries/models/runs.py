from django.conf import settings
from django.db import models

from ..enums import ConfirmationOutcome


class ConfirmationRun(models.Model):
    """One pass over the entries that were due for confirmation."""

    started_at = models.DateTimeField()
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Empty for a scheduled run.",
    )
    is_finished = models.BooleanField("finished", default=False, help_text="No where the run was cut off.")
    confirmed = models.PositiveIntegerField(default=0)
    held = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-started_at"]

    def __str__(self) -> str:
        return f"Run {self.pk}"


class ConfirmationItem(models.Model):
    """An entry that a run found due and did not confirm, with the reason."""

    run = models.ForeignKey(ConfirmationRun, on_delete=models.CASCADE, related_name="items")
    entry = models.ForeignKey("step_entries.StepEntry", on_delete=models.CASCADE, related_name="+")
    outcome = models.CharField(max_length=10, choices=ConfirmationOutcome)
    reason = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "entry"], name="one_item_per_run_and_entry"),
            models.CheckConstraint(
                condition=models.Q(outcome__in=ConfirmationOutcome.values), name="outcome_is_among_its_words"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id}: {self.get_outcome_display()}"
