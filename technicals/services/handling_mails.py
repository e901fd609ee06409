"""The mails to a centre about a submission that staff handle: never a candidate's name."""

from datetime import datetime

from django.conf import settings

from centres.services import recipients_of
from core.history import history_of
from outbox.services import queue_email

from ..models import Submission
from ..rules.handling import Act


def queue_handling_mail(submission: Submission, *, act: Act, at: datetime) -> None:
    """Tell the person who submitted what staff did and what to do, with a copy to the centre's exams officer.

    These mails are sent whatever the centre's preference for mails about entries says.
    """
    to, cc = recipients_of(submission.centre, submission.submitted_by)
    if not to:
        return
    queue_email(
        key=f"technicals-submission-{act}:{submission.number}:{history_of(submission).count()}",
        template="technicals_submission_handled",
        context={
            "submission": submission,
            "act": act.value,
            "team_email": settings.TECHNICALS_TEAM_EMAIL,
            "team_phone": settings.TECHNICALS_TEAM_PHONE,
        },
        to=to,
        cc=cc,
        at=at,
    )
