"""What waits in the spreadsheets of a centre."""

from typing import Any

from step_entries.kinds import STEP_CANDIDATES
from step_entries.models import StepSession
from uploads.models import Upload, UploadRow


def rows_not_entered(*, session: StepSession, centre: Any, user: Any) -> int:
    """How many rows of a centre's spreadsheets for a session are neither entered nor set aside, in one query."""
    uploads = Upload.objects.visible_to(user).filter(centre=centre, kind=STEP_CANDIDATES.slug, period=str(session.pk))
    return UploadRow.objects.open().filter(upload__in=uploads).count()
