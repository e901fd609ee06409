"""What staff type when they decide requests, and when they pass notices on."""

from typing import Any

from django import forms

from accounts.models import User
from step_entries.models import Institution

from ..enums import Kind, Severity, WithdrawalReason
from ..models import Request

MAY_BE_WAIVED = (WithdrawalReason.MEDICAL, WithdrawalReason.COMPASSIONATE)
"""The reasons for a withdrawal for which the fee can be waived."""
TYPES = [("csv", ".csv"), ("xlsx", ".xlsx")]
NOTE = "Only staff read this note. It is not shown to the centre, and not passed on."
WORDS = "The centre reads this on the page of the request; it is not in the mail. Needed where you decline."
ANSWER = "The centre reads this on the page of the request, as the answer to its query; it is not in the mail."


class StaffField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return obj.name


class AssignForm(forms.Form):
    """To whom a request is handed."""

    assignee = StaffField(
        label="Assigned to",
        queryset=User.objects.filter(is_staff=True, is_active=True),
        required=False,
        empty_label="Nobody",
        error_messages={"invalid_choice": "Choose one of the staff."},
    )


class QuestionForm(forms.Form):
    """What the centre is asked."""

    question = forms.CharField(
        label="Question to the centre",
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text="The centre reads it on the page of the request; the mail only says that more is needed.",
    )


class DecisionForm(forms.Form):
    """What goes with a decision; the fields depend on the kind of request. others: how many are of the same event."""

    text = forms.CharField(
        label="Words to the centre", required=False, widget=forms.Textarea({"rows": 4}), help_text=WORDS
    )
    severity = forms.ChoiceField(
        label="Level of severity",
        required=False,
        choices=[("", "Choose a level to accept"), *Severity.choices],
        error_messages={"invalid_choice": "Choose one of the levels."},
        help_text="Passed on to the institutions that receive notices, and never shown to the centre.",
    )
    is_fee_waived = forms.BooleanField(
        label="Waive the fee",
        label_suffix="",
        required=False,
        help_text="Counts where you accept. Otherwise the fee stays due.",
    )
    is_alike = forms.BooleanField(label="Decide all open requests of this event alike", label_suffix="", required=False)

    def __init__(self, *args: Any, case: Request, others: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        is_consideration = case.kind == Kind.SPECIAL_CONSIDERATION
        if is_consideration:
            self.fields["text"].label, self.fields["text"].help_text = "Note for staff", NOTE
        if case.kind == Kind.INVOICE_QUERY:
            self.fields["text"].help_text = ANSWER
        kept = {"severity": is_consideration, "is_fee_waived": may_waive(case), "is_alike": bool(others)}
        for name in (name for name, is_kept in kept.items() if not is_kept):
            del self.fields[name]


def may_waive(case: Request) -> bool:
    """Whether the fee can be waived: for a withdrawal for medical or compassionate reasons."""
    return case.kind == Kind.WITHDRAWAL and case.answers.get("reason") in MAY_BE_WAIVED


class NoticesForm(forms.Form):
    """Which institution a file of notices is for, and of what type it is."""

    institution = forms.ModelChoiceField(
        label="For",
        queryset=Institution.objects.filter(receives_special_consideration=True),
        required=False,
        empty_label="All institutions that receive notices",
        error_messages={"invalid_choice": "Choose one of the institutions, or all."},
    )
    form = forms.ChoiceField(
        label="File",
        choices=TYPES,
        initial="csv",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the type of the file.", "invalid_choice": "Choose .csv or .xlsx."},
    )
