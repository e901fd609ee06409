"""Laws of withdrawing unit entries and registrations, and of absences (decision 0019)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from core.moments import date_in_words
from core.refusals import Refusal, all_refusals

from ..enums import EntryState, WithdrawalReason

LONGEST_NOTE = 300
NEVER_ABSENT = (WithdrawalReason.MEDICAL, WithdrawalReason.BEREAVEMENT)
"""Reasons for which a late withdrawal counts as if the unit had not been entered."""
REASONS_OF_REGISTRATIONS = (WithdrawalReason.LEFT, WithdrawalReason.MISTAKE, WithdrawalReason.OTHER)


class Outcome(StrEnum):
    """What becomes of a unit entry that its centre withdraws."""

    REFUNDED = "refunded"
    WITHDRAWN = "withdrawn"
    ABSENT = "absent"


@dataclass(frozen=True)
class UnitFacts:
    """A unit entry that is to be withdrawn, the days of its series, and why.

    is_exam: whether it is for a January or June series, and not for the set of registrations (2012 suite).
    seen: whether the page promised a refund; None where nothing was shown. contact: whom to ask, in words.
    """

    state: str
    today: date
    series: str = ""
    is_exam: bool = True
    refund_until: date | None = None
    no_change_from: date | None = None
    results_on: date | None = None
    reason: str = ""
    note: str = ""
    seen: bool | None = None
    contact: str = ""

    @property
    def is_refunded(self) -> bool:
        """Whether it is withdrawn free on this day."""
        return self.refund_until is not None and self.today <= self.refund_until

    @property
    def closed_from(self) -> date | None:
        """The first day on which nothing can be changed; None where there is none."""
        return self.no_change_from or self.results_on


@dataclass(frozen=True)
class RegistrationFacts:
    """A registration that is to be withdrawn, and why.

    units: the live unit entries of the candidate in the same family whose results are not out, in words.
    """

    state: str
    code: str = ""
    units: Sequence[str] = ()
    reason: str = ""
    note: str = ""


def facts_of_unit(entry: Any, today: date, contact: str = "", **typed: Any) -> UnitFacts:
    """What the laws need of a unit entry with its series; typed: reason, note and seen."""
    series = entry.series
    return UnitFacts(
        state=entry.state,
        today=today,
        series=str(series),
        is_exam=series.is_exam_series,
        refund_until=series.refund_until,
        no_change_from=series.no_change_from,
        results_on=series.results_on,
        contact=contact,
        **typed,
    )


def is_unresolved(entry: Any, today: date) -> bool:
    """Whether a unit entry stands and its results are not out, as far as the portal knows the day."""
    results_on = entry.series.results_on
    return entry.state == EntryState.LIVE and (results_on is None or results_on >= today)


def unit_in_words(entry: Any) -> str:
    """A unit entry as sentences name one."""
    return f"unit {entry.unit.number} in {entry.series}"


def outcome_of(facts: UnitFacts) -> Outcome:
    """What becomes of a unit entry when it is withdrawn now for this reason.

    Until the last day for a refund it is free. Later the candidate is marked absent, so that a later sitting is
    charged as a resit; but for medical reasons and bereavement, and in the 2012 suite, which has no series.
    """
    if facts.is_refunded:
        return Outcome.REFUNDED
    return Outcome.ABSENT if facts.is_exam and facts.reason not in NEVER_ABSENT else Outcome.WITHDRAWN


def unit_entry_is_live(facts: UnitFacts) -> Refusal | None:
    """OUT-01: A unit entry is withdrawn once, while it stands."""
    if facts.state == EntryState.LIVE:
        return None
    standing = EntryState(facts.state).label.lower()
    return Refusal("OUT-01", f"This unit entry is at “{standing}” already. Nothing was changed.")


def series_can_be_changed(facts: UnitFacts) -> Refusal | None:
    """OUT-02: A unit entry is withdrawn until the day from which its series cannot be changed, or else that of its
    results."""
    if facts.closed_from is None or facts.today < facts.closed_from:
        return None
    return Refusal(
        "OUT-02",
        f"Nothing of {facts.series} can be changed since {date_in_words(facts.closed_from)}. If the candidate did not "
        f"sit it, tell OCR: {facts.contact}. Quote your centre number, the entry code, the unit and the series.",
    )


def late_withdrawal_has_a_reason(facts: UnitFacts) -> Refusal | None:
    """OUT-03: After the last day for a refund a unit entry is withdrawn for a reason, which decides whether the
    candidate is marked absent."""
    if facts.reason in WithdrawalReason.values or (facts.is_refunded and not facts.reason):
        return None
    return Refusal("OUT-03", "Choose why the entry is withdrawn: it decides what a later sitting costs.", "reason")


def refund_is_as_seen(facts: UnitFacts) -> Refusal | None:
    """OUT-04: A unit entry is withdrawn with or without a refund as the page said."""
    if facts.seen is None or facts.seen == facts.is_refunded:
        return None
    now = "it can be withdrawn with a refund" if facts.is_refunded else "the last day for a refund is over"
    return Refusal(
        "OUT-04", f"Since this page was shown the dates have changed: {now}. Nothing was withdrawn: look at it again."
    )


def reason_is_explained(facts: UnitFacts | RegistrationFacts) -> Refusal | None:
    """OUT-05: Whoever withdraws for another reason than those that are listed says which, where one is asked for."""
    is_asked = not (isinstance(facts, UnitFacts) and facts.is_refunded)
    if not is_asked or facts.reason != WithdrawalReason.OTHER or facts.note.strip():
        return None
    return Refusal("OUT-05", "Type the reason in a few words.", "note")


def note_is_short_enough(facts: UnitFacts | RegistrationFacts) -> Refusal | None:
    """OUT-06: What is typed about a withdrawal has at most 300 characters."""
    typed = len(facts.note.strip())
    if typed <= LONGEST_NOTE:
        return None
    return Refusal("OUT-06", f"This has {typed} characters. Use at most {LONGEST_NOTE}.", "note")


def registration_is_live(facts: RegistrationFacts) -> Refusal | None:
    """OUT-07: The withdrawal of a registration is asked for once, while it stands."""
    if facts.state == EntryState.LIVE:
        return None
    if facts.state == EntryState.WITHDRAWING:
        return Refusal("OUT-07", "The withdrawal of this registration is pending already. Nothing was changed.")
    standing = EntryState(facts.state).label.lower()
    return Refusal("OUT-07", f"This registration is at “{standing}” already. Nothing was changed.")


def no_unit_is_unresolved(facts: RegistrationFacts) -> Refusal | None:
    """OUT-08: A registration is not withdrawn while the candidate has a unit entry of its subject, level and suite
    whose results are not out."""
    if not facts.units:
        return None
    *others, last = facts.units
    entered = f"{', '.join(others)} and {last}" if others else last
    return Refusal(
        "OUT-08",
        f"The candidate is entered for {entered}, and results are not out. Withdraw every such unit entry first, then "
        f"the registration under {facts.code}.",
    )


def registration_withdrawal_has_a_reason(facts: RegistrationFacts) -> Refusal | None:
    """OUT-09: A registration is withdrawn for one of the reasons on the list."""
    if facts.reason in REASONS_OF_REGISTRATIONS:
        return None
    return Refusal("OUT-09", "Choose why the registration is withdrawn.", "reason")


def withdrawal_is_pending(state: str) -> Refusal | None:
    """OUT-10: A withdrawal is undone, processed or refused while it is pending."""
    if state == EntryState.WITHDRAWING:
        return None
    standing = EntryState(state).label.lower()
    return Refusal("OUT-10", f"No withdrawal is pending: the registration is at “{standing}”. Nothing was changed.")


def refusing_says_why(note: str) -> Refusal | None:
    """OUT-11: Staff who refuse a withdrawal say why, in at most 300 characters; the centre reads it."""
    if not note.strip():
        return Refusal("OUT-11", "Type why the withdrawal is refused: the centre reads it.", "note")
    typed = len(note.strip())
    if typed <= LONGEST_NOTE:
        return None
    return Refusal("OUT-11", f"The note has {typed} characters. Use at most {LONGEST_NOTE}.", "note")


def absence_is_of_a_live_entry(state: str) -> Refusal | None:
    """ABSENT-01: A candidate is marked absent for a unit entry that stands."""
    if state == EntryState.LIVE:
        return None
    standing = EntryState(state).label.lower()
    return Refusal("ABSENT-01", f"The unit entry is at “{standing}”, so nobody is marked absent. Nothing was changed.")


def absence_can_be_undone(state: str, is_entered_again: bool) -> Refusal | None:
    """ABSENT-02: An absence is undone where it stands, and the candidate is not entered for the unit and series
    again."""
    if state != EntryState.ABSENT:
        standing = EntryState(state).label.lower()
        return Refusal("ABSENT-02", f"The unit entry is at “{standing}”, not at “absent”. Nothing was changed.")
    if not is_entered_again:
        return None
    return Refusal(
        "ABSENT-02", "The candidate is entered for this unit and series again. Nothing was changed: one entry stands."
    )


def refusals_to_withdraw_unit(facts: UnitFacts) -> list[Refusal]:
    """Every reason against withdrawing a unit entry now; where it cannot be withdrawn at all, that alone."""
    typed = (refund_is_as_seen, late_withdrawal_has_a_reason, reason_is_explained, note_is_short_enough)
    return refusals_to_open_unit(facts) or all_refusals(typed, facts)


def refusals_to_open_unit(facts: UnitFacts) -> list[Refusal]:
    """Why a unit entry cannot be withdrawn whatever is typed."""
    return all_refusals((unit_entry_is_live,), facts) or all_refusals((series_can_be_changed,), facts)


def refusals_to_withdraw_registration(facts: RegistrationFacts) -> list[Refusal]:
    """Every reason against asking for the withdrawal of a registration; where nothing helps, that alone."""
    typed = (registration_withdrawal_has_a_reason, reason_is_explained, note_is_short_enough)
    return refusals_to_open_registration(facts) or all_refusals(typed, facts)


def refusals_to_open_registration(facts: RegistrationFacts) -> list[Refusal]:
    """Why a registration cannot be withdrawn whatever is typed."""
    return all_refusals((registration_is_live,), facts) or all_refusals((no_unit_is_unresolved,), facts)
