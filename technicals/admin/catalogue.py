"""Entry codes and units, each with what of it is not verified."""

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from core.admin import RecordedAdmin

from ..models import Qualification, Unit
from ..rules.catalogue import SAMPLE, unverified_in_words
from .forms import QualificationForm, UnitForm
from .loading import LoadPagesMixin

FROM_MEMORY = "memory"
"""The word by which a source says that cells of a row are not verified."""


class VerifiedFilter(admin.SimpleListFilter):
    """Whether all cells of a row are confirmed by a source."""

    title, parameter_name = "verified", "verified"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("no", "Not verified, or not all"), ("yes", "Verified")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        unverified = Q(source__icontains=FROM_MEMORY) | Q(source__istartswith=SAMPLE)
        return queryset.filter({"no": unverified, "yes": ~unverified}.get(self.value() or "", Q()))


class _CatalogueAdmin(RecordedAdmin):
    readonly_fields = ["not_verified"]

    @admin.display(description="not verified")
    def not_verified(self, row: Any) -> str:
        return unverified_in_words(row.source) if row.source else ""


@admin.register(Qualification)
class QualificationAdmin(LoadPagesMixin, _CatalogueAdmin):
    form = QualificationForm
    list_display = ["code", "not_verified", "size", "subject", "level", "suite", "entry_kind", "is_in_use"]
    list_filter = [VerifiedFilter, "subject", "level", "suite", "entry_kind", "is_in_use"]
    search_fields = ["code", "title", "from_code", "to_code"]


@admin.register(Unit)
class UnitAdmin(_CatalogueAdmin):
    form = UnitForm
    list_display = [
        "number",
        "title",
        "not_verified",
        "subject",
        "level",
        "suite",
        "assessment",
        "in_january",
        "in_june",
    ]
    list_display_links = ["number", "title"]
    list_filter = [VerifiedFilter, "subject", "level", "suite", "assessment", "is_in_use"]
    search_fields = ["title", "=number", "entry_code"]
