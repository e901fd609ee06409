from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from core.admin import ReadOnlyAdmin

from ..models import StepDraft


class EnteredFilter(admin.SimpleListFilter):
    title = "submit"
    parameter_name = "submit"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("not-entered", "not entered, with answers"), ("submitted", "submitted")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() == "not-entered":
            return queryset.not_entered()
        return queryset.exclude(submitted_at=None) if self.value() == "submitted" else queryset


@admin.register(StepDraft)
class StepDraftAdmin(ReadOnlyAdmin):
    list_display = ["title", "centre", "session", "started_by", "modified_at", "submitted_at"]
    list_filter = ["session", EnteredFilter]
    list_select_related = ["centre", "session", "started_by"]
