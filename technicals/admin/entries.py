"""Registrations and unit entries for staff: withdrawals that are pending, and absences."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.http import urlencode

from core.admin import PagesMixin, ReadOnlyAdmin
from core.refusals import Refused

from ..enums import EntryState
from ..forms.changes import ProcessForm, WhyForm
from ..models import Registration, UnitEntry
from ..queries.entries import pending_withdrawals
from ..services.absences import mark_absent, undo_absence
from ..services.processing import process_withdrawal, refuse_withdrawal

SEARCHED = [
    "candidate__last_name", "candidate__first_name", "=candidate__uci", "=candidate__ocr_number", "=centre__number",
    "=qualification__code", "=submission__number",
]  # fmt: skip
SEARCH_HELP = "Name, UCI, OCR number, centre number, entry code or submission number; the last five in whole."
LINES_SHOWN = 100
"""How many withdrawals stand on one page."""


class EntryAdmin(PagesMixin, ReadOnlyAdmin):
    """What registrations and unit entries have in common."""

    search_fields = SEARCHED
    search_help_text = SEARCH_HELP
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> Any:
        return self.model.objects.visible_to(request.user)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The list in the whole width of the window."""
        title = str(self.opts.verbose_name_plural).capitalize()
        frame = {"title": f"{title} of Cambridge Technicals", "is_nav_sidebar_enabled": False}
        return super().changelist_view(request, frame | (extra_context or {}))


@admin.register(Registration)
class RegistrationAdmin(EntryAdmin):
    """Every registration, and beside the list the withdrawals that are pending."""

    list_display = ["candidate", "state", "withdrawal_reason", "centre", "qualification__code", "series", "submission"]
    list_select_related = ["candidate", "centre", "qualification", "series", "submission"]
    list_filter = ["state", "withdrawal_reason", "series"]
    actions = ["look_at_withdrawals"]

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.withdrawals_view)
        return [path("withdrawals/", view, name="technicals_registration_withdrawals"), *super().get_urls()]

    @admin.action(description="Process or refuse their withdrawals")
    def look_at_withdrawals(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse:
        """The page on which those that are pending are processed."""
        keys = list(queryset.filter(state=EntryState.WITHDRAWING).values_list("pk", flat=True)[:LINES_SHOWN])
        if not keys:
            messages.warning(request, "No withdrawal of these registrations is pending.")
            return redirect("admin:technicals_registration_changelist")
        query = urlencode({"one": keys}, doseq=True)
        return redirect(f"{reverse('admin:technicals_registration_withdrawals')}?{query}")

    def withdrawals_view(self, request: HttpRequest) -> HttpResponse:
        """The withdrawals that are pending, all or those of the address: processed or refused, one or several."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        ticked = _whole_numbers(request.POST.getlist("one"))
        process, why = ProcessForm(request.POST or None), WhyForm(request.POST or None)
        if request.method == "POST" and self._act(request, ticked, process, why):
            return redirect(request.get_full_path())
        asked = _whole_numbers(request.GET.getlist("one"))
        found = pending_withdrawals(asked)
        context = {
            "lines": found[:LINES_SHOWN],
            "has_more": len(found) > LINES_SHOWN,
            "ticked": ticked if request.method == "POST" else asked,
            "process": process,
            "why": why,
            "is_nav_sidebar_enabled": False,
        }
        return self.page(request, "withdrawals", "Pending withdrawals of registrations", **context)

    def _act(self, request: HttpRequest, ticked: list[int], process: ProcessForm, why: WhyForm) -> bool:
        """Process or refuse what is ticked, one after the other; whether nothing stood against it."""
        chosen = list(Registration.objects.visible_to(request.user).filter(pk__in=ticked).order_by("pk"))
        if not (process.is_valid() and why.is_valid()) or not chosen:
            process.add_error(None, "Tick at least one withdrawal.")
            return False
        given = {"by": request.user, "at": request.arrived_at}
        if request.POST.get("act") == "refuse":
            refuse = partial(refuse_withdrawal, note=why.cleaned_data["note"], **given)
            return _each(request, chosen, lambda each: refuse(registration=each), "refused", process)
        if request.POST.get("act") != "process":
            process.add_error(None, "Press Process or Refuse.")
            return False
        withdraw = partial(process_withdrawal, is_credited=process.cleaned_data["is_credited"], **given)
        return _each(request, chosen, lambda each: withdraw(registration=each), "processed", process)


@admin.register(UnitEntry)
class UnitEntryAdmin(EntryAdmin):
    """Every unit entry; absences are marked here."""

    list_display = ["candidate", "state", "centre", "qualification__code", "unit", "series", "attempt", "is_late"]
    list_select_related = ["candidate", "centre", "qualification", "unit", "series"]
    list_filter = ["state", "is_late", "series"]
    actions = ["mark_them_absent", "take_absences_back"]

    @admin.action(description="Mark as absent")
    def mark_them_absent(self, request: HttpRequest, queryset: QuerySet) -> None:
        given = {"by": request.user, "at": request.arrived_at}
        _each(request, queryset.order_by("pk"), lambda each: mark_absent(entry=each, **given), "marked as absent")

    @admin.action(description="Take an absence back")
    def take_absences_back(self, request: HttpRequest, queryset: QuerySet) -> None:
        given = {"by": request.user, "at": request.arrived_at}
        _each(request, queryset.order_by("pk"), lambda each: undo_absence(entry=each, **given), "entered again")


def _each(request: HttpRequest, rows: Iterable[Any], act: Callable[[Any], Any], done: str, form: Any = None) -> bool:
    """Do it with each row, in a transaction of its own; say what was done, and what not; whether all of it was."""
    count, refusals = 0, []
    for row in rows:
        try:
            act(row)
            count += 1
        except Refused as refused:
            refusals.append(f"{row}: {' '.join(refusal.sentence for refusal in refused.refusals)}")
    for told in refusals:
        if form is None:
            messages.error(request, told)
        else:
            form.add_error(None, told)
    if count:
        messages.success(request, f"{count} {'entry' if count == 1 else 'entries'} {done}.")
    return not refusals


def _whole_numbers(typed: Iterable[str]) -> list[int]:
    return [int(text) for text in typed if text.isascii() and text.isdigit() and len(text) < 19]
