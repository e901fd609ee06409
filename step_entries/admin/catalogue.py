from django.contrib import admin

from core.admin import RecordedAdmin

from ..models import Course, Institution


@admin.register(Institution)
class InstitutionAdmin(RecordedAdmin):
    list_display = ["name", "ucas_code", "receives_special_consideration"]
    search_fields = ["name"]


@admin.register(Course)
class CourseAdmin(RecordedAdmin):
    list_display = ["name", "ucas_code", "institution", "usually_needs_both_papers"]
    list_filter = ["institution"]
    list_select_related = ["institution"]
    search_fields = ["name", "ucas_code", "institution__name"]
    autocomplete_fields = ["institution"]
