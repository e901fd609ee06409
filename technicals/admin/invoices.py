"""Invoices in the administration: the run that makes them, what each run made, and files for the finance system."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.html import format_html

from core.admin import PagesMixin, ReadOnlyAdmin
from core.moments import uk_date
from core.refusals import Refused

from ..documents import INVOICE_FORMS, invoice_file
from ..exports import FINANCE_FORMS, finance_file
from ..models import FeeLine, Invoice, InvoiceRun
from ..queries.money import invoices_of, runs_with_sums
from ..rules.prices import in_words
from ..services.invoice_mails import mail_again
from ..services.invoicing import preview_invoices, run_invoices

SEEN = "seen"


class UntilForm(forms.Form):
    """Until which day fee lines are invoiced."""

    until = forms.DateField(
        label="Fee lines until",
        input_formats=["%d/%m/%Y", "%Y-%m-%d", "%d %B %Y", "%d %b %Y"],
        widget=forms.DateInput(format="%d/%m/%Y"),
        help_text="DD/MM/YYYY, the last day in the United Kingdom whose charges and credits are taken.",
        error_messages={
            "required": "Type a day as DD/MM/YYYY.",
            "invalid": "That is not a date. Type it as DD/MM/YYYY, for example 21/11/2026.",
        },
    )


@admin.register(InvoiceRun)
class InvoiceRunAdmin(PagesMixin, ReadOnlyAdmin):
    """Runs, and beside the list the page that makes one."""

    list_display = ["until", "at", "by", "invoice_count", "sum_of_invoices", "unpriced"]
    list_select_related = ["by"]
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> Any:
        return runs_with_sums(super().get_queryset(request))

    @admin.display(description="invoices", ordering="invoice_count")
    def invoice_count(self, run: Any) -> int:
        return run.invoice_count

    @admin.display(description="total", ordering="total")
    def sum_of_invoices(self, run: Any) -> str:
        return in_words(run.total)

    def get_urls(self) -> list[Any]:
        return [
            self._own_path("make/", self.make_view, "make"),
            self._own_path("<int:pk>/made/", self.made_view, "made"),
            self._own_path("<int:pk>/finance.<slug:form>", self.finance_view, "finance"),
            *super().get_urls(),
        ]

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        """There is one page of a run."""
        self._refuse_strangers(request)
        if (run := self.get_object(request, object_id)) is None:
            raise Http404
        return redirect("admin:technicals_invoicerun_made", run.pk)

    def make_view(self, request: HttpRequest) -> HttpResponse:
        """Invoice centres: what a run until a day would take, and the button that makes it."""
        self._refuse_strangers(request)
        yesterday = uk_date(request.arrived_at) - timedelta(days=1)
        asked = request.POST or request.GET
        form = UntilForm(asked) if "until" in asked else UntilForm({"until": f"{yesterday:%d/%m/%Y}"})
        if not form.is_valid():
            return self.page(request, "make", "Invoice centres", form=form, figures=None)
        until = form.cleaned_data["until"]
        if request.method == "POST":
            try:
                run = run_invoices(until=until, seen=request.POST.get(SEEN, ""), by=request.user, at=request.arrived_at)
            except Refused as refused:
                refused.put_onto(form)
            else:
                messages.success(request, f"Invoices made: {run.invoices.count()}. Their mails are on their way.")
                return redirect("admin:technicals_invoicerun_made", run.pk)
        figures = self._figures(until)
        later = 0 if figures.lines else FeeLine.objects.not_invoiced().count()
        return self.page(request, "make", "Invoice centres", form=form, until=until, figures=figures, later=later)

    def _figures(self, until: date) -> Any:
        return preview_invoices(until=until)

    def made_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What a run made: its invoices, and the files for the finance system."""
        self._refuse_strangers(request)
        run = get_object_or_404(runs_with_sums(InvoiceRun.objects.select_related("by")), pk=pk)
        return self.page(request, "made", str(run), run=run, invoices=invoices_of(run), forms=FINANCE_FORMS)

    def finance_view(self, request: HttpRequest, pk: int, form: str) -> HttpResponse:
        """Each fee line that a run invoiced, for the finance system."""
        self._refuse_strangers(request)
        if form not in FINANCE_FORMS:
            raise Http404(f"There is no file of the type .{form}. Choose one of .csv and .xlsx.")
        run = get_object_or_404(InvoiceRun, pk=pk)
        content, content_type = finance_file(run=run, form=form)
        return _file(content, content_type, f"invoices-until-{run.until.isoformat()}-run-{run.pk}.{form}")

    def _own_path(self, route: str, view: Any, name: str) -> Any:
        return path(route, self.admin_site.admin_view(view), name=f"technicals_invoicerun_{name}")

    def _refuse_strangers(self, request: HttpRequest) -> None:
        if not self.has_view_permission(request):
            raise PermissionDenied


@admin.register(Invoice)
class InvoiceAdmin(PagesMixin, ReadOnlyAdmin):
    """Every invoice, to be found by its number or centre; its files, and its mail again."""

    list_display = ["number", "pdf", "centre", "issued_at", "in_pounds", "sent_to"]
    list_filter = ["is_sample", "run__until"]
    list_select_related = ["centre"]
    search_fields = ["^number", "=centre__number", "centre__name"]
    search_help_text = "Invoice number, the whole centre number, or centre name."
    show_full_result_count = False
    actions = ["mail_anew"]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The list in the whole width of the window."""
        frame = {"title": "Invoices of Cambridge Technicals", "is_nav_sidebar_enabled": False}
        return super().changelist_view(request, frame | (extra_context or {}))

    @admin.display(description="total", ordering="total")
    def in_pounds(self, invoice: Invoice) -> str:
        return in_words(invoice.total) + (" SAMPLE" if invoice.is_sample else "")

    @admin.display(description="file")
    def pdf(self, invoice: Invoice) -> str:
        link = '<a href="{}">PDF<span class="visually-hidden"> of {}</span></a>'
        return format_html(link, f"{invoice.number}.pdf", invoice.number)

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.file_view)
        return [path("<slug:number>.<slug:form>", view, name="technicals_invoice_file"), *super().get_urls()]

    def file_view(self, request: HttpRequest, number: str, form: str) -> HttpResponse:
        """An invoice as the centre has it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if form not in INVOICE_FORMS:
            raise Http404(f"There is no file of the type .{form}. Choose one of .pdf, .csv and .xlsx.")
        invoice = get_object_or_404(Invoice.objects.select_related("centre"), number=number)
        return _file(*invoice_file(invoice, form), f"{invoice.number}.{form}")

    @admin.action(description="Mail again, to the present accounts address", permissions=["view"])
    def mail_anew(self, request: HttpRequest, queryset: Any) -> None:
        for invoice in queryset.order_by("number"):
            try:
                to = mail_again(invoice=invoice, by=request.user, at=request.arrived_at)
            except Refused as refused:
                messages.error(request, f"{invoice.number}: {refused}")
            else:
                messages.success(request, f"{invoice.number} is on its way to {', '.join(to)}.")


def _file(content: bytes, content_type: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=content_type, headers=headers)
