from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path

from core.admin import PagesMixin, ReadOnlyAdmin

from ..models import ConfirmationItem, ConfirmationRun
from ..services import preview_run, run_due_confirmations


class ConfirmationItemInline(admin.StackedInline):
    model = ConfirmationItem
    fields = ["entry", "outcome", "reason"]
    extra = 0
    can_delete = False


@admin.register(ConfirmationRun)
class ConfirmationRunAdmin(PagesMixin, ReadOnlyAdmin):
    list_display = ["pk", "started_at", "started_by", "is_finished", "confirmed", "held", "refused"]
    list_select_related = ["started_by"]
    inlines = [ConfirmationItemInline]

    def get_urls(self) -> list[Any]:
        preview = self.admin_site.admin_view(self.preview_view)
        return [path("preview/", preview, name="step_entries_confirmationrun_preview"), *super().get_urls()]

    def preview_view(self, request: HttpRequest) -> HttpResponse:
        """What a run would do now, and the button that does it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method == "POST":
            return self._run(request)
        preview = preview_run(at=request.arrived_at)
        return self.page(request, "preview", "What a run would do now", preview=preview)

    def _run(self, request: HttpRequest) -> HttpResponse:
        run = run_due_confirmations(by=request.user, at=request.arrived_at)
        if run is None:
            messages.info(request, "Nothing was due but what staff hold: no run was made.")
            return redirect("admin:step_entries_confirmationrun_preview")
        messages.success(request, f"Confirmed: {run.confirmed}. Held: {run.held}. Refused: {run.refused}.")
        return redirect("admin:step_entries_confirmationrun_change", run.pk)
