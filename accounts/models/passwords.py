import uuid

from django.conf import settings
from django.db import models

from ..enums import AskKind, RequestKind


class AccountAsk(models.Model):
    """Something asked or done at the door with a typed address, answered by a job within seconds.

    The page writes the same row whether or not the address has an account, so that it tells nothing.
    """

    kind = models.CharField(max_length=10, choices=AskKind)
    address = models.CharField(max_length=254)
    asked_at = models.DateTimeField()
    not_before = models.DateTimeField(help_text="When the answer is to leave.")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=AskKind.values), name="ask_kind_is_among_its_words")
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class PasswordRequest(models.Model):
    """That a one-time password was asked for. It is made when its mail is sent, and not before."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="password_requests")
    kind = models.CharField(max_length=10, choices=RequestKind)
    asked_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True, blank=True, help_text="A newer request took its place.")

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=RequestKind.values), name="request_kind_is_among_its_words"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} for {self.user_id}"


class OneTimePassword(models.Model):
    """The hash of a mailed password that works once. A mail that is sent again carries a new one."""

    request = models.ForeignKey(PasswordRequest, on_delete=models.CASCADE, related_name="one_time_passwords")
    password_hash = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"until {self.expires_at}"
