"""What somebody thinks of entering, to know what it would cost."""

from collections.abc import Iterable
from typing import Any

from django import forms

from ..codecs.what_if import LATE, WhatIf

SELECT = {"class": "form-select long"}
MOST = 10_000


def _count(label: str, help_text: str) -> forms.IntegerField:
    messages = {
        "invalid": f"{label}: give a whole number, such as 12.",
        "min_value": f"{label}: give 0 or more.",
        "max_value": f"{label}: give {MOST:,} or fewer.",
    }
    control = forms.NumberInput({"class": "form-control short", "inputmode": "numeric"})
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        required=False,
        min_value=0,
        max_value=MOST,
        error_messages=messages,
        widget=control,
    )


class WhatIfForm(forms.Form):
    """An entry code, how many of what, and for which series."""

    use_required_attribute = False

    code = forms.ChoiceField(
        label="Entry code",
        widget=forms.Select(SELECT),
        error_messages={
            "required": "Choose an entry code.",
            "invalid_choice": "That entry code is not in use. Choose one from the list.",
        },
    )
    full = _count(
        "Candidates for the full award", "Or for the top-up, moving down or re-entry, by the kind of the code."
    )
    first = _count("Unit entries, first", "Units that a candidate was not entered for before.")
    resits = _count("Unit entries, resits", "Units that a candidate was entered for before, absences included.")
    series = forms.ChoiceField(
        label="Unit entries are made for",
        required=False,
        widget=forms.Select(SELECT),
        error_messages={"invalid_choice": "That series takes no entries. Choose one from the list."},
    )

    def __init__(
        self,
        *args: Any,
        codes: Iterable[tuple[str, list[tuple[str, str]]]],
        series: Iterable[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        of_code: Any = self.fields["code"]
        of_code.choices = [("", "Choose an entry code"), *codes]
        of_series: Any = self.fields["series"]
        of_series.choices = [*series, ("", "A series that is not listed, in time")]

    @property
    def asked(self) -> WhatIf:
        """What is asked, of a form that is valid."""
        data = self.cleaned_data
        counts = {name: data[name] or 0 for name in ("full", "first", "resits")}
        return WhatIf(**counts, is_late=data["series"].endswith(LATE))
