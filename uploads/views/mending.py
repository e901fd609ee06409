"""Mending rows in the page: all that have something to mend, or one row in full."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from accounts.services.sessions import forget_kept_post, kept_post
from core.refusals import Refused

from .. import services
from ..enums import RowState
from ..forms import alike_cells, row_numbers, typed_cells
from ..models import UploadRow
from ..rules.kinds import Column
from ..rules.rows import Change
from ..services import JudgedRow
from .cells import ShownRow, alike_rows, all_cells, failing_cells, spread
from .uploads import OpenUploadMixin

PAGE_SIZE = 25
TypedRows = Mapping[int, Mapping[str, Change]]
TO_MEND = "to-mend"
SHOWN = {TO_MEND: "To mend", "ready": "Ready", "aside": "Set aside", "all": "All rows"}
"""Which rows the page can be asked for, with the words for them."""


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
        try:
            changed = self.save(typed)
        except Refused as refused:
            messages.warning(request, f"{refused} What you typed was not kept.")
            return redirect("uploads:resume", self.upload.key)
        self.tell_of_entered_rows(typed)
        if request.POST.get("go") == "check":
            return redirect("uploads:check", self.upload.key)
        saved = f"{changed} row{'' if changed == 1 else 's'} saved" if changed else "Nothing was changed"
        left = len(self.judgement.to_mend)
        if left:
            messages.info(request, f"{saved}. {left} {'has' if left == 1 else 'have'} something to mend.")
            return redirect(self.after_saving)
        messages.success(request, f"{saved}. Nothing is left to mend.")
        return redirect("uploads:check", self.upload.key)

    def save(self, typed: TypedRows) -> int:
        return services.save_rows(
            upload=self.upload,
            kind=self.kind,
            cells=self.with_rows_alike(typed),
            aside=row_numbers(self.request.POST, "aside") | self.all_asked("aside-all", typed),
            back=row_numbers(self.request.POST, "back") | self.all_asked("back-all", typed),
            by=self.request.user,
            at=self.request.arrived_at,
        )

    def all_asked(self, button: str, typed: TypedRows) -> set[int]:
        """The rows that a button for all of them means: those to mend in which nothing was typed, or those aside."""
        if button not in self.request.POST:
            return set()
        changed = {number for number, cells in typed.items() if any(c.typed != c.shown for c in cells.values())}
        to_mend = {row.row.number for row in self.judgement.to_mend} - changed
        aside = {row.number for row in self.judgement.set_aside}
        del self.judgement  # it is judged anew after this is saved
        return aside if button == "back-all" else to_mend

    def with_rows_alike(self, typed: TypedRows) -> TypedRows:
        """What was typed, also for the rows that it was ticked for. Only then are they judged before they are saved."""
        chosen = alike_cells(self.request.POST)
        if not chosen:
            return typed
        alike = alike_rows(self.judgement.to_mend, self.columns)
        del self.judgement
        return spread(typed, chosen, alike)

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

    @cached_property
    def columns(self) -> Sequence[Column]:
        return self.kind.columns(self.upload.centre)

    @property
    def after_saving(self) -> str:
        """Where rows that still have something to mend are shown."""
        return self.request.get_full_path()

    def show(self, typed: TypedRows) -> HttpResponse:
        raise NotImplementedError


class MendView(_MendingView):
    """Rows, each failing cell in a box with its error under it: those to mend, or those that are asked for.

    Where nothing is to be mended, and no rows are asked for, it leads on to the check.
    """

    template_name = "uploads/mend.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "row" in request.GET:
            return self.go_to_row(request.GET["row"].strip())
        if "rows" not in request.GET and not self.judgement.to_mend:
            return redirect("uploads:check", self.upload.key)
        return super().get(request, *args, **kwargs)

    def go_to_row(self, typed: str) -> HttpResponse:
        """Lead to a row by its number in the file, wherever it stands."""
        row = self.upload.rows.filter(number=int(typed)).first() if typed.isdecimal() and len(typed) < 8 else None
        if row is None:
            messages.warning(self.request, f"The file has no row “{typed[:20]}”.")
        elif row.state == RowState.OPEN:
            return redirect("uploads:row", self.upload.key, row.number)
        else:
            told = f"It was entered as {row.reference}." if row.reference else "Bring it back to change it."
            messages.info(self.request, f"Row {row.number} is {row.get_state_display()}. {told}")
        return redirect("uploads:mend", self.upload.key)

    @cached_property
    def which(self) -> str:
        asked = self.request.GET.get("rows", TO_MEND)
        return asked if asked in SHOWN else TO_MEND

    @property
    def asked_for(self) -> Sequence[JudgedRow | UploadRow]:
        """The rows that the page is asked for, in the order of the file."""
        judgement = self.judgement
        if self.which == "all":
            every = [*judgement.open_rows, *judgement.set_aside, *judgement.entered]
            return sorted(every, key=lambda row: row.row.number if isinstance(row, JudgedRow) else row.number)
        return {TO_MEND: judgement.to_mend, "ready": judgement.ready, "aside": judgement.set_aside}[self.which]

    @property
    def choices(self) -> list[tuple[str, str, int]]:
        """What rows can be asked for: in the address, in words, and how many they are."""
        judgement = self.judgement
        counts = (len(judgement.to_mend), len(judgement.ready), len(judgement.set_aside), judgement.count)
        return [(slug, words, count) for (slug, words), count in zip(SHOWN.items(), counts, strict=True)]

    def show(self, typed: TypedRows) -> HttpResponse:
        page = Paginator(self.asked_for, PAGE_SIZE).get_page(self.request.GET.get("page"))
        rows = self.rows_of(page, typed)
        context = self.get_context_data(
            judgement=self.judgement,
            page=page,
            page_numbers=list(page.paginator.get_elided_page_range(page.number)),
            rows=list(zip(rows, _next_errors(rows), strict=True)),
            lines=[line for row in rows if isinstance(row, ShownRow) for line in row.summary],
            has_boxes=any(isinstance(row, ShownRow) and row.cells for row in rows),
            which=self.which,
            choices=self.choices,
        )
        return self.render_to_response(context)

    def rows_of(self, page: Page, typed: TypedRows) -> list[ShownRow | UploadRow]:
        alike = alike_rows(self.judgement.to_mend, self.columns)
        return [
            failing_cells(row, upload=self.upload, kind=self.kind, typed=typed.get(row.row.number, {}), alike=alike)
            if isinstance(row, JudgedRow)
            else row
            for row in page
        ]


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

    @property
    def after_saving(self) -> str:
        return reverse("uploads:mend", args=[self.upload.key])

    def show(self, typed: TypedRows) -> HttpResponse:
        row = all_cells(self.judged, upload=self.upload, kind=self.kind, typed=typed.get(self.judged.row.number, {}))
        return self.render_to_response(self.get_context_data(row=row, lines=row.summary))


def _next_errors(rows: Sequence[ShownRow | UploadRow]) -> list[str]:
    """For each row of a page the box of the first error below it; "" where none follows."""
    following, box = [], ""
    for row in reversed(rows):
        following.append(box)
        box = (row.first_failing if isinstance(row, ShownRow) else "") or box
    return following[::-1]
