"""Check and Submit, what was entered, and lists to take away."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.generic import TemplateView, View

from core.refusals import Refusal, Refused
from core.tabular.writing import FORMS

from .. import services
from ..enums import RowState, UploadState
from .uploads import OpenUploadMixin, UploadMixin

PAGE_SIZE = 200


class CheckView(OpenUploadMixin, TemplateView):
    """A line for each row that is ready, and Submit: the one click that enters them."""

    template_name = "uploads/check.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.upload.is_entered:
            return redirect("uploads:confirmation", self.upload.key)
        return self.show(self.judgement.refusals)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            services.submit_upload(
                upload=self.upload,
                kind=self.kind,
                by=request.user,
                at=request.arrived_at,
                seen=request.POST.get("seen", ""),
            )
        except Refused as refused:
            return self.show(refused.refusals)
        return redirect("uploads:confirmation", self.upload.key)

    def csrf_failure(self) -> HttpResponse:
        """The page was too old; the rows are kept."""
        messages.warning(
            self.request, "This page was open for a long time. The rows are saved. Check them and press Submit again."
        )
        return self.show(self.judgement.refusals)

    def show(self, refusals: tuple[Refusal, ...]) -> HttpResponse:
        page = Paginator(self.judgement.ready, PAGE_SIZE).get_page(self.request.GET.get("page"))
        context = self.get_context_data(
            judgement=self.judgement,
            refusals=refusals,
            may_submit=bool(self.judgement.ready) and not self.judgement.refusals,
            page=page,
            lines=[(row.row.number, list(zip(self.kind.shown, row.verdict.shown, strict=True))) for row in page],
            page_numbers=list(page.paginator.get_elided_page_range(page.number)),
        )
        return self.render_to_response(context)


class ConfirmationView(UploadMixin, TemplateView):
    """What was entered from a file, with the number of each row, and what is left."""

    template_name = "uploads/confirmation.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.upload.submitted_at and request.membership.may_make_entries:
            return redirect("uploads:resume", self.upload.key)
        if not self.upload.submitted_at:
            return redirect("uploads:list")
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = self.upload.rows.filter(state=RowState.ENTERED).order_by("number")
        page = Paginator(rows, PAGE_SIZE).get_page(self.request.GET.get("page"))
        return super().get_context_data(**kwargs) | {
            "page": page,
            "page_numbers": list(page.paginator.get_elided_page_range(page.number)),
            "judgement": None if self.upload.purged_at else self.judgement,
        }


class ListView(UploadMixin, View):
    """A list to take away: what was entered, with numbers; or what is left, as a template with what is to be mended."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest, key: str, which: str, form: str) -> HttpResponse:
        tables = {"entered": self.entered, "left": self.left}
        is_gone = which == "left" and self.upload.purged_at
        if which not in tables or form not in FORMS or is_gone or self.upload.state == UploadState.HEADINGS:
            raise Http404
        write, content_type = FORMS[form]
        headings, rows = tables[which]()
        name = f"{self.centre.number}-{self.kind.slug}-{which}-{self.upload.received_at:%Y-%m-%d}.{form}"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return HttpResponse(write(which.title(), headings, rows), content_type=content_type, headers=headers)

    def entered(self) -> tuple[list[str], list[list[str]]]:
        rows = self.upload.rows.filter(state=RowState.ENTERED).order_by("number")
        return ["Entry #", self.kind.noun.title(), "Row"], [[row.reference, row.title, str(row.number)] for row in rows]

    def left(self) -> tuple[list[str], list[list[str]]]:
        columns = self.kind.columns(self.upload.centre)
        mapping, same = self.upload.mapping, self.upload.same_for_all
        judged = {row.row.number: row.verdict for row in self.judgement.open_rows}
        rows = []
        for row in sorted([*self.judgement.set_aside, *(row.row for row in self.judgement.open_rows)], key=_number):
            answers, verdict = row.answers(mapping, same), judged.get(row.number)
            told = " ".join(refusal.sentence for refusal in verdict.refusals) if verdict else "Set aside."
            rows.append([*(answers.get(column.slug, "") for column in columns), told])
        return [*(column.label for column in columns), "What to mend"], rows


def _number(row: Any) -> int:
    return row.number
