"""The Cambridge Technicals entries of a candidate in words."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import template

from candidates.models import Candidate
from core.models import HistoryEntry
from core.moments import date_in_words, uk_date

from ..enums import STANDING, EntryKind, EntryState
from ..models import FeeLine, Registration, UnitEntry
from ..queries.entries import Line
from ..rules.prices import in_words
from ..rules.withdrawing import Outcome, UnitFacts, outcome_of

register = template.Library()

COLOURS = {
    EntryState.LIVE: "confirmed",
    EntryState.WITHDRAWING: "not-yet-confirmed",
    EntryState.ABSENT: "not-yet-confirmed",
}
"""In which colour a state is shown, by the class names of the pages; the others are grey."""
FOLLOWS = {
    EntryKind.TOP_UP: "Tops up {code}",
    EntryKind.MOVING_DOWN: "Moves down from {code}",
    EntryKind.RE_ENTRY: "Enters again after {code}",
}
LED_ON = (EntryState.TOPPED_UP, EntryState.MOVED_DOWN)
HAPPENED = {
    "technicals-registration.submitted": "entered by {who}",
    "technicals-registration.followed": "{followed} by {who}",
    "technicals-registration.withdrawal-asked": "withdrawal asked for by {who}",
    "technicals-registration.withdrawal-undone": "withdrawal undone by {who}",
    "technicals-registration.withdrawal-refused": "withdrawal refused by {who}",
    "technicals-registration.withdrawn": "withdrawn by {who}",
    "technicals-registration.restored": "stands again, by {who}",
    "technicals-registration.completion-changed": "estimated completion changed by {who}",
    "technicals-unit-entry.submitted": "entered by {who}",
    "technicals-unit-entry.withdrawn": "withdrawn by {who}",
    "technicals-unit-entry.marked-absent": "marked absent by {who}",
    "technicals-unit-entry.absence-undone": "absence taken back by {who}",
    "technicals-entry.transferred": "transferred to another centre by {who}",
    "technicals-entry.received": "received from another centre by {who}",
    "technicals-entry.candidate-merged": "moved here from a record that was merged, by {who}",
}
"""What an action is called in the history."""
FOLLOWED = {EntryState.TOPPED_UP: "topped up", EntryState.MOVED_DOWN: "moved down"}


@register.inclusion_tag("technicals/_of_candidate.html")
def technicals_of(candidate: Candidate) -> dict[str, Any]:
    """Registrations and unit entries of a candidate, the newest first, whatever became of them."""
    together = ("submission", "qualification", "series")
    return {
        "candidate": candidate,
        "registrations": Registration.objects.filter(candidate=candidate).select_related(*together),
        "unit_entries": UnitEntry.objects.filter(candidate=candidate).select_related(*together, "unit"),
    }


@register.filter
def colour_of(entry: Registration | UnitEntry) -> str:
    """The colour of the state of an entry."""
    return COLOURS.get(EntryState(entry.state), "withdrawn")


@register.filter
def is_standing(entry: Registration | UnitEntry) -> bool:
    """Whether it stands, also where its withdrawal is pending."""
    return entry.state in STANDING


@register.filter
def told_of(line: Line) -> list[str]:
    """What is told of an entry under its status: what it follows, what became of it, and why."""
    entry = line.entry
    told = [*_of_registration(entry)] if isinstance(entry, Registration) else []
    if entry.state == EntryState.TRANSFERRED and line.to:
        told.append(f"Transferred to {_named(line.to)}")
    return [f"{sentence}." for sentence in [*told, *_of_withdrawal(entry)]]


@register.filter
def fees_told(entry: Registration | UnitEntry) -> list[str]:
    """Each charge and credit of an entry in words, from the lines that were fetched with it."""
    return [_fee(line) for line in entry.fee_lines.all()]


@register.filter
def credit_in_words(entry: UnitEntry) -> str:
    """What is credited when an entry is withdrawn with a refund, in words; "" where nothing was charged."""
    lines = list(entry.fee_lines.all())
    credited = {line.credits_id for line in lines}
    charges = [line for line in lines if line.credits_id is None and line.pk not in credited]
    return ", ".join(f"{line.get_kind_display()} {in_words(line.amount)}" for line in charges)


@register.simple_tag
def happened_to(entry: Registration | UnitEntry, change: HistoryEntry) -> str:
    """A line of the history of an entry without its moment; "" for an action that is not told."""
    words = HAPPENED.get(change.action, "")
    if not words:
        return ""
    followed = FOLLOWED.get(EntryState(entry.state), "topped up or moved down")
    told = f"{_subject(entry)}: {words.format(who=_who(change.by), followed=followed)}"
    _, note = change.changes.get("note", (None, ""))
    old, new = change.changes.get("estimated completion", (None, None))
    days = f": {_day(old)} became {_day(new)}" if new else ""
    return f"{told}{days}{f'. Note: {note}' if note else ''}"


@register.filter
def is_marked_absent_when_late(entry: UnitEntry) -> bool:
    """Whether a withdrawal without a refund leaves the candidate absent; not so in the 2012 suite."""
    facts = UnitFacts(entry.state, uk_date(entry.created_at), is_exam=entry.series.is_exam_series)
    return outcome_of(facts) is Outcome.ABSENT


def _of_registration(entry: Registration) -> Iterable[str]:
    before = entry.follows
    if before and before.centre_id != entry.centre_id:
        yield f"Transferred from {_named(before.centre)} on {date_in_words(uk_date(entry.created_at))}"
    elif before and (words := FOLLOWS.get(EntryKind(entry.qualification.entry_kind))):
        yield words.format(code=before.qualification.code)
    if entry.is_declared:
        is_own = before is None or before.centre_id == entry.centre_id
        who = f"Your centre declared on {date_in_words(uk_date(entry.created_at))}" if is_own else "It was declared"
        yield f"{who} that the units of the smaller size are achieved"
    if entry.state in LED_ON:
        codes = [each.qualification.code for each in entry.followed_by.all() if each.state != EntryState.WITHDRAWN]
        yield from [f"Followed by {code}" for code in codes[-1:]]


def _of_withdrawal(entry: Registration | UnitEntry) -> Iterable[str]:
    if not entry.withdrawal_asked_at:
        return
    what = "Withdrawal asked for" if entry.state == EntryState.WITHDRAWING else "Withdrawn"
    if entry.state == EntryState.ABSENT:
        what = "Withdrawn after the last day for a refund"
    reason = f": {entry.get_withdrawal_reason_display()}" if entry.withdrawal_reason else ""
    note = f" ({entry.withdrawal_note.rstrip('.')})" if entry.withdrawal_note else ""
    yield f"{what} on {date_in_words(uk_date(entry.withdrawal_asked_at))}{reason}{note}"


def _fee(line: FeeLine) -> str:
    is_credit = line.credits_id is not None
    amount = in_words(-line.amount if is_credit and line.amount is not None else line.amount)
    sample = " (example amount)" if line.is_sample else ""
    order = f", order number {line.order_number}" if line.order_number else ""
    invoice = f", invoice {line.invoice.number}" if line.invoice else ""
    if is_credit:
        reason = line.get_reason_display()
        return f"Credited: {amount}{sample}, {reason[0].lower()}{reason[1:]}{invoice}"
    return f"{line.get_kind_display()}: {amount}{sample}{order}{invoice}"


def _subject(entry: Registration | UnitEntry) -> str:
    if isinstance(entry, UnitEntry):
        return f"Unit {entry.unit.number} in {entry.series}"
    return str(entry.qualification.code)


def _day(iso: str | None) -> str:
    return date_in_words(date.fromisoformat(iso)) if iso else "none"


def _who(by: Any) -> str:
    if by is None:
        return "the portal"
    return "OCR" if by.is_staff else str(by.name)


def _named(centre: Any) -> str:
    return f"{centre.name} ({centre.number})"
