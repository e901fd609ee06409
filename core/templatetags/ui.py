"""The components that pages are made of, and moments in words."""

from datetime import date, datetime, timedelta
from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.utils.html import format_html
from django.utils.safestring import SafeString

from core import moments

register = template.Library()


@register.simple_block_tag
def panel(content: str, kind: str = "plain") -> SafeString:
    """A quiet block with a coloured edge; kind is plain, attention, error or done."""
    return format_html('<div class="panel panel-{}">{}</div>', kind, content)


@register.simple_block_tag
def notice(content: str, kind: str = "attention") -> SafeString:
    """A panel that is announced when the page opens."""
    return format_html('<div class="panel panel-{}" role="status">{}</div>', kind, content)


@register.simple_block_tag
def actions(content: str, label: str = "Actions", about: str = "") -> SafeString:
    """A dropdown of list items that works without a script; about names the row for those who cannot see it."""
    hidden = format_html('<span class="visually-hidden"> for {}</span>', about) if about else ""
    return format_html(
        '<details class="action-list"><summary>{}{}</summary><ul>{}</ul></details>', label, hidden, content
    )


@register.inclusion_tag("components/status.html")
def status(entry: Any, at: datetime) -> dict[str, Any]:
    """The status of an entry in the guide's words."""
    return {"entry": entry, "is_overdue": entry.is_overdue(at)}


@register.inclusion_tag("components/error_summary.html")
def error_summary(form: BaseForm, refusals: list[Any] | None = None) -> dict[str, Any]:
    """Every error of a form, each a link to its field; refusals add a link to the entry that they speak of."""
    abouts = {refusal.sentence: refusal.about for refusal in refusals or []}
    lines = [
        {"sentence": error, "target": _target(form[name]) if name in form.fields else "", "about": abouts.get(error)}
        for name in ("__all__", *form.fields)
        for error in form.errors.get(name, [])
    ]
    return {"lines": lines}


def _target(field: BoundField) -> str:
    """The id of the control that a link to a field should move to: of several, the first; empty where none is there."""
    return field.id_for_label or next((control.id_for_label for control in field.subwidgets), "")


@register.filter
def moment(at: datetime) -> SafeString:
    """A moment in words with its zone, in a <time> that machines read too."""
    return format_html('<time datetime="{}">{}</time>', at.isoformat(), moments.in_words(at))


@register.filter
def clock(at: datetime) -> SafeString:
    """The time of a moment with its zone."""
    return format_html('<time datetime="{}">{}</time>', at.isoformat(), moments.time_in_words(at))


@register.filter
def day(at: datetime | date) -> SafeString:
    """A day in words; of a moment, its day in the United Kingdom."""
    on = moments.uk_date(at) if isinstance(at, datetime) else at
    return format_html('<time datetime="{}">{}</time>', on.isoformat(), moments.date_in_words(on))


@register.filter
def day_and_month(on: date) -> str:
    """A date without its year, for mails."""
    return f"{on.day} {on:%B}"


@register.filter
def wait(length: timedelta) -> str:
    """A length of time in words."""
    return moments.wait_in_words(length)


@register.filter
def until(end: datetime, at: datetime) -> str:
    """How long it is from a moment to another, in words; for a deadline, hand in the end of its window."""
    return moments.wait_in_words(moments.time_between(at, end))
