"""Forms of the pages of a centre. They read; the services decide."""

from django import forms

from .enums import Role

ON_OR_OFF = [("on", "On"), ("off", "Off")]


class RoleForm(forms.Form):
    role = forms.ChoiceField(
        label="Role", choices=Role.choices, initial=Role.EXAMS_OFFICER, error_messages={"required": "Choose a role."}
    )


class ColleagueForm(RoleForm):
    """Somebody who is to act for the centre."""

    email = forms.EmailField(
        label="E-mail address",
        max_length=254,
        error_messages={
            "required": "Enter the e-mail address.",
            "invalid": "Enter an e-mail address, for example name@school.example.",
        },
    )
    name = forms.CharField(label="Name", max_length=100, error_messages={"required": "Enter the name."})

    field_order = ["email", "name", "role"]


class OnOrOffField(forms.TypedChoiceField):
    """One of On and Off, read as True or False."""

    def __init__(self, *, label: str) -> None:
        messages = dict.fromkeys(["required", "invalid_choice"], f"Choose On or Off for {label}.")
        super().__init__(label=label, choices=ON_OR_OFF, coerce=lambda value: value == "on", error_messages=messages)


class PreferencesForm(forms.Form):
    """Centre Preferences (guide 4.5)."""

    email_alerts = OnOrOffField(label="Email Alert(s) for Candidate Entry(ies)")
    reminder_emails = OnOrOffField(label="Reminder emails before registration closes")
