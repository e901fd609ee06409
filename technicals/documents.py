"""The papers of an invoice: the PDF, the sheet, and what goes with its mail. None of them names a candidate."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings

from core.moments import date_in_words, uk_date
from core.tabular.writing import FORMS
from core.typesetting import UNPRINTABLE, pdf_of, printable
from outbox.delivery import Attachment, Composed
from outbox.models import OutgoingEmail

from .enums import FeeReason
from .models import Invoice
from .queries.money import LinesAlike, OrderShown, by_order_number, lines_alike
from .rules.invoicing import NO_ORDER_NUMBER, SAMPLE, meaning_of, title_of
from .rules.prices import in_words

PDF = "application/pdf"
INVOICE_FORMS = ("pdf", "csv", "xlsx")
SHEET_HEADINGS = [
    "Order number or reference",
    "Reason code",
    "Kind",
    "Entry code",
    "Unit",
    "Series",
    "Submission number",
    "Count",
    "Each (GBP)",
    "Total (GBP)",
    "Sample",
]


def invoice_pdf(invoice: Invoice) -> bytes:
    """An invoice as a tagged PDF, equal lines counted together; the number of queries does not grow with its lines.

    While one of its amounts is an example, SAMPLE stands on every page.
    """
    orders = by_order_number(lines_alike(invoice.lines.all()))
    facts = _facts(invoice)
    free_texts = [*(text for _, text in facts), *(order.order_number for order in orders)]
    return pdf_of(
        "invoice",
        {
            "title": title_of(invoice),
            "sample": SAMPLE if invoice.is_sample else "",
            "facts": [{"label": label, "text": text} for label, text in facts],
            "total": in_words(invoice.total),
            "meaning": meaning_of(invoice),
            "orders": [_order(order) for order in orders],
            "query": query_in_words(invoice),
            "footer": f"{title_of(invoice)}. Centre {invoice.centre.number}. Entries Portal.",
            "unprintable": UNPRINTABLE if printable(free_texts) != free_texts else "",
        },
    )


def invoice_file(invoice: Invoice, form: str) -> tuple[bytes, str]:
    """An invoice in one of INVOICE_FORMS, with its content type.

    In a sheet amounts are pounds, and a line is counted for each submission by itself.
    """
    if form == "pdf":
        return invoice_pdf(invoice), PDF
    write, content_type = FORMS[form]
    rows = [_sheet_row(line) for line in lines_alike(invoice.lines.all(), by_submission=True)]
    return write(invoice.number, SHEET_HEADINGS, rows), content_type


def invoice_attachments(invoice: Invoice, forms: Sequence[str] = ("pdf", "csv")) -> list[Attachment]:
    """The files of an invoice that go with a mail."""
    return [Attachment(f"{invoice.number}.{form}", *invoice_file(invoice, form)) for form in forms]


def compose_invoice_mail(email: OutgoingEmail, at: datetime) -> Composed:
    """The PDF and the CSV of the invoice that a mail is about; its number stands in the mail's key."""
    invoice = Invoice.objects.select_related("centre").get(number=email.key.split(":")[1])
    return Composed(attachments=invoice_attachments(invoice))


def query_in_words(invoice: Invoice) -> str:
    """Whom to ask about an invoice, and what to quote."""
    return (
        "Open the invoice in the Entries Portal and choose Query this invoice, or write to "
        f"{settings.CREDIT_CONTROL_EMAIL} with a copy of it and your evidence. "
        f"Quote centre number {invoice.centre.number} and invoice number {invoice.number}."
    )


def _facts(invoice: Invoice) -> list[tuple[str, str]]:
    centre = invoice.centre
    facts = [
        ("Centre", f"{centre.number} {centre.name}"),
        ("Number", invoice.number),
        ("Date", date_in_words(uk_date(invoice.issued_at))),
        ("For the attention of", invoice.accounts_contact),
        ("Sent to", invoice.sent_to),
    ]
    return [(label, text) for label, text in facts if text]


def _order(order: OrderShown) -> dict[str, Any]:
    title = f"Order number {order.order_number}" if order.order_number else NO_ORDER_NUMBER
    return {"title": title, "lines": [_line(line) for line in order.lines], "total": in_words(order.total)}


def _line(line: LinesAlike) -> dict[str, str]:
    what = str(line.kind.label)
    return {
        "what": what if line.reason == FeeReason.CHARGED else f"Credit: {what}. {line.reason.label}",
        "entry": f"{line.code} {line.title}",
        "unit": "" if line.unit is None else f"{line.unit:02} {line.unit_title}",
        "series": line.series,
        "count": f"{line.count:,}",
        "each": in_words(line.each) + (" (sample)" if line.is_sample else ""),
        "amount": in_words(line.total),
    }


def _sheet_row(line: LinesAlike) -> list[str]:
    return [
        line.order_number,
        line.reason.value,
        str(line.kind.label),
        line.code,
        "" if line.unit is None else f"{line.unit:02}",
        line.series,
        line.submission,
        str(line.count),
        in_pounds(line.each or 0),
        in_pounds(line.total),
        "Yes" if line.is_sample else "No",
    ]


def in_pounds(pence: int) -> str:
    """Pence as a number of pounds that a spreadsheet can add up: "-12.50"."""
    return f"{'-' if pence < 0 else ''}{abs(pence) // 100}.{abs(pence) % 100:02}"
