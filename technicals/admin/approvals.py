"""Which centre may enter for what, one by one or for several at once."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.http import urlencode

from core.admin import PagesMixin, RecordedAdmin
from core.moments import uk_date
from core.refusals import Refused

from ..models import Approval
from ..services.approvals import approve_for_several
from .forms import ApprovalForm, SeveralForm


class StandingFilter(admin.SimpleListFilter):
    """Whether approvals are in force today."""

    title, parameter_name = "in force", "standing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("now", "In force today"), ("ended", "Ended"), ("coming", "Not begun yet")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        today = uk_date(request.arrived_at)
        if self.value() == "now":
            return queryset.in_force(today)
        asked: dict[str, Any] = {"ended": {"until__lt": today}, "coming": {"since__gt": today}}
        return queryset.filter(**asked.get(self.value() or "", {}))


@admin.register(Approval)
class ApprovalAdmin(PagesMixin, RecordedAdmin):
    form = ApprovalForm
    fields = ["centre", "family", "since", "until"]
    list_display = ["centre", "subject", "level", "suite", "since", "until"]
    list_filter = [StandingFilter, "subject", "level", "suite"]
    list_select_related = ["centre"]
    search_fields = ["centre__number", "centre__name"]
    autocomplete_fields = ["centre"]

    def get_urls(self) -> list[Any]:
        several = self.admin_site.admin_view(self.several_view)
        return [path("several/", several, name="technicals_approval_several"), *super().get_urls()]

    def several_view(self, request: HttpRequest) -> HttpResponse:
        """Approve a centre for several subjects, levels and suites at once."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        is_post = request.method == "POST"
        initial = {"number": request.GET.get("number", "")[:20], "since": uk_date(request.arrived_at)}
        form = SeveralForm(request.POST if is_post else None, initial=initial)
        if is_post and form.is_valid():
            asked = {name: form.cleaned_data[name] for name in ("centre", "families", "since", "until")}
            try:
                new = approve_for_several(**asked, by=request.user, at=request.arrived_at)
            except Refused as refused:
                refused.put_onto(form)
            else:
                told = "; ".join(str(approval) for approval in new)
                messages.success(request, f"{asked['centre']} is approved for {len(new)}: {told}.")
                query = urlencode({"q": asked["centre"].number})
                return redirect(f"{reverse('admin:technicals_approval_changelist')}?{query}")
        return self.page(request, "several", "Approve a centre for several", form=form)
