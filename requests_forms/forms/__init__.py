"""One form a kind of request. They name the fields and keep what was typed; judging is rules."""

from .accounts import AccountForm
from .amendments import AmendmentForm
from .arrangements import ArrangementForm
from .base import RequestForm
from .considerations import ConsiderationForm
from .corrections import CorrectionForm
from .invoices import InvoiceQueryForm
from .variations import VariationForm
from .withdrawals import WithdrawalForm

__all__ = [
    "AccountForm",
    "AmendmentForm",
    "ArrangementForm",
    "ConsiderationForm",
    "CorrectionForm",
    "InvoiceQueryForm",
    "RequestForm",
    "VariationForm",
    "WithdrawalForm",
]
