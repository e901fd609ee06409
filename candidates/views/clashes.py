"""Records that may be of one person: the list of pairs, making one of two, and the answer that they differ."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.views.generic import TemplateView, View

from centres.access import CentreMemberRequiredMixin
from core.addresses import page_in
from core.refusals import Refused

from .. import queries, services
from ..forms import MergeForm
from ..models import Candidate
from ..rules.clashes import MOST_PAIRS
from ..rules.details import CELLS, value_in_words
from ..rules.merging import differing
from .records import CandidateMixin

PAGE_SIZE = 25


class ClashesView(CentreMemberRequiredMixin, TemplateView):
    """The pairs of records that may be of one person."""

    template_name = "candidates/clashes.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        pairs = queries.alike_pairs(centre=self.centre, user=self.request.user)
        page = Paginator(pairs, PAGE_SIZE).get_page(page_in(dict(self.request.GET.lists())))
        return super().get_context_data(**kwargs) | {
            "page": page,
            "page_numbers": list(page.paginator.get_elided_page_range(page.number, on_each_side=2)),
            "are_more": len(pairs) == MOST_PAIRS,
        }


class PairMixin(CandidateMixin):
    """Pages on two records of the centre, the older one first, whichever way the address names them."""

    changes_entries = True

    @cached_property
    def pair(self) -> tuple[Candidate, Candidate]:
        both = {candidate.pk: candidate for candidate in (self.candidate, self.find(self.kwargs["other"]))}
        if len(both) != 2:
            raise Http404
        one, other = (both[pk] for pk in sorted(both))
        return one, other

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.membership and request.membership.may_make_entries:
            gone = next((each for each in self.pair if each.merged_into), None)
            if gone:
                messages.info(request, f"The record of {gone} was merged into this one.")
                return self.to_candidate(gone.merged_into)
        return super().dispatch(request, *args, **kwargs)


class MergeView(PairMixin, TemplateView):
    """Two records side by side: which one stays, and of each detail in which they differ, which value."""

    template_name = "candidates/merge.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.show(self.form())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        one, other = self.pair
        form = self.form(request.POST)
        form.full_clean()
        try:
            kept, moved = services.merge_candidates(
                one=one,
                other=other,
                stays=str(form.cleaned_data["stays"]),
                chosen=form.chosen,
                seen=(request.POST.get("seen_one", ""), request.POST.get("seen_other", "")),
                by=request.user,
                at=request.arrived_at,
            )
        except Refused as refused:
            return self.refused(refused)
        told = ", ".join(f"{name}: {count}" for name, count in moved.items())
        messages.success(request, f"The two records are one now. {f'Moved to it: {told}.' if told else ''}".strip())
        return self.to_candidate(kept)

    def refused(self, refused: Refused) -> HttpResponse:
        for each in self.pair:
            each.refresh_from_db()  # as they were judged
        form = self.form(self.request.POST)
        form.full_clean()
        refused.put_onto(form)
        return self.show(form)

    def csrf_failure(self) -> HttpResponse:
        """The page was too old: nothing is merged; what was chosen is shown to be sent again."""
        messages.warning(
            self.request, "This page was open for a long time. Nothing is merged: check and send it again."
        )
        return self.show(self.form(self.request.POST))

    def form(self, posted: Any = None) -> MergeForm:
        one, other = self.pair
        cells = differing(one, other)
        words = {cell.slug: (value_in_words(one, cell), value_in_words(other, cell)) for cell in cells}
        return MergeForm(posted, one=one, other=other, cells=cells, words=words)

    def show(self, form: MergeForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        one, other = self.pair
        shown: dict[str, Any] = {
            "one": one,
            "other": other,
            "rows": [(cell.label, value_in_words(one, cell), value_in_words(other, cell)) for cell in CELLS],
            "differing": {cell.label for cell in differing(one, other)},
            "refusals": services.refusals_of_movers(one=one, other=other),
        }
        return super().get_context_data(**kwargs) | shown


class DifferView(PairMixin, View):
    """The answer that two alike records are of two people."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        one, other = self.pair
        services.tell_apart(one=one, other=other, by=request.user, at=request.arrived_at)
        messages.success(request, f"{one} and {other} stay two records and are not listed as a pair again.")
        return redirect("candidates:clashes")
