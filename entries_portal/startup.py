"""What production refuses to start with."""

import os

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError


def refuse_unsafe_start() -> None:
    """Raise ImproperlyConfigured where a server or worker must not start: DEBUG, or a demo user in the data.

    A database that cannot be asked now (down, or not migrated yet) does not stop the start:
    demo users are also refused one by one when they sign in (accounts.backends).
    """
    if settings.DEBUG or os.environ.get("DEBUG", "").lower() in {"1", "true", "yes", "on"}:
        raise ImproperlyConfigured("DEBUG is on. Unset it, and use entries_portal.settings.base.")
    try:
        demo_user = get_user_model().objects.filter(is_demo=True).first()
    except DatabaseError:
        return
    if demo_user:
        raise ImproperlyConfigured(
            f"This database holds demo users ({demo_user.email}). Point DATABASE_URL to the production database."
        )
