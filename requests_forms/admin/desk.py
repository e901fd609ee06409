"""What one of the staff posts on the page of a request, and what is done with it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.http import QueryDict

from core.refusals import Refusal, Refused

from ..enums import Act
from ..models import Request
from ..rules import MOVES
from ..services import ask_for_more, assign_request, decide_event, decide_request, take_up
from .forms import AssignForm, DecisionForm, QuestionForm

ASSIGN = "assign"
ACTS_OF_STAFF = (Act.TAKE_UP, Act.ASK, Act.ACCEPT, Act.DECLINE)
STAYS = (ASSIGN, Act.TAKE_UP)
"""After these the person goes on with the same request."""


class Desk:
    """The forms of the page, all in one, so that whatever is refused keeps what was typed anywhere."""

    def __init__(self, case: Request, others: Sequence[Request], data: QueryDict | None = None) -> None:
        self.case, self.others, self.data = case, others, data or QueryDict()
        self.act = self.data.get("act", "")
        self.assign = AssignForm(data, initial={"assignee": case.assignee_id})
        self.question = QuestionForm(data)
        open_others = sum(other.is_open for other in others)
        self.decision = DecisionForm(data, case=case, others=open_others)

    @property
    def offered(self) -> list[Act]:
        """What can be done with the request as it stands."""
        return [act for act in ACTS_OF_STAFF if self.case.status in MOVES[act][0]]

    @property
    def form(self) -> Any:
        """The form that belongs to what is done."""
        return {ASSIGN: self.assign, Act.ASK: self.question}.get(self.act, self.decision)

    @property
    def typed(self) -> list[str]:
        """What was typed, for a page that offers no field for it any more."""
        return [self.data[name] for name in ("question", "text") if self.data.get(name, "").strip()]

    @property
    def seen(self) -> dict[str, int]:
        """The version of each request of the event that the person saw, by reference."""
        pairs = (pair.partition(":") for pair in self.data.getlist("seen"))
        return {reference: _number(version) for reference, _, version in pairs}

    def do(self, *, by: Any, at: datetime) -> str:
        """Do what was asked; in words what was done. Raises Refused."""
        return DOERS[self.act](self, {"version": _number(self.data.get("version", "")), "by": by, "at": at})

    def refuse(self, refused: Refused) -> None:
        """Say why at the fields of the form. What an entry's own rules say belongs to the form as a whole."""
        asked = {"text": "question"} if self.act == Act.ASK else {}
        moved = [Refusal.retold(vars(why) | {"field": asked.get(why.field, why.field)}) for why in refused.refusals]
        Refused(moved).put_onto(self.form)


def _assign(desk: Desk, given: Mapping[str, Any]) -> str:
    to = desk.assign.cleaned_data["assignee"]
    assign_request(request=desk.case, to=to, by=given["by"], at=given["at"])
    return f"{desk.case} is assigned to {to.name if to else 'nobody'}."


def _take_up(desk: Desk, given: Mapping[str, Any]) -> str:
    take_up(request=desk.case, **given)
    return f"{desk.case} is in progress, and assigned to you."


def _ask(desk: Desk, given: Mapping[str, Any]) -> str:
    ask_for_more(request=desk.case, text=desk.question.cleaned_data["question"], **given)
    return f"{desk.case}: the centre is asked for more information."


def _decide(desk: Desk, given: Mapping[str, Any]) -> str:
    act, typed = Act(desk.act), dict(desk.decision.cleaned_data)
    done = "accepted" if act == Act.ACCEPT else "declined"
    is_alike = typed.pop("is_alike", False)
    typed["is_fee_waived"] = act == Act.ACCEPT and typed.get("is_fee_waived", False)
    if is_alike:
        who = {"by": given["by"], "at": given["at"]}
        count = decide_event(request=desk.case, act=act, versions=desk.seen, **who, **typed)
        return f"{count} requests of the event of {desk.case} are {done}."
    decide_request(request=desk.case, act=act, **given, **typed)
    return f"{desk.case} is {done}."


DOERS: dict[str, Callable[[Desk, Mapping[str, Any]], str]] = {
    ASSIGN: _assign,
    Act.TAKE_UP: _take_up,
    Act.ASK: _ask,
    Act.ACCEPT: _decide,
    Act.DECLINE: _decide,
}
"""What each button does."""


def _number(text: str) -> int:
    """A version as it was posted; 0, which no request has, where it is none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0
