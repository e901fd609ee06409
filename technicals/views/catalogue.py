"""What can be entered, what it costs, until when, and by which rules."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.generic import TemplateView, View

from centres.access import CentreMemberRequiredMixin
from core.moments import uk_date
from core.tabular.writing import FORMS, Rows

from ..codecs.entry_codes import CodesAsked, read_codes_asked
from ..forms.catalogue import CodesFilterForm
from ..queries import catalogue, prices_and_dates
from ..queries.entry_rules import entry_rules


class CataloguePage(CentreMemberRequiredMixin):
    """What these pages and their files have in common: the day in the United Kingdom at which the request arrived."""

    @property
    def today(self) -> date:
        return uk_date(self.request.arrived_at)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"at": self.request.arrived_at, "forms": list(FORMS)}


class CatalogueFile(CataloguePage, View):
    """One of these pages as a file to take away; name begins the file's name."""

    name = ""
    headings: Sequence[str] = ()

    def get(self, request: HttpRequest, form: str) -> HttpResponse:
        if form not in FORMS:
            raise Http404(f"There is no file of the type .{form}. Choose one of .xls, .xlsx and .csv.")
        write, content_type = FORMS[form]
        file_name = f"{self.name}-{self.today.isoformat()}.{form}"
        return HttpResponse(
            write(self.name, self.headings, self.rows()),
            content_type=content_type,
            headers={"Content-Disposition": f'attachment; filename="{file_name}"'},
        )

    def rows(self) -> Rows:
        """The rows under the headings."""
        raise NotImplementedError


class CodesMixin(CataloguePage):
    """The entry codes as the address asks for them."""

    @property
    def asked(self) -> CodesAsked:
        return read_codes_asked(dict(self.request.GET.lists()))

    def families(self) -> list[catalogue.FamilyShown]:
        """Each subject, level and suite with its codes and units, the centre's approved ones first."""
        return catalogue.entry_codes(centre=self.centre, on=self.today, asked=self.asked)


class EntryCodesView(CodesMixin, TemplateView):
    """Entry codes and units, the approved ones of the centre first."""

    template_name = "technicals/entry_codes.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        families = self.families()
        return super().get_context_data(**kwargs) | {
            "asked": self.asked,
            "filter_form": CodesFilterForm(initial=vars(self.asked), subjects=catalogue.subjects()),
            "families": families,
            "code_count": sum(len(shown.codes) for shown in families),
            "unit_count": sum(len(shown.units) for shown in families),
        }


class EntryCodesFileView(CodesMixin, CatalogueFile):
    """The entry codes that the page shows, with their units."""

    name = "entry-codes"
    headings = catalogue.CODE_HEADINGS

    def rows(self) -> Rows:
        return catalogue.entry_code_rows(self.families())


class FeesView(CataloguePage, TemplateView):
    """Fees list: the prices of today and those to come."""

    template_name = "technicals/fees.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"fees": prices_and_dates.fees(self.today)}


class FeesFileView(CatalogueFile):
    """The fees list."""

    name = "fees-list"
    headings = prices_and_dates.FEE_HEADINGS

    def rows(self) -> Rows:
        return [fee.cells for fee in prices_and_dates.fees(self.today)]


class KeyDatesView(CataloguePage, TemplateView):
    """Key dates: every series that is open or coming, or whose results are to come."""

    template_name = "technicals/key_dates.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"dates": prices_and_dates.key_dates(self.today)}


class KeyDatesFileView(CatalogueFile):
    """The key dates."""

    name = "key-dates"
    headings = prices_and_dates.DATE_HEADINGS

    def rows(self) -> Rows:
        return [shown.cells for shown in prices_and_dates.key_dates(self.today)]


class EntryRulesView(CataloguePage, TemplateView):
    """Entry rules: the laws that the portal holds entries to."""

    template_name = "technicals/entry_rules.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"groups": entry_rules()}
