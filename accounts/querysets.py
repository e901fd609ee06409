from typing import Any

from django.contrib.auth.base_user import BaseUserManager


class UserManager(BaseUserManager):
    """Users are found by e-mail address, whatever its letter case.

    What the methods return has no type here: the model, which names this manager, is not there yet.
    """

    def get_by_natural_key(self, username: str | None):  # type: ignore[no-untyped-def] # no model yet
        return self.get(email=(username or "").strip().lower())

    def create_user(self, email: str, password: str | None = None, **fields: object):  # type: ignore[no-untyped-def] # no model yet
        """Create and return a user; without a password nobody can sign in as them."""
        user: Any = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: object):  # type: ignore[no-untyped-def] # no model yet
        """Create and return an administrator of the board."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)
