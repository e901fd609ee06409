"""What staff type on our own pages in the administration."""

from typing import Any

from django import forms

from centres.models import Centre
from core.admin import UKClockField
from core.tabular.writing import FORMS

from ..enums import Exported
from ..rules import reason_is_given

ONE, ALL = "one", "all"
WHO = [(ONE, "One centre"), (ALL, "All centres")]
TYPES = [(name, f".{name}") for name in FORMS]


class ExtensionForm(forms.Form):
    """For whom registration closes later, when, and why. `centre` is None for all centres."""

    who = forms.ChoiceField(
        label="For", choices=WHO, widget=forms.RadioSelect, error_messages={"required": "Choose one centre or all."}
    )
    number = forms.CharField(label="Centre number", required=False, max_length=20, help_text="For one centre.")
    closes_at = UKClockField(label="Registration closes", help_text="Open to the end of this minute.")
    reason = forms.CharField(
        label="Reason",
        required=False,
        widget=forms.TextInput(attrs={"size": 80}),
        help_text="It is kept in the history, and not shown to centres.",
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        number = data.get("number", "").strip().upper()
        data["centre"] = Centre.objects.filter(number=number).first()
        if data.get("who") == ONE and not data["centre"]:
            self.add_error("number", f"There is no centre {number}." if number else "Type the number of the centre.")
        if data.get("who") == ALL and number:
            self.add_error("number", "Leave the centre number empty to extend the window of all centres.")
        if refusal := reason_is_given(data.get("reason", "")):
            self.add_error(refusal.field, refusal.sentence)
        return data


class ExportForm(forms.Form):
    """Which entries go into a file, and of what type it is."""

    which = forms.ChoiceField(
        label="Entries", choices=Exported.choices, initial=Exported.CONFIRMED, widget=forms.RadioSelect
    )
    form = forms.ChoiceField(label="File", choices=TYPES, initial="csv", widget=forms.RadioSelect)
