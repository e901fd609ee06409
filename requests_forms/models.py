import secrets
import uuid
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q

from step_entries.enums import Paper

from .enums import ABOUT_AN_ENTRY, ENDED, OPEN, Kind, ScanState, Severity, Status
from .querysets import EvidenceQuerySet, RequestQuerySet
from .rules.teams import team_of

READABLE = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Signs that are not taken for one another on the telephone."""


def new_reference() -> str:
    """The reference of a request: R and eight signs that nobody can guess."""
    return "R" + "".join(secrets.choice(READABLE) for _ in range(8))


class Request(models.Model):
    """What a centre asks for: about an entry, an invoice, a candidate, one of its users, or about the centre itself.

    `answers` holds the texts as typed, by field name; they are read and judged each time they are shown, so that a
    draft loses nothing. They may tell of a candidate's health, and are deleted by their date (decision 0016).
    """

    reference = models.CharField(max_length=9, unique=True, default=new_reference, editable=False)
    kind = models.CharField(max_length=30, choices=Kind)
    status = models.CharField(max_length=20, choices=Status, default=Status.DRAFT)
    centre = models.ForeignKey("centres.Centre", on_delete=models.PROTECT, related_name="+")
    entry = models.ForeignKey(
        "step_entries.StepEntry", null=True, blank=True, on_delete=models.PROTECT, related_name="requests"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="The user whom a change of accounts is about.",
    )
    invoice = models.ForeignKey(
        "technicals.Invoice", null=True, blank=True, on_delete=models.PROTECT, related_name="requests"
    )
    candidate = models.ForeignKey(
        "candidates.Candidate", null=True, blank=True, on_delete=models.PROTECT, related_name="requests"
    )
    paper = models.CharField(max_length=10, choices=Paper, blank=True, help_text="Of special consideration.")
    event = models.UUIDField(null=True, blank=True, help_text="The same for all candidates of one event.")
    answers = models.JSONField(default=dict)
    is_late = models.BooleanField(
        "late", default=False, help_text="An access arrangement sent after closing: judged case by case."
    )
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField("begun")
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    sent_at = models.DateTimeField("sent", null=True, blank=True)
    changed_at = models.DateTimeField("last change")
    due_at = models.DateTimeField(
        "to be decided by", null=True, blank=True, help_text="When the decision is needed; empty for no date."
    )
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField("ended", null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    is_accepted = models.BooleanField(
        "accepted", null=True, blank=True, help_text="What was decided; of special consideration only staff see it."
    )
    severity = models.CharField(max_length=20, choices=Severity, blank=True, help_text="Never shown to the centre.")
    is_fee_waived = models.BooleanField("fee waived", default=False)
    reduced_at = models.DateTimeField(
        null=True, blank=True, help_text="When its reasons and notes were deleted, and only the outcome was kept."
    )
    version = models.PositiveIntegerField(default=1, editable=False, help_text="Raised by every act.")

    objects = RequestQuerySet.as_manager()

    class Meta:
        ordering = ["-changed_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="kind_of_request_is_among_its_words"),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="status_of_request_is_among_its_words"),
            models.CheckConstraint(
                condition=Q(kind__in=ABOUT_AN_ENTRY, entry__isnull=False)
                | Q(~Q(kind__in=ABOUT_AN_ENTRY), entry__isnull=True),
                name="request_has_an_entry_exactly_when_it_is_about_one",
            ),
            models.CheckConstraint(
                condition=Q(kind=Kind.INVOICE_QUERY, invoice__isnull=False)
                | Q(~Q(kind=Kind.INVOICE_QUERY), invoice__isnull=True),
                name="request_has_an_invoice_exactly_when_it_is_about_one",
            ),
            models.CheckConstraint(
                condition=Q(kind=Kind.CANDIDATE_CORRECTION, candidate__isnull=False)
                | Q(~Q(kind=Kind.CANDIDATE_CORRECTION), candidate__isnull=True),
                name="request_has_a_candidate_exactly_when_it_is_about_one",
            ),
            models.CheckConstraint(
                condition=Q(status=Status.DRAFT, sent_at__isnull=True)
                | Q(~Q(status=Status.DRAFT), sent_at__isnull=False),
                name="request_has_its_moment_exactly_when_sent",
            ),
            models.CheckConstraint(
                condition=Q(status__in=ENDED, ended_at__isnull=False) | Q(~Q(status__in=ENDED), ended_at__isnull=True),
                name="request_has_its_end_exactly_when_ended",
            ),
            models.UniqueConstraint(
                fields=["entry", "kind"], condition=Q(status=Status.DRAFT), name="one_draft_per_entry_and_kind"
            ),
            models.UniqueConstraint(fields=["invoice"], condition=Q(status=Status.DRAFT), name="one_draft_per_invoice"),
            models.UniqueConstraint(
                fields=["candidate"], condition=Q(status=Status.DRAFT), name="one_draft_per_candidate"
            ),
            models.UniqueConstraint(
                fields=["started_by", "centre", "kind"],
                condition=Q(status=Status.DRAFT, entry=None, invoice=None, candidate=None),
                name="one_draft_about_the_centre_per_person_and_kind",
            ),
            models.UniqueConstraint(
                fields=["candidate"], condition=Q(status__in=OPEN), name="one_open_correction_per_candidate"
            ),
            models.UniqueConstraint(
                fields=["entry", "kind"],
                condition=Q(status__in=OPEN, kind=Kind.WITHDRAWAL),
                name="one_open_withdrawal_per_entry",
            ),
            models.UniqueConstraint(
                fields=["entry", "paper"],
                condition=Q(kind=Kind.SPECIAL_CONSIDERATION) & ~Q(status__in=[Status.DRAFT, Status.WITHDRAWN]),
                name="one_special_consideration_per_entry_and_paper",
            ),
        ]
        indexes = [
            models.Index(fields=["centre", "status"], name="request_by_centre"),
            models.Index(fields=["sent_at"], condition=Q(status__in=OPEN), name="request_to_be_decided"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def team(self) -> str:
        """Who decides it, as in "the STEP team"."""
        return team_of(self.kind)

    @property
    def is_draft(self) -> bool:
        return self.status == Status.DRAFT

    @property
    def is_open(self) -> bool:
        """Whether it was sent and waits for an end."""
        return self.status in OPEN

    @property
    def is_ended(self) -> bool:
        return self.status in ENDED

    @property
    def needs_answer(self) -> bool:
        """Whether the team waits for the centre."""
        return self.status == Status.MORE_INFORMATION

    @property
    def can_be_withdrawn(self) -> bool:
        """Whether the centre may still take it back."""
        return self.status == Status.SUBMITTED

    @property
    def is_reduced(self) -> bool:
        """Whether only its outcome is kept."""
        return self.reduced_at is not None

    @property
    def subject(self) -> str:
        """Whom or what it is about, in words; asks no query where all that it can be about is at hand."""
        if self.entry:
            return f"{self.entry.number} {self.entry.name}"
        if self.invoice:
            return f"Invoice {self.invoice.number}"
        if self.candidate:
            return str(self.candidate)
        return self.person.name if self.person else self.centre.name

    def is_past_due(self, at: datetime) -> bool:
        """Whether its decision is late."""
        return bool(self.is_open and self.due_at and self.due_at < at)


class Message(models.Model):
    """One line of the thread of a request: a question of the team, an answer, or the reason of a decision.

    `is_internal` is for staff alone.
    """

    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="messages")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    is_of_staff = models.BooleanField(default=False)
    is_internal = models.BooleanField(default=False)
    text = models.TextField(max_length=4000)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.request_id} at {self.at}"


def evidence_storage() -> Storage:
    """Where files of evidence lie: STORAGES["evidence"]."""
    return storages["evidence"]


def random_name(evidence: Any, file_name: str) -> str:
    """A name for a stored file that says nothing and that nobody can guess; the name that a user gave is not used."""
    name = uuid.uuid4().hex
    return f"{name[:2]}/{name}"


class Evidence(models.Model):
    """A file that supports a request. Candidates of one event share the stored file, each with a row."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="evidence")
    message = models.ForeignKey(
        Message, null=True, blank=True, on_delete=models.CASCADE, related_name="evidence", help_text="It came with."
    )
    file = models.FileField(storage=evidence_storage, upload_to=random_name, max_length=100)
    name = models.CharField(max_length=100)
    content_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField(help_text="In bytes.")
    sha256 = models.CharField(max_length=64, editable=False)
    scan_state = models.CharField(max_length=10, choices=ScanState, default=ScanState.HELD)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        ordering = ["added_at", "pk"]
        verbose_name_plural = "evidence"
        constraints = [
            models.CheckConstraint(condition=Q(scan_state__in=ScanState.values), name="scan_state_is_among_its_words")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def can_be_opened(self) -> bool:
        """Whether it was looked through for viruses, and none was found."""
        return self.scan_state == ScanState.CLEAN

    @property
    def is_infected(self) -> bool:
        return self.scan_state == ScanState.INFECTED
