"""Laws of the web form (guide "Using the web-based form"). What its lines become is judged as rows of files are."""

from collections.abc import Sequence

from core.refusals import Refusal

from ..enums import EntryOption

MOST_UNITS_AT_ONCE = 3
"""Units of a candidate in one web form (guide "Select entry options")."""
MOST_CANDIDATES = 1000
"""Candidates in one web form; more are for the spreadsheet."""
NAMED = 5


def candidates_are_chosen(count: int) -> Refusal | None:
    """FORM-01: A web form has at least one candidate."""
    if count:
        return None
    return Refusal(
        "FORM-01", "Add at least one candidate: tick who is to be entered, and press Add selected candidates."
    )


def every_candidate_has_an_option(without: Sequence[str]) -> Refusal | None:
    """FORM-02: Every candidate of a web form has an entry option before it goes on.

    without: the names of those who have none.
    """
    if not without:
        return None
    names = ", ".join(without[:NAMED]) + (f" and {len(without) - NAMED} more" if len(without) > NAMED else "")
    return Refusal(
        "FORM-02",
        f"No entry option yet: {names}. Choose Full award entry or Unit entry, tick them, and press Apply to selected.",
    )


def units_are_few(units: Sequence[int]) -> Refusal | None:
    """FORM-03: A web form enters a candidate for at most three units at once; more go by another form or a
    spreadsheet."""
    if len(units) <= MOST_UNITS_AT_ONCE:
        return None
    return Refusal(
        "FORM-03",
        f"You ticked {len(units)} units. The web form takes up to {MOST_UNITS_AT_ONCE} at once: untick "
        f"{len(units) - MOST_UNITS_AT_ONCE}, and enter the others with another form or a spreadsheet.",
        "units",
    )


def unit_entry_names_units(option: str, units: Sequence[int]) -> Refusal | None:
    """FORM-04: A unit entry names at least one unit."""
    if option != EntryOption.UNITS or units:
        return None
    return Refusal("FORM-04", "Tick the units, up to three, or choose Full award entry.", "units")


def somebody_is_ticked(count: int) -> Refusal | None:
    """FORM-05: An entry option is applied to candidates who are ticked."""
    if count:
        return None
    return Refusal(
        "FORM-05", "Tick the candidates for whom the option is meant, then press Apply to selected.", "entries"
    )


def option_is_chosen(option: str) -> Refusal | None:
    """FORM-06: What is applied is a full award entry or a unit entry."""
    if option in EntryOption.values:
        return None
    return Refusal("FORM-06", "Choose Full award entry or Unit entry.", "option")


def summary_is_as_seen(seen: str, now: str) -> Refusal | None:
    """FORM-07: What is submitted is what the summary showed: the same candidates, entries and fees."""
    if seen == now:
        return None
    return Refusal(
        "FORM-07",
        "Something changed since this page was shown: a candidate, an option, a price or what stands entered. Nothing "
        "was entered. Check the summary as it stands now, and press Submit entries again.",
    )


def list_is_short_enough(count: int) -> Refusal | None:
    """FORM-08: A web form has at most 1,000 candidates."""
    if count <= MOST_CANDIDATES:
        return None
    return Refusal(
        "FORM-08",
        f"A web form takes up to {MOST_CANDIDATES:,} candidates, and with these it would have {count:,}. Submit this "
        "form first, or use the spreadsheet.",
    )


def form_is_there() -> Refusal:
    """FORM-09: A web form that was cancelled, deleted by its date or submitted is not submitted again."""
    return Refusal(
        "FORM-09",
        "This web form is not there any more: somebody of your centre cancelled it, or nobody changed it for 30 days. "
        "Nothing was entered from it.",
    )


def nobody_has_anything_to_mend(count: int) -> Refusal | None:
    """FORM-10: Submit entries waits until no candidate of the form has anything to mend."""
    if not count:
        return None
    who = "1 candidate has" if count == 1 else f"{count} candidates have"
    return Refusal(
        "FORM-10",
        f"{who} something to mend: see the reasons below. Change the entry option, mend the record, or Remove.",
    )


def something_is_new(ready: int, is_anybody_there: bool) -> Refusal | None:
    """FORM-11: A web form of which everything stands entered already enters nothing."""
    if ready or not is_anybody_there:
        return None
    return Refusal("FORM-11", "Everything in this form is entered already, so there is nothing to submit.")


def top_up_has_no_units(option: str, kind_in_words: str, takes_units: bool) -> Refusal | None:
    """FORM-12: Under a top-up, moving down or re-entry code there are no unit entries."""
    if option != EntryOption.UNITS or takes_units:
        return None
    return Refusal(
        "FORM-12",
        f"This is a {kind_in_words.lower()} code: units are entered under the full award's own code.",
        "option",
    )
