from django.conf import settings
from django.db import models


class KnownBrowser(models.Model):
    """A browser on which a person has signed in; it has a count of wrong passwords of its own."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="known_browsers")
    browser_key = models.CharField(max_length=64, unique=True, help_text="The hash of the key in its cookie.")
    label = models.CharField(max_length=100)
    created_at = models.DateTimeField()
    last_used_at = models.DateTimeField()

    class Meta:
        ordering = ["-last_used_at"]

    def __str__(self) -> str:
        return self.label


class SignedInSession(models.Model):
    """Somebody signed in on a browser, until it ends: by signing out, after 30 minutes idle, or after 12 hours."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="signed_in_sessions")
    session_key = models.CharField(max_length=40, unique=True)
    label = models.CharField(max_length=100)
    started_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()

    class Meta:
        ordering = ["-last_seen_at"]

    def __str__(self) -> str:
        return self.label


class KeptPost(models.Model):
    """What somebody sent after their session had ended: never carried out, offered again on the same page."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="kept_posts")
    path = models.CharField(max_length=300)
    fields = models.JSONField()
    kept_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "path"], name="one_kept_post_per_user_and_page")]

    def __str__(self) -> str:
        return self.path
