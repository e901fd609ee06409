"""Mending rows in the page: all that have something to mend, or one row in full."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.datastructures import MultiValueDict
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from accounts.services.sessions import forget_kept_post, kept_post

from .. import services
from ..forms import alike_cells, row_numbers, typed_cells
from ..rules.rows import Change
from ..services import JudgedRow
from .cells import alike_rows, all_cells, failing_cells, spread
from .uploads import OpenUploadMixin

PAGE_SIZE = 25
TypedRows = Mapping[int, Mapping[str, Change]]


class _MendingView(OpenUploadMixin, TemplateView):
    """A page of boxes. What is typed is kept when it is saved, right or wrong, and judged when it is shown again."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if kept := kept_post(user=request.user, path=request.get_full_path()):
            messages.warning(
                request, "You had been signed out. What you typed is below and not saved yet: check it and press Save."
            )
            return self.show(typed_cells(MultiValueDict(kept)))
        return self.show({})

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        forget_kept_post(user=request.user, path=request.get_full_path())
        typed = typed_cells(request.POST)
        alike = alike_rows(self.judgement.to_mend, self.kind.columns(self.upload.centre))
        del self.judgement  # it is judged anew when it is saved
        changed = services.save_rows(
            upload=self.upload,
            kind=self.kind,
            cells=spread(typed, alike_cells(request.POST), alike),
            aside=row_numbers(request.POST, "aside"),
            back=row_numbers(request.POST, "back"),
            by=request.user,
            at=request.arrived_at,
        )
        self.tell_of_entered_rows(typed)
        if request.POST.get("go") == "check":
            return redirect("uploads:check", self.upload.key)
        saved = f"{changed} row{'' if changed == 1 else 's'} saved" if changed else "Nothing was changed"
        left = len(self.judgement.to_mend)
        if left:
            messages.info(request, f"{saved}. {left} {'has' if left == 1 else 'have'} something to mend.")
            return redirect("uploads:mend", self.upload.key)
        messages.success(request, f"{saved}. Nothing is left to mend.")
        return redirect("uploads:check", self.upload.key)

    def tell_of_entered_rows(self, typed: TypedRows) -> None:
        """A colleague pressed Submit while this page was open: what was typed for those rows is not kept."""
        changed = {number for number, cells in typed.items() if any(c.typed != c.shown for c in cells.values())}
        for row in self.judgement.entered:
            if row.number in changed:
                messages.warning(
                    self.request,
                    f"Row {row.number} was entered in the meantime as {row.reference}, so what you typed for it was "
                    "not kept. Make the change on the page of that entry.",
                )

    def csrf_failure(self) -> HttpResponse:
        """The page was too old: what was typed is shown, and not saved yet."""
        messages.warning(self.request, "This page was open for a long time. Check what you typed and press Save again.")
        return self.show(typed_cells(self.request.POST))

    def show(self, typed: TypedRows) -> HttpResponse:
        raise NotImplementedError


class MendView(_MendingView):
    """The rows that have something to mend, each failing cell in a box with its error under it."""

    template_name = "uploads/mend.html"

    def show(self, typed: TypedRows) -> HttpResponse:
        page = Paginator(self.judgement.to_mend, PAGE_SIZE).get_page(self.request.GET.get("page"))
        alike = alike_rows(self.judgement.to_mend, self.kind.columns(self.upload.centre))
        rows = [
            failing_cells(
                judged, upload=self.upload, kind=self.kind, typed=typed.get(judged.row.number, {}), alike=alike
            )
            for judged in page
        ]
        context = self.get_context_data(
            judgement=self.judgement,
            page=page,
            page_numbers=list(page.paginator.get_elided_page_range(page.number)),
            rows=rows,
            lines=[line for row in rows for line in row.summary],
        )
        return self.render_to_response(context)


class RowView(_MendingView):
    """One row with all its cells."""

    template_name = "uploads/row.html"

    @cached_property
    def judged(self) -> JudgedRow:
        number = self.kwargs["number"]
        row = next((row for row in self.judgement.open_rows if row.row.number == number), None)
        if row is None:
            raise Http404
        return row

    def show(self, typed: TypedRows) -> HttpResponse:
        row = all_cells(self.judged, upload=self.upload, kind=self.kind, typed=typed.get(self.judged.row.number, {}))
        return self.render_to_response(self.get_context_data(row=row, lines=row.summary))
