"""Submissions with an upload behind them, and what the tests read off pages."""

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from technicals.enums import PriceKind, SubmissionStatus
from technicals.models import FeeLine, Submission, UnitEntry
from technicals.rules.handling import Act
from tests.factories.technicals import SubmissionFactory
from uploads.enums import RowState, UploadState
from uploads.models import Upload, UploadRow
from uploads.rules.kinds import UploadKind, Verdict

STATES = {
    SubmissionStatus.READ_AND_RECOGNISED: UploadState.QUEUED,
    SubmissionStatus.PROCESSING_IN_PROGRESS: UploadState.QUEUED,
    SubmissionStatus.OCR_HANDLING_THIS: UploadState.QUEUED,
    SubmissionStatus.PROCESSING_COMPLETE: UploadState.ENTERED,
}
"""How far the upload of a submission has come, by its status; open where it is not named."""

OFFERED = {
    SubmissionStatus.READ_AND_RECOGNISED: {Act.TAKE_OVER},
    SubmissionStatus.PROCESSING_IN_PROGRESS: {Act.TAKE_OVER},
    SubmissionStatus.READ_AND_REJECTED: {Act.TAKE_OVER},
    SubmissionStatus.OCR_HANDLING_THIS: {Act.PUT_BACK, Act.REJECT},
}
"""What staff can do in each status; in the others nothing."""


def upload_for(centre: Any, by: Any, *, state: str = UploadState.OPEN, **fields: Any) -> Upload:
    """An upload of Cambridge Technicals with one row."""
    now = timezone.now()
    defaults = {
        "kind": "technicals",
        "period": "1",
        "period_title": "January 2027",
        "file_name": "technicals.csv",
        "sha256": f"{Upload.objects.count():064}",
        "received_at": now,
        "keep_until": now + timedelta(days=30),
    }
    upload = Upload.objects.create(centre=centre, received_by=by, state=state, **(defaults | fields))
    is_entered = state == UploadState.ENTERED
    UploadRow.objects.create(
        upload=upload,
        number=2,
        cells=["Smith"],
        state=RowState.ENTERED if is_entered else RowState.OPEN,
        reference="CT1" if is_entered else "",
    )
    return upload


def submitted(centre: Any, by: Any, status: str = SubmissionStatus.READ_AND_RECOGNISED, **fields: Any) -> Submission:
    """A submission of a centre in a status, with its upload in the state that goes with it."""
    if "upload" not in fields:
        fields["upload"] = upload_for(centre, by, state=STATES.get(SubmissionStatus(status), UploadState.OPEN))
    return SubmissionFactory(centre=centre, submitted_by=by, status=status, **fields)


def page_of(submission: Submission) -> str:
    return reverse("technicals:submission", args=[submission.number])


def desk_of(submission: Submission) -> str:
    return reverse("admin:technicals_submission_handle", args=[submission.pk])


def kind_of_rows(refusals: Any = ()) -> UploadKind:
    """A kind of upload in the place of the real one: every row is told the same refusals, or is ready."""
    return UploadKind(
        slug="technicals",
        title="Cambridge Technicals entries spreadsheet",
        noun="candidate",
        nouns="candidates",
        upload_button="Submit entries spreadsheet",
        home_url="technicals:home",
        entry_url="technicals:submission",
        shown=(),
        columns=lambda centre: (),
        periods=lambda centre, at: (),
        refusals=lambda period, centre, at: [],
        judge=lambda period, centre, rows, at: [Verdict(refusals=tuple(refusals)) for _ in rows],
        submit=lambda batch: {},
        keep_until=lambda period, centres: {},
    )


def charge(entry: Any, amount: int | None, **fields: Any) -> FeeLine:
    """What an entry costs."""
    of_entry = {"unit_entry": entry} if isinstance(entry, UnitEntry) else {"registration": entry}
    shared = {"centre": entry.centre, "submission": entry.submission, "created_at": entry.created_at}
    return FeeLine.objects.create(kind=PriceKind.REGISTRATION, amount=amount, **shared, **of_entry, **fields)
