"""Transferring a candidate's entries to another centre."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path

from candidates.models import Candidate
from core.addresses import search_in
from core.admin import PagesMixin, ReadOnlyAdmin
from core.refusals import Refused

from ..forms.changes import TransferForm
from ..models import Transfer
from ..queries.entries import candidates_with_entries
from ..services.transferring import transfer, what_moves

ON_A_PAGE = 50


@admin.register(Transfer)
class TransferAdmin(PagesMixin, ReadOnlyAdmin):
    """Every transfer, and beside the list the search for a candidate who is to be transferred."""

    list_display = ["at", "source", "from_centre", "to_centre", "by", "note"]
    list_select_related = ["source__centre", "target__centre", "by"]
    search_fields = ["source__last_name", "=source__uci", "=source__centre__number", "=target__centre__number"]
    search_help_text = "Surname, or the whole UCI or centre number."
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER

    def get_urls(self) -> list[Any]:
        return [
            self._own_path("choose/", self.choose_view, "choose"),
            self._own_path("<uuid:key>/new/", self.new_view, "new"),
            *super().get_urls(),
        ]

    @admin.display(description="from", ordering="source__centre__number")
    def from_centre(self, made: Transfer) -> str:
        return str(made.source.centre)

    @admin.display(description="to", ordering="target__centre__number")
    def to_centre(self, made: Transfer) -> str:
        return str(made.target.centre)

    def choose_view(self, request: HttpRequest) -> HttpResponse:
        """Candidates who have something that stands, found by centre number and name, UCI, ULN or OCR number."""
        self._refuse_strangers(request)
        number, search = (search_in({"search": request.GET.getlist(name)}) for name in ("number", "search"))
        found = (
            candidates_with_entries(request.user, number.upper(), search)
            if number or search
            else Candidate.objects.none()
        )
        page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page", 1))
        title = "Transfer a candidate to another centre"
        return self.page(request, "choose", title, found=page, number=number, search=search)

    def new_view(self, request: HttpRequest, key: Any) -> HttpResponse:
        """What would be transferred, and to which centre."""
        self._refuse_strangers(request)
        candidates = Candidate.objects.visible_to(request.user).select_related("centre", "merged_into")
        candidate = get_object_or_404(candidates, key=key)
        form = TransferForm(request.POST if request.method == "POST" else None)
        if form.is_valid():
            try:
                made = transfer(candidate=candidate, by=request.user, at=request.arrived_at, **form.cleaned_data)
            except Refused as refused:
                refused.put_onto(form)
            else:
                messages.success(request, f"{candidate} is transferred to {made.target.centre}. Both centres are told.")
                return redirect("admin:technicals_transfer_changelist")
        context = {"candidate": candidate, "moving": what_moves(candidate, request.arrived_at), "form": form}
        return self.page(request, "new", f"Transfer {candidate} to another centre", **context)

    def _own_path(self, route: str, view: Any, name: str) -> Any:
        return path(route, self.admin_site.admin_view(view), name=f"technicals_transfer_{name}")

    def _refuse_strangers(self, request: HttpRequest) -> None:
        if not self.has_view_permission(request):
            raise PermissionDenied
