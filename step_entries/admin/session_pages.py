from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.text import slugify

from core.admin import PagesMixin
from core.history import history_of
from core.models import HistoryEntry
from core.moments import UK, in_words
from core.refusals import Refused
from core.tabular.writing import FORMS

from ..enums import EXPORTED_STATUSES, Exported
from ..models import SessionExtension, StepSession
from ..services import copy_session, end_extension, export_entries, extend_window
from ..services.exporting import HEADINGS
from .forms import ALL, ExportForm, ExtensionForm

EXTENDED = ["step-session.extended", "step-session.extension-ended"]


class SessionPagesMixin(PagesMixin):
    """The pages of one session: extend its window, copy it to the next year, export its entries."""

    def get_urls(self) -> list[Any]:
        pages = [
            ("<int:pk>/extend/", self.extend_view, "extend"),
            ("<int:pk>/extend/<int:extension>/end/", self.end_extension_view, "end_extension"),
            ("<int:pk>/copy/", self.copy_view, "copy"),
            ("<int:pk>/export/", self.export_view, "export"),
        ]
        own = [
            path(route, self.admin_site.admin_view(view), name=f"step_entries_stepsession_{name}")
            for route, view, name in pages
        ]
        return [*own, *super().get_urls()]

    def extend_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Let registration close later, for all centres or for one, and what was extended so far."""
        session = self._session(request, pk)
        form = ExtensionForm(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            asked = {name: form.cleaned_data[name] for name in ("centre", "closes_at", "reason")}
            if form.cleaned_data["who"] == ALL:
                asked["centre"] = None
            try:
                extend_window(session=session, **asked, by=request.user, at=request.arrived_at)
            except Refused as refused:
                refused.put_onto(form)
            else:
                messages.success(
                    request,
                    f"Registration for {asked['centre'] or 'all centres'} closes on {in_words(asked['closes_at'])}.",
                )
                return redirect("admin:step_entries_stepsession_extend", pk)
        return self.page(
            request,
            "extend",
            f"Extend the window of {session}",
            session=session,
            form=form,
            extensions=session.extensions.select_related("centre"),
            history=[(line, _moved(line)) for line in history_of(session).filter(action__in=EXTENDED)],
        )

    def end_extension_view(self, request: HttpRequest, pk: int, extension: int) -> HttpResponse:
        """End the extension of one centre; with a reason."""
        session = self._session(request, pk)
        if request.method == "POST":
            found = get_object_or_404(SessionExtension.objects.select_related("centre"), session=session, pk=extension)
            reason = request.POST.get("reason", "")
            try:
                end_extension(extension=found, reason=reason, by=request.user, at=request.arrived_at)
            except Refused as refused:
                messages.error(request, f"The extension of {found.centre} stands. {refused}")
            else:
                messages.success(
                    request, f"Registration for {found.centre} closes on {in_words(session.closes_at)}, as for all."
                )
        return redirect("admin:step_entries_stepsession_extend", pk)

    def copy_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Copy the session to the next year, and show the copy to be looked at."""
        session = self._session(request, pk)
        if request.method == "POST":
            try:
                session = copy_session(session=session, by=request.user, at=request.arrived_at)
            except Refused as refused:
                messages.error(request, str(refused))
            else:
                messages.warning(
                    request,
                    f"{session} was copied and is not shown to centres yet. "
                    "Look at every date, then tick “Shown to centres” and save.",
                )
        return redirect("admin:step_entries_stepsession_change", session.pk)

    def export_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The entries as a file for the marking chain; each file is noted in the history."""
        session = self._session(request, pk)
        form = ExportForm(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            return self._file(request, session, Exported(form.cleaned_data["which"]), form.cleaned_data["form"])
        entries = session.entries.all()
        return self.page(
            request,
            "export",
            f"Export the entries of {session}",
            session=session,
            form=form,
            counts=[
                (which.label, entries.filter(status__in=statuses).count())
                for which, statuses in EXPORTED_STATUSES.items()
            ],
            history=[(line, "") for line in history_of(session).filter(action="step-session.exported")],
        )

    def _file(self, request: HttpRequest, session: StepSession, which: Exported, form: str) -> HttpResponse:
        write, content_type = FORMS[form]
        rows = export_entries(session=session, which=which, form=form, by=request.user, at=request.arrived_at)
        stamp = request.arrived_at.astimezone(UK).strftime("%Y-%m-%d-%H%M")
        name = f"{slugify(str(session))}-{which}-{stamp}.{form}"
        return HttpResponse(
            write(str(session), HEADINGS, rows),
            content_type=content_type,
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )

    def _session(self, request: HttpRequest, pk: int) -> StepSession:
        if not self.has_change_permission(request):
            raise PermissionDenied
        return get_object_or_404(StepSession, pk=pk)


def _moved(line: HistoryEntry) -> str:
    """For whom a closing was moved, from when and to when."""
    [(field, moments)] = line.changes.items()
    old, new = (in_words(datetime.fromisoformat(moment)) for moment in moments)
    who = field.removeprefix("closes_at of ").replace("closes_at", "all centres")
    return f"for {who}, from {old} to {new}"
