"""What is deleted at night."""

from datetime import datetime, timedelta

from django.db import transaction

from ..models import KeptPost, KnownBrowser, NetworkAsk, OneTimePassword, SignedInSession, SignInFailure
from ..rules import KNOWN_FOR, LONGEST, MANY_WITHIN

KEEP_POSTS = timedelta(days=7)
KEEP_REQUESTS = timedelta(days=30)


@transaction.atomic
def purge(*, at: datetime) -> None:
    """Delete kept posts after 7 days, ended sessions, old browsers and one-time passwords, counts by network."""
    KeptPost.objects.filter(kept_at__lt=at - KEEP_POSTS).delete()
    SignedInSession.objects.filter(started_at__lt=at - LONGEST).delete()
    KnownBrowser.objects.filter(last_used_at__lt=at - KNOWN_FOR).delete()
    OneTimePassword.objects.filter(expires_at__lt=at - KEEP_REQUESTS).delete()
    SignInFailure.objects.filter(at__lt=at - MANY_WITHIN).delete()
    NetworkAsk.objects.filter(at__lt=at - MANY_WITHIN).delete()
