"""Laws of transferring a candidate's entries to another centre, which staff do (decision 0019)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from core.refusals import Refusal, all_refusals

from .catalogue import Family, family_in_words

LONGEST_NOTE = 300


@dataclass(frozen=True)
class TransferFacts:
    """What staff want to transfer, and what the receiving centre is and has.

    number: of the receiving centre, as typed. is_known, is_active: whether there is such a centre, and in use.
    families: of what is transferred. pending: codes of registrations whose withdrawal is pending.
    asks: what the receiving centre's records say against the person, in words.
    codes, units: what of it the receiving centre has for the person already, in words.
    """

    name: str
    number: str
    is_known: bool = True
    is_active: bool = True
    is_other: bool = True
    merged_into: str = ""
    families: Collection[Family] = ()
    approved: Collection[Family] = ()
    pending: Sequence[str] = ()
    asks: Sequence[str] = ()
    codes: Sequence[str] = ()
    units: Sequence[str] = ()
    count: int = 1
    note: str = ""


def receiving_centre_is_there(facts: TransferFacts) -> Refusal | None:
    """TRANSFER-01: A candidate is transferred to a centre that there is and that is in use."""
    if facts.is_known and facts.is_active:
        return None
    if not facts.number.strip():
        return Refusal("TRANSFER-01", "Enter the number of the receiving centre.", "number")
    why = "is not in use" if facts.is_known else "does not exist"
    return Refusal("TRANSFER-01", f"Centre {facts.number} {why}. Check the centre number.", "number")


def receiving_centre_is_another(facts: TransferFacts) -> Refusal | None:
    """TRANSFER-02: A candidate is transferred to another centre than the one that has the entries."""
    if facts.is_other:
        return None
    return Refusal("TRANSFER-02", f"{facts.name} is at centre {facts.number}. Enter the number of another.", "number")


def something_is_transferred(facts: TransferFacts) -> Refusal | None:
    """TRANSFER-03: A transfer takes something along: a registration that stands, or a unit entry whose results are not
    out."""
    if facts.count or facts.pending:
        return None
    return Refusal(
        "TRANSFER-03",
        f"{facts.name} has no registration that stands and no unit entry whose results are not out, so there is "
        "nothing to transfer. The other centre can enter the candidate by itself.",
    )


def no_withdrawal_is_pending(facts: TransferFacts) -> Refusal | None:
    """TRANSFER-04: A candidate is not transferred while the withdrawal of a registration is pending."""
    if not facts.pending:
        return None
    codes = ", ".join(facts.pending)
    return Refusal("TRANSFER-04", f"The withdrawal of {codes} is pending. Process or refuse it first, then transfer.")


def receiving_centre_is_approved(facts: TransferFacts) -> Refusal | None:
    """TRANSFER-05: The receiving centre is approved for every subject, level and suite that is transferred."""
    missing = [family for family in sorted(set(facts.families)) if family not in facts.approved]
    if not missing:
        return None
    families = "; ".join(map(family_in_words, missing))
    return Refusal(
        "TRANSFER-05",
        f"Centre {facts.number} is not approved for {families}. Approve it first, or choose another centre.",
        "number",
    )


def records_agree(facts: TransferFacts) -> Refusal | None:
    """TRANSFER-06: The receiving centre's records do not contradict the person: an identifier leads to the same
    surname and date of birth, and a name to one record."""
    if not facts.asks:
        return None
    return Refusal(
        "TRANSFER-06",
        f"The records of centre {facts.number} and this one contradict each other. {' '.join(facts.asks)} Have one of "
        "the records corrected first, then transfer.",
        "number",
    )


def receiving_centre_has_no_such_registration(facts: TransferFacts) -> Refusal | None:
    """TRANSFER-07: The receiving centre has no standing registration of the person under the same entry code."""
    if not facts.codes:
        return None
    codes = ", ".join(facts.codes)
    return Refusal(
        "TRANSFER-07",
        f"Centre {facts.number} has registered this person for {codes} itself. Withdraw one of the two first.",
        "number",
    )


def receiving_centre_has_no_such_unit(facts: TransferFacts) -> Refusal | None:
    """TRANSFER-08: The receiving centre has no live entry of the person for the same unit in the same series."""
    if not facts.units:
        return None
    units = "; ".join(facts.units)
    return Refusal(
        "TRANSFER-08",
        f"Centre {facts.number} has entered this person for {units} itself. Withdraw one of the two first.",
        "number",
    )


def transferred_record_counts(facts: TransferFacts) -> Refusal | None:
    """TRANSFER-09: The record that is transferred is one that counts, not one that was merged into another."""
    if not facts.merged_into:
        return None
    return Refusal(
        "TRANSFER-09", f"This record was merged into that of {facts.merged_into}. Open that one, and transfer it."
    )


def transfer_note_is_short_enough(facts: TransferFacts) -> Refusal | None:
    """TRANSFER-10: The note on a transfer has at most 300 characters."""
    typed = len(facts.note.strip())
    if typed <= LONGEST_NOTE:
        return None
    return Refusal("TRANSFER-10", f"The note has {typed} characters. Use at most {LONGEST_NOTE}.", "note")


def record_is_as_judged(name: str, is_as_judged: bool) -> Refusal | None:
    """TRANSFER-11: The record that the receiving centre has of the person is as it was judged: nobody corrected it or
    merged it into another meanwhile."""
    if is_as_judged:
        return None
    return Refusal(
        "TRANSFER-11",
        f"The receiving centre changed its record of {name} in this moment. Nothing was transferred: press the button "
        "again.",
        "number",
    )


OF_CANDIDATE = (transferred_record_counts, something_is_transferred, no_withdrawal_is_pending)
OF_CENTRE = (receiving_centre_is_there, receiving_centre_is_another)
OF_BOTH = (
    receiving_centre_is_approved,
    records_agree,
    receiving_centre_has_no_such_registration,
    receiving_centre_has_no_such_unit,
)


def refusals_to_transfer(facts: TransferFacts) -> list[Refusal]:
    """Every reason against a transfer; what both centres have is compared once the receiving one is known."""
    first = [*all_refusals(OF_CANDIDATE, facts), *all_refusals(OF_CENTRE, facts)]
    between = [] if all_refusals(OF_CENTRE, facts) else all_refusals(OF_BOTH, facts)
    return [*first, *between, *all_refusals((transfer_note_is_short_enough,), facts)]
