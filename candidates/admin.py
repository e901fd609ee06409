from django.contrib import admin

from core.admin import ReadOnlyAdmin

from .models import Candidate


@admin.register(Candidate)
class CandidateAdmin(ReadOnlyAdmin):
    list_display = ["last_name", "first_name", "date_of_birth", "ucas_id", "centre", "created_at"]
    list_select_related = ["centre"]
    search_fields = ["first_name", "last_name", "plain_first_name", "plain_last_name", "ucas_id"]
    show_full_result_count = False
