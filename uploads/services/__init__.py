"""Changes to uploads. Their kind (columns, judge and submit) is handed in."""

from .housekeeping import discard_upload, purge_uploads
from .judging import JudgedRow, Judgement, judge
from .matching import known_headings_of, match_headings
from .mending import save_rows
from .receiving import receive_upload, upload_of_same_file
from .submitting import submit_upload

__all__ = [
    "JudgedRow",
    "Judgement",
    "discard_upload",
    "judge",
    "known_headings_of",
    "match_headings",
    "purge_uploads",
    "receive_upload",
    "save_rows",
    "submit_upload",
    "upload_of_same_file",
]
