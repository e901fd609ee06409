"""Changes to STEP entries."""

from .amending import (
    Difference,
    amend_entry,
    answers_of_entry,
    compare_versions,
    grant_amendment,
    preview_amendment,
)
from .changing import change_facts
from .confirming import (
    confirm_entries,
    entries_left_by,
    hold_entries,
    preview_run,
    release_entries,
    run_due_confirmations,
)
from .drafts import discard_draft, purge_drafts, save_step, start_entry
from .exporting import export_entries
from .facts import entry_facts, facts_to_start, window_of, windows_of
from .mails import officer_of
from .reminders import send_reminders
from .sessions import copy_session, end_extension, extend_window
from .submitting import submit_entry
from .withdrawing import refusals_to_undo_withdrawal, undo_withdrawal, withdraw_entry

__all__ = [
    "Difference",
    "amend_entry",
    "answers_of_entry",
    "change_facts",
    "compare_versions",
    "confirm_entries",
    "copy_session",
    "discard_draft",
    "end_extension",
    "entries_left_by",
    "entry_facts",
    "export_entries",
    "extend_window",
    "facts_to_start",
    "grant_amendment",
    "hold_entries",
    "officer_of",
    "preview_amendment",
    "preview_run",
    "purge_drafts",
    "refusals_to_undo_withdrawal",
    "release_entries",
    "run_due_confirmations",
    "save_step",
    "send_reminders",
    "start_entry",
    "submit_entry",
    "undo_withdrawal",
    "window_of",
    "windows_of",
    "withdraw_entry",
]
