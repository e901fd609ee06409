"""Candidates who went from one centre to another with their entries."""

from django.conf import settings
from django.db import models


class Transfer(models.Model):
    """That staff moved what stands of a candidate's entries to another centre (decision 0019).

    source: the record of the centre before, which keeps its history. target: that of the receiving centre, for which
    the attempts of the source count.
    """

    source = models.ForeignKey("candidates.Candidate", on_delete=models.PROTECT, related_name="+")
    target = models.ForeignKey("candidates.Candidate", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(source=models.F("target")), name="a_transfer_leads_to_another_record"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} to {self.target.centre}"
