"""The page on which staff decide a request, and the files that came with it."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from core.history import history_of
from core.refusals import Refused

from ..documents import evidence_file
from ..enums import DIFFERING, Kind, Status
from ..models import Evidence, Request
from ..services import open_request, told, told_differences
from .desk import DOERS, STAYS, Desk
from .pages import RequestPagesMixin
from .words import ACCEPTING, happened, status_for_staff


class DecisionMixin(RequestPagesMixin):
    """The page of one request."""

    def get_urls(self) -> list[Any]:
        return [
            self.own_path("<int:pk>/decide/", self.decide_view, "decide"),
            self.own_path("<int:pk>/evidence/<uuid:key>/", self.evidence_view, "evidence"),
            *super().get_urls(),
        ]

    def decide_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """All that is known of a request, and the acts that its status allows."""
        self.refuse_strangers(request)
        desk = self._desk(request, pk)
        if request.method == "POST" and desk.act in DOERS and desk.form.is_valid():
            try:
                done = desk.do(by=request.user, at=request.arrived_at)
            except Refused as refused:
                desk = self._desk(request, pk)  # as it stands now: somebody may have been quicker
                desk.refuse(refused)
            else:
                messages.success(request, done)
                return redirect(request.get_full_path() if desk.act in STAYS else _queue(request))
        open_request(request=desk.case, by=request.user, at=request.arrived_at)
        title = f"{desk.case}: {desk.case.get_kind_display().lower()}"
        return self.page(request, "decide", title, **_context(desk, request.arrived_at), queue=_queue(request))

    def evidence_view(self, request: HttpRequest, pk: int, key: uuid.UUID) -> HttpResponse:
        """A file of a request, as an attachment; that it was opened stands in the history."""
        self.refuse_strangers(request)
        files = Evidence.objects.readable_by(request.user).exclude(request__status=Status.DRAFT)
        evidence = get_object_or_404(files.select_related("request"), request=pk, key=key)
        return evidence_file(evidence, by=request.user, at=request.arrived_at)

    def _desk(self, request: HttpRequest, pk: int) -> Desk:
        visible = Request.objects.visible_to(request.user).sent().for_list()
        case = get_object_or_404(visible.select_related("entry__centre", "candidate__centre", "decided_by"), pk=pk)
        others = visible.of_event(case.event).exclude(pk=pk).order_by("entry__number")
        return Desk(case, list(others), request.POST if request.method == "POST" else None)


def _queue(request: HttpRequest) -> str:
    """The list, filtered as it was when the person left it."""
    filters = request.GET.get("_changelist_filters", "")
    return reverse("admin:requests_forms_request_changelist") + (f"?{filters}" if filters else "")


def _context(desk: Desk, at: datetime) -> dict[str, Any]:
    case = desk.case
    lines = told(case, at=at)
    courses = list(case.entry.courses.select_related("institution")) if case.entry else []
    return {
        "is_nav_sidebar_enabled": False,
        "case": case,
        "desk": desk,
        "status": status_for_staff(case),
        "is_past_due": case.is_past_due(at),
        "answers": [line for line in lines if not line.was],
        "differences": [line for line in lines if line.was],
        "differences_now": _differences_now(case, at),
        "courses": courses,
        "receivers": _receivers(case, courses),
        "files": list(case.evidence.select_related("message")),
        "thread": list(case.messages.select_related("by")),
        "history": [(line.at, happened(line)) for line in history_of(case)],
        "accepting": ACCEPTING[Kind(case.kind)],
    }


def _differences_now(case: Request, at: datetime) -> list[list[str]] | None:
    """What an open amendment or correction would change now; None where that is what it said when it was sent."""
    if case.kind not in DIFFERING or case.is_reduced or not case.is_open:
        return None
    now = told_differences(case, at=at)
    return None if now == case.answers.get("differences") else now


def _receivers(case: Request, courses: Sequence[Any]) -> list[str] | None:
    """The institutions of the entry that can be told of special consideration; None for other requests."""
    if case.kind != Kind.SPECIAL_CONSIDERATION:
        return None
    institutions = (course.institution for course in courses)
    return sorted({str(each) for each in institutions if each.receives_special_consideration})
