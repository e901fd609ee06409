"""The laws of what staff do with a session: extending a window, and copying a session to the next year."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from core.moments import in_words
from core.refusals import Refusal, all_refusals
from core.windows import Window

YEAR = re.compile(r"\b\d{4}\b")
LONGEST_REASON = 200


@dataclass(frozen=True)
class ExtensionFacts:
    """What the rules need to know of a window that is about to be extended.

    at: when the request arrived. session: the window of centres without an extension. present: the window that is to
    be extended; for all centres it is the session's. closes_at: the new closing.
    first_paper_at: the start of the session's first paper; None where it has none.
    """

    at: datetime
    session: Window
    present: Window
    closes_at: datetime
    reason: str
    first_paper_at: datetime | None = None

    @property
    def extended(self) -> Window:
        """The window as it would be."""
        return Window(self.session.opens_at, self.closes_at)


def extension_is_later_than_the_session(facts: ExtensionFacts) -> Refusal | None:
    """EXTEND-01: An extension closes later than the session does without it. An earlier closing was promised to all."""
    if facts.extended.ends_at > facts.session.ends_at:
        return None
    return Refusal(
        "EXTEND-01",
        f"Registration closes on {in_words(facts.session.deadline)} without an extension. Choose a later moment.",
        "closes_at",
    )


def extension_is_not_over(facts: ExtensionFacts) -> Refusal | None:
    """EXTEND-02: A window is extended to a moment that has not passed."""
    if facts.at < facts.extended.ends_at:
        return None
    return Refusal(
        "EXTEND-02",
        f"{in_words(facts.closes_at)} has passed: it is {in_words(facts.at)} now. Choose a later moment.",
        "closes_at",
    )


def reason_is_given(reason: str) -> Refusal | None:
    """EXTEND-03: Whoever extends a window, or ends an extension, gives the reason; it is kept in the history."""
    if reason.strip() and len(reason.strip()) <= LONGEST_REASON:
        return None
    return Refusal(
        "EXTEND-03", f"Type the reason, in at most {LONGEST_REASON} characters. It is kept in the history.", "reason"
    )


def extension_ends_before_the_first_paper(facts: ExtensionFacts) -> Refusal | None:
    """EXTEND-04: Registration closes before the first paper of the session is sat."""
    if facts.first_paper_at is None or facts.closes_at.astimezone(UTC) < facts.first_paper_at.astimezone(UTC):
        return None
    return Refusal(
        "EXTEND-04",
        f"The first paper begins on {in_words(facts.first_paper_at)}. Choose an earlier moment.",
        "closes_at",
    )


def extension_changes_the_window(facts: ExtensionFacts) -> Refusal | None:
    """EXTEND-05: An extension that stands already is not made again, so that the history has each one once."""
    if facts.present == facts.session or facts.extended.ends_at != facts.present.ends_at:
        return None
    return Refusal("EXTEND-05", f"Registration closes on {in_words(facts.present.deadline)} already.", "closes_at")


def refusals_to_extend(facts: ExtensionFacts) -> list[Refusal]:
    """Every reason against extending this window."""
    rules = (
        extension_is_later_than_the_session,
        extension_is_not_over,
        extension_ends_before_the_first_paper,
        extension_changes_the_window,
    )
    return [*all_refusals(rules, facts), *all_refusals([reason_is_given], facts.reason)]


def name_in_the_next_year(name: str, year: int) -> str:
    """The name of a session with the last year in it raised by one; a name without a year gets that of the copy."""
    years = list(YEAR.finditer(name))
    if not years:
        return f"{name} {year}"
    last = years[-1]
    return f"{name[: last.start()]}{int(last[0]) + 1:04}{name[last.end() :]}"


def year_has_no_session(name: str, sessions: list[str]) -> Refusal | None:
    """COPY-01: A year has one session; a session is not copied to a year that has one already.

    name: the name of the copy. sessions: the names of the sessions of its year, or with its name.
    """
    if not sessions:
        return None
    return Refusal(
        "COPY-01", f"“{name}” was not made: there is a session “{sessions[0]}” already. Open that one instead."
    )
