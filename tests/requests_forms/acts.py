"""Acts on requests, as tests do them, and what they leave behind."""

from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from core.evidence.checking import CheckedFile
from core.models import HistoryEntry
from core.refusals import Refused
from outbox.models import OutgoingEmail
from requests_forms.enums import ABOUT_AN_ENTRY, Act, Kind
from requests_forms.models import Evidence, Message, Request
from requests_forms.services import (
    ReceivedFile,
    answer_request,
    ask_for_more,
    decide_request,
    discard_request,
    raise_request,
    save_request,
    send_request,
    take_up,
    withdraw_request,
)
from step_entries.models import StepEntry
from tests.factories.candidates import CandidateFactory
from tests.factories.requests import EvidenceFactory
from tests.factories.technicals import InvoiceFactory, RegistrationFactory
from tests.requests_forms.rule_facts import RIGHT

LATER = timedelta(minutes=7)
MEDICAL_AHEAD = {"reason": "medical", "will_follow": True}


def right_moment(kind: str, session: Any) -> Any:
    """A moment at which this kind can be asked for in a session."""
    if kind in (Kind.ENTRY_AMENDMENT, Kind.WITHDRAWAL):
        return session.closes_at + timedelta(days=2)
    if kind == Kind.SPECIAL_CONSIDERATION:
        return session.papers.get(paper="step-2").starts_at + timedelta(hours=4)
    return session.opens_at + timedelta(days=29)


def about(kind: str, entry: Any) -> dict[str, Any]:
    """What a request of this kind is about: the entry, or something else of its centre, made for it."""
    subject: dict[str, Any] = {"entry": None, "invoice": None, "candidate": None}
    if kind in ABOUT_AN_ENTRY:
        return subject | {"entry": entry}
    if kind == Kind.INVOICE_QUERY:
        return subject | {"invoice": InvoiceFactory(centre=entry.centre)}
    if kind == Kind.CANDIDATE_CORRECTION:
        return subject | {"candidate": entered_candidate(entry.centre)}
    return subject


def entered_candidate(centre: Any, **details: Any) -> Any:
    """Ann Smith of a centre, born on 4 March 2009, entered for Cambridge Technicals; but for the changes."""
    candidate = CandidateFactory(centre=centre, **({"last_name": "Smith"} | details))
    RegistrationFactory(centre=centre, candidate=candidate)
    return candidate


def begun(kind: Kind, entry: Any, by: Any, **answers: Any) -> Request:
    """A draft of this kind, with right answers but for the changes."""
    at = right_moment(kind, entry.session)
    given = RIGHT[kind] | answers
    return raise_request(kind=kind, centre=entry.centre, **about(kind, entry), answers=given, by=by, at=at)


def sent(kind: Kind, entry: Any, by: Any, **answers: Any) -> Request:
    """A request of this kind that was begun and sent."""
    draft = begun(kind, entry, by, **answers)
    return send_request(request=draft, seen=None, by=by, at=right_moment(kind, entry.session))


def received(name: str = "letter.pdf", content: bytes = b"", *, is_held: bool = False) -> ReceivedFile:
    """A file that was checked, of which there is no other."""
    content = content or b"%PDF-1.7 " + uuid4().bytes
    return ReceivedFile(CheckedFile(name, content, "application/pdf", ".pdf", sha256(content).hexdigest()), is_held)


def several(count: int) -> list[ReceivedFile]:
    """So many files that were checked."""
    return [received() for _ in range(count)]


def do(act: Act, request: Request, *, by: Any, at: Any, **given: Any) -> Any:
    """The act, through its service, on the version that the request has in hand."""
    seen = {"request": request, "by": by, "at": at}
    versioned = seen | {"version": given.pop("version", request.version)}
    text = given.pop("text", "Words.")
    services = {
        Act.SAVE: lambda: save_request(**seen, answers=request.answers),
        Act.SEND: lambda: send_request(**seen, seen=None),
        Act.SEND_AHEAD: lambda: send_request(**seen, seen=None),
        Act.DISCARD: lambda: discard_request(**seen),
        Act.WITHDRAW: lambda: withdraw_request(**versioned),
        Act.ANSWER: lambda: answer_request(**versioned, text=text, files=given.get("files", ())),
        Act.TAKE_UP: lambda: take_up(**versioned),
        Act.ASK: lambda: ask_for_more(**versioned, text=text),
        Act.ACCEPT: lambda: decide_request(**versioned, act=Act.ACCEPT, text=text, **given),
        Act.DECLINE: lambda: decide_request(**versioned, act=Act.DECLINE, text=text, **given),
    }
    return services[act]()


def refused(act: Any, *args: Any, **kwargs: Any) -> list[str]:
    """The codes of the refusals that the act raises."""
    with pytest.raises(Refused) as told:
        act(*args, **kwargs)
    return [refusal.code for refusal in told.value.refusals]


def everything() -> list[Any]:
    """Every row that an act can write."""
    models = (Request, Message, Evidence, StepEntry, HistoryEntry, OutgoingEmail)
    return [list(model.objects.order_by("pk").values()) for model in models]


def mails(about: Request | None = None) -> list[OutgoingEmail]:
    """The mails about requests, or about one, in order."""
    found = OutgoingEmail.objects.filter(key__startswith="request-").order_by("pk")
    return list(found.filter(key__contains=f":{about.reference}:") if about else found)


def lines(request: Request) -> list[str]:
    """The actions in the history of a request, from the first to the last."""
    found = HistoryEntry.objects.filter(subject_type="requests_forms.request", subject_id=request.pk)
    return list(found.order_by("pk").values_list("action", flat=True))


def files_in(folder: Path) -> set[str]:
    """The names of the files below a folder, as rows of evidence name them."""
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def held_in_rows() -> set[str]:
    """The names of the files that rows of evidence name."""
    return set(Evidence.objects.values_list("file", flat=True))


def filled(request: Request) -> Request:
    """The request with a file, and with a question and an answer that has a file."""
    people: dict[str, Any] = {"by": request.started_by, "at": request.started_at}
    Message.objects.create(request=request, text="Which?", is_of_staff=True, is_internal=True, **people)
    answer = Message.objects.create(request=request, text="This one.", **people)
    EvidenceFactory(request=request)
    EvidenceFactory(request=request, message=answer)
    return request
