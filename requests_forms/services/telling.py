"""A request in words, as pages and the desk of staff show it."""

from datetime import datetime
from typing import Any

from centres.models import Membership
from step_entries.enums import Paper

from ..enums import DIFFERING, Kind
from ..models import Request
from ..rules import RequestFacts, Told, told_answers
from ..rules.accounts import accounts_contact_in_words
from ..rules.telling import ACCOUNTS_NOW
from .sending import told_differences


def told(request: Request, *, at: datetime) -> list[Told]:
    """What a request says, in the order of its form; of one whose details were deleted, nothing.

    What an amendment or a correction differs in is told as it was when the request was sent; of a draft, as it is now.
    """
    if request.is_reduced:
        return []
    answers = request.answers
    if request.kind in DIFFERING and request.is_draft:
        answers = answers | {"differences": told_differences(request, at=at)}
    facts = RequestFacts(at=at, kind=request.kind, answers=answers, may_ask=True, team_contact="")
    return told_answers(facts, names=dict(Paper.choices) | _people(request))


def _people(request: Request) -> dict[str, str]:
    if request.kind != Kind.ACCOUNT_CHANGE:
        return {}
    now = {ACCOUNTS_NOW: accounts_contact_in_words(request.centre.accounts_contact, request.centre.accounts_email)}
    if request.person:
        return now | {str(request.person_id): str(request.person)}
    members: Any = Membership.objects.in_centre(request.centre).select_related("user")
    return now | {str(member.user_id): str(member.user) for member in members}
