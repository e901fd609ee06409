from typing import Any

from django import forms

from centres.models import Membership
from step_entries.forms import TypedField

from ..enums import AccountChange
from ..rules.accounts import accounts_contact_in_words
from .base import RequestForm, choice, long_text, radios


class AccountForm(RequestForm):
    """What is to change in the accounts or the details of a centre (guide 2.3)."""

    change = radios("What is to change", AccountChange.choices)
    person = choice("User whom the change is about")
    name = TypedField(label="Name of the new user", widget=forms.TextInput(attrs={"autocomplete": "off"}))
    email = TypedField(
        label="E-mail address of the new user",
        help_text="It becomes the username.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "email"}),
    )
    detail = long_text(
        "Details of the change",
        "The new name, address or details; of an accounts contact name and e-mail address. For a new user or one who "
        "leaves you can leave it empty.",
    )

    takes_files = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        change: Any = self.fields["change"].widget
        change.choices = [(value, self._label(value, label)) for value, label in AccountChange.choices]
        members: Any = Membership.objects.in_centre(self.about).select_related("user").order_by("user__name")
        person: Any = self.fields["person"].widget
        person.choices = [
            ("", "Choose"),
            *((str(each.user_id), f"{each.user.name}, {each.user.email}") for each in members),
        ]

    def _label(self, value: str, label: str) -> str:
        """A choice; that of the accounts contact says who it is now."""
        if value != AccountChange.ACCOUNTS_CONTACT:
            return label
        centre: Any = self.about
        return f"{label} (now {accounts_contact_in_words(centre.accounts_contact, centre.accounts_email)})"
