"""A request in words, as pages and the desk of the STEP team show it."""

from datetime import datetime
from typing import Any

from centres.models import Membership
from step_entries.enums import Paper

from ..enums import Kind
from ..models import Request
from ..rules import RequestFacts, Told, told_answers
from .sending import told_differences


def told(request: Request, *, at: datetime) -> list[Told]:
    """What a request says, in the order of its form; of one whose details were deleted, nothing.

    What an amendment differs in is told as it was when the request was sent; of a draft, as it is now.
    """
    if request.is_reduced:
        return []
    answers = request.answers
    if request.kind == Kind.ENTRY_AMENDMENT and request.is_draft:
        answers = answers | {"differences": told_differences(request, at=at)}
    facts = RequestFacts(at=at, kind=request.kind, answers=answers, may_ask=True, team_contact="")
    return told_answers(facts, names=dict(Paper.choices) | _people(request))


def _people(request: Request) -> dict[str, str]:
    if request.kind != Kind.ACCOUNT_CHANGE:
        return {}
    if request.person:
        return {str(request.person_id): str(request.person)}
    members: Any = Membership.objects.in_centre(request.centre).select_related("user")
    return {str(member.user_id): str(member.user) for member in members}
