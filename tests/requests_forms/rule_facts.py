"""Facts for the rules of requests: right, but for the changes that a test makes."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from core.moments import UK
from core.windows import Window
from requests_forms.enums import ABOUT_AN_ENTRY, Act, Kind, Status
from requests_forms.rules import ActFacts, EntryDates, PaperDate, RequestFacts

OPENS_AT = datetime(2027, 3, 1, 0, 0, tzinfo=UK)
MODIFIED_UNTIL = datetime(2027, 4, 20, 23, 59, tzinfo=UK)
CLOSES_AT = datetime(2027, 5, 4, 23, 59, tzinfo=UK)
RESULTS_AT = datetime(2027, 8, 19, 8, 0, tzinfo=UK)
MINUTE = timedelta(minutes=1)
TICK = timedelta(microseconds=1)
CONTACT = "Contact the STEP team: step@board.example."
STEP_2 = PaperDate("step-2", "STEP 2", datetime(2027, 6, 3, 9, 0, tzinfo=UK))
STEP_3 = PaperDate("step-3", "STEP 3", datetime(2027, 6, 9, 9, 0, tzinfo=UK))
DATES = EntryDates(
    registration=Window(OPENS_AT, CLOSES_AT),
    modified_papers_until=MODIFIED_UNTIL,
    papers=(STEP_2, STEP_3),
    results_at=RESULTS_AT,
    nation="england-and-wales",
)
WHILE_OPEN = datetime(2027, 4, 12, 12, 0, tzinfo=UK)
AFTER_CLOSING = datetime(2027, 5, 20, 12, 0, tzinfo=UK)
ON_THE_DAY = datetime(2027, 6, 3, 15, 0, tzinfo=UK)

RIGHT: dict[str, dict[str, Any]] = {
    Kind.ACCESS_ARRANGEMENT: {
        "a_extra-time-25": True,
        "p_extra-time-25": "all",
        "evidence_type": "form-8",
        "is_held": True,
        "is_told": True,
    },
    Kind.ENTRY_AMENDMENT: {"reason": "The name was spelt wrongly."},
    Kind.TIMETABLE_VARIATION: {
        "paper": "step-2",
        "reason": "travel",
        "explanation": "The candidate is abroad.",
        "zone": "Asia/Dubai",
        "local_date": "03/06/2027",
        "local_time": "13:00",
        "uk_date": "03/06/2027",
        "uk_time": "10:00",
        "supervision": "A teacher stays with the candidate.",
    },
    Kind.WITHDRAWAL: {"reason": "other"},
    Kind.SPECIAL_CONSIDERATION: {"paper": "step-2", "reason": "bereavement"},
    Kind.ACCOUNT_CHANGE: {"change": "centre-name", "detail": "Northgate Academy"},
    Kind.INVOICE_QUERY: {"matter": "order-number", "detail": "CT000123 has another order number."},
    Kind.CANDIDATE_CORRECTION: {
        "first_name": "Ann",
        "middle_names": "",
        "last_name": "Smith",
        "date_of_birth": "05/03/2009",
        "reason": "typing",
        "will_follow": True,
    },
}
"""Answers of each kind that pass every rule."""
MOMENTS = {
    Kind.ACCESS_ARRANGEMENT: WHILE_OPEN,
    Kind.ENTRY_AMENDMENT: AFTER_CLOSING,
    Kind.TIMETABLE_VARIATION: WHILE_OPEN,
    Kind.WITHDRAWAL: AFTER_CLOSING,
    Kind.SPECIAL_CONSIDERATION: ON_THE_DAY,
    Kind.ACCOUNT_CHANGE: WHILE_OPEN,
    Kind.INVOICE_QUERY: WHILE_OPEN,
    Kind.CANDIDATE_CORRECTION: WHILE_OPEN,
}
"""A moment at which each kind can be asked for."""


def to_ask(kind: Kind, *, dates: dict[str, Any] | None = None, **changes: Any) -> RequestFacts:
    """Facts of a request of this kind that can be sent, with changes; `dates` changes those of the entry."""
    right: dict[str, Any] = {
        "at": MOMENTS[kind],
        "kind": kind,
        "answers": RIGHT[kind],
        "may_ask": True,
        "team_contact": CONTACT,
        "dates": None if kind not in ABOUT_AN_ENTRY else replace(DATES, **(dates or {})),
        "users": frozenset({"7", "8"}),
    }
    return RequestFacts(**(right | changes))


def answered(kind: Kind, **answers: Any) -> RequestFacts:
    """The same with some answers changed; an answer of None is left out."""
    given = {name: value for name, value in (RIGHT[kind] | answers).items() if value is not None}
    return to_ask(kind, answers=given)


def to_act(act: Act, **changes: Any) -> ActFacts:
    """Facts of somebody of the right side who acts on a request that is as they saw it, with changes."""
    of_centre = act in {Act.WITHDRAW, Act.ANSWER, Act.SAVE, Act.DISCARD, Act.SEND, Act.SEND_AHEAD}
    right = {
        "at": AFTER_CLOSING,
        "act": act,
        "kind": Kind.ACCESS_ARRANGEMENT,
        "status": Status.SUBMITTED,
        "makes_entries": of_centre,
        "is_staff": not of_centre,
        "version": 3,
        "seen": 3,
        "last_who": "Priya Shah",
        "last_at": datetime(2027, 5, 20, 10, 42, tzinfo=UK),
        "text": "Which letter?" if act in (Act.ASK, Act.DECLINE) else "",
    }
    return ActFacts(**(right | changes))


def codes(refusals: Any) -> list[str]:
    """The codes of refusals, in their order."""
    return [refusal.code for refusal in refusals]


def told(refusals: Any) -> list[tuple[str, str]]:
    """The code and the field of each refusal."""
    return [(refusal.code, refusal.field) for refusal in refusals]
