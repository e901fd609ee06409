"""The invoices of a centre, one of them with its lines, and its files."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.views.generic import TemplateView, View

from centres.access import CentreMemberRequiredMixin

from ..documents import INVOICE_FORMS, invoice_file
from ..models import Invoice
from ..queries import money
from ..querysets import InvoiceQuerySet
from ..rules.invoicing import meaning_of, title_of


class InvoicesMixin(CentreMemberRequiredMixin):
    """The invoices of the centre in use, among those that the person may see."""

    @property
    def invoices(self) -> InvoiceQuerySet:
        return Invoice.objects.visible_to(self.request.user).filter(centre=self.centre)


class InvoicesView(InvoicesMixin, TemplateView):
    """Every invoice of the centre, whom they go to, and what is charged and on none yet."""

    template_name = "technicals/invoice_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = money.invoices_page(self.invoices, self.request.GET.get("page", 1))
        return super().get_context_data(**kwargs) | {
            "page": page,
            "page_numbers": list(page.paginator.get_elided_page_range(page.number, on_each_side=2)),
            "waiting": money.not_invoiced_yet(centre=self.centre, user=self.request.user),
            "forms": INVOICE_FORMS,
        }


class InvoiceMixin(InvoicesMixin):
    """Pages on one invoice, found by its number."""

    @cached_property
    def invoice(self) -> Invoice:
        return get_object_or_404(self.invoices.select_related("centre"), number=self.kwargs["number"])


class InvoiceView(InvoiceMixin, TemplateView):
    """An invoice: what is charged and credited for whom, by order number, and how to query it."""

    template_name = "technicals/invoice.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = money.lines_page(self.invoice, self.request.GET.get("page", 1))
        return super().get_context_data(**kwargs) | {
            "invoice": self.invoice,
            "title": title_of(self.invoice),
            "meaning": meaning_of(self.invoice),
            "orders": money.totals_by_order_number(self.invoice),
            "page": page,
            "page_numbers": list(page.paginator.get_elided_page_range(page.number, on_each_side=2)),
            "forms": INVOICE_FORMS,
            "credit_control": settings.CREDIT_CONTROL_EMAIL,
        }


class InvoiceFileView(InvoiceMixin, View):
    """An invoice as a file: the PDF as it was mailed, or a sheet."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest, number: str, form: str) -> HttpResponse:
        if form not in INVOICE_FORMS:
            raise Http404(f"There is no file of the type .{form}. Choose one of .pdf, .csv and .xlsx.")
        content, content_type = invoice_file(self.invoice, form)
        name = f"{self.centre.number}-{self.invoice.number}.{form}"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return HttpResponse(content, content_type=content_type, headers=headers)
