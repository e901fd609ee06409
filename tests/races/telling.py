"""The portal with a door that hashes only for addresses that have an account: for the twin of the timing test."""

from entries_portal.wsgi import application

# isort: split
from accounts.services import signing_in

__all__ = ["application"]

signing_in._is_right = lambda user, password: user is not None and user.check_password(password)
