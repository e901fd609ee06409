"""What is typed on the pages of requests that were sent: an answer, and what the list of requests shows."""

from typing import Any

from django import forms

from core.addresses import LONGEST_SEARCH

from ..codecs import SHOWN
from ..enums import Kind
from .base import FilesField, long_text

SELECT = {"class": "form-select"}


class AnswerForm(forms.Form):
    """What the centre answers to a question: words, files or both."""

    use_required_attribute = False

    text = long_text("Your answer", rows=6)
    files: Any = FilesField()


class RequestFilterForm(forms.Form):
    """The search box and the filters over the list of requests; `codecs.read_requests_asked` reads what they send."""

    use_required_attribute = False

    search = forms.CharField(
        label="Name, entry or invoice number, or reference",
        required=False,
        widget=forms.TextInput(
            {"type": "search", "class": "form-control", "maxlength": LONGEST_SEARCH, "spellcheck": "false"}
        ),
    )
    kind = forms.ChoiceField(label="Kind", choices=[("", "All kinds"), *Kind.choices], widget=forms.Select(SELECT))
    status = forms.ChoiceField(label="Status", choices=list(SHOWN.items()), widget=forms.Select(SELECT))
    session = forms.ChoiceField(label="Session", widget=forms.Select(SELECT))

    def __init__(self, *args: Any, sessions: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["session"]
        field.choices = [("", "All sessions"), *((name, name) for name in sessions)]
