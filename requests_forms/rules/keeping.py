"""How long what a request holds is kept (decision 0017)."""

from datetime import timedelta

KEEP_EVIDENCE = timedelta(days=183)
"""Files, after results; of requests about no entry, after their end."""
KEEP_REASONS = KEEP_EVIDENCE + timedelta(days=183)
"""Reasons, notes and the thread, after the same moment; the outcome stays."""
KEEP_DRAFTS = timedelta(days=14)
"""Requests that were not sent, after their last change."""
RESULTS_AFTER_CLOSING = timedelta(days=120)
"""When results are counted from where a session has no date of them."""
