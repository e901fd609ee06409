from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.db.models import F, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from core.admin import ReadOnlyAdmin
from core.moments import in_words, time_between, wait_in_words
from core.refusals import Refused

from ..models import Request
from ..services import assign_request, take_up
from .deciding import DecisionMixin
from .filters import AssigneeFilter, DueFilter, HeldFilter, LateFilter, StateFilter
from .notices import NoticesMixin
from .words import status_for_staff

NAMED = 10
"""How many refusals of an act on several requests are told."""


class Queue(ChangeList):
    """The list, in which a line leads to the page where the request is decided."""

    def url_for_result(self, result: Request) -> str:
        return reverse("admin:requests_forms_request_decide", args=[result.pk])


@admin.register(Request)
class RequestAdmin(DecisionMixin, NoticesMixin, ReadOnlyAdmin):
    """The queue of requests. What was not sent belongs to the centre, and is not there."""

    list_display = ["reference", "kind_and_lateness", "about", "of_centre", "age", "due", "assigned_to", "state"]
    list_filter = [StateFilter, "kind", AssigneeFilter, DueFilter, LateFilter, HeldFilter, "entry__session"]
    search_fields = [
        "^reference",
        "entry__number",
        "entry__first_name",
        "entry__last_name",
        "entry__plain_first_name",
        "entry__plain_last_name",
        "invoice__number",
        "candidate__first_name",
        "candidate__last_name",
        "candidate__plain_first_name",
        "candidate__plain_last_name",
        "person__name",
        "=centre__number",
    ]
    search_help_text = (
        "Reference, number of entry or invoice, name (with or without accents), or the whole centre number."
    )
    ordering = [F("due_at").asc(nulls_last=True), "sent_at", "pk"]
    list_per_page = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    actions = ["take_up_several", "assign_to_me"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return Request.objects.visible_to(request.user).sent().for_list()

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest | None = None) -> bool:
        """Not by what requests say: that is read on their pages, where the history keeps who read it."""
        return not lookup.startswith("answers") and super().lookup_allowed(lookup, value, request)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return Queue

    def get_ordering(self, request: HttpRequest) -> Any:
        return self.ordering

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The queue in the whole width of the window."""
        frame = {"title": "Requests of centres", "is_nav_sidebar_enabled": False}
        return super().changelist_view(request, frame | (extra_context or {}))

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        """There is one page of a request, and that somebody opened it is recorded there."""
        self.refuse_strangers(request)
        if (case := self.get_object(request, object_id)) is None:
            raise Http404
        return redirect("admin:requests_forms_request_decide", case.pk)

    @admin.display(description="kind", ordering="kind")
    def kind_and_lateness(self, case: Request) -> str:
        if not case.is_late:
            return case.get_kind_display()
        return format_html("{}<br><strong>Late: case by case</strong>", case.get_kind_display())

    @admin.display(description="about", ordering="entry__number")
    def about(self, case: Request) -> str:
        return case.subject

    @admin.display(description="centre", ordering="centre__number")
    def of_centre(self, case: Request) -> str:
        return str(case.centre)

    @admin.display(description="sent", ordering="sent_at")
    def age(self, case: Any) -> str:
        return f"{wait_in_words(time_between(case.sent_at, timezone.now()))} ago"

    @admin.display(description="to be decided by", ordering="due_at")
    def due(self, case: Request) -> str:
        if case.due_at is None:
            return "No date"
        if case.is_past_due(timezone.now()):
            return format_html('<strong class="overdue">Late: {}</strong>', in_words(case.due_at))
        return in_words(case.due_at)

    @admin.display(description="assignee", ordering="assignee__name")
    def assigned_to(self, case: Request) -> str:
        return case.assignee.name if case.assignee else "Nobody"

    @admin.display(description="status", ordering="status")
    def state(self, case: Request) -> str:
        return status_for_staff(case)

    @admin.action(description="Take up", permissions=["view"])
    def take_up_several(self, request: HttpRequest, queryset: QuerySet[Request]) -> None:
        def act(case: Request) -> None:
            take_up(request=case, version=case.version, by=request.user, at=request.arrived_at)

        self._each(request, queryset, act, "Taken up")

    @admin.action(description="Assign to me", permissions=["view"])
    def assign_to_me(self, request: HttpRequest, queryset: QuerySet[Request]) -> None:
        def act(case: Request) -> None:
            assign_request(request=case, to=request.user, by=request.user, at=request.arrived_at)

        self._each(request, queryset, act, "Assigned to you")

    def _each(self, request: HttpRequest, queryset: QuerySet[Request], act: Any, done: str) -> None:
        """Do something with each request by itself, and say with which it could not be done, and why."""
        cases, reasons = list(queryset), []
        for case in cases:
            try:
                act(case)
            except Refused as refused:
                reasons.append(f"{case}: {refused}")
        told = " ".join([f"{done}: {len(cases) - len(reasons)} of {len(cases)}.", *reasons[:NAMED]])
        self.message_user(request, told, messages.WARNING if reasons else messages.SUCCESS)
