from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice

from ..querysets import UserManager
from ..rules import staff_may


class User(AbstractBaseUser):
    """A person who signs in, known by e-mail address (guide 2.2)."""

    email = models.EmailField("e-mail address", unique=True, help_text="The user name. It is kept in lower case.")
    name = models.CharField(max_length=100)
    is_active = models.BooleanField("may sign in", default=True)
    is_staff = models.BooleanField(
        "board's staff", default=False, help_text="Works in the admin: the STEP team and the board's staff."
    )
    is_superuser = models.BooleanField(
        "administrator", default=False, help_text="May also delete, and look after the accounts of staff."
    )
    is_demo = models.BooleanField("demo user", default=False, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ["name", "email"]
        constraints = [
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="email_is_kept_in_lower_case")
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.email})"

    def clean(self) -> None:
        self.email = self.email.strip().lower()

    @property
    def may_sign_in(self) -> bool:
        """Whether this person may sign in at all; demo users only where the settings allow them."""
        return self.is_active and (not self.is_demo or settings.DEMO_USERS_MAY_SIGN_IN)

    @property
    def has_second_factor(self) -> bool:
        """Whether a second factor is in use; asks a query."""
        return TOTPDevice.objects.filter(user=self, confirmed=True).exists()

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """Whether the person may do this in the admin, by role (accounts.rules); perm as Django names it."""
        action = perm.rpartition(".")[2].partition("_")[0]
        return self.is_active and (self.is_superuser or (self.is_staff and staff_may(action)))

    def has_module_perms(self, app_label: str) -> bool:
        """Whether the person sees this app in the admin."""
        return self.is_active and self.is_staff
