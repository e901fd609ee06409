"""The notices of special consideration to institutions (guide 7.1)."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.text import slugify

from core.history import history_of
from core.moments import UK
from core.tabular.writing import FORMS
from step_entries.models import StepSession

from ..services import export_notices, preview_notices
from ..services.notices import HEADINGS
from .forms import NoticesForm
from .pages import RequestPagesMixin

SHEET = "Notices"


class NoticesMixin(RequestPagesMixin):
    """The page from which notices leave the portal."""

    def get_urls(self) -> list[Any]:
        return [self.own_path("notices/", self.notices_view, "notices"), *super().get_urls()]

    def notices_view(self, request: HttpRequest) -> HttpResponse:
        """How many candidates each institution would be told of, and the file; each file is noted in the history."""
        self.refuse_strangers(request)
        session = _session(request)
        form = NoticesForm(request.POST if request.method == "POST" else None)
        if request.method == "POST" and session and form.is_valid():
            return _file(request, session, **form.cleaned_data)
        exported = history_of(session).filter(action=EXPORTED) if session else []
        return self.page(
            request,
            "notices",
            "Notices of special consideration",
            session=session,
            sessions=StepSession.objects.all(),
            notices=preview_notices(session=session) if session else None,
            form=form,
            history=[(line, "") for line in exported],
        )


EXPORTED = "special-consideration.notices-exported"


def _session(request: HttpRequest) -> StepSession | None:
    """The session that is asked for; the current one where none is."""
    wanted = request.GET.get("session", "")
    if not wanted:
        return StepSession.objects.current(request.arrived_at)
    return get_object_or_404(StepSession, pk=int(wanted) if wanted.isdecimal() and len(wanted) < 19 else 0)


def _file(request: HttpRequest, session: StepSession, institution: Any, form: str) -> HttpResponse:
    write, content_type = FORMS[form]
    rows = export_notices(session=session, institution=institution, form=form, by=request.user, at=request.arrived_at)
    stamp = request.arrived_at.astimezone(UK).strftime("%Y-%m-%d-%H%M")
    name = f"notices-{slugify(str(session))}-{slugify(str(institution or 'all'))}-{stamp}.{form}"
    return HttpResponse(
        write(SHEET, HEADINGS, rows),
        content_type=content_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
    )
