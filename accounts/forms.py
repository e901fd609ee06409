"""Forms of the door and of My Details. They read; the services decide."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password

from .models import User
from .rules import LONGEST_PASSWORD


class AddressField(forms.CharField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label="Username",
            help_text="Your e-mail address.",
            max_length=254,
            widget=forms.EmailInput(attrs={"autocomplete": "username"}),
            error_messages={
                "required": "Enter your username: it is your e-mail address.",
                "max_length": "Username must be 254 characters or fewer.",
            },
            **kwargs,
        )


class PasswordField(forms.CharField):
    def __init__(self, label: str, autocomplete: str, required: str, **kwargs: Any) -> None:
        super().__init__(
            label=label,
            strip=False,
            widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}),
            error_messages={"required": required},
            **kwargs,
        )


class SignInForm(forms.Form):
    """Username (the e-mail address) and password, in the guide's words."""

    username = AddressField()
    password = PasswordField("Password", "current-password", "Enter your password.")

    def clean_password(self) -> str:
        password = self.cleaned_data["password"]
        if len(password) > LONGEST_PASSWORD:
            raise forms.ValidationError(f"Password must have {LONGEST_PASSWORD} characters or fewer.")
        return password


class ForgottenPasswordForm(forms.Form):
    username = AddressField()


class CodeForm(forms.Form):
    """A code of the authenticator app, or a recovery code."""

    code = forms.CharField(
        label="Code",
        max_length=40,
        help_text="The six digits that your app shows now, or one of your recovery codes.",
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "class": "short"}),
        error_messages={"required": "Enter the code that your app shows."},
    )


class ChoosePasswordForm(forms.Form):
    """A new password, twice."""

    new_password = PasswordField("New password", "new-password", "Enter a new password.")
    confirm_password = PasswordField("Confirm new password", "new-password", "Enter the new password a second time.")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        password, again = data.get("new_password"), data.get("confirm_password")
        if password and again and password != again:
            self.add_error("confirm_password", "The two new passwords differ. Type the new password in both boxes.")
        elif password:
            try:
                validate_password(password, self.user)
            except forms.ValidationError as error:
                self.add_error("new_password", error)
        return data


class ChangePasswordForm(ChoosePasswordForm):
    """The guide's three boxes: Existing, New and Confirm new password."""

    existing_password = PasswordField("Existing password", "current-password", "Enter your existing password.")

    field_order = ["existing_password", "new_password", "confirm_password"]


class NameForm(forms.Form):
    name = forms.CharField(
        label="Your name",
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Enter your name.", "max_length": "Your name must be 100 characters or fewer."},
    )
