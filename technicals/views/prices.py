"""What entries would cost."""

from typing import Any

from django.views.generic import TemplateView

from centres.access import CentreMemberRequiredMixin

from ..forms.prices import WhatIfForm
from ..models import Qualification
from ..queries.what_if import codes_to_price, refusals_of, series_to_price, what_it_would_cost


class WhatIfView(CentreMemberRequiredMixin, TemplateView):
    """What so many entries would cost today, line by line; nothing is entered."""

    template_name = "technicals/what_if.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        at = self.request.arrived_at
        choices = {"codes": codes_to_price(centre=self.centre, at=at), "series": series_to_price(at)}
        soonest = next((value for value, _ in choices["series"]), "")
        asked = self.request.GET if "code" in self.request.GET else None
        form = WhatIfForm(asked, initial={"series": soonest}, **choices)
        return super().get_context_data(**kwargs) | {"form": form, "at": at} | self._answer(form)

    def _answer(self, form: WhatIfForm) -> dict[str, Any]:
        if not form.is_valid():
            return {}
        code, asked = Qualification.objects.get(code=form.cleaned_data["code"]), form.asked
        refusals = refusals_of(code, asked)
        for refusal in refusals:
            form.add_error("code", refusal.sentence)
        if refusals or not asked.has_anything:
            return {"asked": asked}
        at = self.request.arrived_at
        preview = what_it_would_cost(code=code, asked=asked, centre=self.centre, at=at)
        return {"code": code, "asked": asked, "preview": preview}
