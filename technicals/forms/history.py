"""The search box and the filters over the entry submission history."""

from collections.abc import Iterable
from typing import Any

from django import forms

from core.addresses import LONGEST_SEARCH

from ..enums import SubmissionStatus

SELECT = {"class": "form-select"}
DAY = {"type": "date", "class": "form-control"}


class HistoryFilterForm(forms.Form):
    """What the history shows; `codecs.history.read_history_asked` reads what it sends."""

    use_required_attribute = False

    search = forms.CharField(
        label="Candidate: name, UCI or number",
        required=False,
        widget=forms.TextInput(
            {"type": "search", "class": "form-control", "maxlength": LONGEST_SEARCH, "spellcheck": "false"}
        ),
    )
    since = forms.DateField(label="From", required=False, widget=forms.DateInput(DAY, format="%Y-%m-%d"))
    until = forms.DateField(label="To", required=False, widget=forms.DateInput(DAY, format="%Y-%m-%d"))
    group = forms.ChoiceField(label="Candidate group", required=False, widget=forms.Select(SELECT))
    qualification = forms.ChoiceField(label="Qualification", required=False, widget=forms.Select(SELECT))
    status = forms.ChoiceField(
        label="Entry status",
        required=False,
        choices=[("", "All statuses"), *SubmissionStatus.choices],
        widget=forms.Select(SELECT),
    )

    def __init__(
        self,
        *args: Any,
        groups: Iterable[tuple[str, str]],
        qualifications: Iterable[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        offered = {"group": ("All candidates", groups), "qualification": ("All qualifications", qualifications)}
        for name, (all_of_them, choices) in offered.items():
            field: Any = self.fields[name]
            field.choices = [("", all_of_them), *choices]
