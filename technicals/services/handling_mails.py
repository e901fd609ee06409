"""The mails to a centre about a submission that staff handle: never a candidate's name."""

from datetime import datetime

from django.conf import settings

from centres.models import Membership
from centres.rules import WRITING_ROLES
from core.history import history_of
from outbox.services import queue_email

from ..models import Submission
from ..rules.handling import Act


def queue_handling_mail(submission: Submission, *, act: Act, at: datetime) -> None:
    """Tell the person who submitted what staff did and what to do, with a copy to the centre's exams officer.

    These mails are sent whatever the centre's preference for mails about entries says.
    """
    to, cc = _recipients(submission)
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


def _recipients(submission: Submission) -> tuple[list[str], list[str]]:
    """Who submitted it, with a copy to the officer; where they left, the officer, or else all who make entries."""
    centre = submission.centre
    members = Membership.objects.in_centre(centre)
    here = set(members.values_list("user", flat=True))
    officer = [centre.exams_officer.email] if centre.exams_officer and centre.exams_officer_id in here else []
    if submission.submitted_by_id in here:
        sender = submission.submitted_by.email
        return [sender], [address for address in officer if address != sender]
    writing = members.filter(role__in=WRITING_ROLES).order_by("user__email")
    return officer or list(writing.values_list("user__email", flat=True)), []
