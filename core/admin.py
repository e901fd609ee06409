from collections.abc import Mapping
from copy import copy
from datetime import UTC, date, datetime
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.widgets import AdminSplitDateTime, BaseAdminDateWidget, BaseAdminTimeWidget
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from .history import record
from .models import HistoryEntry
from .moments import clock_change_in_words


class LabelledDateTime(AdminSplitDateTime):
    """Date and time, each with a name that a screen reader can say; stock admin gives them none."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        widgets = [BaseAdminDateWidget({"aria-label": "Date"}), BaseAdminTimeWidget({"aria-label": "UK time"})]
        forms.MultiWidget.__init__(self, widgets, attrs)


class UKClockField(forms.SplitDateTimeField):
    """A date and a time on UK clocks; a time that a change of the clocks leaves out or doubles is refused."""

    widget = LabelledDateTime
    default_error_messages = {
        "required": "Type the date and the time.",
        "invalid_date": "Type the date as DD/MM/YYYY, for example 04/05/2027.",
        "invalid_time": "Type the time as HH:MM, for example 23:59.",
    }

    def __init__(self, *args: Any, help_text: str = "", **kwargs: Any) -> None:
        super().__init__(*args, help_text=f"{help_text} UK time: GMT in winter, BST in summer.".strip(), **kwargs)

    def compress(self, data_list: list[Any]) -> Any:
        if data_list and all(data_list) and (why := clock_change_in_words(datetime.combine(*data_list))):
            raise ValidationError(why, code="ambiguous_timezone")
        return super().compress(data_list)


ACCESSIBLE_WIDGETS: Mapping[type[models.Field], Mapping[str, Any]] = {
    models.DateTimeField: {"form_class": UKClockField, "widget": LabelledDateTime},
    models.ManyToManyField: {"widget": forms.CheckboxSelectMultiple},
}
"""`formfield_overrides` for admins and inlines in which people type."""


class ListAdmin(admin.ModelAdmin):
    """A list whose filters can be asked for anything; what PostgreSQL cannot look for finds the whole list."""

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        if any("\0" in text for name, texts in request.GET.lists() for text in (name, *texts)):
            raise IncorrectLookupParameters
        return super().get_changelist_instance(request)


class ReadOnlyAdmin(ListAdmin):
    """Rows that the portal writes and people only read."""

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


class RecordedAdmin(ListAdmin):
    """Rows that people change by hand: what they add, change or delete, also inline, is kept with old and new."""

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        _record(request, form, "changed" if change else "added")

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        acts = {each: _inline_act(each, formset) for each in formset.forms if each.has_changed() or each.instance.pk}
        gone = [copy(each.instance) for each, act in acts.items() if act == "deleted" and each.instance.pk]
        super().save_formset(request, form, formset, change)
        _record_deleted(request, gone)
        for each, act in acts.items():
            if act != "deleted":
                _record(request, each, act)

    @transaction.atomic
    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        _record_deleted(request, [obj])
        super().delete_model(request, obj)

    @transaction.atomic
    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        _record_deleted(request, queryset)
        super().delete_queryset(request, queryset)


class PagesMixin:
    """For an admin with pages beside the list and the form of its model."""

    def page(self, request: HttpRequest, template: str, title: str, **context: Any) -> HttpResponse:
        """A page in the frame of the administration; its template stands in the folder of the model."""
        frame = self.admin_site.each_context(request) | {"opts": self.opts, "title": title, "at": request.arrived_at}
        path = f"admin/{self.opts.app_label}/{self.opts.model_name}/{template}.html"
        return TemplateResponse(request, path, frame | context)


def _inline_act(form: Any, formset: Any) -> str:
    if form in formset.deleted_forms:
        return "deleted"
    return "changed" if form.instance.pk else "added"


def _record(request: HttpRequest, form: Any, act: str) -> None:
    before = form.initial if act == "changed" else {}
    values = {name: [_plain(before.get(name)), _plain(form.cleaned_data.get(name))] for name in form.changed_data}
    changes = {name: pair for name, pair in values.items() if pair[0] != pair[1]}
    if changes:
        action = f"{form.instance._meta.model_name}.{act}"
        record(by=request.user, at=request.arrived_at, action=action, subjects=[form.instance], changes=changes)


def _record_deleted(request: HttpRequest, rows: Any) -> None:
    for row in rows:
        action, note = f"{row._meta.model_name}.deleted", str(row)[:200]
        record(by=request.user, at=request.arrived_at, action=action, subjects=[row], note=note)


def _plain(value: Any) -> Any:
    """A value as JSON can keep it: the key of a row, the keys of rows, a moment in UTC or a day in ISO form."""
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, list | models.QuerySet):
        return sorted(row.pk for row in value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return value if value is None or isinstance(value, bool | int | str) else str(value)


@admin.register(HistoryEntry)
class HistoryEntryAdmin(ReadOnlyAdmin):
    list_display = ["at", "by", "action", "subject_type", "subject_id", "note"]
    list_filter = ["action", "subject_type"]
    list_select_related = ["by"]
    search_fields = ["=subject_id", "by__email"]
    show_full_result_count = False
