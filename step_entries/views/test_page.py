from typing import Any

from django.http import HttpRequest, JsonResponse
from django.views.generic import TemplateView, View

from centres.access import CentreMemberRequiredMixin
from core.moments import in_words

from .. import services
from ..access import facts_now
from ..models import StepSession
from ..rules import refusals_to_start


class TestPageView(CentreMemberRequiredMixin, TemplateView):
    """The test's own page: what it is, its key dates and fees, and the way to a new entry."""

    template_name = "step_entries/test_page.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        at = self.request.arrived_at
        session = StepSession.objects.current(at)
        context = super().get_context_data(**kwargs) | {"session": session, "at": at}
        if session:
            facts = services.facts_to_start(session=session, centre=self.centre, at=at)
            context |= {"refusals": refusals_to_start(facts), "window": facts.window, "papers": session.papers.all()}
        return context


class ClosingView(CentreMemberRequiredMixin, View):
    """When registration closes for the centre by now: an open page asks each minute, for it may have been moved."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest) -> JsonResponse:
        facts = facts_now(request)
        if facts is None:
            return JsonResponse({})
        sentence = (
            f"The closing of registration was moved. It is now {in_words(facts.window.deadline)}. "
            "What you are typing on this page can be sent until then."
        )
        return JsonResponse({"closing": facts.window.deadline.isoformat(), "sentence": sentence})
