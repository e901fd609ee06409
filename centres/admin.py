import base64
import binascii
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminEmailInputWidget, AdminTextInputWidget
from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path

from core.admin import ACCESSIBLE_WIDGETS, RecordedAdmin
from core.refusals import Refused

from .codecs import COLUMNS
from .enums import Role
from .models import Approval, Centre, Membership
from .rules import exams_officer_is_a_member
from .services import add_member, change_role, end_membership, load_file

LARGEST_FILE = 1_000_000


class ApprovalInline(admin.StackedInline):
    model = Approval
    formfield_overrides = ACCESSIBLE_WIDGETS
    extra = 0


class RowsRefused(Exception):
    """Rows of a formset were refused: the prefix of each row's form, and why."""

    def __init__(self, rows: dict[str, Refused]) -> None:
        self.rows = rows
        super().__init__(" ".join(map(str, rows.values())))


class MembershipForm(forms.ModelForm):
    """A new member by e-mail address, or another role or the end of one. What has ended is only shown."""

    email = forms.EmailField(
        label="E-mail address",
        max_length=254,
        widget=AdminEmailInputWidget,
        help_text="Somebody who has no account yet is invited by mail; others are told by mail.",
    )
    name = forms.CharField(
        label="Name",
        max_length=100,
        widget=AdminTextInputWidget,
        help_text="The name of somebody who has an account stays as it is.",
    )
    ends = forms.BooleanField(
        label="End now", required=False, help_text="The person acts for this centre no more. The account stays."
    )

    class Meta:
        model = Membership
        fields = ["role"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("email", "name") if self.instance.pk else ("ends",):
            self.fields[name].required = False
            self.fields[name].widget = forms.HiddenInput()
        is_posted = self.add_prefix("role") in self.data  # by a page on which it had not ended yet: to be refused
        if self.instance.ended_at and not is_posted:
            self.fields["role"].disabled = self.fields["ends"].disabled = True


class MembershipFormSet(forms.BaseInlineFormSet):
    """Shows at each row what the services refused when it was saved before."""

    def __init__(self, *args: Any, refused: dict[str, Refused], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.refused = refused

    def clean(self) -> None:
        super().clean()
        for form in self.forms:
            if form.prefix in self.refused:
                self.refused[form.prefix].put_onto(form)


class MembershipInline(admin.StackedInline):
    """Members, those of now first. They are not deleted: a membership ends and stays in sight."""

    model = Membership
    form = MembershipForm
    formset = MembershipFormSet
    fields = ["email", "name", "role", "ends", "ended_at"]
    readonly_fields = ["ended_at"]
    ordering = [F("ended_at").desc(nulls_first=True), "pk"]
    extra = 0
    can_delete = False

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("user")


class CentreForm(forms.ModelForm):
    """Refuses an exams officer who does not belong to the centre."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if officer := cleaned.get("exams_officer"):
            is_member = (
                bool(self.instance.pk) and Membership.objects.in_centre(self.instance).filter(user=officer).exists()
            )
            if refusal := exams_officer_is_a_member(officer.name, is_member):
                self.add_error(refusal.field, refusal.sentence)
        return cleaned


class LoadForm(forms.Form):
    """A CSV file, or the one that was looked at before, handed on by the page."""

    file = forms.FileField(label="CSV file", required=False, widget=forms.FileInput(attrs={"accept": ".csv"}))
    looked_at = forms.CharField(required=False, widget=forms.HiddenInput())

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        file = data.get("file")
        if file and file.size > LARGEST_FILE:
            self.add_error("file", "The file is larger than 1 MB. Split it.")
        try:
            data["content"] = file.read() if file else base64.b64decode(data.get("looked_at", ""), validate=True)
        except binascii.Error:
            data["content"] = b""
        if not data["content"] and not self.errors:
            self.add_error("file", "Choose a CSV file that is not empty.")
        return data


@admin.register(Centre)
class CentreAdmin(RecordedAdmin):
    form = CentreForm
    list_display = ["number", "name", "kind", "nation", "email_alerts", "is_active"]
    list_filter = ["kind", "nation", "is_active"]
    search_fields = ["number", "name"]
    autocomplete_fields = ["exams_officer"]
    inlines = [ApprovalInline, MembershipInline]

    def get_urls(self) -> list[Any]:
        load = path("load/", self.admin_site.admin_view(self.load_view), name="centres_centre_load")
        return [load, *super().get_urls()]

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Save everything, or nothing and show the page again with what was refused, each at its row."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except RowsRefused as refused:
            request.refused_rows = refused.rows
            return super().changeform_view(request, *args, **kwargs)

    def get_formset_kwargs(self, request: HttpRequest, obj: Any, inline: Any, prefix: str) -> dict[str, Any]:
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        if isinstance(inline, MembershipInline):
            kwargs["refused"] = getattr(request, "refused_rows", {})
        return kwargs

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        if formset.model is not Membership:
            super().save_formset(request, form, formset, change)
            return
        formset.new_objects, formset.changed_objects, formset.deleted_objects = [], [], []
        refused = {}
        for row in sorted((row for row in formset.forms if row.has_changed()), key=_new_administrators_first):
            try:
                _save_member(row, formset, {"by": request.user, "at": request.arrived_at})
            except Refused as error:
                refused[row.prefix] = error
        if refused:
            raise RowsRefused(refused)

    def load_view(self, request: HttpRequest) -> HttpResponse:
        """Load from CSV: first the differences, then, with Apply, the changes."""
        if not (self.has_add_permission(request) and self.has_change_permission(request)):
            raise PermissionDenied
        form = LoadForm(request.POST or None, request.FILES or None)
        context = {**self.admin_site.each_context(request), "title": "Load from CSV", "opts": self.opts, "form": form}
        context["columns"] = COLUMNS
        if request.method == "POST" and form.is_valid():
            content, is_apply = form.cleaned_data["content"], "apply" in request.POST
            try:
                found = load_file(content=content, by=request.user, at=request.arrived_at, dry_run=not is_apply)
            except Refused as refused:
                refused.put_onto(form)
            else:
                if is_apply:
                    messages.success(request, f"Loaded: {len(found)} differences applied.")
                    return redirect("admin:centres_centre_changelist")
                context |= {"differences": found, "looked_at": base64.b64encode(content).decode()}
        return render(request, "admin/centres/centre/load.html", context)


def _new_administrators_first(row: Any) -> bool:
    """So that one save may replace the last administrator."""
    return row.cleaned_data["ends"] or row.cleaned_data["role"] != Role.CENTRE_ADMINISTRATOR


def _save_member(row: Any, formset: Any, given: dict[str, Any]) -> None:
    """What one row asks for, by the service that the centre's own page uses; it keeps the history."""
    member, data = row.instance, row.cleaned_data
    if not member.pk:
        told = {name: data[name] for name in ("email", "name", "role")}
        formset.new_objects.append(add_member(centre=formset.instance, **told, **given))
        return
    if data["ends"]:
        changed = end_membership(membership=member, **given)
    else:
        changed = change_role(membership=member, role=data["role"], **given)
    formset.changed_objects.append((changed, row.changed_data))
