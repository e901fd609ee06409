"""Copy last series' entries: shown first, then made as web forms."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from centres.access import CentreMemberRequiredMixin
from core.moments import uk_date
from core.refusals import Refused

from ..forms.copying import CopyForm
from ..queries.copying import group_called, groups_to_copy, series_to_copy_from, series_to_copy_to
from ..rules.copying import refusals_to_copy, something_is_copied
from ..services.copying import copy_entries, plan_copy


class CopyView(CentreMemberRequiredMixin, TemplateView):
    """What a copy would make, as the address asks for it; its button makes the web forms. Nothing is entered.

    Everything that was chosen stands in the address, so that a page that was too old loses nothing.
    """

    changes_entries = True
    template_name = "technicals/copy.html"

    @cached_property
    def choices(self) -> dict[str, list[Any]]:
        scope = {"centre": self.centre, "user": self.request.user}
        return {
            "groups": groups_to_copy(**scope),
            "sources": series_to_copy_from(**scope),
            "targets": series_to_copy_to(uk_date(self.request.arrived_at)),
        }

    @cached_property
    def form(self) -> CopyForm:
        asked = self.request.GET
        source, target = self.offered
        initial = {"group": asked.get("group", ""), "source": source, "target": target}
        return CopyForm(asked if "source" in asked else None, initial=initial, **self.choices)

    @cached_property
    def offered(self) -> tuple[str, str]:
        """The two series that are chosen at first: different ones, the earlier one to copy from if it can be.

        Nothing where there are no two.
        """
        pairs = [(one, other) for one in self.choices["sources"] for other in self.choices["targets"] if one != other]
        onwards = [(one, other) for one, other in pairs if one.entry_deadline < other.entry_deadline]
        return next(((one.slug, other.slug) for one, other in onwards or pairs), ("", ""))

    @property
    def chosen(self) -> dict[str, Any]:
        """The group, or None for everybody, and the two series, of a form that is valid."""
        data, choices = self.form.cleaned_data, self.choices
        named = {
            name: next(series for series in choices[f"{name}s"] if series.slug == data[name])
            for name in ("source", "target")
        }
        return {"centre": self.centre, "group": group_called(choices["groups"], data["group"]), **named}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = {"form": self.form, **self.choices, "has_two_series": any(self.offered)}
        return super().get_context_data(**kwargs) | shown | (self._plan() if self.form.is_valid() else {})

    def _plan(self) -> dict[str, Any]:
        chosen = self.chosen
        series = {"source": chosen["source"], "target": chosen["target"]}
        refusals = refusals_to_copy(**series, at=self.request.arrived_at)
        plan = None if refusals else plan_copy(**chosen)
        nothing = something_is_copied(plan.unit_count, **series) if plan else None
        for refusal in refusals:
            self.form.add_error(refusal.field, refusal.sentence)
        return {**chosen, "plan": plan, "nothing": nothing}

    def post(self, request: HttpRequest) -> HttpResponse:
        if not self.form.is_valid():
            return self.render_to_response(self.get_context_data())
        try:
            drafts = copy_entries(**self.chosen, by=request.user, at=request.arrived_at)
        except Refused as refused:
            messages.error(request, str(refused))
            return self.render_to_response(self.get_context_data())
        if len(drafts) == 1:
            messages.success(request, "The web form is made. Nobody is entered by it until you press Submit entries.")
            return redirect("technicals:form-options", drafts[0].key)
        messages.success(
            request, f"{len(drafts)} web forms are made. Nobody is entered by them until you press Submit entries."
        )
        return redirect("technicals:form")
