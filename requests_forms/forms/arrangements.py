from itertools import groupby
from typing import Any

from django import forms

from core.windows import Window
from step_entries.forms import TypedField

from ..enums import EvidenceHeld
from ..rules import ALL_PAPERS, ARRANGEMENTS, Arrangement
from .base import RequestForm, choice, long_text


class ArrangementForm(RequestForm):
    """Access arrangements: a tick for each kind, with its detail and its papers where these have to be said."""

    evidence_type = choice("Evidence of the candidate's need", EvidenceHeld.choices)
    is_held = forms.BooleanField(
        label="Our centre holds this evidence, and can send it when the STEP team asks", required=False
    )
    is_told = forms.BooleanField(
        label="The candidate was told that details of their need are sent to the board", required=False
    )
    note = long_text("Further details (optional)", "What the STEP team should know to decide.", rows=3)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for each in ARRANGEMENTS:
            self.fields[f"a_{each.slug}"] = forms.BooleanField(label=each.label, required=False)
            if each.detail:
                self.fields[f"d_{each.slug}"] = TypedField(
                    label=each.detail, widget=forms.TextInput(attrs={"autocomplete": "off"})
                )
            if len(self.facts.papers) > 1:
                self.fields[f"p_{each.slug}"] = TypedField(label="For", widget=forms.Select(choices=self._papers()))
        self.order_fields([name for name in self.fields if name not in {*self.base_fields, "files"}])
        self._close_modified_papers()

    def _papers(self) -> list[tuple[str, str]]:
        return [(ALL_PAPERS, "all papers"), *((each.paper, each.label) for each in self.facts.papers)]

    def _close_modified_papers(self) -> None:
        """After their deadline, those that are not ticked already cannot be ticked."""
        for each in ARRANGEMENTS:
            name = f"a_{each.slug}"
            if each.is_modified_paper and not self.can_be_modified and not self[name].value():
                self.fields[name].widget.attrs["disabled"] = True

    @property
    def can_be_modified(self) -> bool:
        """Whether modified papers can still be asked for."""
        dates = self.facts.dates
        return bool(dates and Window(dates.registration.opens_at, dates.modified_papers_until).is_open(self.facts.at))

    @property
    def groups(self) -> list[dict[str, Any]]:
        """The arrangements with their fields, by group."""
        return [
            {"title": title, "is_modified": title == "Modified papers", "lines": [self._line(each) for each in group]}
            for title, group in groupby(ARRANGEMENTS, lambda each: each.group)
        ]

    def _line(self, each: Arrangement) -> dict[str, Any]:
        detail, papers = (self[name] if name in self.fields else None for name in (f"d_{each.slug}", f"p_{each.slug}"))
        of_line = [field for field in (detail, papers) if field]
        tick = self[f"a_{each.slug}"]
        is_typed = bool(detail and detail.value())
        is_shown = is_typed or any(field.errors for field in of_line)
        return {"tick": tick, "detail": detail, "papers": papers, "has_more": bool(of_line), "is_shown": is_shown}
