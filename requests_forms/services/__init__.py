"""Changes to requests."""

from .acting import (
    answer_request,
    ask_for_more,
    assign_request,
    decide_event,
    decide_request,
    take_up,
    withdraw_request,
)
from .drafts import discard_request, draft_of, purge_requests_not_sent, raise_request, save_request
from .evidence import ReceivedFile, add_evidence, open_evidence, receive_files, remove_evidence
from .facts import dates_of, entry_dates, facts_to_ask, fingerprint, request_facts, team_contact
from .locking import act_facts
from .notices import export_notices, preview_notices
from .opening import open_request
from .purging import purge_evidence
from .sending import entries_of_event, send_request, told_differences
from .storing import scan_held_evidence
from .telling import told

__all__ = [
    "ReceivedFile",
    "act_facts",
    "add_evidence",
    "answer_request",
    "ask_for_more",
    "assign_request",
    "dates_of",
    "decide_event",
    "decide_request",
    "discard_request",
    "draft_of",
    "entries_of_event",
    "entry_dates",
    "export_notices",
    "facts_to_ask",
    "fingerprint",
    "open_evidence",
    "open_request",
    "preview_notices",
    "purge_evidence",
    "purge_requests_not_sent",
    "raise_request",
    "receive_files",
    "remove_evidence",
    "request_facts",
    "save_request",
    "scan_held_evidence",
    "send_request",
    "take_up",
    "team_contact",
    "told",
    "told_differences",
    "withdraw_request",
]
