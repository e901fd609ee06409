"""What the pages have in common on which a request is written, checked and discarded."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property

from candidates.models import Candidate
from centres.access import CentreMemberRequiredMixin
from core.windows import Window
from step_entries.models import StepEntry, StepEntryCourse
from technicals.models import Invoice

from .. import services
from ..enums import Kind
from ..kinds import (
    WEBFORMS,
    Prefilled,
    Webform,
    prefilled_of_candidate,
    prefilled_of_centre,
    prefilled_of_entry,
    prefilled_of_invoice,
)
from ..models import Request
from ..rules import EntryDates, RequestFacts, consideration, is_late

JUDGED = "judged"
"""The parameter of an edit page's address that asks for what has to be mended to be shown at once."""


class Finder:
    """What a page is about, found after it is known that the person may write; a request that was sent leads away."""

    request: HttpRequest
    kwargs: dict[str, Any]
    webform: Webform
    entry: StepEntry | None = None
    invoice: Invoice | None = None
    candidate: Candidate | None = None
    case: Request | None = None

    def find(self) -> None:
        """Set webform, case, and entry, invoice or candidate. Raises Http404."""
        raise NotImplementedError

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.find()
        if self.case and not self.case.is_draft:
            return self.to_sent()
        try:
            return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        except Request.DoesNotExist:
            raise Http404 from None  # discarded while the page was at work

    def to_sent(self) -> HttpResponse:
        """To the page of the request that was sent meanwhile."""
        case: Any = self.case
        if self.request.method == "POST":
            messages.warning(self.request, f"The request {case} was sent already. What you did last was not used.")
        return redirect("requests:detail", case.reference)


class WritingMixin(CentreMemberRequiredMixin, Finder):
    """Pages for those who make entries. Templates call a request `case`: `request` is what came from the browser."""

    changes_entries = True

    @cached_property
    def facts(self) -> RequestFacts:
        """The facts before anything is answered."""
        return services.facts_to_ask(
            kind=self.webform.kind,
            centre=self.centre,
            entry=self.entry,
            by=self.request.user,
            at=self.request.arrived_at,
        )

    @property
    def about(self) -> Any:
        return self.entry or self.invoice or self.candidate or self.centre

    @cached_property
    def prefilled(self) -> list[Prefilled]:
        if self.entry:
            return prefilled_of_entry(self.entry)
        if self.invoice:
            return prefilled_of_invoice(self.invoice)
        if self.candidate:
            return prefilled_of_candidate(self.candidate)
        return prefilled_of_centre(self.centre, self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        dates = self.facts.dates
        return super().get_context_data(**kwargs) | {  # type: ignore[misc]
            "webform": self.webform,
            "prefilled": self.prefilled,
            "case": self.case,
            "entry": self.entry,
            "invoice": self.invoice,
            "candidate": self.candidate,
            "evidence": list(self.case.evidence.all()) if self.case else [],
            "dates": dates,
            "is_late": bool(dates and is_late(self.webform.kind, dates, self.facts.at)),
        }


class DraftMixin(WritingMixin):
    """Pages on a draft of the centre in use."""

    def find(self) -> None:
        cases = Request.objects.visible_to(self.request.user).filter(centre=self.centre)
        of_subject = ("entry__session", "entry__centre", "invoice__centre", "candidate__centre", "person")
        related = cases.select_related("centre", "started_by", *of_subject)
        self.case = get_object_or_404(related, reference=self.kwargs["reference"])
        self.webform, self.entry = WEBFORMS[Kind(self.case.kind)], self.case.entry
        self.invoice, self.candidate = self.case.invoice, self.case.candidate

    @property
    def draft(self) -> Request:
        """The draft that the page is about."""
        case: Any = self.case
        return case


def institutions_told(entries: Iterable[StepEntry]) -> dict[int, list[str]]:
    """By entry, the institutions ticked on it to which special consideration is passed on (guide 7.1); one query."""
    takers = {"course__institution__receives_special_consideration": True}
    named = StepEntryCourse.objects.filter(entry__in=entries, **takers).order_by("course__institution__name")
    told: dict[int, list[str]] = defaultdict(list)
    for entry, institution in named.values_list("entry", "course__institution__name").distinct():
        told[entry].append(institution)
    return told


def consideration_windows(kind: str, dates: EntryDates | None) -> list[tuple[str, Window]]:
    """For special consideration, each paper of the entry with its window; for other kinds nothing."""
    if kind != Kind.SPECIAL_CONSIDERATION or dates is None:
        return []
    return [(paper.label, consideration(dates, paper)) for paper in dates.papers]
