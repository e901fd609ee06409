"""The mails about a request: never a medical word, never a pupil's name, never what was decided and why."""

from collections.abc import Sequence
from datetime import datetime

from centres.services import recipients_of
from outbox.services import queue_email

from ..enums import Act, Kind
from ..models import Request
from .facts import ways_to_team

TOLD_OF_CONSIDERATION = {Act.SEND, Act.ASK}
"""Of special consideration the centre is written to when it is sent, and when more is needed (guide 7.1)."""


def queue_request_mail(request: Request, *, act: Act, at: datetime, others: Sequence[str] = ()) -> None:
    """Tell the person who sent a request where it stands, with a copy to the centre's exams officer.

    These mails are sent whatever the centre's preference for mails about entries says.
    """
    if request.kind == Kind.SPECIAL_CONSIDERATION and act not in TOLD_OF_CONSIDERATION:
        return
    to, cc = recipients_of(request.centre, request.sent_by)
    if not to:
        return
    email, phone = ways_to_team(request.kind)
    queue_email(
        key=f"request-{act}:{request.reference}:{request.version}",
        template="request_moved",
        context={
            "request": request,
            "act": act.value,
            "others": others,
            "team_email": email,
            "team_phone": phone,
        },
        to=to,
        cc=cc,
        at=at,
    )
