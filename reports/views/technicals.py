"""Cambridge Technicals reports: each as a page with filters, and as a file."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.views.generic import TemplateView, View

from centres.access import CentreMemberRequiredMixin
from core.tabular.writing import FORMS
from technicals.queries.submissions import history_choices

from .. import exports
from ..codecs import TechnicalsAsked, read_technicals_asked
from ..enums import TechnicalsReport
from ..forms import TechnicalsReportForm

ABOUT = {
    TechnicalsReport.ENTRIES: "Every registration and unit entry with its state, submission, order number and fee.",
    TechnicalsReport.CANDIDATES: "Every candidate with full awards and units on one line.",
    TechnicalsReport.GROUPS: "Every member of every candidate group, and what each is entered for or not.",
    TechnicalsReport.FEES: "Every charge and every credit with its order number and invoice.",
    TechnicalsReport.WATCH: "Registrations without units or past their estimated completion, units without a "
    "registration, and withdrawals that are pending.",
}
"""What stands in each report."""


class TechnicalsReportsView(CentreMemberRequiredMixin, TemplateView):
    """The reports, and what stands in each."""

    template_name = "reports/technicals.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        reports = [(report, ABOUT[report]) for report in TechnicalsReport]
        return super().get_context_data(**kwargs) | {"reports": reports, "forms": list(FORMS)}


class ReportMixin(CentreMemberRequiredMixin):
    """One report on the entries of the centre in use, as the address asks for it."""

    @property
    def report(self) -> TechnicalsReport:
        if self.kwargs["report"] not in TechnicalsReport.values:
            raise Http404("There is no such report. All of them stand on the page Cambridge Technicals reports.")
        return TechnicalsReport(self.kwargs["report"])

    @cached_property
    def asked(self) -> TechnicalsAsked:
        return read_technicals_asked(dict(self.request.GET.lists()))

    @property
    def scope(self) -> dict[str, Any]:
        return {"centre": self.centre, "user": self.request.user, "at": self.request.arrived_at}


class TechnicalsReportView(ReportMixin, TemplateView):
    """A report as a page to read and to print."""

    template_name = "reports/technicals_report.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        table = exports.technicals_table(report=self.report, asked=self.asked, **self.scope)
        page: Any = Paginator(table, self.asked.size).get_page(self.asked.page)
        choices = history_choices(centre=self.centre, user=self.request.user)
        return super().get_context_data(**kwargs) | {
            "report": self.report,
            "about": ABOUT[self.report],
            "asked": self.asked,
            "form": TechnicalsReportForm(initial=vars(self.asked), report=self.report, **choices),
            "filters": self.request.GET.urlencode(),
            "files": list(FORMS),
            "left_to_files": table.left_to_files,
            "page": page,
            "rows": [(table.person(line), table.on_page(line)) for line in page],
            "page_numbers": list(page.paginator.get_elided_page_range(page.number, on_each_side=2)),
            "at": self.request.arrived_at,
        }


class TechnicalsReportFileView(ReportMixin, View):
    """A report as a file, with the filters of the page."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest, report: str, form: str) -> HttpResponse:
        content, content_type = exports.technicals_file(form=form, report=self.report, asked=self.asked, **self.scope)
        name = exports.technicals_file_name(form=form, report=self.report, centre=self.centre, at=request.arrived_at)
        return HttpResponse(
            content, content_type=content_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
        )
