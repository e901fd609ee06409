"""Amending an entry (guide 6.1, decision 0011)."""

from core.moments import in_words, time_in_words, uk_date
from core.refusals import Refusal, all_refusals
from core.windows import WindowState

from .entering import refusals_of_answers
from .facts import ChangeFacts, EntryFacts
from .moves import MOVES


def amendments_are_open(facts: ChangeFacts) -> Refusal | None:
    """AMEND-01: An entry is amended while registration is open for its centre, and no longer (guide 6.1).

    The moment that counts is the arrival of the request. After closing, the way is an entry amendment form, which the
    STEP team carries out.
    """
    if facts.is_granted or facts.window.is_open(facts.at):
        return None
    form = "To change the entry, select “Submit entry amendment” in its Action list."
    return Refusal("AMEND-01", f"{not_open(facts)} {way_after_closing(facts, form)}")


def way_after_closing(facts: ChangeFacts, form: str) -> str:
    """After closing the form; before the opening there is nothing to change yet."""
    return form if facts.window.state(facts.at) is WindowState.CLOSED else facts.team_contact


def not_open(facts: ChangeFacts) -> str:
    """Why the window does not let a change through, with the moments."""
    if facts.window.state(facts.at) is WindowState.BEFORE:
        return f"Registration opens on {in_words(facts.window.opens_at)}."
    sent = f" Your request reached us on {in_words(facts.at, seconds=True)}: the entry is unchanged."
    return f"Registration closed on {in_words(facts.window.deadline)}.{'' if facts.seen is None else sent}"


def amended_entry_is_live(facts: ChangeFacts) -> Refusal | None:
    """AMEND-02: An entry that is withdrawn is not amended; its withdrawal is undone first (guide 6.3)."""
    sources, _ = MOVES["amend"]
    if facts.status in sources:
        return None
    return Refusal("AMEND-02", "This entry is withdrawn. To change it, undo the withdrawal first.")


def person_may_change_entries(facts: ChangeFacts) -> Refusal | None:
    """AMEND-03: An entry is amended, withdrawn and brought back by its centre's exams officers and administrators.

    The STEP team may as well.
    """
    if facts.may_change:
        return None
    return Refusal(
        "AMEND-03", "You can see this entry and not change it. An exams officer of the centre can make this change."
    )


def amended_entry_is_as_seen(facts: ChangeFacts) -> Refusal | None:
    """AMEND-04: An amendment counts for the version of the entry that the person saw, and writes over no other."""
    if facts.seen is None or facts.seen == facts.version:
        return None
    return Refusal("AMEND-04", f"{changed_meanwhile(facts)} Compare the two versions and choose which to keep.")


def changed_meanwhile(facts: ChangeFacts) -> str:
    """Who changed the entry last, and when; the day is told where it is not today."""
    last = facts.last_change
    is_today = uk_date(last.at) == uk_date(facts.at)
    when = f"at {time_in_words(last.at)}" if is_today else f"on {in_words(last.at)}"
    return f"{last.who} {last.did} this entry {when}."


def refusals_to_open_amendment(facts: ChangeFacts) -> list[Refusal]:
    """Every reason why this person cannot amend this entry now, whatever they would type."""
    return all_refusals((amendments_are_open, amended_entry_is_live, person_may_change_entries), facts)


def refusals_to_amend(facts: ChangeFacts, entry: EntryFacts) -> list[Refusal]:
    """Every reason against amending the entry to what these facts say now; they are judged as at Submit.

    Which version to keep is asked only where one can be kept.
    """
    cannot_be_saved = refusals_to_open_amendment(facts)
    of_versions = cannot_be_saved or all_refusals((amended_entry_is_as_seen,), facts)
    return [*of_versions, *refusals_of_answers(entry)]
