"""Check your answers, Send request, and discarding a draft."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.generic import TemplateView

from core.refusals import Refusal, Refused

from .. import services
from ..enums import Kind
from ..models import Request
from ..rules import evidence_will_follow, refusals_to_ask, refusals_to_send
from .drafts import JUDGED, DraftMixin, institutions_told

STALE = "ASK-08"


class CheckView(DraftMixin, TemplateView):
    """Everything that is sent, in words, and the one click that sends it."""

    template_name = "requests_forms/check.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.show_or_go_back(self.refusals())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            sent = services.send_request(
                request=self.draft, seen=request.POST.get("seen", ""), by=request.user, at=request.arrived_at
            )
        except Refused as refused:
            self.find()  # as it was judged
            return self.show_or_go_back(list(refused.refusals)) if self.draft.is_draft else self.to_sent()
        messages.success(request, _is_sent(sent))
        return redirect("requests:detail", sent.reference)

    def csrf_failure(self) -> HttpResponse:
        """The page was too old; the answers are in the draft."""
        messages.warning(
            self.request,
            "This page was open for a long time. Your answers are saved. Check them and press Send request again.",
        )
        return self.show_or_go_back(self.refusals())

    def refusals(self) -> list[Refusal]:
        return refusals_to_send(services.request_facts(self.draft, by=self.request.user, at=self.request.arrived_at))

    def show_or_go_back(self, refusals: list[Refusal]) -> HttpResponse:
        blocked = refusals_to_ask(self.facts)
        if not blocked and any(refusal.code != STALE for refusal in refusals):
            messages.warning(self.request, "Mend these answers first.")
            return redirect(f"{reverse('requests:edit', args=[self.draft])}?{JUDGED}=1")
        return self.render_to_response(self.get_context_data(refusals=refusals, may_send=not blocked))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        at = self.request.arrived_at
        facts = services.request_facts(self.draft, by=self.request.user, at=at)
        return super().get_context_data(**kwargs) | {
            "told": services.told(self.draft, at=at),
            "seen": services.fingerprint(self.draft),
            "form_takes_files": self.webform.form_class.takes_files,
            "will_follow": evidence_will_follow(facts),
            "candidates": self.candidates(),
        }

    def candidates(self) -> list[dict[str, Any]]:
        """For special consideration: the candidates of the event, each with the institutions that can be told."""
        if self.webform.kind != Kind.SPECIAL_CONSIDERATION:
            return []
        entries = [self.draft.entry, *services.entries_of_event(self.draft)]
        told = institutions_told(entries)
        return [{"entry": entry, "told": told[entry.pk]} for entry in entries]


def _is_sent(sent: Request) -> str:
    count = Request.objects.of_event(sent.event).count()
    of_event = f" It is one of {count}, one for each candidate of the event." if count else ""
    return f"The request {sent} is sent to {sent.team}.{of_event} This page shows where it stands."


class DiscardView(DraftMixin, TemplateView):
    """Ask, then delete the draft and its files."""

    template_name = "requests_forms/discard.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            services.discard_request(request=self.draft, by=request.user, at=request.arrived_at)
        except Refused:
            return self.to_sent()
        messages.info(request, f"The request {self.draft} is discarded. Nothing was sent.")
        return redirect("requests:list")

    def csrf_failure(self) -> HttpResponse:
        """The page was too old: ask again."""
        messages.warning(self.request, "This page was open for a long time. Press Discard the request again.")
        return self.render_to_response(self.get_context_data())
