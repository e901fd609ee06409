"""Entry summary: everything that Submit entries would enter, with its fees; and the way out without it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property

from core.refusals import Refusal, Refused, raise_if_any
from uploads.rules.rows import order_number_can_be_quoted

from ...forms.form import numbers_in
from ...queries.form import ENTRIES_ON_A_PAGE
from ...rules.judging import PERSON_COLUMNS
from ...services import drafts as services
from ...services.forming import JudgedForm, JudgedLine, judge_draft, submit_draft
from .pages import DraftPage, is_gone

OF_ASSESSMENT = ("CODE-", "SERIES-", "ROUTE-01", "ROUTE-03")
"""How the codes begin of what is mended by another entry code or series."""
OF_EARLIER_ENTRIES = ("REG-03", "BOTH-01")
"""Codes of what is mended on the candidate's page, among the entries that stand."""
LONGEST_SEEN = 100


@dataclass(frozen=True)
class Shown:
    """A candidate of the summary: what would be entered, and each thing to mend with the way to mend it."""

    line: JudgedLine
    entry: str
    series: str
    fee: str
    to_mend: Sequence[tuple[Refusal, str, str]]


class SummaryView(DraftPage):
    """Review, order number, and Submit entries: the one click that enters them all."""

    template_name = "technicals/form/summary.html"
    position = 4
    button = "Submit entries"

    @cached_property
    def judged(self) -> JudgedForm:
        return judge_draft(self.draft, self.request.arrived_at)

    def act(self, typed: QueryDict) -> HttpResponse:
        if typed.get("act") == "submit":
            return self.submit(typed)
        self.keep_order_number(typed)
        if "remove" in typed:
            self.remove(numbers_in(typed.getlist("remove")))
        else:
            refusal = order_number_can_be_quoted(typed.get("order_number", "").strip())
            raise_if_any([refusal] if refusal else [])
            messages.info(
                self.request, "What you typed is kept. Nobody on this form is entered yet: press Submit entries."
            )
        return self.here_again()

    def submit(self, typed: QueryDict) -> HttpResponse:
        try:
            submission = submit_draft(
                key=self.kwargs["key"],
                centre=self.centre,
                seen=typed.get("seen", "")[:LONGEST_SEEN],
                accepted=typed.get("accepted", ""),
                order_number=typed.get("order_number", ""),
                by=self.request.user,
                at=self.request.arrived_at,
            )
        except Refused as refused:
            if not is_gone(refused):
                self.keep_order_number(typed)
            raise
        return redirect("technicals:submission", submission.number)

    def keep_order_number(self, typed: QueryDict) -> None:
        order_number = typed.get("order_number", self.draft.order_number)
        services.set_order_number(draft=self.draft, order_number=order_number, at=self.request.arrived_at)

    def remove(self, entries: list[int]) -> None:
        names = [
            str(entry.candidate) for entry in self.draft.entries.filter(pk__in=entries).select_related("candidate")
        ]
        services.remove_candidates(draft=self.draft, entries=entries, at=self.request.arrived_at)
        for name in names:
            messages.success(self.request, f"{name} is removed from this form. The candidate's record stays.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        typed, judged = kwargs["typed"], self.judged
        page = Paginator(sorted(judged.lines, key=is_in_order), ENTRIES_ON_A_PAGE).get_page(
            self.request.GET.get("page")
        )
        preview = judged.preview
        return super().get_context_data(**kwargs) | {
            "judged": judged,
            "waits": judged.refusals,
            "preview": preview,
            "is_accepted": bool(typed and preview.accept and typed.get("accepted") == preview.accept_as),
            "order_number": typed.get("order_number", "") if typed else self.draft.order_number,
            "page": page,
            "page_numbers": list(page.paginator.get_elided_page_range(page.number, on_each_side=2)),
            "rows": [self.shown(line) for line in page],
        }

    def shown(self, line: JudgedLine) -> Shown:
        *_, entry, series, fee = line.verdict.in_words if line.verdict else ("", "", "")
        return Shown(line, entry, series, fee, [self.with_remedy(line, refusal) for refusal in line.refusals])

    def with_remedy(self, line: JudgedLine, refusal: Refusal) -> tuple[Refusal, str, str]:
        """A thing to mend, the address at which it is mended, and what the link to it says."""
        key, candidate = self.draft.key, line.entry.candidate.key
        if refusal.field in PERSON_COLUMNS:
            return refusal, reverse("candidates:candidate-edit", args=[candidate]), "Edit candidate"
        if refusal.code in OF_EARLIER_ENTRIES:
            return refusal, reverse("candidates:candidate", args=[candidate]), "Open the candidate"
        if refusal.code.startswith(OF_ASSESSMENT):
            return refusal, reverse("technicals:form-assessment", args=[key]), "Change assessment or series"
        return refusal, reverse("technicals:form-options", args=[key]), "Change the option"


def is_in_order(line: JudgedLine) -> bool:
    """Whether nothing has to be done about a candidate of the summary; the others stand first."""
    return bool(line.row and not line.refusals)


class CancelView(DraftPage):
    """Ask, then delete a web form. Nothing of it was entered."""

    template_name = "technicals/form/cancel.html"
    button = "Exit and cancel entry"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"candidate_count": self.draft.entries.count()}

    def act(self, typed: QueryDict) -> HttpResponse:
        if not services.cancel_draft(draft=self.draft):
            return self.lead_on()
        messages.info(self.request, "The web form is cancelled and deleted. Nobody on it was entered.")
        return redirect("technicals:home")

    def csrf_failure(self) -> HttpResponse:
        """The page was too old: nothing was typed, and nothing is deleted."""
        messages.warning(self.request, "This page was open for a long time. The web form is kept.")
        return self.show()
