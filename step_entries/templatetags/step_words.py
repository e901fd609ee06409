"""What the pages of STEP say of an entry, a draft and a session, in words."""

from django import template
from django.forms import BaseForm

from candidates.models import Candidate
from candidates.rules.reading import read_details
from core.models import HistoryEntry

from ..codecs import STEP_FIELDS, told_value, without_followers
from ..models import StepEntry

register = template.Library()

TOLD_FIELDS = {name: words for step in STEP_FIELDS.values() for name, words in step.items()} | {"status": "Status"}
"""The fields whose changes the centre is told of, in the words of the pages."""

HAPPENED = {
    "step-entry.submitted": "entered, by",
    "step-entry.confirmed": "confirmed, by",
    "step-entry.held": "held by",
    "step-entry.released": "released by",
    "step-entry.amended": "changed by",
    "step-entry.withdrawn": "withdrawn by",
    "step-entry.restored": "withdrawal undone by",
    "step-entry.candidate-merged": "given to another record of the candidate by",
}
"""What an action on an entry is called in its history; who did it follows."""
NAMED = {
    "step-entry.submitted", "step-entry.amended", "step-entry.withdrawn", "step-entry.restored",
    "step-entry.candidate-merged",
}  # fmt: skip
"""The actions of people at centres: only these are told with a name."""


@register.simple_tag
def step_entries_of(candidate: Candidate) -> list[StepEntry]:
    """The STEP entries of a candidate, the newest first, for the page of the record."""
    return list(StepEntry.objects.filter(candidate=candidate).select_related("session").order_by("-created_at"))


@register.simple_tag
def told(change: HistoryEntry) -> str:
    """A line of an entry's history without its moment; empty for an action that centres are not told of.

    It never names one of the board's staff, and never says why an entry is held.
    """
    if change.action not in HAPPENED:
        return ""
    return f"{HAPPENED[change.action]} {_who(change)}"


@register.simple_tag
def told_changes(change: HistoryEntry) -> list[str]:
    """What an amendment changed, a line for each field with its old and its new value."""
    if change.action != "step-entry.amended":
        return []
    return [
        f"{words}: {told_value(name, change.changes[name][0])} became {told_value(name, change.changes[name][1])}"
        for name, words in TOLD_FIELDS.items()
        if name in without_followers(change.changes)
    ]


def _who(change: HistoryEntry) -> str:
    if change.by is None:
        return "the portal"
    if change.action not in NAMED or change.by.is_staff:
        return "the STEP team"
    return change.by.name


@register.simple_tag
def plain_name_used(form: BaseForm) -> str:
    """The plain form of the name in a form, where we derive it; empty where all of it is typed, or has none."""
    details, _ = read_details(form.data)
    parts = [
        (details.first_name, details.typed_plain_first_name, details.plain_first_name),
        (details.last_name, details.typed_plain_last_name, details.plain_last_name),
    ]
    is_derived = any(name and not typed for name, typed, _ in parts)
    has_none = any(name and not plain for name, _, plain in parts)
    return " ".join(plain for _, _, plain in parts if plain) if is_derived and not has_none else ""
