from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from .enums import TO_BE_SENT, EmailStatus

LEASE = timedelta(minutes=2)
"""How long a mail may be in sending before its sender is taken for dead."""
KEEP = timedelta(days=30)
"""How long the text of a mail is kept that will not be sent again."""


class OutgoingEmailQuerySet(QuerySet):
    def due(self, at: datetime) -> "OutgoingEmailQuerySet":
        """Mails to be sent at this moment, those of a dead sender included."""
        return self.filter(
            Q(status__in=TO_BE_SENT, next_attempt_at__lte=at) | Q(status=EmailStatus.SENDING, claimed_at__lt=at - LEASE)
        )

    def failed(self) -> "OutgoingEmailQuerySet":
        """Mails parked after the last try."""
        return self.filter(status=EmailStatus.FAILED)

    def expired(self, at: datetime) -> "OutgoingEmailQuerySet":
        """Mails sent, withheld or parked whose text has been kept long enough."""
        is_old = Q(sent_at__lt=at - KEEP) | Q(
            status__in=[EmailStatus.WITHHELD, EmailStatus.FAILED], created_at__lt=at - KEEP
        )
        return self.filter(is_old).exclude(text="")
