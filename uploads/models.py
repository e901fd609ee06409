import uuid
from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.refusals import Refusal

from .enums import RowState, UploadState
from .querysets import RowQuerySet, UploadQuerySet
from .rules.rows import TIME_TO_MEND


class Upload(models.Model):
    """A file from a centre on its way to entries: its rows, and what its headings mean. Nothing in it is an entry.

    `kind` and `period` are names that the app above gave; `period_title` is what people read. `mapping` has for each
    heading the column that it means, "" where it is left out, and null where the officer has to say.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=30)
    period = models.CharField(max_length=40)
    period_title = models.CharField(max_length=60)
    centre = models.ForeignKey("centres.Centre", on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64, editable=False)
    state = models.CharField(max_length=20, choices=UploadState, default=UploadState.HEADINGS)
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True, help_text="The last time that rows were entered.")
    last_submitted = models.CharField(max_length=64, blank=True, editable=False)
    keep_until = models.DateTimeField()
    purged_at = models.DateTimeField(null=True, blank=True)
    headings = models.JSONField(default=list)
    mapping = models.JSONField(default=list)
    same_for_all = models.JSONField(default=dict, blank=True)
    notes = models.JSONField(default=list, blank=True)
    order_number = models.CharField("order number or reference", max_length=20, blank=True)
    content = models.BinaryField(null=True, editable=False, help_text="Only until the file is read.")
    progress = models.CharField(max_length=60, blank=True, help_text="How far its reading has come, in words.")
    refusals = models.JSONField(default=list, blank=True, help_text="Why it was not taken, as told to the person.")
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField(null=True, blank=True, help_text="When the Submit arrived that still waits.")

    objects = UploadQuerySet.as_manager()

    class Meta:
        ordering = ["-received_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "kind", "period", "sha256"],
                condition=~Q(state=UploadState.NOT_TAKEN),
                name="a_file_is_taken_once_for_centre_and_period",
            ),
            models.CheckConstraint(condition=Q(state__in=UploadState.values), name="upload_state_is_among_its_words"),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def headings_can_change(self) -> bool:
        """Whether what its headings mean can be said anew: until a row of it is entered."""
        return self.state in (UploadState.HEADINGS, UploadState.OPEN)

    @property
    def is_entered(self) -> bool:
        """Whether no row of it waits any more."""
        return self.state == UploadState.ENTERED

    @property
    def is_queued(self) -> bool:
        """Whether it is submitted, and its rows are not entered yet."""
        return self.state == UploadState.QUEUED

    @property
    def is_being_read(self) -> bool:
        """Whether it waits to be read, or is read just now."""
        return self.state == UploadState.RECEIVED

    @property
    def is_taken(self) -> bool:
        """Whether it has been read and has rows."""
        return self.state not in (UploadState.RECEIVED, UploadState.NOT_TAKEN)

    def leave_time_to_mend(self, at: datetime) -> None:
        """Keep its rows for a while from now, whatever time was left; the upload is not saved."""
        self.keep_until = max(self.keep_until, at + TIME_TO_MEND)

    @property
    def reasons(self) -> list[Refusal]:
        """Why it was not taken."""
        return [Refusal.retold(refusal) for refusal in self.refusals]


class UploadRow(models.Model):
    """One row of a file: its cells as the file has them, and what was typed instead of them since.

    `mended` holds texts by column, and the answers to questions such as "a different person".
    """

    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="rows")
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.PositiveIntegerField(help_text="In the file.")
    cells = models.JSONField(default=list)
    formulas = models.JSONField(default=list, blank=True)
    mended = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=10, choices=RowState, default=RowState.OPEN)
    title = models.CharField(max_length=100, blank=True)
    reference = models.CharField(max_length=20, blank=True, help_text="Of the entry that was made from it.")

    objects = RowQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["upload", "number"], name="a_row_stands_once_in_its_upload"),
            models.CheckConstraint(condition=Q(state__in=RowState.values), name="row_state_is_among_its_words"),
            models.CheckConstraint(
                condition=Q(state=RowState.ENTERED) ^ Q(reference=""), name="an_entered_row_has_a_reference"
            ),
        ]

    def __str__(self) -> str:
        return f"row {self.number}"

    def as_in_file(self, mapping: list[str | None]) -> dict[str, str]:
        """Its cells by column, as far as their headings are matched."""
        return {slug: cell for slug, cell in zip(mapping, self.cells, strict=False) if slug}

    def answers(self, mapping: list[str | None], same_for_all: Mapping[str, str]) -> dict[str, str]:
        """Its texts by column as they stand now, with the answers to questions."""
        return {**same_for_all, **self.as_in_file(mapping), **self.mended}

    def formula_columns(self, mapping: list[str | None]) -> list[str]:
        """The columns in which the file has a formula that nothing was typed for yet."""
        slugs = (mapping[place] for place in self.formulas if place < len(mapping))
        return [slug for slug in slugs if slug and slug not in self.mended]


class HeadingMapping(models.Model):
    """What a heading means in the files of a centre: matched once, and remembered."""

    centre = models.ForeignKey("centres.Centre", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=30)
    heading = models.CharField(max_length=100, help_text="As the file has it.")
    folded = models.CharField(max_length=100, editable=False)
    column = models.CharField(max_length=40, blank=True, help_text="Empty: left out.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "kind", "folded"], name="a_heading_means_one_thing_to_a_centre_and_kind"
            )
        ]

    def __str__(self) -> str:
        return f"{self.heading}: {self.column or 'left out'}"
