from django.db import models


class SignInCount(models.Model):
    """Wrong passwords in a row for one typed address, on one known browser or on all others together.

    Addresses that have no account are counted alike, so that nothing tells them apart.
    """

    address_key = models.CharField(max_length=64, help_text="A keyed hash of the address as typed.")
    browser_key = models.CharField(
        max_length=64, blank=True, help_text="The hash of a known browser's key; empty for all strangers together."
    )
    failures = models.PositiveSmallIntegerField(default=0, help_text="In a row, since the last lock or success.")
    failures_in_all = models.PositiveIntegerField(default=0, help_text="Since the last success.")
    locked_at = models.DateTimeField(null=True, blank=True, help_text="When the lock began; empty without one.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["address_key", "browser_key"], name="one_count_per_address_and_browser")
        ]

    def __str__(self) -> str:
        return f"{self.address_key[:8]} {self.browser_key[:8]}: {self.failures}"


class SignInFailure(models.Model):
    """A sign-in from a network that failed, kept for a day at most, to slow down wide guessing."""

    network_key = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["network_key", "at"], name="sign_in_failure_by_network")]

    def __str__(self) -> str:
        return f"{self.network_key[:8]} at {self.at}"


class NetworkAsk(models.Model):
    """That a new password was asked for from a network, for an address; kept for a day at most, to see wide asking."""

    network_key = models.CharField(max_length=64, help_text="A keyed hash of the network.")
    address_key = models.CharField(max_length=64, help_text="A keyed hash of the address as typed.")
    at = models.DateTimeField(help_text="When it was asked for last.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["network_key", "address_key"], name="one_ask_per_network_and_address")
        ]

    def __str__(self) -> str:
        return f"{self.network_key[:8]} {self.address_key[:8]} at {self.at}"
