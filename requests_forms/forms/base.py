"""What the forms of all kinds have in common."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from core.rules.evidence import LARGEST_EVIDENCE, MOST_FILES, TYPES
from core.rules.sheets import MEGABYTE
from step_entries.forms import StepForm, TypedField

from ..rules import PaperDate, RequestFacts


class FilesInput(forms.FileInput):
    """A box for several files at once."""

    allow_multiple_selected = True


class FilesField(forms.Field):
    """Where files are chosen. They are checked by services, and are no answer."""

    widget = FilesInput(attrs={"accept": ",".join(TYPES), "multiple": True})

    def __init__(self) -> None:
        help_text = f"PDF, JPEG or PNG, at most {LARGEST_EVIDENCE // MEGABYTE} MB each, up to {MOST_FILES} files."
        super().__init__(label="Add files", required=False, help_text=help_text)


class SomeRadios(forms.RadioSelect):
    """Radio buttons, some of which cannot be chosen and say why; one that was chosen before can be kept."""

    why_not: Mapping[str, str] = {}

    def create_option(self, name: str, value: Any, label: Any, selected: bool, *args: Any, **kwargs: Any) -> Any:
        option = super().create_option(name, value, label, selected, *args, **kwargs)
        if why := self.why_not.get(value):
            option["label"] = f"{label}: {why}"
            option["attrs"]["disabled"] = not selected
        return option


def long_text(label: str, help_text: str = "", rows: int = 4) -> TypedField:
    """A box for a few sentences."""
    return TypedField(
        label=label,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows, "class": "long", "maxlength": 5000}),
    )


def short_text(label: str, help_text: str = "", **attrs: str) -> TypedField:
    """A box for a date, a time or a word."""
    return TypedField(
        label=label,
        help_text=help_text,
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "short"} | attrs),
    )


def radios(
    label: str, choices: Any = (), help_text: str = "", widget: type[forms.RadioSelect] = forms.RadioSelect
) -> TypedField:
    """One of a few answers."""
    return TypedField(label=label, help_text=help_text, widget=widget(choices=choices))


def choice(label: str, choices: Any = (), help_text: str = "", **attrs: str) -> TypedField:
    """One of many answers, none at first."""
    return TypedField(
        label=label, help_text=help_text, widget=forms.Select(choices=[("", "Choose"), *choices], attrs=attrs)
    )


class RequestForm(StepForm):
    """The form of a request about an entry, an invoice, a candidate or a centre.

    about: which of them it is. facts: what the rules know before anything is answered.
    """

    takes_files = True

    def __init__(self, *args: Any, facts: RequestFacts, **kwargs: Any) -> None:
        self.facts = facts
        super().__init__(*args, **kwargs)
        if self.takes_files:
            self.fields["files"] = FilesField()

    @property
    def answers(self) -> dict[str, Any]:
        """What was typed, by field name."""
        self.full_clean()
        return {name: value for name, value in self.cleaned_data.items() if name != "files"}

    @classmethod
    def shown(cls, answers: Mapping[str, Any], about: Any, facts: RequestFacts) -> dict[str, Any]:
        """What the form shows for these answers of a draft, or for none."""
        return dict(answers)

    def offer_papers(self, papers: Iterable[PaperDate], labels: Mapping[str, str]) -> None:
        """Let one of these papers be chosen."""
        self.fields["paper"].widget.choices = [(each.paper, labels[each.paper]) for each in papers]


def only(papers: Iterable[PaperDate]) -> str:
    """The paper that need not be chosen, because there is no other; otherwise none."""
    values = [each.paper for each in papers]
    return values[0] if len(values) == 1 else ""
