"""Fee lines for staff: a charge is credited by decision, and nothing is ever changed or deleted."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path

from core.admin import PagesMixin, ReadOnlyAdmin
from core.refusals import Refused

from ..forms.changes import WhyForm
from ..models import FeeLine
from ..rules.prices import in_words
from ..services.crediting import credit_by_decision


@admin.register(FeeLine)
class FeeLineAdmin(PagesMixin, ReadOnlyAdmin):
    """Every charge and credit, whether it is on an invoice or not."""

    list_display = ["pk", "centre", "entry", "kind", "reason", "pounds", "invoice", "order_number", "is_sample"]
    list_filter = ["kind", "reason", "is_sample", ("invoice", admin.EmptyFieldListFilter)]
    list_select_related = [
        "centre", "invoice", "registration__candidate", "registration__qualification", "unit_entry__candidate",
        "unit_entry__qualification", "unit_entry__unit",
    ]  # fmt: skip
    search_fields = ["=centre__number", "=submission__number", "=order_number", "=invoice__number"]
    search_help_text = "The whole centre number, submission number, order number or invoice number."
    ordering = ["-pk"]
    list_per_page = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    actions = ["credit_it"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return FeeLine.objects.visible_to(request.user)

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.credit_view)
        return [path("<int:pk>/credit/", view, name="technicals_feeline_credit"), *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The list in the whole width of the window."""
        frame = {"title": "Fee lines", "is_nav_sidebar_enabled": False}
        return super().changelist_view(request, frame | (extra_context or {}))

    @admin.display(description="entry")
    def entry(self, line: FeeLine) -> str:
        if line.unit_entry:
            return str(line.unit_entry)
        return f"{line.registration.candidate}: {line.registration.qualification.code}" if line.registration else ""

    @admin.display(description="amount", ordering="amount")
    def pounds(self, line: FeeLine) -> str:
        amount = line.amount
        return f"-{in_words(-amount)}" if amount is not None and amount < 0 else in_words(amount)

    @admin.action(description="Credit by decision")
    def credit_it(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        """The page on which one charge is credited."""
        found = list(queryset.values_list("pk", flat=True)[:2])
        if len(found) == 1:
            return redirect("admin:technicals_feeline_credit", found[0])
        messages.warning(request, "Choose one line: each is credited for a reason of its own.")
        return None

    def credit_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What a line is for, and why it is credited."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        lines = FeeLine.objects.visible_to(request.user).select_related(*self.list_select_related, "submission")
        line = get_object_or_404(lines, pk=pk)
        form = WhyForm(request.POST if request.method == "POST" else None)
        if form.is_valid():
            try:
                credit_by_decision(line=line, note=form.cleaned_data["note"], by=request.user, at=request.arrived_at)
            except Refused as refused:
                refused.put_onto(form)
            else:
                messages.success(request, f"Line {line.pk} is credited. The credit goes on the next invoice.")
                return redirect("admin:technicals_feeline_changelist")
        context = {"line": line, "entry": self.entry(line), "amount": self.pounds(line), "form": form}
        return self.page(request, "credit", f"Credit line {line.pk}", **context)
