from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from core.admin import ACCESSIBLE_WIDGETS, RecordedAdmin

from ..models import SessionNotice, SessionPaper, StepSession
from .session_pages import SessionPagesMixin


class SessionPaperFormSet(forms.BaseInlineFormSet):
    """Speaks of a paper that comes twice in our own words."""

    def get_unique_error_message(self, unique_check: Any) -> str:
        return "The session has this paper twice. Change one of them, or delete it."


class SessionPaperInline(admin.StackedInline):
    model = SessionPaper
    formset = SessionPaperFormSet
    formfield_overrides = ACCESSIBLE_WIDGETS
    extra = 0


class SessionNoticeInline(admin.StackedInline):
    model = SessionNotice
    formfield_overrides = ACCESSIBLE_WIDGETS
    extra = 0


@admin.register(StepSession)
class StepSessionAdmin(SessionPagesMixin, RecordedAdmin):
    list_display = ["name", "opens_at", "modified_papers_until", "closes_at", "results_at", "is_published"]
    fields = [
        "name",
        "opens_at",
        "closes_at",
        "modified_papers_until",
        "results_at",
        "enquiries_until",
        "courses",
        "is_published",
    ]
    formfield_overrides = ACCESSIBLE_WIDGETS
    inlines = [SessionPaperInline, SessionNoticeInline]
    actions = ["copy_to_next_year"]

    def get_readonly_fields(self, request: HttpRequest, obj: StepSession | None = None) -> list[str]:
        """Once centres see an open session, its window is extended with a reason; administrators alone mend it here."""
        is_in_use = obj is not None and obj.is_published and obj.opens_at <= request.arrived_at
        return ["opens_at", "closes_at", "is_published"] if is_in_use and not request.user.is_superuser else []

    @admin.action(description="Copy to the next year", permissions=["add"])
    def copy_to_next_year(self, request: HttpRequest, queryset: QuerySet[StepSession]) -> HttpResponse | None:
        if queryset.count() == 1:
            return self.copy_view(request, queryset.get().pk)
        self.message_user(request, "Choose one session to copy.", messages.ERROR)
        return None

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        session = form.instance
        if not session.papers.exists():
            self.message_user(request, "This session has no papers yet: nobody can be entered.", messages.WARNING)
        if not session.courses.exists():
            self.message_user(
                request, "This session has no courses yet: officers can only tick Other.", messages.WARNING
            )
