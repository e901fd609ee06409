"""Load from CSV: the catalogue and the prices, with the differences first; and the same files to take away."""

import base64
from codecs import BOM_UTF8
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path

from core.admin import PagesMixin
from core.refusals import Refused

from ..codecs.catalogue import COMBINATIONS, TABLES, write_rows
from ..services.catalogue import MODELS, load_catalogue

LARGEST_FILE = 300_000
LOOKED_AT = "_looked_at"
LABELS = {
    "qualifications": "Entry codes",
    "units": "Units",
    "combinations": "Rules of combination",
    "prices": "Prices",
}


class LoadForm(forms.Form):
    """A CSV file for each table, or the one that was looked at before, handed on by the page; `contents` has them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in LABELS.items():
            columns = f"Columns: {', '.join(TABLES[name].columns)}."
            widget = forms.FileInput(attrs={"accept": ".csv"})
            self.fields[name] = forms.FileField(label=label, required=False, widget=widget, help_text=columns)
            self.fields[name + LOOKED_AT] = forms.CharField(required=False, widget=forms.HiddenInput())

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        found = {name: self._content(name, data) for name in LABELS}
        data["contents"] = {name: content for name, content in found.items() if content}
        if not data["contents"] and not self.errors:
            self.add_error(None, "Choose at least one CSV file that is not empty.")
        return data

    def _content(self, name: str, data: dict[str, Any]) -> bytes:
        file = data.get(name)
        if file and file.size > LARGEST_FILE:
            self.add_error(name, "The file is larger than 300 KB. Split it.")
            return b""
        try:
            return file.read() if file else base64.b64decode(data.get(name + LOOKED_AT, ""), validate=True)
        except ValueError:  # no base64: what the page handed on was changed on the way
            return b""


class LoadPagesMixin(PagesMixin):
    """The pages beside the list of entry codes: load the files, and take them away."""

    def get_urls(self) -> list[Any]:
        load = self.admin_site.admin_view(self.load_view)
        file = self.admin_site.admin_view(self.file_view)
        return [
            path("load/", load, name="technicals_qualification_load"),
            path("<slug:table>.csv", file, name="technicals_qualification_file"),
            *super().get_urls(),
        ]

    def load_view(self, request: HttpRequest) -> HttpResponse:
        """First the differences, then, with Apply, the changes."""
        if not (self.has_add_permission(request) and self.has_change_permission(request)):
            raise PermissionDenied
        form = LoadForm(request.POST, request.FILES) if request.method == "POST" else LoadForm()
        context: dict[str, Any] = {"form": form, "tables": LABELS}
        if request.method == "POST" and form.is_valid():
            contents, is_apply = form.cleaned_data["contents"], "apply" in request.POST
            try:
                found = load_catalogue(contents=contents, by=request.user, at=request.arrived_at, dry_run=not is_apply)
            except Refused as refused:
                refused.put_onto(form)
            else:
                if is_apply:
                    messages.success(request, f"Loaded: {len(found.changes)} differences applied.")
                    return redirect("admin:technicals_qualification_changelist")
                context |= {"differences": found, "looked_at": _handed_on(contents)}
        return self.page(request, "load", "Load from CSV", **context)

    def file_view(self, request: HttpRequest, table: str) -> HttpResponse:
        """What the portal holds, as a file that can be changed and loaded again."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if table not in TABLES:
            raise Http404(f"There is no file {table}.csv.")
        rows = MODELS[table]._default_manager.all()
        rows = rows.exclude(combination="") if table == COMBINATIONS.name else rows
        return HttpResponse(
            BOM_UTF8 + write_rows(TABLES[table], rows),
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{table}.csv"'},
        )


def _handed_on(contents: dict[str, bytes]) -> dict[str, str]:
    return {name + LOOKED_AT: base64.b64encode(content).decode() for name, content in contents.items()}
