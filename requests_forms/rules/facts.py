"""What the rules need to know of a request."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from core.moments import uk_date
from core.refusals import Refusal
from core.windows import Window
from core.working_days import ExtraHoliday


@dataclass(frozen=True)
class PaperDate:
    """A paper that an entry is for, and when it begins."""

    paper: str
    label: str
    starts_at: datetime

    @property
    def day(self) -> date:
        """Its day in the United Kingdom."""
        return uk_date(self.starts_at)


@dataclass(frozen=True)
class EntryDates:
    """The dates that decide when something can be asked for an entry.

    registration: the window of the entry's centre. papers: those of the entry, in order.
    nation, extra_holidays: for the working days of the centre.
    """

    registration: Window
    modified_papers_until: datetime
    papers: tuple[PaperDate, ...]
    results_at: datetime | None
    nation: str
    extra_holidays: tuple[ExtraHoliday, ...] = ()


@dataclass(frozen=True)
class OtherCandidate:
    """Another candidate of the same event: an entry of the centre, or the number typed where there is none.

    papers: what the entry is for; empty where it is withdrawn or not there. asked_for: the papers for which special
    consideration was asked already.
    """

    number: str
    papers: frozenset[str] = frozenset()
    asked_for: frozenset[str] = frozenset()


@dataclass(frozen=True)
class RequestFacts:
    """What the rules need to know of a request that is about to be sent.

    at: when the request arrived. dates: None where it is about no entry. may_ask: whether the person makes entries
    for the centre. files: how many files of evidence it has. open_withdrawal: the reference of an open request for
    withdrawal of the entry. asked_for: the papers for which special consideration was asked already.
    others: the other candidates of the event. of_entry: what the rules of entries say of the entry as it would be;
    differs, adds_a_paper: how it would differ. users: the ids of the users of the centre.
    open_correction: the reference of an open request for a correction of the candidate. of_candidate: what the rules
    of candidates say of the record as it would be. needs_proof: whether the centre cannot make the change itself.
    named: a candidate of the invoice whose name stands in the words of the query, or "".
    """

    at: datetime
    kind: str
    answers: Mapping[str, Any]
    may_ask: bool
    team_contact: str
    dates: EntryDates | None = None
    is_entry_live: bool = True
    files: int = 0
    open_withdrawal: str = ""
    asked_for: frozenset[str] = frozenset()
    others: tuple[OtherCandidate, ...] = ()
    of_entry: tuple[Refusal, ...] = ()
    differs: bool = True
    adds_a_paper: bool = False
    users: frozenset[str] = frozenset()
    open_correction: str = ""
    of_candidate: tuple[Refusal, ...] = ()
    needs_proof: bool = True
    named: str = ""

    def text(self, name: str) -> str:
        """What was typed in a field, without blanks around it."""
        return str(self.answers.get(name) or "").strip()

    def is_ticked(self, name: str) -> bool:
        """Whether a box is ticked."""
        return bool(self.answers.get(name))

    @property
    def papers(self) -> tuple[PaperDate, ...]:
        """The papers of the entry."""
        return self.dates.papers if self.dates else ()

    def paper(self, value: str) -> PaperDate | None:
        """A paper of the entry by its value."""
        return next((paper for paper in self.papers if paper.paper == value), None)
