"""A file of evidence as the answer to a browser (decision 0016), and the invoice that goes with a query."""

from datetime import datetime
from typing import Any

from django.http import FileResponse, Http404

from outbox.delivery import Composed
from outbox.models import OutgoingEmail
from technicals.documents import invoice_attachments

from .models import Evidence, Request
from .services import open_evidence

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "sandbox",
    "X-Content-Type-Options": "nosniff",
}
"""What is inside is not run, not taken for another type, and not kept by the browser."""


def evidence_file(evidence: Evidence, *, by: Any, at: datetime) -> FileResponse:
    """The file as an attachment under its own name; that this person opened it goes into the history.

    Raises Http404 with the reason where it waits for the virus scanner, has a virus, or is not there any more.
    """
    if not evidence.can_be_opened:
        raise Http404(evidence.get_scan_state_display())
    try:
        file = open_evidence(evidence=evidence, by=by, at=at)
    except FileNotFoundError as gone:
        raise Http404("The file is not there any more.") from gone
    of_type = evidence.content_type
    return FileResponse(file, as_attachment=True, filename=evidence.name, content_type=of_type, headers=HEADERS)


def compose_invoice_query(email: OutgoingEmail, at: datetime) -> Composed:
    """A copy of the invoice that a query is about (guide O 2.4); the mail's key has the reference of the request."""
    case = Request.objects.select_related("invoice__centre").get(reference=email.key.split(":")[1])
    invoice: Any = case.invoice
    return Composed(attachments=invoice_attachments(invoice, forms=("pdf",)))
