"""The template as a file."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.generic import View

from core.tabular.writing import FORMS, TemplateColumn, template_as_xlsx

from ..rules.headings import HELP_LINK
from ..services.reading import TEMPLATE_TITLE
from .receiving import KindMixin

WITH_PEOPLE = "people"


class TemplateView(KindMixin, View):
    """The template: headings and help lines, which are left out by themselves when it is uploaded.

    ?people=own: with a row for each of the centre's own people, where the kind offers that; what else is asked for in
    the address goes to the kind.
    """

    http_method_names = ["get"]

    def get(self, request: HttpRequest, kind: str, form: str) -> HttpResponse:
        if form not in FORMS:
            raise Http404
        content_type = FORMS[form][1]
        content = self.workbook() if form == "xlsx" else self.plain(form)
        headers = {"Content-Disposition": f'attachment; filename="{self.kind.slug}-template.{form}"'}
        return HttpResponse(content, content_type=content_type, headers=headers)

    def workbook(self) -> bytes:
        lists = self.kind.lists(self.centre, self.request.arrived_at)
        columns = [
            TemplateColumn(column.label, column.help, column.is_required, tuple(lists.get(column.slug, column.choices)))
            for column in self.kind.columns_of_files(self.centre)
        ]
        address = self.request.build_absolute_uri(reverse("help"))
        return template_as_xlsx(TEMPLATE_TITLE, columns, self.people(), help_line=HELP_LINK, help_address=address)

    def plain(self, form: str) -> bytes:
        columns = self.kind.columns_of_files(self.centre)
        rows: list[Any] = [[column.help for column in columns], *self.people()]
        return FORMS[form][0](TEMPLATE_TITLE, [column.label for column in columns], rows)

    def people(self) -> Sequence[Sequence[str]]:
        if self.kind.prefilled is None or WITH_PEOPLE not in self.request.GET:
            return []
        return self.kind.prefilled(self.centre, self.request.GET.dict())
