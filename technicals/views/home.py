"""Make entries: where the work with Cambridge Technicals begins."""

from typing import Any

from django.urls import reverse
from django.views.generic import TemplateView

from centres.access import CentreMemberRequiredMixin
from core.moments import uk_date

from ..access import is_approved_now
from ..queries.form import drafts_not_submitted
from ..queries.submissions import series_to_come, uploads_not_submitted, uploads_with_rows_left

KIND = "technicals"
LINKS = [
    ("technicals:entry-codes", "Entry codes", "codes, units and rules of combination"),
    ("technicals:fees", "Fees list", "what entries cost"),
    ("technicals:what-if", "What would it cost?", "a price for entries that you think of; nothing is entered"),
    ("technicals:key-dates", "Key dates", "when each series opens and closes"),
    ("technicals:entry-rules", "Entry rules", "the rules that every entry is held to"),
    ("technicals:submissions", "Entry submission history", "what became of every spreadsheet and web form"),
    ("reports:technicals", "Cambridge Technicals reports", "entries, groups, fees, and what is to be looked at"),
    ("technicals:invoices", "Invoices", "what your centre is charged and credited, and whom invoices go to"),
]
"""What is looked up: the name of each page, its title, and what stands there."""


class HomeView(CentreMemberRequiredMixin, TemplateView):
    """The way in, what was begun, the next deadlines, and where codes, fees and rules stand."""

    template_name = "technicals/home.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        scope = {"centre": self.centre, "user": self.request.user}
        return super().get_context_data(**kwargs) | {
            "is_approved": is_approved_now(self.request),
            "at": self.request.arrived_at,
            "drafts": drafts_not_submitted(**scope),
            "uploads": uploads_not_submitted(**scope, kind=KIND),
            "uploads_left": uploads_with_rows_left(**scope, kind=KIND),
            "links": [(reverse(name), title, what) for name, title, what in LINKS],
            "series": series_to_come(uk_date(self.request.arrived_at)),
        }
