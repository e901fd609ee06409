from ..enums import Queried
from .base import RequestForm, long_text, radios


class InvoiceQueryForm(RequestForm):
    """What is wrong with an invoice (guide O 2.4)."""

    matter = radios("What is queried", Queried.choices)
    detail = long_text(
        "Details",
        "These words go by mail to credit control, with a copy of the invoice. Name no candidate here: give the "
        "submission number with the entry code or unit.",
        rows=6,
    )
