"""What pages say of submissions in words."""

from typing import Any

from django import template

from core.history import history_of
from core.models import HistoryEntry
from uploads.enums import UploadState

from ..enums import Channel, EntryKind, SubmissionStatus
from ..models import Registration, Submission, UnitEntry
from ..rules.charges import charges_in_words
from ..rules.prices import in_words
from ..rules.statuses import STATUS_WORDS, WORDS_OF_TRANSFER, StatusWords, named_to_centres
from ..services.moving import MOVED

register = template.Library()

REGISTERED = {
    EntryKind.FULL: ("full award", "full awards"),
    EntryKind.TOP_UP: ("top-up", "top-ups"),
    EntryKind.MOVING_DOWN: ("moving down", "moving down"),
    EntryKind.RE_ENTRY: ("re-entry", "re-entries"),
}
"""What registrations are called, one and several, by the kind of their entry code."""


@register.filter
def status_words(submission: Submission) -> StatusWords:
    """Description, action and colour of the status of a submission."""
    if submission.channel == Channel.TRANSFER:
        return WORDS_OF_TRANSFER
    return STATUS_WORDS[SubmissionStatus(submission.status)]


@register.filter
def sender(submission: Submission) -> str:
    """Who submitted it, as the centre reads it: staff are OCR."""
    return named_to_centres(submission.submitted_by)


@register.filter
def is_open_again(submission: Submission) -> bool:
    """Whether the rows of a rejected submission can be mended and submitted again."""
    upload = submission.upload
    is_rejected = submission.status == SubmissionStatus.READ_AND_REJECTED
    return bool(is_rejected and upload and upload.state == UploadState.OPEN and not upload.purged_at)


@register.filter
def amount(pence: int | None) -> str:
    """Pence as pounds; "on invoice" where there is no amount."""
    return in_words(pence)


@register.filter
def counted(submission: Submission) -> str:
    """What was entered by a submission, for example "12 full awards, 3 unit entries"; "" where nothing was.

    Top-ups, moving down and re-entries have names of their own where the submission was told its `kinds`.
    """
    counts = submission.counts or {}
    kinds = getattr(submission, "kinds", {}) or {EntryKind.FULL: counts.get("registrations") or 0}
    said = [_some(kinds.get(kind, 0), *words) for kind, words in REGISTERED.items()]
    said.append(_some(counts.get("unit_entries") or 0, "unit entry", "unit entries"))
    already = counts.get("already") or 0
    return ", ".join([*filter(None, said), *([f"{already} entered already"] if already else [])])


@register.filter
def why(submission: Submission) -> str:
    """The note of staff, or else the first reason why a submission was not entered; "" where there is neither."""
    return submission.note or next((reason["sentence"] for reason in submission.refusals), "")


@register.filter
def kind_of_entry(entry: Registration | UnitEntry) -> str:
    """What an entry enters for: a kind of full award, or a unit."""
    return "Unit entry" if isinstance(entry, UnitEntry) else str(entry.qualification.get_entry_kind_display())


@register.filter
def charged(entry: Registration | UnitEntry) -> str:
    """What an entry costs, in words, from the charges that were fetched with it."""
    return charges_in_words(line.amount for line in entry.fee_lines.all())


@register.simple_tag
def moves_of(submission: Submission, is_for_staff: bool = False) -> list[tuple[Any, str, str, str]]:
    """Every status that a submission had, the first one first: since when, its words, who set it, and their note.

    is_for_staff: whether staff are named; a centre reads "OCR".
    """
    lines = list(history_of(submission).filter(action=MOVED).order_by("pk"))
    moves = [_move(line, is_for_staff) for line in lines]
    is_told_from_its_beginning = bool(lines) and lines[0].changes["entry status"][0] is None
    if is_told_from_its_beginning:
        return moves
    first = lines[0].changes["entry status"][0] if lines else submission.status
    return [(submission.submitted_at, SubmissionStatus(first).label, submission.submitted_by.name, ""), *moves]


def _move(line: HistoryEntry, is_for_staff: bool) -> tuple[Any, str, str, str]:
    _, status = line.changes["entry status"]
    _, note = line.changes.get("note", (None, ""))
    return line.at, SubmissionStatus(status).label, _who(line.by, is_for_staff), note or ""


def _who(by: Any, is_for_staff: bool) -> str:
    return str(by.name) if by and is_for_staff else named_to_centres(by)


def _some(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}" if count else ""
