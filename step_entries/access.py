"""What one request asks of STEP in several places, asked of the database once."""

from django.http import HttpRequest

from .models import StepSession
from .rules import EntryFacts
from .services import facts_to_start


def session_now(request: HttpRequest) -> StepSession | None:
    """The current session at the arrival of the request."""
    if not hasattr(request, "step_session"):
        request.step_session = StepSession.objects.current(request.arrived_at)
    return request.step_session


def facts_now(request: HttpRequest) -> EntryFacts | None:
    """`facts_to_start` of the centre in use in the current session; None without a session."""
    session = session_now(request)
    if session and not hasattr(request, "step_facts"):
        request.step_facts = facts_to_start(session=session, centre=request.membership.centre, at=request.arrived_at)
    return request.step_facts if session else None
