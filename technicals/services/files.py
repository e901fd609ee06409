"""Files that were refused: the lines of the history that nobody submitted."""

from django.db import transaction

from core.history import record
from uploads.rules.kinds import FileNotTaken

from ..enums import Channel, SubmissionStatus
from ..models import Submission
from ..rules.statuses import STANDING, status_of_file_not_taken
from .moving import MOVED
from .numbers import take_submission_numbers


@transaction.atomic
def note_file_not_taken(file: FileNotTaken) -> Submission | None:
    """Keep a line of the history for a file that was refused; None where it is none of those that make a line.

    A file that was submitted before stands as Duplicate file and leads to its first submission.
    """
    first = _first_submission(file)
    was_submitted = first is not None or bool(file.earlier and file.earlier.is_entered)
    status = status_of_file_not_taken({refusal.code for refusal in file.refusals}, was_submitted=was_submitted)
    return _keep(file, status, first) if status else None


def _first_submission(file: FileNotTaken) -> Submission | None:
    """The submission of the same bytes that stands."""
    if file.earlier is None:
        return None
    return Submission.objects.filter(upload=file.earlier, status__in=STANDING).order_by("pk").first()


def _keep(file: FileNotTaken, status: SubmissionStatus, first: Submission | None) -> Submission:
    [number] = take_submission_numbers(1)
    submission = Submission.objects.create(
        number=number,
        centre=file.centre,
        channel=Channel.SPREADSHEET,
        status=status,
        file_name=file.file_name[-100:],
        order_number=file.order_number[:20],
        submitted_by=file.by,
        submitted_at=file.at,
        processed_at=file.at,
        refusals=[{"code": why.code, "sentence": why.sentence, "row": None} for why in file.refusals],
        duplicate_of=first if status == SubmissionStatus.DUPLICATE_FILE else None,
    )
    changes = {"entry status": [None, str(status)]}
    record(by=file.by, at=file.at, action=MOVED, subjects=[submission], changes=changes)
    return submission
