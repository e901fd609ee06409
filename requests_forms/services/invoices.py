"""A query about an invoice: on its way to credit control, with a copy of the invoice (guide O 2.4, decision 0019)."""

from datetime import datetime
from typing import Any
from unicodedata import category

from django.conf import settings

from candidates.models import Candidate
from candidates.rules.names import plain_form
from candidates.rules.searching import IN_NAMES
from outbox.services import queue_email
from technicals.models import FeeLine, Invoice

from ..enums import Queried
from ..models import Request

COMPOSER = "invoice-query"


def queue_invoice_query(request: Request, *, at: datetime) -> None:
    """Pass a query on to credit control: both numbers, the centre's own words, and where its files are.

    The invoice is attached when the mail is sent (COMPOSER).
    """
    queue_email(
        key=f"{COMPOSER}:{request.reference}",
        template="request_invoice_query",
        context={
            "request": request,
            "invoice": request.invoice,
            "matter": Queried(request.answers["matter"]).label,
            "detail": str(request.answers.get("detail") or "").strip(),
            "files": request.evidence.kept().count(),  # type: ignore[attr-defined]
        },
        to=[settings.CREDIT_CONTROL_EMAIL],
        composer=COMPOSER,
        can_wait=True,
        at=at,
    )


def candidate_named(invoice: Invoice | None, text: str) -> str:
    """A candidate of the invoice whose forename and surname stand side by side in a text; "" where none does."""
    lines: Any = FeeLine.objects.filter(invoice=invoice)
    on_it = Candidate.objects.filter(pk__in=lines.values("registration__candidate"))
    on_it |= Candidate.objects.filter(pk__in=lines.values("unit_entry__candidate"))
    words = _in_words(text)
    for first_name, last_name in on_it.order_by("pk").values_list("first_name", "last_name"):
        first, last = _in_words(first_name), _in_words(last_name)
        if first.strip() and last.strip() and (first + last[1:] in words or last + first[1:] in words):
            return f"{first_name} {last_name}"
    return ""


def _in_words(text: str) -> str:
    """A text in plain letters, each word between blanks; " " where it has none."""
    parted = "".join(char if char.isalnum() or category(char)[0] == "M" or char in IN_NAMES else " " for char in text)
    return " ".join(["", *plain_form(parted).lower().split(), ""])
