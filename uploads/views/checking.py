"""Check and Submit, what was entered, and lists to take away."""

from typing import Any

import structlog
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.generic import TemplateView, View

from core.refusals import Refusal, Refused
from core.tabular.writing import FORMS

from .. import services, tasks
from ..enums import RowState, UploadState
from ..models import Upload
from ..rules.headings import ERRORS
from .uploads import OpenUploadMixin, UploadMixin

log = structlog.get_logger(__name__)
PAGE_SIZE = 200
ENTERED_AT_ONCE = 500
"""How many rows an upload can have that is entered while its sender waits, where its kind enters later."""
ROWS_NAMED = 200
"""How many rows the check page names of which there is something to say."""


class CheckView(OpenUploadMixin, TemplateView):
    """A line for each row that is ready, and Submit: the one click that enters them."""

    template_name = "uploads/check.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.upload.is_entered:
            return redirect(self.confirmation_url)
        return self.show(self.judgement.refusals)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            submitted = services.submit_upload(
                upload=self.upload,
                kind=self.kind,
                by=request.user,
                at=request.arrived_at,
                seen=request.POST.get("seen", ""),
                accepted=request.POST.get("accepted", ""),
            )
        except Refused as refused:
            return self.show(refused.refusals)
        if submitted.is_queued:
            self.enter(submitted)
        return redirect(self.confirmation_url)

    def enter(self, upload: Upload) -> None:
        """Few rows are entered now; many behind the page. What goes wrong now is left to the sweep."""
        if upload.rows.count() > ENTERED_AT_ONCE:
            tasks.ring(tasks.enter_upload, upload_pk=upload.pk)
            return
        try:
            services.enter_queued(upload_pk=upload.pk, at=self.request.arrived_at)
        except Exception:  # the rows wait in the queue, and the page that follows says so
            log.exception("upload_left_for_later", upload_pk=upload.pk)

    def csrf_failure(self) -> HttpResponse:
        """The page was too old; the rows are kept."""
        messages.warning(
            self.request, "This page was open for a long time. The rows are saved. Check them and press Submit again."
        )
        return self.show(self.judgement.refusals)

    def show(self, refusals: tuple[Refusal, ...]) -> HttpResponse:
        judgement = self.judgement
        page = Paginator(judgement.ready, PAGE_SIZE).get_page(self.request.GET.get("page"))
        waits = self.kind.all_together and bool(judgement.to_mend)
        context = self.get_context_data(
            judgement=judgement,
            refusals=refusals,
            waits=waits,
            may_submit=bool(judgement.ready) and not judgement.refusals and not waits,
            preview=services.preview_of(self.kind, judgement),
            notices=judgement.notices[:ROWS_NAMED],
            already_entered=judgement.already_entered[:ROWS_NAMED],
            page=page,
            lines=[(row.row.number, list(zip(self.kind.shown, row.verdict.in_words, strict=True))) for row in page],
            page_numbers=list(page.paginator.get_elided_page_range(page.number)),
        )
        return self.render_to_response(context)


class ConfirmationView(UploadMixin, TemplateView):
    """What was entered from a file, with the number of each row, and what is left."""

    template_name = "uploads/confirmation.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.kind.later and (self.upload.submitted_at or self.upload.is_queued):
            return redirect(self.confirmation_url)
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
        is_gone = which == "left" and self.upload.purged_at is not None
        is_gone = is_gone or not self.upload.is_taken or self.upload.state == UploadState.HEADINGS
        if which not in tables or form not in FORMS or is_gone:
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
        columns = self.kind.columns_of_files(self.upload.centre)
        mapping, same = self.upload.mapping, self.upload.same_for_all
        verdicts = {row.row.number: row.verdict for row in self.judgement.open_rows}
        rows = []
        for judged in services.judge_left(upload=self.upload, kind=self.kind, at=self.request.arrived_at):
            answers = judged.row.answers(mapping, same)
            told = [] if judged.row.number in verdicts else ["Set aside."]
            verdict = verdicts.get(judged.row.number, judged.verdict)
            told += [refusal.sentence for refusal in verdict.refusals]
            rows.append([*(answers.get(column.slug, "") for column in columns), " ".join(told)])
        return [*(column.label for column in columns), ERRORS], rows
