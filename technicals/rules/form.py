"""Laws of the web form (guide "Using the web-based form"). What its lines become is judged as rows of files are."""

from collections.abc import Sequence
from dataclasses import replace

from core.refusals import Refusal

from ..enums import EntryKind, EntryOption

MOST_UNITS_AT_ONCE = 3
"""Units of a candidate in one web form (guide "Select entry options")."""
MOST_CANDIDATES = 1000
"""Candidates in one web form; more are for the spreadsheet."""
NAMED = 5
SAID_OF_FILES = {
    "REG-01": (
        "Register first: add a row with the scheme code and no units, in this file too.",
        "Register first: submit a full award entry, and then the units with another form.",
    ),
    "BOTH-01": ("set this row aside, or withdraw", "press Remove, or withdraw"),
    "TRY-01": ("clear this cell.", "choose other units, or press Remove."),
    "UNIT-04": ("Clear this cell.", "Choose another unit, or press Remove."),
    "CODE-02": ("upload again tomorrow", "try again tomorrow"),
    "SERIES-04": ("Your file is kept: submit it", "Your form is kept: submit it"),
}
"""By the code of a law: what its sentence says of files, and what the web form says in its place."""


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


def assessment_is_chosen(code: str) -> Refusal | None:
    """FORM-13: A web form is for one entry code, which is chosen first."""
    if code:
        return None
    return Refusal("FORM-13", "Choose the qualification that you enter for, then press OK.", "assessment")


def ticks_are_applied(count: int) -> Refusal | None:
    """FORM-14: A web form goes on when no candidate is ticked who was given no option since."""
    if not count:
        return None
    who = "1 candidate is" if count == 1 else f"{count:,} candidates are"
    return Refusal(
        "FORM-14",
        f"{who} ticked, and nothing was applied since. Press Apply to selected, or take the ticks away, and press "
        "Next again.",
        "entries",
    )


def moving_down_is_declared_once_for_all(kind: str, is_declared: bool) -> Refusal | None:
    """FORM-15: On the web form a moving down is applied with the centre's declaration for everybody ticked."""
    if kind != EntryKind.MOVING_DOWN or is_declared:
        return None
    return Refusal(
        "FORM-15",
        "Tick the declaration if the units are achieved, and press Apply to selected. Without it nobody can move down.",
        "is_declared",
    )


def units_go_with_a_unit_entry(option: str, units: Sequence[int]) -> Refusal | None:
    """FORM-16: Units are ticked for a unit entry, and for no other entry option."""
    if option != EntryOption.FULL or not units:
        return None
    return Refusal(
        "FORM-16",
        "You ticked units, and chose an option that enters for no units. Choose Unit entry, or untick the units.",
        "option",
    )


def series_is_still_offered(is_offered: bool) -> Refusal | None:
    """FORM-17: The series chosen for unit entries still takes entries when OK is pressed; no other takes its place."""
    if is_offered:
        return None
    return Refusal(
        "FORM-17",
        "The series that was chosen takes no entries any more. See which series unit entries are made for now, and "
        "press OK again.",
        "series",
    )


def on_the_form(refusal: Refusal) -> Refusal:
    """A refusal of a row in the words of the web form, which has no rows, cells or files."""
    of_files, of_form = SAID_OF_FILES.get(refusal.code, ("", ""))
    return replace(refusal, sentence=refusal.sentence.replace(of_files, of_form)) if of_files else refusal


def option_in_words(option: str, units: Sequence[int], kind: str) -> str:
    """What a candidate is to be entered for: "Full award entry", "Unit entry: units 1 and 3", "Top-up entry"; or ""."""
    if option == EntryOption.UNITS:
        numbers = [str(number) for number in units]
        listed = " and ".join([", ".join(numbers[:-1]), numbers[-1]]) if len(numbers) > 1 else "".join(numbers)
        return f"{EntryOption.UNITS.label}: unit{'s' if len(numbers) > 1 else ''} {listed}"
    return full_entry_in_words(kind) if option else ""


def full_entry_in_words(kind: str) -> str:
    """What the option without units is called under a code of this kind."""
    return EntryOption.FULL.label if kind == EntryKind.FULL else f"{EntryKind(kind).label} entry"
