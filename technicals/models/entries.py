"""Registrations (full awards) and unit entries."""

from django.db import models
from django.db.models import Q

from ..enums import STANDING, EntryState, WithdrawalReason
from ..querysets import EntryQuerySet


class _Entry(models.Model):
    """What registrations and unit entries have in common."""

    centre = models.ForeignKey("centres.Centre", on_delete=models.PROTECT, related_name="+")
    series = models.ForeignKey("technicals.Series", on_delete=models.PROTECT, related_name="+")
    order_number = models.CharField("order number or reference", max_length=20, blank=True)
    row = models.PositiveIntegerField(null=True, blank=True, help_text="In the file of its submission.")
    own_reference = models.CharField("your reference", max_length=30, blank=True)
    state = models.CharField(max_length=12, choices=EntryState, default=EntryState.LIVE)
    created_at = models.DateTimeField()
    withdrawal_asked_at = models.DateTimeField(null=True, blank=True)
    withdrawal_reason = models.CharField(max_length=12, choices=WithdrawalReason, blank=True)
    withdrawal_note = models.CharField(max_length=300, blank=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        abstract = True


class Registration(_Entry):
    """That a candidate is entered for a full award (or topped up, moved down, re-entered) under one entry code."""

    candidate = models.ForeignKey("candidates.Candidate", on_delete=models.PROTECT, related_name="registrations")
    submission = models.ForeignKey("technicals.Submission", on_delete=models.PROTECT, related_name="registrations")
    qualification = models.ForeignKey("technicals.Qualification", on_delete=models.PROTECT, related_name="+")
    follows = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="followed_by",
        help_text="The registration that this one tops up, moves down from or renews; or that of the centre before.",
    )
    is_declared = models.BooleanField(
        default=False,
        help_text="Of a moving down: the centre declared that the units of the smaller size are achieved.",
    )
    completion_date = models.DateField(
        "estimated completion", null=True, blank=True, help_text="One academic year at Level 2, two at Level 3."
    )

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["centre", "state"], name="registration_by_centre")]
        constraints = [
            models.UniqueConstraint(
                fields=["candidate", "qualification"],
                condition=Q(state__in=STANDING),
                name="one_standing_registration_per_candidate_and_code",
            ),
            models.UniqueConstraint(
                fields=["follows"],
                condition=Q(state__in=STANDING, follows__isnull=False),
                name="a_registration_is_followed_by_one_that_stands",
            ),
            models.CheckConstraint(
                condition=Q(state__in=EntryState.values), name="registration_state_is_among_its_words"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.candidate}: {self.qualification}"


class UnitEntry(_Entry):
    """That a candidate is entered for one unit in one series, under an entry code."""

    candidate = models.ForeignKey("candidates.Candidate", on_delete=models.PROTECT, related_name="unit_entries")
    submission = models.ForeignKey("technicals.Submission", on_delete=models.PROTECT, related_name="unit_entries")
    qualification = models.ForeignKey("technicals.Qualification", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("technicals.Unit", on_delete=models.PROTECT, related_name="+")
    attempt = models.PositiveSmallIntegerField(default=1, help_text="Absent and withdrawn entries do not count.")
    is_late = models.BooleanField(default=False)

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name_plural = "unit entries"
        indexes = [models.Index(fields=["centre", "series", "state"], name="unit_entry_by_centre")]
        constraints = [
            models.UniqueConstraint(
                fields=["candidate", "unit", "series"],
                condition=Q(state=EntryState.LIVE),
                name="one_live_entry_per_candidate_unit_and_series",
            ),
            models.CheckConstraint(
                condition=Q(state__in=EntryState.values), name="unit_entry_state_is_among_its_words"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.candidate}: {self.qualification.code}/{self.unit.number:02}"
