"""The search box and the filters over the entry codes."""

from collections.abc import Iterable
from typing import Any

from django import forms

from core.addresses import LONGEST_SEARCH

from ..codecs.entry_codes import ALL, APPROVED
from ..enums import Level, Suite

SELECT = {"class": "form-select"}


class CodesFilterForm(forms.Form):
    """Which entry codes are shown; `codecs.entry_codes.read_codes_asked` reads what it sends."""

    use_required_attribute = False

    search = forms.CharField(
        label="Code or title, or part of one",
        required=False,
        widget=forms.TextInput(
            {"type": "search", "class": "form-control", "maxlength": LONGEST_SEARCH, "spellcheck": "false"}
        ),
    )
    shown = forms.ChoiceField(
        label="Show",
        choices=[(ALL, "All codes"), (APPROVED, "Approved for your centre")],
        widget=forms.Select(SELECT),
    )
    subject = forms.ChoiceField(label="Subject", required=False, widget=forms.Select(SELECT))
    level = forms.ChoiceField(
        label="Level", required=False, choices=[("", "All levels"), *Level.choices], widget=forms.Select(SELECT)
    )
    suite = forms.ChoiceField(
        label="Suite", required=False, choices=[("", "Both suites"), *Suite.choices], widget=forms.Select(SELECT)
    )

    def __init__(self, *args: Any, subjects: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["subject"]
        field.choices = [("", "All subjects"), *((subject, subject) for subject in subjects)]
