from django.db.models import TextChoices


class EmailStatus(TextChoices):
    """Where a mail stands on its way out."""

    QUEUED = "queued", "Queued"
    SENDING = "sending", "Sending"
    WAITING = "waiting", "Waiting to try again"
    SENT = "sent", "Sent"
    FAILED = "failed", "Parked after the last try"
    WITHHELD = "withheld", "Withheld: alerts were off"


TO_BE_SENT = (EmailStatus.QUEUED, EmailStatus.WAITING)
"""Statuses from which a mail may be claimed for sending."""
