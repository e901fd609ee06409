"""What the desk of staff says of a request, in words."""

from typing import Any

from core.models import HistoryEntry

from ..enums import Act, Kind, Status
from ..models import Request

HAPPENED = {
    f"request.moved.{Act.SEND}": "sent",
    f"request.moved.{Act.SEND_AHEAD}": "sent; evidence will follow",
    f"request.moved.{Act.WITHDRAW}": "withdrawn by the centre",
    f"request.moved.{Act.ANSWER}": "answered",
    f"request.moved.{Act.TAKE_UP}": "taken up",
    f"request.moved.{Act.ASK}": "more information asked for",
    f"request.moved.{Act.ACCEPT}": "accepted",
    f"request.moved.{Act.DECLINE}": "declined",
    "request.opened": "opened",
    "request.candidate-merged": "candidate's record made one with another",
    "request.evidence-deleted": "files deleted by their date",
    "request.reduced": "reasons and thread deleted by their date",
    "evidence.added": "file added",
    "evidence.removed": "file removed",
    "evidence.opened": "file opened",
    "evidence.released": "file checked: it can be opened now",
    "evidence.infected": "file deleted: a virus was found",
}
"""What an action on a request is called in its history."""

ACCEPTING = {
    Kind.ACCESS_ARRANGEMENT: "Accepting grants the arrangements. The centre is told by mail; the entry stays as it is.",
    Kind.ENTRY_AMENDMENT: "Accepting amends the entry at once, as shown. Declining leaves it as it is. The centre is "
    "told by mail.",
    Kind.TIMETABLE_VARIATION: "Accepting grants the other start. The centre is told by mail; the entry stays as it is.",
    Kind.WITHDRAWAL: "Accepting withdraws the entry at once. Declining leaves it as it is. The centre is told by mail.",
    Kind.SPECIAL_CONSIDERATION: "The centre is not told what you decide: no mail is sent, and its page says Completed. "
    "What is accepted goes into the notices to institutions.",
    Kind.ACCOUNT_CHANGE: "Make the change first, on the page of the user or of the centre. Accepting tells the centre "
    "that it is made, and changes nothing itself.",
    Kind.INVOICE_QUERY: "The query went to credit control by mail when it was sent. Type the answer to the centre. "
    "Accepting says that it is dealt with, and changes nothing itself: credits are made where the entry is.",
    Kind.CANDIDATE_CORRECTION: "Look at the proof first. Accepting changes the candidate's record at once, as shown; "
    "entries stay. Declining leaves it as it is. The centre is told by mail.",
}
"""What a decision does, by kind."""


def status_for_staff(case: Request) -> str:
    """Where a request stands; of one that is completed also what was decided, which a centre may not see."""
    if case.status != Status.COMPLETED or case.is_accepted is None:
        return case.get_status_display()
    return f"{case.get_status_display()}: {'accepted' if case.is_accepted else 'declined'}"


def happened(line: HistoryEntry) -> str:
    """A line of the history of a request, without its moment: what, and who did it."""
    if line.action == "request.assigned":
        what = f"assigned to {_assignee(line.changes)}"
    else:
        what = HAPPENED.get(line.action, line.action)
    return f"{what}, by {line.by.name if line.by else 'the portal'}"


def _assignee(changes: dict[str, Any]) -> str:
    return changes.get("assignee", [None, None])[1] or "nobody"
