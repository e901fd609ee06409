"""Withdrawing an entry, and undoing that (guide 6.3, decision 0011)."""

from core.refusals import Refusal, all_refusals

from .amending import changed_meanwhile, not_open, person_may_change_entries, way_after_closing
from .entering import refusals_of_answers
from .facts import ChangeFacts, EntryFacts
from .moves import MOVES


def withdrawals_are_open(facts: ChangeFacts) -> Refusal | None:
    """WITHDRAW-01: An entry is withdrawn at once while registration is open for its centre, and no longer (guide 6.3).

    The moment that counts is the arrival of the request. After closing, the way is a withdrawal request, which the
    STEP team carries out.
    """
    if facts.is_granted or facts.window.is_open(facts.at):
        return None
    form = "To withdraw the entry, select “Submit withdrawal request” in its Action list."
    return Refusal("WITHDRAW-01", f"{not_open(facts)} {way_after_closing(facts, form)}")


def withdrawn_entry_was_live(facts: ChangeFacts) -> Refusal | None:
    """WITHDRAW-02: An entry is withdrawn once."""
    sources, _ = MOVES["withdraw"]
    return None if facts.status in sources else Refusal("WITHDRAW-02", "This entry is withdrawn already.")


def withdrawn_entry_is_as_seen(facts: ChangeFacts) -> Refusal | None:
    """WITHDRAW-03: A withdrawal counts for the version of the entry that the person saw."""
    if facts.seen is None or facts.seen == facts.version:
        return None
    return Refusal("WITHDRAW-03", f"{changed_meanwhile(facts)} Look at it again before you withdraw it.")


def refusals_to_withdraw(facts: ChangeFacts) -> list[Refusal]:
    """Every reason against withdrawing this entry now; a second look is asked for only where it can be withdrawn."""
    rules = (withdrawals_are_open, withdrawn_entry_was_live, person_may_change_entries)
    return all_refusals(rules, facts) or all_refusals((withdrawn_entry_is_as_seen,), facts)


def restoring_is_open(facts: ChangeFacts) -> Refusal | None:
    """RESTORE-01: A withdrawal is undone while registration is open for the centre; after closing nobody re-enters."""
    if facts.window.is_open(facts.at):
        return None
    return Refusal(
        "RESTORE-01", f"{not_open(facts)} A withdrawn candidate cannot be entered again now. {facts.team_contact}"
    )


def restored_entry_is_withdrawn(facts: ChangeFacts) -> Refusal | None:
    """RESTORE-02: Only a withdrawn entry is brought back."""
    sources, _ = MOVES["restore"]
    return None if facts.status in sources else Refusal("RESTORE-02", "This entry is not withdrawn.")


def candidate_is_not_entered_anew(facts: ChangeFacts) -> Refusal | None:
    """RESTORE-03: An entry is not brought back beside a newer one of the same candidate; there is no exception."""
    if not facts.entered_anew_as:
        return None
    return Refusal(
        "RESTORE-03",
        f"The candidate was entered again: {facts.entered_anew_as}. "
        "Leave this entry withdrawn, or withdraw the other one first.",
        about=facts.entered_anew_as,
    )


def refusals_to_open_restoring(facts: ChangeFacts) -> list[Refusal]:
    """Every reason why this person cannot undo this withdrawal now, whatever they would declare."""
    rules = (
        restoring_is_open,
        restored_entry_is_withdrawn,
        person_may_change_entries,
        candidate_is_not_entered_anew,
    )
    return all_refusals(rules, facts)


def refusals_to_restore(facts: ChangeFacts, entry: EntryFacts) -> list[Refusal]:
    """Every reason against bringing this entry back now; it is judged as at Submit.

    Of a newer entry of the same candidate one sentence is enough.
    """
    of_answers = [
        refusal
        for refusal in refusals_of_answers(entry)
        if not (refusal.about and refusal.about == facts.entered_anew_as)
    ]
    return [*refusals_to_open_restoring(facts), *of_answers]
