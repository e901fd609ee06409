"""What centres submitted, for staff: the list, the queue of what stands still, and the page on which it is handled."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse

from core.admin import PagesMixin, ReadOnlyAdmin
from core.refusals import Refused

from ..enums import SubmissionStatus
from ..models import Submission
from ..queries.submissions import to_be_handled, waiting_too_long, with_lines
from .desk import Desk

SHOWN = 100
"""How many submissions a part of the queue shows."""


class WaitingFilter(admin.SimpleListFilter):
    title = "waiting"
    parameter_name = "waiting"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("long", "For more than 10 minutes")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        late = waiting_too_long(request.arrived_at)
        return queryset.filter(pk__in=late.values("pk")) if self.value() == "long" else queryset


class Lines(ChangeList):
    """The list, in which a line leads to the page where the submission is handled."""

    def url_for_result(self, result: Submission) -> str:
        return reverse("admin:technicals_submission_handle", args=[result.pk])


@admin.register(Submission)
class SubmissionAdmin(PagesMixin, ReadOnlyAdmin):
    """Every submission, and beside the list the queue of those that need somebody."""

    list_display = ["number", "status", "centre", "file_name", "submitted_at", "submitted_by"]
    list_filter = ["status", WaitingFilter, "channel"]
    list_select_related = ["centre", "submitted_by"]
    search_fields = ["^number", "=centre__number", "centre__name", "file_name"]
    search_help_text = "Submission number, the whole centre number, centre name or file name."
    ordering = ["-submitted_at", "-pk"]
    list_per_page = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER

    def get_queryset(self, request: HttpRequest) -> Any:
        return Submission.objects.visible_to(request.user)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return Lines

    def get_urls(self) -> list[Any]:
        return [
            self._own_path("queue/", self.queue_view, "queue"),
            self._own_path("<int:pk>/handle/", self.handle_view, "handle"),
            *super().get_urls(),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The list in the whole width of the window."""
        frame = {"title": "Submissions of Cambridge Technicals", "is_nav_sidebar_enabled": False}
        return super().changelist_view(request, frame | (extra_context or {}))

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        """There is one page of a submission."""
        self._refuse_strangers(request)
        if (submission := self.get_object(request, object_id)) is None:
            raise Http404
        return redirect("admin:technicals_submission_handle", submission.pk)

    def queue_view(self, request: HttpRequest) -> HttpResponse:
        """What staff handle, what waits too long, and what was rejected and not submitted again."""
        self._refuse_strangers(request)
        late = with_lines(waiting_too_long(request.arrived_at))
        parts = [
            (SubmissionStatus.OCR_HANDLING_THIS.label, to_be_handled(SubmissionStatus.OCR_HANDLING_THIS)),
            ("Waiting for more than 10 minutes", late),
            (SubmissionStatus.READ_AND_REJECTED.label, to_be_handled(SubmissionStatus.READ_AND_REJECTED)),
        ]
        shown = [(title, list(submissions[: SHOWN + 1])) for title, submissions in parts]
        lines = [(title, found[:SHOWN], len(found) > SHOWN) for title, found in shown]
        return self.page(request, "queue", "Submissions to look at", parts=lines, is_nav_sidebar_enabled=False)

    def handle_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """All that is known of a submission, and the acts that its status allows."""
        self._refuse_strangers(request)
        desk = self._desk(request, pk)
        if desk.is_ready:
            try:
                done = desk.do(by=request.user, at=request.arrived_at)
            except Refused as refused:
                desk = self._desk(request, pk)  # as it stands now: somebody may have been quicker
                refused.put_onto(desk.form)
            else:
                messages.success(request, f"{done} is at “{done.get_status_display()}”.")
                return redirect("admin:technicals_submission_queue")
        title = f"{desk.submission}: {desk.submission.get_status_display()}"
        context = {"desk": desk, "form": desk.form, "submission": desk.submission}
        return self.page(request, "handle", title, **context, is_nav_sidebar_enabled=False)

    def _desk(self, request: HttpRequest, pk: int) -> Desk:
        submission = get_object_or_404(with_lines(Submission.objects.visible_to(request.user)), pk=pk)
        return Desk(submission, request.POST if request.method == "POST" else None)

    def _own_path(self, route: str, view: Any, name: str) -> Any:
        return path(route, self.admin_site.admin_view(view), name=f"technicals_submission_{name}")

    def _refuse_strangers(self, request: HttpRequest) -> None:
        if not self.has_view_permission(request):
            raise PermissionDenied
