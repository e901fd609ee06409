"""Facts for the rules on entering: right, but for the changes that a test makes."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from candidates.enums import Gender
from candidates.rules.identity import Details
from core.moments import UK
from core.windows import Window
from step_entries.enums import Combination, EntryStatus, Paper
from step_entries.rules.facts import ChangeFacts, Duplicate, EntryFacts, LastChange

OPENS_AT = datetime(2027, 3, 1, 0, 0, tzinfo=UK)
CLOSES_AT = datetime(2027, 5, 4, 23, 59, tzinfo=UK)
TICK = timedelta(microseconds=1)
CONTACT = "Contact the STEP team: step@board.example."
ANN = Details(
    first_name="Ann",
    last_name="Smith",
    date_of_birth=date(2009, 3, 4),
    gender=Gender.FEMALE,
    ucas_id="1234567890",
)


def facts(**changes):
    """Facts of an entry that passes every rule, with changes; those of the candidate by the names of Details."""
    details = {name: changes.pop(name) for name in list(changes) if hasattr(ANN, name)}
    right = {
        "at": datetime(2027, 4, 20, 12, 0, tzinfo=UK),
        "window": Window(OPENS_AT, CLOSES_AT),
        "is_approved": True,
        "test_day": date(2027, 6, 4),
        "session_papers": frozenset(Paper.values),
        "details": replace(ANN, **details),
        "person_key": "annsmith",
        "papers": Combination.BOTH,
        "courses": (1, 2),
        "team_contact": CONTACT,
    }
    return EntryFacts(**(right | changes))


def entered(**changes):
    """An entry of Ann Smith that stands already."""
    right = {
        "number": "S00007",
        "name": "Ann Smith",
        "date_of_birth": date(2009, 3, 4),
        "ucas_id": "",
        "person_key": "annsmith",
    }
    return Duplicate(**(right | changes))


def codes(refusals):
    return [refusal.code for refusal in refusals]


def to_change(**changes):
    """Facts of an officer who changes an entry that is as they saw it, with changes."""
    right = {
        "at": datetime(2027, 4, 20, 12, 0, tzinfo=UK),
        "window": Window(OPENS_AT, CLOSES_AT),
        "status": EntryStatus.NOT_YET_CONFIRMED,
        "may_change": True,
        "version": 3,
        "seen": 3,
        "last_change": LastChange("Priya Shah", "changed", datetime(2027, 4, 20, 10, 42, tzinfo=UK)),
        "team_contact": CONTACT,
    }
    return ChangeFacts(**(right | changes))
