from django.conf import settings
from django.db import models
from django.db.models import Q

from .enums import EmailStatus
from .querysets import OutgoingEmailQuerySet


class OutgoingEmail(models.Model):
    """One mail, rendered, on its way out. One row for each event key."""

    key = models.CharField(max_length=120, unique=True, help_text="The event that this mail tells of.")
    message_id = models.CharField(max_length=120, unique=True)
    to = models.JSONField(default=list)
    cc = models.JSONField(default=list)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField(blank=True)
    composer = models.CharField(
        max_length=40, blank=True, help_text="Who fills in, when it is sent, what no table may hold; empty for nobody."
    )
    status = models.CharField(max_length=10, choices=EmailStatus, default=EmailStatus.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    last_error = models.TextField(blank=True)
    created_at = models.DateTimeField()

    objects = OutgoingEmailQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=EmailStatus.values), name="email_status_is_among_its_words"),
            models.CheckConstraint(
                condition=~Q(status=EmailStatus.SENT) | Q(sent_at__isnull=False),
                name="sent_email_has_its_moment",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_attempt_at"],
                condition=Q(status__in=[EmailStatus.QUEUED, EmailStatus.WAITING, EmailStatus.SENDING]),
                name="email_to_be_sent",
            )
        ]

    def __str__(self) -> str:
        return f"{self.key} ({self.get_status_display()})"


class StaffAlert(models.Model):
    """Something that staff must see: a line on the admin's front page until it is settled."""

    key = models.CharField(max_length=120, unique=True)
    sentence = models.CharField(max_length=300)
    raised_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-raised_at"]

    def __str__(self) -> str:
        return self.sentence
