"""Longer texts: details, reasons, questions and answers."""

from candidates.rules.names import is_hidden
from core.refusals import Refusal

LONGEST = 2000
LINE_ENDS = {"\n", "\r", "\t"}


def refusals_of_note(field: str, label: str, text: str) -> list[Refusal]:
    """Everything that is wrong with a longer text; an empty one is always right."""
    rules = (note_is_short_enough, note_has_no_hidden_character)
    return [refusal for rule in rules if (refusal := rule(field, label, text))]


def note_is_short_enough(field: str, label: str, text: str) -> Refusal | None:
    """NOTE-01: A longer text has at most 2,000 characters."""
    if len(text) <= LONGEST:
        return None
    return Refusal(
        "NOTE-01", f"{label} must be {LONGEST:,} characters or fewer. It has {len(text):,}: shorten it.", field
    )


def note_has_no_hidden_character(field: str, label: str, text: str) -> Refusal | None:
    """NOTE-02: A longer text has no hidden or unusual characters; ends of lines are none."""
    found = next((place for place, char in enumerate(text) if char not in LINE_ENDS and is_hidden(char)), None)
    if found is None:
        return None
    before = text[max(0, found - 20) : found].strip()
    where = f" after “{before}”" if before else " at its beginning"
    return Refusal("NOTE-02", f"{label} contains a hidden or unusual character{where}. Delete it there.", field)
