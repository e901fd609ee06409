"""The pages of one entry."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from centres.access import CentreMemberRequiredMixin
from core.history import history_of

from .. import services
from ..models import StepEntry
from ..rules import ChangeFacts, refusals_to_open_amendment, refusals_to_open_restoring


class EntryMixin(CentreMemberRequiredMixin):
    """Pages on one entry, found by its number among those that the person may see."""

    @cached_property
    def entry(self) -> StepEntry:
        entries = StepEntry.objects.visible_to(self.request.user).select_related("session", "centre", "submitted_by")
        return get_object_or_404(entries, number=self.kwargs["number"], centre=self.centre)

    def change_facts(self) -> ChangeFacts:
        """The facts of this person changing the entry, before anything was sent."""
        return services.change_facts(self.entry, by=self.request.user, at=self.request.arrived_at)

    def to_entry(self) -> HttpResponse:
        return redirect("step_entries:entry-detail", self.entry.number)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "entry": self.entry,
            "courses": self.entry.courses.select_related("institution"),
        }


class WaitingMixin(EntryMixin):
    """Pages that say until when the entry is expected to be confirmed."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "expected_at": self.entry.unconfirmed_since + settings.STEP_CONFIRM_AFTER,
            "is_overdue": self.entry.is_overdue(self.request.arrived_at),
        }


class EntryView(WaitingMixin, TemplateView):
    """An entry: its state, its facts, what can be done with it, its history."""

    template_name = "step_entries/entry_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        facts = self.change_facts()
        rules = refusals_to_open_restoring if self.entry.is_withdrawn else refusals_to_open_amendment
        return super().get_context_data(**kwargs) | {
            "deadline": facts.window.deadline,
            "refusals": rules(facts),
            "history": history_of(self.entry),
        }


class ConfirmationView(WaitingMixin, TemplateView):
    """What Submit leads to, and what a second click, Back or Refresh leads to as well.

    Of a withdrawn entry there is nothing to prove any more: its page says so.
    """

    template_name = "step_entries/entry_confirmation.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.to_entry() if self.entry.is_withdrawn else super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        facts = self.change_facts()
        return super().get_context_data(**kwargs) | {
            "deadline": facts.window.deadline,
            "is_open": facts.window.is_open(facts.at),
            "refusals": refusals_to_open_amendment(facts),
        }
