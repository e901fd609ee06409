"""What happens to a request once it is sent: every act on it (decision 0016)."""

from dataclasses import dataclass
from datetime import datetime

from core.moments import in_words, time_in_words, uk_date
from core.refusals import Refusal, all_refusals

from ..enums import Act, Kind, Severity, Status
from .moves import ACTS_OF_CENTRE, MOVES
from .texts import refusals_of_note

NEEDS_WORDS = {Act.ASK: "Type what more you need to know.", Act.DECLINE: "Type why the request is declined."}
ANSWERED = "Type what was done about the invoice: the centre reads it as the answer to its query."


@dataclass(frozen=True)
class ActFacts:
    """What the rules need to know of a person doing something with a request.

    makes_entries: whether the person makes entries for its centre. is_staff: whether they are the board's staff.
    seen: the version that they were shown. last_who, last_at: who acted last, and when. files: how many come with it.
    is_reduced: whether what it says was deleted by its date.
    """

    at: datetime
    act: Act
    kind: str
    status: str
    makes_entries: bool
    is_staff: bool
    version: int
    seen: int
    last_who: str
    last_at: datetime
    text: str = ""
    files: int = 0
    severity: str = ""
    is_reduced: bool = False


def person_may_do_it(facts: ActFacts) -> Refusal | None:
    """ACT-01: Those who make entries for the centre send, answer and withdraw; the team asks and decides."""
    if facts.makes_entries if facts.act in ACTS_OF_CENTRE else facts.is_staff:
        return None
    return Refusal("ACT-01", "You can see this request and not act on it.")


def status_lets_it(facts: ActFacts) -> Refusal | None:
    """ACT-02: An act leads from the statuses that the table of moves gives it, and from no other."""
    sources, _ = MOVES[facts.act]
    if facts.status in sources:
        return None
    return Refusal(
        "ACT-02", f"The request is {_standing(facts.status)}. {_last(facts)} Look at it again; nothing was changed."
    )


def request_is_as_seen(facts: ActFacts) -> Refusal | None:
    """ACT-03: An act counts for the version of the request that the person saw."""
    if facts.seen == facts.version:
        return None
    return Refusal("ACT-03", f"{_last(facts)} Look at the request again before you act; nothing was changed.")


def words_are_given(facts: ActFacts) -> Refusal | None:
    """ACT-04: Who asks for more says what; who declines says why; who accepts a query about an invoice answers it.

    All of it is shown to the centre.
    """
    is_answer = facts.act == Act.ACCEPT and facts.kind == Kind.INVOICE_QUERY
    sentence = ANSWERED if is_answer else NEEDS_WORDS.get(facts.act, "")
    if not sentence or facts.text.strip() or _is_silent(facts):
        return None
    return Refusal("ACT-04", sentence, "text")


def answer_says_something(facts: ActFacts) -> Refusal | None:
    """ACT-05: An answer to the team has words or a file."""
    if facts.act != Act.ANSWER or facts.text.strip() or facts.files:
        return None
    return Refusal("ACT-05", "Type your answer, or add a file.", "text")


def severity_is_given(facts: ActFacts) -> Refusal | None:
    """ACT-06: Special consideration that is accepted has a level of severity, which is passed on; nothing else has."""
    needs = facts.kind == Kind.SPECIAL_CONSIDERATION and facts.act == Act.ACCEPT
    if facts.severity in Severity.values if needs else not facts.severity:
        return None
    if needs:
        return Refusal(
            "ACT-06", "Select the level of severity. It goes to the institutions, not to the centre.", "severity"
        )
    return Refusal("ACT-06", "Only special consideration that is accepted has a level of severity.", "severity")


def accepted_request_says_something(facts: ActFacts) -> Refusal | None:
    """ACT-07: A request whose details were deleted by their date is not accepted: nobody can see what it asks for."""
    if not facts.is_reduced or facts.act != Act.ACCEPT:
        return None
    return Refusal("ACT-07", "What this request asked for was deleted by its date. Decline it, and say so.")


def refusals_to_open_act(facts: ActFacts) -> list[Refusal]:
    """Every reason why this person cannot do this now, whatever would come with it."""
    return all_refusals((person_may_do_it, status_lets_it), facts)


def refusals_to_act(facts: ActFacts) -> list[Refusal]:
    """Every reason against this act now; what comes with it is judged only where it can be done."""
    cannot = refusals_to_open_act(facts) or all_refusals((request_is_as_seen,), facts)
    rules = (words_are_given, answer_says_something, severity_is_given, accepted_request_says_something)
    return cannot or [*all_refusals(rules, facts), *refusals_of_note("text", "Text", facts.text)]


def _is_silent(facts: ActFacts) -> bool:
    """Of special consideration the centre is told no decision, and so no reason."""
    return facts.act == Act.DECLINE and facts.kind == Kind.SPECIAL_CONSIDERATION


def _standing(status: str) -> str:
    said = {Status.DRAFT: "not sent yet", Status.MORE_INFORMATION: "waiting for the centre"}
    return said.get(Status(status)) or Status(status).label.lower()


def _last(facts: ActFacts) -> str:
    is_today = uk_date(facts.last_at) == uk_date(facts.at)
    when = f"at {time_in_words(facts.last_at)}" if is_today else f"on {in_words(facts.last_at)}"
    return f"{facts.last_who} changed it last, {when}."
