from collections.abc import Mapping
from typing import Any

from django import forms

from step_entries.forms import TypedField

from ..enums import CorrectionReason
from ..rules import RequestFacts
from .base import RequestForm, long_text, radios, short_text

OFF = {"autocomplete": "off"}


class CorrectionForm(RequestForm):
    """A candidate's names and date of birth as they are to be; at first those of now (decision 0019)."""

    first_name = TypedField(label="Forename", widget=forms.TextInput(OFF))
    middle_names = TypedField(label="Middle names (optional)", widget=forms.TextInput(OFF))
    last_name = TypedField(label="Surname", widget=forms.TextInput(OFF))
    date_of_birth = short_text("Date of birth (DD/MM/YYYY)", "Day before month, for example 27/03/2008.")
    reason = radios("Reason for the correction", CorrectionReason.choices)
    note = long_text("Note (optional)", "What OCR should know to decide.")
    will_follow = forms.BooleanField(
        label="The proof will follow: I send the request without it",
        required=False,
        help_text="Tick this if you have no file yet. The request waits as More information needed until you add one.",
    )

    @classmethod
    def shown(cls, answers: Mapping[str, Any], about: Any, facts: RequestFacts) -> dict[str, Any]:
        """What was typed; for what was not yet, the candidate's details of now."""
        return of_now(about) | dict(answers)


def of_now(candidate: Any) -> dict[str, str]:
    """The details of a candidate that can be asked to be others, as they are typed."""
    return {
        "first_name": candidate.first_name,
        "middle_names": candidate.middle_names,
        "last_name": candidate.last_name,
        "date_of_birth": f"{candidate.date_of_birth:%d/%m/%Y}",
    }
