from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from core.admin import ReadOnlyAdmin

from .models import Candidate, CandidateGroup


@admin.register(Candidate)
class CandidateAdmin(ReadOnlyAdmin):
    list_display = ["last_name", "first_name", "date_of_birth", "uci", "uln", "ocr_number", "centre", "created_at"]
    list_select_related = ["centre"]
    search_fields = [
        "first_name",
        "last_name",
        "plain_first_name",
        "plain_last_name",
        "ucas_id",
        "=uci",
        "=uln",
        "=ocr_number",
        "=centre__number",
    ]
    show_full_result_count = False


@admin.register(CandidateGroup)
class CandidateGroupAdmin(ReadOnlyAdmin):
    list_display = ["name", "centre", "members", "created_at"]
    list_select_related = ["centre"]
    search_fields = ["name", "=centre__number"]
    show_full_result_count = False
    exclude = ["candidates"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).with_counts()

    @admin.display(description="members")
    def members(self, group: CandidateGroup) -> int:
        return group.member_count
