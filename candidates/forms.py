"""What is typed on the pages of candidates and groups. They name the fields and keep what was typed."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms

from core.addresses import LONGEST_SEARCH
from core.refusals import Refusal, Refused
from core.texts import storable

from .codecs import PAGE_SIZES
from .enums import Added, Gender
from .models import Candidate, CandidateGroup
from .rules.details import CELLS, Cell
from .rules.merging import ONE, OTHER
from .rules.names import single_spaced, tidy
from .rules.people import Person, read_person
from .rules.reading import read_ucas_id

SELECT = {"class": "form-select"}
OFF = {"autocomplete": "off"}
SHORT = {"autocomplete": "off", "class": "short"}


class TypedField(forms.CharField):
    """A text exactly as typed; what no database can hold becomes a visible mark, which the rules refuse."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, strip=False, validators=[], **kwargs)
        self.validators = []

    def to_python(self, value: Any) -> str:
        return storable(str(value or "")[:5000])


class QuestionInput(forms.CheckboxInput):
    """A checkbox whose value is the question that it answers; it is ticked where that one was answered."""

    asks = ""

    def ask(self, question: str) -> None:
        self.asks = question
        self.check_test = lambda value: value == question

    def format_value(self, value: Any) -> str:
        return self.asks

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return data.get(name) or ""


class FilterForm(forms.Form):
    """The search box and the choices over the list of candidates; `codecs.read_asked` reads what they send."""

    use_required_attribute = False

    search = forms.CharField(
        label="Name, UCI, ULN, OCR number or candidate number",
        required=False,
        widget=forms.TextInput(
            {"type": "search", "class": "form-control", "maxlength": LONGEST_SEARCH, "spellcheck": "false"}
        ),
    )
    added = forms.ChoiceField(label="Added", choices=Added, widget=forms.Select(SELECT))
    group = forms.ChoiceField(label="Group")
    size = forms.ChoiceField(
        label="On a page", choices=[(size, size) for size in PAGE_SIZES], widget=forms.Select(SELECT)
    )

    def __init__(self, *args: Any, groups: Iterable[CandidateGroup], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(str(group.key), group.name) for group in groups]
        self.fields["group"] = forms.ChoiceField(
            label="Group", choices=[("", "All candidates"), *named], widget=forms.Select(SELECT)
        )


class CandidateForm(forms.Form):
    """The details of one candidate."""

    first_name = TypedField(label="Forename", widget=forms.TextInput(OFF))
    middle_names = TypedField(label="Middle names (optional)", widget=forms.TextInput(OFF))
    last_name = TypedField(label="Surname", widget=forms.TextInput(OFF))
    is_different_person = TypedField(label="This is a different person", widget=QuestionInput)
    date_of_birth = TypedField(
        label="Date of birth (DD/MM/YYYY)",
        help_text="Day before month, for example 27/03/2008.",
        widget=forms.TextInput(SHORT),
    )
    gender = TypedField(label="Gender", widget=forms.RadioSelect(choices=Gender.choices))
    uci = TypedField(
        label="UCI (optional)",
        help_text="12 digits and a letter, for example 689990980001D. The letter can be left off: we add it.",
        widget=forms.TextInput(SHORT),
    )
    uln = TypedField(
        label="ULN (optional)",
        help_text="10 digits. Leave it empty until the candidate's own number is known.",
        widget=forms.TextInput(SHORT | {"inputmode": "numeric"}),
    )
    ocr_number = TypedField(
        label="OCR number (optional)",
        help_text="8 digits, issued by OCR.",
        widget=forms.TextInput(SHORT | {"inputmode": "numeric"}),
    )
    candidate_number = TypedField(
        label="Candidate number (optional)",
        help_text="0001 to 9999, for this academic year.",
        widget=forms.TextInput(SHORT | {"inputmode": "numeric"}),
    )
    ucas_id = TypedField(
        label="UCAS ID (optional)",
        help_text="10 digits, for example 123 456 7890.",
        widget=forms.TextInput(SHORT | {"inputmode": "numeric"}),
    )

    def ask_only(self, question: str) -> None:
        """Let the tick answer the question that is asked now; without one, take the tick away."""
        if question:
            self.fields["is_different_person"].widget.ask(question)
        else:
            del self.fields["is_different_person"]

    def read(self) -> tuple[Person, str, list[Refusal]]:
        """The person and the UCAS ID that were typed, and what could not be read."""
        person, unread = read_person(self.cleaned_data)
        try:
            return person, read_ucas_id(self.cleaned_data["ucas_id"]), unread
        except Refused as refused:
            return person, "", [*unread, *refused.refusals]


class MergeForm(forms.Form):
    """Which of two records stays, and of each detail in which they differ, which value.

    A detail that only one of them has is chosen at first; where both have one, somebody chooses.
    """

    def __init__(
        self,
        *args: Any,
        one: Candidate,
        other: Candidate,
        cells: Sequence[Cell],
        words: Mapping[str, Any],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        sides = [(ONE, f"{one}, added first"), (OTHER, f"{other}, added later")]
        self.fields["stays"] = _side("Which record stays?", sides, "")
        for cell in cells:
            values = words[cell.slug]
            given = [side for side, value in zip((ONE, OTHER), values, strict=True) if value]
            choices = list(zip((ONE, OTHER), [value or "Empty" for value in values], strict=True))
            self.fields[cell.slug] = _side(cell.label, choices, given[0] if len(given) == 1 else "")

    @property
    def chosen(self) -> dict[str, str]:
        """The side chosen for each detail, by its slug."""
        return {cell.slug: str(self.cleaned_data.get(cell.slug, "")) for cell in CELLS}

    @property
    def questions(self) -> list[Any]:
        """The fields of the details."""
        return [self[name] for name in self.fields if name != "stays"]


class GroupNameForm(forms.Form):
    name = TypedField(label="Name of the group", help_text="At most 60 characters.", widget=forms.TextInput(OFF))

    def clean_name(self) -> str:
        return single_spaced(tidy(self.cleaned_data["name"]))


class MembersFileForm(forms.Form):
    file = forms.FileField(
        label="Your file",
        allow_empty_file=True,
        error_messages={"required": "Choose the file that names the members."},
        help_text="An .xlsx, .xls, .ods or .csv of at most 5 MB, 10,000 rows and 60 columns.",
    )


def _side(label: str, choices: Sequence[tuple[str, str]], initial: str) -> TypedField:
    return TypedField(label=label, initial=initial, widget=forms.RadioSelect(choices=list(choices)))
