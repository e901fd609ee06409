"""Whose unit entries are copied, from which series and for which."""

from collections.abc import Iterable
from typing import Any

from django import forms

from ..models import Series

SELECT = {"class": "form-select"}


class CopyForm(forms.Form):
    """A candidate group or everybody, and two series."""

    use_required_attribute = False

    group = forms.ChoiceField(
        label="Candidates",
        required=False,
        widget=forms.Select(SELECT),
        error_messages={"invalid_choice": "That candidate group is not there any more. Choose another one."},
    )
    source = forms.ChoiceField(
        label="Copy the unit entries of",
        widget=forms.Select(SELECT),
        error_messages={
            "required": "Choose the series to copy from.",
            "invalid_choice": "Your centre has no unit entry in that series. Choose another one.",
        },
    )
    target = forms.ChoiceField(
        label="To be entered for",
        widget=forms.Select(SELECT),
        error_messages={
            "required": "Choose the series to copy to.",
            "invalid_choice": "That series takes no entries now. Choose one from the list.",
        },
    )

    def __init__(
        self, *args: Any, groups: Iterable[Any], sources: Iterable[Series], targets: Iterable[Series], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offered = {
            "group": [("", "All candidates"), *((str(group.key), group.name) for group in groups)],
            "source": [(series.slug, str(series)) for series in sources],
            "target": [(series.slug, str(series)) for series in targets],
        }
        for name, choices in offered.items():
            field: Any = self.fields[name]
            field.choices = choices
