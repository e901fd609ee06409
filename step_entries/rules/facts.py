"""What the rules of entering need to know."""

from dataclasses import dataclass, field
from datetime import date, datetime

from candidates.rules.identity import Details
from core.refusals import Refusal
from core.windows import Window


@dataclass(frozen=True)
class Duplicate:
    """A live entry of the same centre and session that may be the same candidate."""

    number: str
    name: str
    date_of_birth: date
    ucas_id: str
    person_key: str


@dataclass(frozen=True)
class EntryFacts:
    """What the rules need to know of an entry that is about to be submitted.

    at: when the request arrived. window: the session's. test_day: the day of its first paper.
    unread: what could not be read from the texts typed.
    courses: ids of the courses ticked among those that the session offers.
    different_from: whom the tick "different person" was set for, as `question_of_difference` asked it.
    was_asked_before: whether this entry stands already under this name and date of birth, and so was asked about
    its namesakes, or they about it.
    possible_duplicates: live entries with the same UCAS ID, or the same name and date of birth.
    """

    at: datetime
    window: Window
    is_approved: bool
    test_day: date
    session_papers: frozenset[str]
    details: Details
    person_key: str = ""
    unread: tuple[Refusal, ...] = ()
    papers: str = ""
    courses: tuple[int, ...] = ()
    has_other_course: bool = False
    other_course: str = ""
    different_from: str = ""
    was_asked_before: bool = False
    plain_names_only: bool = False
    team_contact: str = ""
    courses_needing_both_papers: tuple[str, ...] = ()
    possible_duplicates: tuple[Duplicate, ...] = field(default=())

    @property
    def is_answered(self) -> bool:
        """Whether there is a draft whose answers are kept; where nothing was typed, the missing date is unread."""
        return bool(self.unread) or self.details != Details()

    @property
    def same_people(self) -> list[Duplicate]:
        """The live entries of the same name and date of birth that nobody was asked about before."""
        if self.was_asked_before:
            return []
        return [
            other
            for other in self.possible_duplicates
            if other.person_key == self.person_key and other.date_of_birth == self.details.date_of_birth
        ]

    @property
    def question_of_difference(self) -> str:
        """What the tick "different person" answers: from which entries, under which name; "" where there are none."""
        numbers = [other.number for other in self.same_people]
        return " ".join([*numbers, self.person_key]) if numbers else ""

    @property
    def is_different_person(self) -> bool:
        """Whether the officer declared this person different from those who stand entered now."""
        return bool(self.question_of_difference) and self.different_from == self.question_of_difference


@dataclass(frozen=True)
class LastChange:
    """Who did what to an entry last: "Priya Shah", "changed", when."""

    who: str
    did: str
    at: datetime


@dataclass(frozen=True)
class ChangeFacts:
    """What the rules need to know of an entry that somebody is about to amend, withdraw or bring back.

    at: when the request arrived. window: that of its centre.
    may_change: whether the person may change entries of its centre.
    seen: the version that the person was shown; None where nothing was sent yet.
    entered_anew_as: the number of a live entry of the same candidate; "" where there is none.
    is_granted: whether the STEP team carries out what the centre asked for by a request, after closing.
    """

    at: datetime
    window: Window
    status: str
    may_change: bool
    version: int
    seen: int | None
    last_change: LastChange
    team_contact: str = ""
    entered_anew_as: str = ""
    is_granted: bool = False
