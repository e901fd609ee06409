from django import forms

from ..enums import WithdrawalReason
from .base import RequestForm, long_text, radios


class WithdrawalForm(RequestForm):
    """Why a candidate leaves after closing (guide 6.3)."""

    reason = radios("Reason for the withdrawal", WithdrawalReason.choices)
    detail = long_text("Further detail (optional)")
    will_follow = forms.BooleanField(
        label="The evidence will follow: I send the request without it",
        required=False,
        help_text="Tick this if you have no file yet. The request waits as More information needed until you add one.",
    )
