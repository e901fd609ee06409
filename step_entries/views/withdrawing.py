"""Withdrawing an entry, and undoing that."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.views.generic import TemplateView

from core.refusals import Refusal, Refused

from .. import services
from ..models import StepEntry
from ..rules import refusals_to_open_restoring, refusals_to_withdraw
from ..steps import restore_form
from .amending import version_in
from .entries import EntryMixin


class WithdrawView(EntryMixin, TemplateView):
    """Ask, then withdraw the entry; the way back stands in the message that follows."""

    changes_entries = True
    template_name = "step_entries/entry_withdraw.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.to_entry() if refusals_to_withdraw(self.change_facts()) else self.show([])

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            withdrawn = services.withdraw_entry(
                entry=self.entry, version=version_in(request.POST), by=request.user, at=request.arrived_at
            )
        except Refused as refused:
            self.entry.refresh_from_db()  # as it was judged
            return self.to_entry() if self.entry.is_withdrawn else self.show(refused.refusals)
        messages.success(request, _is_withdrawn(withdrawn))
        return redirect("reports:overview")

    def csrf_failure(self) -> HttpResponse:
        """The page was too old: ask again."""
        messages.warning(self.request, "This page was open for a long time. Press Confirm Withdraw again.")
        return self.show(refusals_to_withdraw(self.change_facts()))

    def show(self, refusals: Iterable[Refusal]) -> HttpResponse:
        return self.render_to_response(
            self.get_context_data(
                refusals=refusals,
                may_withdraw=all(refusal.code == "WITHDRAW-03" for refusal in refusals),
                deadline=self.change_facts().window.deadline,
            )
        )


def _is_withdrawn(entry: StepEntry) -> str:
    return format_html(
        'The entry {}, {}, is withdrawn. If that was a slip: <a href="{}">Undo withdrawal</a>',
        entry.number,
        entry.name,
        reverse("step_entries:entry-restore", args=[entry.number]),
    )


class RestoreView(EntryMixin, TemplateView):
    """Ask, then undo a withdrawal; where the same person stands entered, ask whether it is a different one."""

    changes_entries = True
    template_name = "step_entries/entry_restore.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.entry.is_withdrawn or refusals_to_open_restoring(self.change_facts()):
            return self.to_entry()
        return self.show_what_is_asked()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = request.POST.get("is_different_person", "")
        try:
            services.undo_withdrawal(entry=self.entry, by=request.user, at=request.arrived_at, different_from=answer)
        except Refused as refused:
            self.entry.refresh_from_db()  # as it was judged
            return self.show(list(refused.refusals), answer) if self.entry.is_withdrawn else self.to_entry()
        messages.success(
            request,
            f"The withdrawal of the entry {self.entry.number} is undone. The entry keeps its number, and shows as "
            "NOT YET CONFIRMED until it has been processed.",
        )
        return self.to_entry()

    def csrf_failure(self) -> HttpResponse:
        """The page was too old: ask again."""
        messages.warning(self.request, "This page was open for a long time. Press Undo withdrawal again.")
        return self.show_what_is_asked()

    def show_what_is_asked(self) -> HttpResponse:
        refusals = services.refusals_to_undo_withdrawal(
            self.entry, by=self.request.user, at=self.request.arrived_at, is_sent=False
        )
        return self.show(refusals, "")

    def show(self, refusals: list[Refusal], answer: str) -> HttpResponse:
        return self.render_to_response(
            self.get_context_data(
                form=restore_form(self.entry, answer, refusals),
                refusals=refusals,
                may_restore=all(refusal.confirm_with for refusal in refusals),
            )
        )
