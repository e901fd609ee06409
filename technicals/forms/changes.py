"""What is typed when entries are withdrawn, changed, credited or transferred; the laws judge it."""

from typing import Any

from django import forms

from candidates.forms import TypedField

from ..enums import WithdrawalReason
from ..rules.withdrawing import REASONS_OF_REGISTRATIONS

NOTE = {"rows": 3, "class": "form-control"}
MISTAKE = "Registered under the wrong code, and nothing used yet: OCR corrects it"
"""What a centre chooses whose registration was a mistake."""


class WithdrawUnitForm(forms.Form):
    """Why a unit entry is withdrawn."""

    reason = TypedField(label="Why is the entry withdrawn?")
    note = TypedField(label="In a few words", widget=forms.Textarea(NOTE))

    def __init__(self, *args: Any, is_refunded: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].widget = forms.RadioSelect(choices=WithdrawalReason.choices)
        if is_refunded:
            self.fields["reason"].label = "Why is the entry withdrawn? (optional)"
        self.fields["note"].help_text = "Needed where you choose Other" if not is_refunded else "Optional"
        self.fields["note"].help_text += ", at most 300 characters. OCR reads it."


class WithdrawRegistrationForm(forms.Form):
    """Why a registration is withdrawn."""

    reason = TypedField(
        label="Why is the registration withdrawn?",
        widget=forms.RadioSelect(
            choices=[
                (reason.value, MISTAKE if reason == WithdrawalReason.MISTAKE else reason.label)
                for reason in REASONS_OF_REGISTRATIONS
            ]
        ),
    )
    note = TypedField(
        label="In a few words",
        help_text="Needed where you choose Other, at most 300 characters. OCR reads it. For a wrong code, type the "
        "right one.",
        widget=forms.Textarea(NOTE),
    )


class CompletionForm(forms.Form):
    """The day on which a course is expected to end."""

    completion_date = TypedField(
        label="Estimated completion (DD/MM/YYYY)",
        help_text="For example 31/08/2028 or 31 August 2028.",
        widget=forms.TextInput({"autocomplete": "off", "class": "short"}),
    )


class ProcessForm(forms.Form):
    """What staff decide of withdrawals that are pending."""

    is_credited = forms.BooleanField(
        label="Credit the fee",
        required=False,
        help_text="Only where the centre registered under a wrong code and no unit was ever entered under it. The "
        "registration that it topped up or moved down from then stands again.",
    )


class WhyForm(forms.Form):
    """Why staff refuse a withdrawal, or credit a charge."""

    note = forms.CharField(
        label="Why", required=False, widget=forms.Textarea({"rows": 3}), help_text="At most 300 characters."
    )


class TransferForm(forms.Form):
    """The centre to which a candidate is transferred."""

    number = forms.CharField(label="Number of the receiving centre", required=False, max_length=20)
    note = forms.CharField(
        label="Note for staff",
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text="Optional, at most 300 characters. The centres do not see it.",
    )
