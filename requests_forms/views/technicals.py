"""New requests about Cambridge Technicals: a query about an invoice, and a correction of a candidate."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect

from candidates.models import Candidate
from core.refusals import Refusal
from technicals.models import Invoice

from ..enums import Kind
from ..kinds import WEBFORMS
from ..services.corrections import ASKED
from .writing import NewRequestView

BEGIN = "begin"
"""What Ask OCR for this change, on the page of a candidate's details, posts beside them."""


class NewInvoiceQueryView(NewRequestView):
    """A new query about an invoice of the centre."""

    def find(self) -> None:
        self.webform = WEBFORMS[Kind.INVOICE_QUERY]
        invoices = Invoice.objects.visible_to(self.request.user).select_related("centre")
        self.invoice = get_object_or_404(invoices, number=self.kwargs["number"], centre=self.centre)


class NewCorrectionView(NewRequestView):
    """A new request for a correction of a candidate; also where what was typed on Edit candidate goes on from there."""

    def find(self) -> None:
        self.webform = WEBFORMS[Kind.CANDIDATE_CORRECTION]
        candidates = Candidate.objects.visible_to(self.request.user).select_related("centre", "merged_into")
        self.candidate = get_object_or_404(candidates, key=self.kwargs["key"], centre=self.centre)

    def answers_in(self, posted: Any) -> dict[str, Any]:
        """What was typed; of Edit candidate only the details count, and a draft keeps the rest."""
        answers = super().answers_in(posted)
        begun = self.draft_begun() if posted.get("go") == BEGIN else None
        return begun.answers | {name: answers[name] for name in ASKED} if begun else answers

    def go_on(self, answers: dict[str, Any], of_files: list[Refusal]) -> HttpResponse:
        if self.request.POST.get("go") != BEGIN:
            return super().go_on(answers, of_files)
        case: Any = self.case
        messages.info(
            self.request,
            "What you typed is kept in this request, which is not sent yet. The candidate's record is as it was.",
        )
        return redirect("requests:edit", case.reference)
