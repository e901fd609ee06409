"""Changes to uploads. Their kind (columns, judge and submit) is handed in."""

from .entering import enter_queued
from .housekeeping import discard_upload, purge_uploads
from .judging import JudgedRow, Judgement, judge, judge_left, preview_of
from .matching import known_headings_of, match_headings
from .mending import save_rows
from .reading import read_upload
from .receiving import receive_upload, upload_of_same_file
from .submitting import submit_upload

__all__ = [
    "JudgedRow",
    "Judgement",
    "discard_upload",
    "enter_queued",
    "judge",
    "judge_left",
    "known_headings_of",
    "match_headings",
    "preview_of",
    "purge_uploads",
    "read_upload",
    "receive_upload",
    "save_rows",
    "submit_upload",
    "upload_of_same_file",
]
