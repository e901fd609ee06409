"""The web form while it is filled in: nothing of it is an entry before Submit entries."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from ..enums import EntryOption
from ..querysets import DraftQuerySet


class EntryDraft(models.Model):
    """A web form that a centre has begun, for one entry code. Any of its officers can go on with it."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    centre = models.ForeignKey("centres.Centre", on_delete=models.PROTECT, related_name="+")
    qualification = models.ForeignKey("technicals.Qualification", on_delete=models.PROTECT, related_name="+")
    series = models.ForeignKey(
        "technicals.Series",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Of the unit entries; empty where none takes entries.",
    )
    order_number = models.CharField("order number or reference", max_length=60, blank=True, help_text="As typed.")
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects = DraftQuerySet.as_manager()

    class Meta:
        ordering = ["-changed_at", "-pk"]
        indexes = [models.Index(fields=["centre", "-changed_at"], name="entry_draft_by_centre")]

    def __str__(self) -> str:
        return f"{self.qualification.code}, begun {self.started_at}"


class DraftEntry(models.Model):
    """One candidate of a web form, and what the candidate is to be entered for.

    units: the numbers of at most three units. declared: what the centre declared for a moving down, word for word.
    """

    draft = models.ForeignKey(EntryDraft, on_delete=models.CASCADE, related_name="entries")
    candidate = models.ForeignKey("candidates.Candidate", on_delete=models.PROTECT, related_name="+")
    option = models.CharField(max_length=10, choices=EntryOption, blank=True)
    units = models.JSONField(default=list, blank=True)
    declared = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["candidate__last_name", "candidate__first_name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["draft", "candidate"], name="a_candidate_stands_once_in_a_web_form"),
            models.CheckConstraint(
                condition=Q(option__in=["", *EntryOption.values]), name="entry_option_is_among_its_words"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.candidate}: {self.get_option_display() or 'no option yet'}"
