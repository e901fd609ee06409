"""What a centre submitted, by whichever door, and what became of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from ..enums import Channel, SubmissionStatus
from ..querysets import SubmissionQuerySet


class SubmissionNumberCounter(models.Model):
    """The last submission number that was given, by the letters that it begins with."""

    letter = models.CharField(max_length=2, primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.letter}{self.last:06}"


class Submission(models.Model):
    """One line of the entry submission history.

    upload: the rows of its spreadsheet; empty for the web form, and once an unreadable file is gone.
    refusals: why it failed, as a list of {"code", "sentence", "row"}; row is None where no row is at fault.
    counts: what was entered: {"rows": n, "registrations": n, "unit_entries": n, "already": n}.
    """

    number = models.CharField(max_length=8, unique=True, help_text="CT and six digits.")
    centre = models.ForeignKey("centres.Centre", on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=12, choices=Channel)
    status = models.CharField("entry status", max_length=30, choices=SubmissionStatus)
    upload = models.ForeignKey("uploads.Upload", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    file_name = models.CharField(max_length=100, blank=True)
    series = models.ForeignKey("technicals.Series", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    order_number = models.CharField("order number or reference", max_length=20, blank=True)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField()
    processed_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0, help_text="How often its processing was begun.")
    refusals = models.JSONField(default=list, blank=True)
    counts = models.JSONField(default=dict, blank=True)
    duplicate_of = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    note = models.CharField("note to the centre", max_length=500, blank=True)
    form_key = models.UUIDField(
        null=True, blank=True, unique=True, editable=False, help_text="Of the web form that was submitted, once."
    )

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        ordering = ["-submitted_at", "-pk"]
        indexes = [
            models.Index(fields=["centre", "-submitted_at"], name="submission_by_centre"),
            models.Index(fields=["status"], name="submission_by_status"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=SubmissionStatus.values), name="submission_status_is_among_its_words"
            ),
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="channel_is_among_its_words"),
        ]

    def __str__(self) -> str:
        return self.number
