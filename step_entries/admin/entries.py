from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode

from core.admin import PagesMixin, ReadOnlyAdmin
from core.history import history_of

from ..models import StepEntry, StepSession
from ..queries import people_at_several_centres, ucas_ids_at_several_centres
from ..querysets import OVERDUE
from ..services import confirm_entries, entries_left_by, hold_entries, release_entries


class WaitingFilter(admin.SimpleListFilter):
    title = "waiting for confirmation"
    parameter_name = "waiting"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("due", "due now"), ("overdue", "for more than 48 hours"), ("held", "held by staff")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        filters = {
            "due": lambda: queryset.awaiting_confirmation(request.arrived_at, settings.STEP_CONFIRM_AFTER),
            "overdue": lambda: queryset.overdue(request.arrived_at),
            "held": lambda: queryset.exclude(held_at=None),
        }
        wanted = filters.get(self.value() or "")
        return wanted() if wanted else queryset


class ElsewhereFilter(admin.SimpleListFilter):
    title = "same person at another centre"
    parameter_name = "elsewhere"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", "entered at another centre too")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(is_entered_elsewhere=True) if self.value() == "yes" else queryset


class ReasonForm(ActionForm):
    reason = forms.CharField(label="Reason (for a hold)", required=False, max_length=200)


@admin.register(StepEntry)
class StepEntryAdmin(PagesMixin, ReadOnlyAdmin):
    action_form = ReasonForm
    list_display = ["number", "candidate_name", "state", "papers", "centre", "created_at", "elsewhere"]
    list_filter = ["status", WaitingFilter, ElsewhereFilter, "session", "papers", "centre__kind"]
    search_fields = ["number", "first_name", "last_name", "plain_first_name", "plain_last_name", "=centre__number"]
    search_help_text = "Entry number, first or last name (with or without accents), or the whole centre number."
    date_hierarchy = "created_at"
    list_per_page = 50
    show_full_result_count = False
    actions = ["confirm_now", "hold", "release"]
    readonly_fields = ["mails", "history"]

    def get_urls(self) -> list[Any]:
        duplicates = self.admin_site.admin_view(self.duplicates_view)
        return [path("duplicates/", duplicates, name="step_entries_stepentry_duplicates"), *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> Any:
        entries = super().get_queryset(request).select_related("centre", "session", "candidate", "submitted_by")
        return entries.with_name().with_same_person_elsewhere()

    @admin.display(description="candidate", ordering="sort_name")
    def candidate_name(self, entry: StepEntry) -> str:
        return entry.name

    @admin.display(description="status", ordering="status")
    def state(self, entry: StepEntry) -> str:
        if entry.is_overdue(timezone.now()):
            hours = int(OVERDUE / timedelta(hours=1))
            return format_html('<strong class="overdue">{}: over {} hours</strong>', entry.get_status_display(), hours)
        return f"{entry.get_status_display()} (held)" if entry.is_held else entry.get_status_display()

    @admin.display(description="also at another centre", boolean=True)
    def elsewhere(self, entry: Any) -> bool:
        return entry.is_entered_elsewhere

    @admin.display(description="mails")
    def mails(self, entry: StepEntry) -> str:
        url = reverse("admin:outbox_outgoingemail_changelist")
        return format_html('<a href="{}?{}">Mails about {}</a>', url, urlencode({"q": entry.number}), entry.number)

    @admin.display(description="history")
    def history(self, entry: StepEntry) -> str:
        lines = [
            (
                timezone.localtime(line.at).strftime("%d %b %Y %H:%M:%S %Z"),
                line.action,
                line.by or "scheduled job",
                line.note,
            )
            for line in history_of(entry)
        ]
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{} · {} · {} · {}</li>", lines))

    @admin.action(description="Confirm now", permissions=["view"])
    def confirm_now(self, request: HttpRequest, queryset: QuerySet[StepEntry]) -> None:
        ids = list(queryset.values_list("pk", flat=True))
        chosen = StepEntry.objects.filter(pk__in=ids)
        run = confirm_entries(entries=chosen, by=request.user, at=request.arrived_at)
        reasons = [f"{item.entry.number}: {item.reason}" for item in run.items.select_related("entry")[:10]]
        if numbers := list(entries_left_by(run, chosen).values_list("number", flat=True)[:10]):
            reasons.append(f"Being worked on just now: {', '.join(numbers)}. Look again in a minute.")
        self.message_user(
            request,
            " ".join([f"Confirmed: {run.confirmed} of {len(ids)}.", *reasons]),
            messages.SUCCESS if run.confirmed == len(ids) else messages.WARNING,
        )

    @admin.action(description="Hold: do not confirm until released", permissions=["view"])
    def hold(self, request: HttpRequest, queryset: QuerySet[StepEntry]) -> None:
        reason = request.POST.get("reason", "").strip()[:200]
        if not reason:
            self.message_user(request, "Type the reason for the hold beside the action.", messages.ERROR)
            return
        count = hold_entries(entries=queryset, reason=reason, by=request.user, at=request.arrived_at)
        self.message_user(request, f"Held: {count}. Only entries that are NOT YET CONFIRMED can be held.")

    @admin.action(description="Release a hold", permissions=["view"])
    def release(self, request: HttpRequest, queryset: QuerySet[StepEntry]) -> None:
        count = release_entries(entries=queryset, by=request.user, at=request.arrived_at)
        self.message_user(request, f"Released: {count}.")

    def duplicates_view(self, request: HttpRequest) -> HttpResponse:
        """The people who are entered at several centres, of one session; the current one where none is asked for."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        sessions = StepSession.objects.all()
        wanted = request.GET.get("session", "")
        if wanted:
            session = get_object_or_404(sessions, pk=int(wanted) if wanted.isdecimal() and len(wanted) < 19 else 0)
        else:
            session = sessions.current(request.arrived_at)
        return self.page(
            request,
            "duplicates",
            "The same person at several centres",
            session=session,
            sessions=sessions,
            people=people_at_several_centres(session) if session else None,
            ucas_ids=ucas_ids_at_several_centres(session) if session else None,
        )
