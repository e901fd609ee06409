"""By what the queue of requests is narrowed down."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef
from django.http import HttpRequest

from accounts.models import User

from ..enums import SENT, Status
from ..models import Evidence

ALL = "all"
MINE, NOBODY = "me", "nobody"


class StateFilter(admin.SimpleListFilter):
    """Open requests, where nothing else is asked for."""

    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [*((status.value, status.label) for status in SENT), (ALL, "All")]

    def choices(self, changelist: Any) -> Iterator[dict[str, Any]]:
        default, *others = super().choices(changelist)
        yield default | {"display": "Open"}
        yield from others

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() is None:
            return queryset.open()
        return queryset.filter(status=self.value()) if self.value() in Status.values else queryset


class AssigneeFilter(admin.SimpleListFilter):
    title = "assignee"
    parameter_name = "assignee"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        others = User.objects.filter(is_staff=True, is_active=True).exclude(pk=request.user.pk)
        return [(MINE, "Me"), (NOBODY, "Nobody"), *((str(user.pk), user.name) for user in others)]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        offered: dict[str, Any] = {str(value): value for value, _ in self.lookup_choices}
        assignees = offered | {MINE: request.user.pk, NOBODY: None}
        wanted = self.value() or ""
        return queryset.filter(assignee=assignees[wanted]) if wanted in assignees else queryset


class DueFilter(admin.SimpleListFilter):
    title = "date"
    parameter_name = "due"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("past", "Past its date")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.past_due(request.arrived_at) if self.value() == "past" else queryset


class LateFilter(admin.SimpleListFilter):
    title = "closing"
    parameter_name = "late"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", "Sent after closing: case by case")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(is_late=True) if self.value() == "yes" else queryset


class HeldFilter(admin.SimpleListFilter):
    title = "evidence"
    parameter_name = "evidence"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("held", "Waits for the virus scanner")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        held = Exists(Evidence.objects.held().filter(request=OuterRef("pk")))
        return queryset.filter(held) if self.value() == "held" else queryset
