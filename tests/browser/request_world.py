"""Sessions, entries, answers and files of requests, the same at whatever hour and on whatever day a test runs."""

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from candidates.models import Candidate
from core.moments import UK, uk_date
from requests_forms.enums import ABOUT_AN_ENTRY, Kind
from step_entries.enums import Paper
from step_entries.models import Institution, StepEntry, StepSession
from step_entries.services import confirm_entries, submit_entry
from technicals.models import Invoice
from tests.core.evidence_files import pdf
from tests.factories.candidates import CandidateFactory
from tests.factories.step_entries import DraftFactory
from tests.factories.technicals import FeeLineFactory, InvoiceFactory, RegistrationFactory

DUBAI = ZoneInfo("Asia/Dubai")
OPEN, CLOSED, SAT = "open", "closed", "sat"
DAYS = {OPEN: (30, 70, 76), CLOSED: (-1, 40, 46), SAT: (-42, 0, 6)}
"""How many days from today registration closes, STEP 2 begins and STEP 3 begins, each at 09:00 in the UK."""
PHASE_OF = {
    Kind.ACCESS_ARRANGEMENT: OPEN,
    Kind.TIMETABLE_VARIATION: OPEN,
    Kind.ACCOUNT_CHANGE: OPEN,
    Kind.INVOICE_QUERY: OPEN,
    Kind.CANDIDATE_CORRECTION: OPEN,
    Kind.ENTRY_AMENDMENT: CLOSED,
    Kind.WITHDRAWAL: CLOSED,
    Kind.SPECIAL_CONSIDERATION: SAT,
}
"""When each kind can be asked for. The day of a paper is inside the window, be it a weekend or a bank holiday."""
LETTER = {"name": "letter.pdf", "mimeType": "application/pdf", "buffer": pdf()}
"""A file as a browser sends it."""


def move_to(phase: str, session: StepSession) -> None:
    """Give a session the dates that it has in this phase."""
    closes_at, *papers = (at_nine(days) for days in DAYS[phase])
    for paper, starts_at in zip((Paper.STEP_2, Paper.STEP_3), papers, strict=True):
        session.papers.filter(paper=paper).update(starts_at=starts_at)
    session.opens_at, session.closes_at = closes_at - timedelta(days=60), closes_at
    session.modified_papers_until = closes_at - timedelta(days=14)
    session.results_at = papers[-1] + timedelta(days=60)
    session.save()


def at_nine(days: int) -> datetime:
    """09:00 in the UK, so many days from today: a time that no change of the clocks touches."""
    return datetime.combine(uk_date(timezone.now()) + timedelta(days=days), time(9), UK)


def entered(session: StepSession, officer: Any, last_name: str = "Smith") -> StepEntry:
    """A CONFIRMED entry that was made in time, of Ann Smith or of another Ann."""
    at = session.closes_at - timedelta(days=35)
    centre = officer.memberships.get().centre
    candidate = {"last_name": last_name, "ucas_id": ""}
    draft = DraftFactory(session=session, centre=centre, started_by=officer, candidate=candidate)
    entry = submit_entry(draft=draft, by=officer, at=at)
    confirm_entries(entries=StepEntry.objects.filter(pk=entry.pk), by=None, at=at + timedelta(days=1))
    entry.refresh_from_db()
    return entry


def can_be_told(entry: StepEntry) -> Institution:
    """The institution that is ticked on the entry takes notices of special consideration."""
    institution = entry.courses.get().institution
    institution.name, institution.receives_special_consideration = "University of Warwick", True
    institution.save()
    return institution


def about(kind: str, centre: Any, entry: StepEntry | None) -> dict[str, Any]:
    """What a request of this kind is about: the entry, an invoice or candidate of the centre, made for it, or none."""
    if kind == Kind.INVOICE_QUERY:
        return {"entry": None, "invoice": invoice_of(centre)}
    if kind == Kind.CANDIDATE_CORRECTION:
        return {"entry": None, "candidate": candidate_of(centre)}
    return {"entry": entry if kind in ABOUT_AN_ENTRY else None}


def invoice_of(centre: Any) -> Invoice:
    """An invoice of £50.00, for one registration."""
    invoice = InvoiceFactory(centre=centre)
    FeeLineFactory(centre=centre, invoice=invoice)
    return invoice


def candidate_of(centre: Any) -> Candidate:
    """Ann Smith, born on 4 March 2009, who is entered for Cambridge Technicals."""
    candidate = CandidateFactory(centre=centre, first_name="Ann", last_name="Smith")
    RegistrationFactory(centre=centre, candidate=candidate)
    return candidate


def later_start(session: StepSession) -> dict[str, str]:
    """Two hours after STEP 2 begins: in Dubai and in the UK, as typed."""
    at = session.papers.get(paper=Paper.STEP_2).starts_at + timedelta(hours=2)
    there, here = at.astimezone(DUBAI), at.astimezone(UK)
    return {
        "local_date": f"{there:%d/%m/%Y}",
        "local_time": f"{there:%H:%M}",
        "uk_date": f"{here:%d/%m/%Y}",
        "uk_time": f"{here:%H:%M}",
    }


def right_answers(kind: Kind, session: StepSession) -> dict[str, Any]:
    """Answers of a request of this kind that can be sent."""
    answers: dict[str, dict[str, Any]] = {
        Kind.ACCESS_ARRANGEMENT: {
            "a_extra-time-other": True,
            "d_extra-time-other": "50",
            "p_extra-time-other": "step-3",
            "a_braille": True,
            "evidence_type": "form-8",
            "is_held": True,
            "is_told": True,
            "note": "She reads Braille since 2019.\nHer school papers are in Braille too.",
        },
        Kind.ENTRY_AMENDMENT: {"last_name": "Smyth", "papers": "step-3", "reason": "It was spelt wrongly."},
        Kind.TIMETABLE_VARIATION: {
            "paper": "step-2",
            "reason": "travel",
            "explanation": "She plays for England in Dubai.",
            "zone": "Asia/Dubai",
            "supervision": "A teacher stays with her from 09:00 UK time.",
            **later_start(session),
        },
        Kind.WITHDRAWAL: {"reason": "medical", "detail": "She broke her arm.", "will_follow": True},
        Kind.SPECIAL_CONSIDERATION: {"paper": "step-2", "reason": "disturbance", "detail": "The fire alarm rang."},
        Kind.INVOICE_QUERY: {"matter": "order-number", "detail": "CT000123 was ordered under another number."},
        Kind.CANDIDATE_CORRECTION: {
            "first_name": "Ann",
            "middle_names": "Mary",
            "last_name": "Smith",
            "date_of_birth": "05/03/2009",
            "reason": "typing",
            "note": "The day is that of her birth certificate.",
            "will_follow": True,
        },
        Kind.ACCOUNT_CHANGE: {"change": "add-user", "name": "Nia New", "email": "nia@northgate.example"},
    }
    return answers[kind]
