"""Sets of registrations and series of examinations, with their days."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path

from core.admin import RecordedAdmin

from ..models import Series
from ..services.series import add_next_academic_year
from .forms import SeriesForm


@admin.register(Series)
class SeriesAdmin(RecordedAdmin):
    form = SeriesForm
    list_display = [
        "__str__",
        "is_sample",
        "opens_on",
        "entry_deadline",
        "late_until",
        "refund_until",
        "no_change_from",
        "results_on",
    ]
    list_filter = ["kind", "year", "is_sample"]

    def get_urls(self) -> list[Any]:
        add = self.admin_site.admin_view(self.next_year_view)
        return [path("next-year/", add, name="technicals_series_next_year"), *super().get_urls()]

    def next_year_view(self, request: HttpRequest) -> HttpResponse:
        """Add the series of the next academic year that has none, with example dates to be looked at."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        if request.method == "POST":
            added = add_next_academic_year(by=request.user, at=request.arrived_at)
            names = ", ".join(map(str, added))
            messages.warning(
                request,
                f"Added with example dates: {names}. Look at every date of each, then untick “Sample dates” and save.",
            )
        return redirect("admin:technicals_series_changelist")
