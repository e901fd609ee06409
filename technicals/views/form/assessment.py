"""Select assessment: for which entry code and series a web form is."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect

from candidates.models import Candidate
from candidates.queries import candidates_of, groups_of
from core.addresses import search_in
from core.moments import uk_date
from core.refusals import Refused, raise_if_any

from ...access import is_approved_now
from ...forms.form import keys_in
from ...models import EntryDraft, Qualification, Series
from ...queries import form as queries
from ...rules.form import assessment_is_chosen, series_is_still_offered
from ...services import drafts as services
from ...services.forming import refusals_of_code
from .pages import DraftMixin, WritingPage, candidates_in_words

CODE_LENGTHS = (4, 5)


class AssessmentPage(WritingPage):
    """A search of the entry codes that the centre is approved for, and the series of the unit entries."""

    template_name = "technicals/form/assessment.html"
    position = 1
    button = "OK"

    @property
    def today(self) -> date:
        return uk_date(self.request.arrived_at)

    def begun(self) -> EntryDraft | None:
        """The form that is changed; None where one is to be begun."""
        return None

    def chosen(self, typed: QueryDict) -> tuple[Qualification, Series | None]:
        """The code and the series that were chosen. Raises Refused."""
        code = typed.get("assessment", "")
        refusal = assessment_is_chosen(code)
        raise_if_any([refusal] if refusal else [])
        found = queries.qualification_offered(centre=self.centre, on=self.today, code=code)
        if found is None:
            raise Refused(refusals_of_code(centre=self.centre, typed=code, at=self.request.arrived_at))
        offered = queries.series_offered(self.today)
        wanted = typed.get("series", "") or str(offered[0].pk if offered else "")
        series = next((each for each in offered if str(each.pk) == wanted), None)
        refusal = series_is_still_offered(bool(series) or not wanted)
        raise_if_any([refusal] if refusal else [])
        return found, series

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        search, draft, typed = search_in(dict(self.request.GET.lists())), self.begun(), kwargs["typed"]
        families = queries.codes_offered(centre=self.centre, on=self.today, search=search)
        codes = [shown.qualification.code for family in families for shown in family.codes]
        only = codes[0] if len(codes) == 1 else ""
        series = queries.series_offered(self.today)
        return super().get_context_data(**kwargs) | {
            "search": search,
            "families": families,
            "code_count": len(codes),
            "not_found": [] if families or not search else self.why_not(search),
            "chosen_code": typed.get("assessment", "") if typed else draft.qualification.code if draft else only,
            "series": series,
            "series_over": draft.series if draft and draft.series not in series else None,
            "series_chosen": typed.get("series", "") if typed else str(draft.series_id) if draft else "",
            "drafts": queries.drafts_not_submitted(**self.scope),
            "is_approved": is_approved_now(self.request),
        }

    def why_not(self, search: str) -> Sequence[str]:
        """Why a search finds nothing, and what to do."""
        if search.isdigit() and len(search) in CODE_LENGTHS:
            told = refusals_of_code(centre=self.centre, typed=search, at=self.request.arrived_at)
            return [refusal.sentence for refusal in told]
        titles = queries.families_not_approved(centre=self.centre, on=self.today, search=search)
        if titles:
            return [f"Your centre is not approved for {title}. Ask OCR for approval." for title in titles]
        return [
            f"No qualification has “{search}” in its code or title. Type another part of the title, or leave the box "
            "blank to list all that your centre is approved for."
        ]


class StartView(AssessmentPage):
    """Begin a web form. `?group=` and `?candidate=` put people onto it at once, by their keys."""

    def act(self, typed: QueryDict) -> HttpResponse:
        at = self.request.arrived_at
        qualification, series = self.chosen(typed)
        people = self.people()
        draft = services.start_draft(
            centre=self.centre,
            qualification=qualification,
            series=series,
            candidates=people,
            by=self.request.user,
            at=at,
        )
        if people:
            messages.success(self.request, f"{candidates_in_words(len(people))} added.")
        return redirect("technicals:form-candidates", draft.key)

    def people(self) -> list[Candidate]:
        """Those whom the address names, as far as the person may see them."""
        parameters = self.request.GET
        candidates, groups = candidates_of(**self.scope), groups_of(**self.scope)
        if groups := groups.filter(key__in=keys_in(parameters.getlist("group"))):
            return list(candidates.filter(groups__in=groups).distinct())
        return list(candidates.filter(key__in=keys_in(parameters.getlist("candidate"))))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kept = [(name, self.request.GET.getlist(name)) for name in ("group", "candidate")]
        return super().get_context_data(**kwargs) | {"person_count": len(self.people()), "kept_in_address": kept}


class AssessmentView(DraftMixin, AssessmentPage):
    """Another entry code or series for a web form that was begun."""

    def begun(self) -> EntryDraft:
        return self.draft

    def act(self, typed: QueryDict) -> HttpResponse:
        qualification, series = self.chosen(typed)
        services.change_assessment(
            draft=self.draft, qualification=qualification, series=series, at=self.request.arrived_at
        )
        return self.to_step("candidates")
