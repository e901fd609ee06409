"""The one way by which a submission changes its status."""

from datetime import datetime
from typing import Any

from django.db import transaction

from core.history import record
from core.refusals import raise_if_any

from ..enums import SubmissionStatus
from ..models import Submission
from ..rules.handling import MoveFacts, refusals_to_move

MOVED = "technicals-submission.moved"


@transaction.atomic
def move(*, submission: Submission, to: SubmissionStatus, by: Any, at: datetime, **fields: Any) -> Submission:
    """Lead a submission to another status and keep that in its history; the row as it stands then.

    by: the person, or None for the portal itself. fields: what else is set, by the names of its columns.
    Raises Refused where the table of moves has no such way, and where staff are handling it and `by` is not staff.
    """
    submission = Submission.objects.select_for_update(of=("self",)).select_related("centre").get(pk=submission.pk)
    is_staff = bool(by and by.is_staff)
    raise_if_any(refusals_to_move(MoveFacts(submission.status, to, is_staff)))
    before, submission.status = submission.status, to
    for name, value in fields.items():
        setattr(submission, name, value)
    submission.save(update_fields=["status", *fields])
    changes: dict[str, Any] = {"entry status": [str(before), str(to)]}
    if fields.get("note"):
        changes["note"] = [None, fields["note"]]
    record(by=by, at=at, action=MOVED, subjects=[submission], changes=changes)
    return submission
