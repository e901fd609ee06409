"""What is typed on the pages of uploads. They name the fields and keep what was typed; nothing is judged here."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from core.tabular.cells import as_text

from .enums import UploadState
from .models import Upload
from .rules.headings import folded
from .rules.kinds import Column, Period, UploadKind
from .rules.rows import Change

LEAVE_OUT = "leave-out"
ALIKE = re.compile(r"alike-cell-([0-9]{1,7})-([a-z0-9_]{1,40})")
CELL = re.compile(r"was-cell-([0-9]{1,7})-([a-z0-9_]{1,40})")


class UploadForm(forms.Form):
    """The file; for which period it is, where there are several; and the order number, where the kind takes one."""

    def __init__(self, *args: Any, kind: UploadKind, periods: Sequence[Period], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.periods = kind, {period.key: period for period in periods}
        if len(self.periods) > 1:
            self.fields["period"] = forms.ChoiceField(
                label=kind.period_label,
                choices=[(period.key, period.title) for period in periods],
                widget=forms.Select(attrs={"class": "form-select"}),
                error_messages={"required": "Choose one of these.", "invalid_choice": "Choose one that is open now."},
            )
        self.fields["file"] = forms.FileField(
            label="Your spreadsheet",
            allow_empty_file=True,
            error_messages={"required": "Choose the file that has your rows in it."},
            help_text="An .xlsx, .xls, .ods or .csv of at most 5 MB, 10,000 rows and 60 columns.",
        )
        if kind.takes_order_number:
            self.fields["order_number"] = forms.CharField(
                label="Order number or reference",
                required=False,
                help_text="If your centre uses one. Up to 20 characters; it is quoted with these entries.",
            )

    def clean(self) -> dict[str, Any]:
        """A page that was opened for a period that has closed since sends its file for no other one."""
        if "period" not in self.fields and self.data.get("period", "") not in ("", *self.periods):
            self.add_error(
                None,
                f"The {self.kind.period_label.lower()} that this page was opened for has closed. Nothing was uploaded: "
                "see which one is open now, and choose the file again.",
            )
        return self.cleaned_data

    @property
    def period(self) -> Period | None:
        """The period that was chosen, or the only one; None where there is none."""
        chosen = self.cleaned_data.get("period")
        return self.periods[chosen] if chosen else next(iter(self.periods.values()), None)


class HeadingsForm(forms.Form):
    """For each heading that is not matched, which column it is; for each column that is missing, one answer for all.

    Where all are matched, each heading is asked about anew, with what it was matched with.
    """

    def __init__(self, *args: Any, upload: Upload, kind: UploadKind, samples: Mapping[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.upload, self.columns, self.samples = upload, kind.columns_of_files(upload.centre), samples
        choices = [("", "Choose"), *((column.slug, column.label) for column in self.columns), (LEAVE_OUT, "Leave out")]
        for place in self.asked:
            heading = upload.headings[place] or f"Column {place + 1}, which has no heading"
            sample = samples.get(place)
            self.fields[f"column-{place}"] = forms.ChoiceField(
                label=heading,
                choices=choices,
                initial=self._initial(place),
                help_text=f"For example “{sample}”" if sample else "Nothing stands below this heading.",
                widget=forms.Select(attrs={"class": "form-select"}),
                error_messages={"required": f"Choose what “{heading}” is, or “Leave out”."},
            )
        for column in self.same_offered:
            self.fields[f"all-{column.slug}"] = _one_answer(column, str(upload.same_for_all.get(column.slug, "")))

    @property
    def asked(self) -> list[int]:
        """The places of the headings that the officer has to match, or may match anew."""
        unmatched = [place for place, slug in enumerate(self.upload.mapping) if slug is None]
        if unmatched or self.upload.state == UploadState.HEADINGS:
            return unmatched
        return [place for place, heading in enumerate(self.upload.headings) if heading or place in self.samples]

    @property
    def missing(self) -> list[Column]:
        """The columns that are needed and that no heading was recognised as, nor can be meant by one."""
        found = {*self.upload.mapping, *(self._initial(place) for place in self.asked)}
        return [column for column in self.columns if column.is_required and column.slug not in found]

    @property
    def same_offered(self) -> list[Column]:
        """Those of the missing columns for which one answer can stand for all rows."""
        return [column for column in self.missing if column.can_be_same]

    @property
    def matched(self) -> list[tuple[str, str]]:
        """The headings that were recognised, with the column that each is."""
        labels = {column.slug: column.label for column in self.columns}
        pairs = enumerate(zip(self.upload.headings, self.upload.mapping, strict=True))
        return [
            (heading, labels.get(slug or "", "Left out"))
            for place, (heading, slug) in pairs
            if heading and place not in self.asked
        ]

    @property
    def chosen(self) -> list[str]:
        """For each heading the column that it is now, or "" where it is left out."""
        typed = {place: self.cleaned_data[f"column-{place}"] for place in self.asked}
        slugs = [typed.get(place, slug) or "" for place, slug in enumerate(self.upload.mapping)]
        return ["" if slug == LEAVE_OUT else slug for slug in slugs]

    @property
    def same_for_all(self) -> dict[str, str]:
        """The one answer for all rows in the columns that are missing."""
        return {column.slug: as_text(self.cleaned_data.get(f"all-{column.slug}", "")) for column in self.same_offered}

    def _initial(self, place: int) -> str:
        slug = self.upload.mapping[place]
        return self._suggested(place) if slug is None else slug or LEAVE_OUT

    def _suggested(self, place: int) -> str:
        """Of several headings that mean one column, the first is taken for it."""
        heading, before = self.upload.headings[place], self.upload.headings[:place]
        for column in self.columns:
            names = {folded(name) for name in (column.label, *column.synonyms)}
            if folded(heading) in names:
                return LEAVE_OUT if any(folded(other) in names for other in before) else column.slug
        return ""


def _one_answer(column: Column, initial: str) -> forms.Field:
    label = f"{column.label}, the same in every row"
    if column.choices:
        choices = [("", "It stands in a column of the file"), *((choice, choice) for choice in column.choices)]
        widget = forms.Select(attrs={"class": "form-select"})
        return forms.ChoiceField(label=label, choices=choices, required=False, initial=initial, widget=widget)
    return forms.CharField(label=label, required=False, initial=initial, help_text=column.help, strip=False)


def typed_cells(posted: Mapping[str, str]) -> dict[int, dict[str, Change]]:
    """What was typed into cells, by row and column, each with what was shown there before.

    A tick that was taken away is not sent; what was shown of it is.
    """
    typed: dict[int, dict[str, Change]] = {}
    for name, shown in posted.items():
        if match := CELL.fullmatch(name):
            change = Change(as_text(shown), as_text(posted.get(name.removeprefix("was-"), "")))
            typed.setdefault(int(match[1]), {})[match[2]] = change
    return typed


def alike_cells(posted: Mapping[str, str]) -> set[tuple[int, str]]:
    """The cells, by row and column, whose text is meant for all rows that say the same."""
    found = (ALIKE.fullmatch(name) for name in posted)
    return {(int(match[1]), match[2]) for match in found if match}


def shown_text(text: str) -> str:
    """The text of a cell as a box of one line can show it."""
    return "; ".join(line.strip() for line in text.split("\n") if line.strip()) if "\n" in text else text


def row_numbers(posted: Any, name: str) -> set[int]:
    """The numbers of the rows that a button was pressed for."""
    return {int(number) for number in posted.getlist(name) if re.fullmatch(r"[0-9]{1,7}", number)}
