"""The portal without its cap on hashing: for the twin of the flood."""

from contextlib import nullcontext

from entries_portal.wsgi import application

# isort: split
from accounts.services import signing_in

__all__ = ["application"]

signing_in.hash_slot = nullcontext
