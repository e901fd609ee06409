"""What a centre takes away: statements of entry."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.text import slugify
from django.views.generic import TemplateView, View

from centres.access import CentreMemberRequiredMixin

from ..access import session_now
from ..documents import MANY, statements_pdf
from ..models import StepEntry
from ..services import window_of


def _file(content: bytes, content_type: str, name: str) -> HttpResponse:
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=content_type, headers=disposition)


class StatementView(CentreMemberRequiredMixin, View):
    """The statement of one entry, as a PDF for the candidate. A withdrawn entry has none."""

    def get(self, request: HttpRequest, number: str) -> HttpResponse:
        entries = StepEntry.objects.visible_to(request.user).live().select_related("session", "centre")
        entry = get_object_or_404(entries.filter(centre=self.centre).with_courses(), number=number)
        content = statements_pdf(
            [entry],
            title=f"Statement of entry {entry.number}, {entry.session}",
            session=entry.session,
            window=window_of(entry.session, self.centre),
            at=request.arrived_at,
        )
        return _file(content, "application/pdf", f"{self.centre.number}-statement-{entry.number}.pdf")


class _StatementsMixin(CentreMemberRequiredMixin):
    @property
    def entries(self) -> Any:
        """The live entries of the centre in use in the current session, by name."""
        entries = StepEntry.objects.visible_to(self.request.user).live()
        of_centre = entries.filter(centre=self.centre, session=session_now(self.request))
        return of_centre.select_related("centre").with_name().order_by("sort_name", "number")


class StatementsView(_StatementsMixin, TemplateView):
    """What the statements of entry are for, and the way to all of them in one file."""

    template_name = "step_entries/statements.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        count = self.entries.count()
        shown = {"session": session_now(self.request), "count": count, "takes_long": count > MANY}
        return super().get_context_data(**kwargs) | shown


class StatementsFileView(_StatementsMixin, View):
    """The statements of all live entries of the centre in one PDF, a page each."""

    def get(self, request: HttpRequest) -> HttpResponse:
        session, entries = session_now(request), list(self.entries.with_courses())
        if not entries:
            raise Http404("No candidate of your centre is entered yet, so there is no statement.")
        content = statements_pdf(
            entries,
            title=f"Statements of entry, {session}, centre {self.centre.number}",
            session=session,
            window=window_of(session, self.centre),
            at=request.arrived_at,
        )
        return _file(content, "application/pdf", f"{self.centre.number}-statements-{slugify(str(session))}.pdf")
