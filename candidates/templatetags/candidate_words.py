"""What the pages of candidates say of a record and of its history, in words."""

from typing import Any

from django import template

from core.models import HistoryEntry

from ..models import Candidate
from ..rules.details import CELLS, academic_year_in_words, text_in_words, value_in_words

register = template.Library()
register.filter(academic_year_in_words)

HAPPENED = {
    "candidate.registered": "added by",
    "candidate.corrected": "corrected by",
    "candidate.merged": "{note} was merged into this record by",
    "candidate.merged-away": "merged into the record of {note} by",
    "candidate.told-apart": "said to be another person than {note}, by",
    "candidate.transferred": "transferred to {note} by",
    "candidate.received": "received from {note} by",
    "candidate-group.created": "made by",
    "candidate-group.renamed": "renamed by",
    "candidate-group.members-added": "{added} added by",
    "candidate-group.members-removed": "{removed} removed by",
}
"""What an action is called in a history; who did it follows."""
LABELS = {cell.slug.replace("_", " "): cell.label for cell in CELLS} | {
    "plain first name": "Plain form of the forename",
    "plain last name": "Plain form of the surname",
    "name": "Name",
}
"""The fields whose changes are told."""


@register.simple_tag
def details_of(candidate: Candidate) -> list[tuple[str, str]]:
    """The details of a record in words, each with its label; "" for what it does not have."""
    return [(cell.label, value_in_words(candidate, cell)) for cell in CELLS]


@register.simple_tag
def happened(change: HistoryEntry) -> str:
    """A line of a history without its moment; empty for an action that is not told."""
    words = HAPPENED.get(change.action, "")
    gone, new = change.changes.get("candidates", [[], []])
    told = {"note": change.note, "added": _candidates(len(new)), "removed": _candidates(len(gone))}
    return f"{words.format(**told)} {_who(change)}" if words else ""


@register.simple_tag
def changes_in_words(change: HistoryEntry) -> list[str]:
    """What was changed, a line for each detail with its old and its new value."""
    return [
        f"{label}: {_told(name, change.changes[name][0])} became {_told(name, change.changes[name][1])}"
        for name, label in LABELS.items()
        if name in change.changes and change.action != "candidate-group.created"
    ]


def _candidates(count: int) -> str:
    return f"{count:,} candidate{'' if count == 1 else 's'}"


def _told(name: str, text: Any) -> str:
    return text_in_words(name.replace(" ", "_"), str(text or "")) or "empty"


def _who(change: HistoryEntry) -> str:
    if change.by is None:
        return "the portal"
    return "the board's staff" if change.by.is_staff else change.by.name
