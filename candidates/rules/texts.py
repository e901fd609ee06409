"""Short free texts, such as the name of a school."""

from core.refusals import Refusal

from .names import is_hidden

MAX_LENGTH = 100
FORMULA_STARTS = "=+-@"


def refusals_of_text(field: str, label: str, text: str) -> list[Refusal]:
    """Everything that is wrong with a short free text; an empty one is always right."""
    rules = (text_is_short_enough, text_cannot_become_a_formula, text_has_no_hidden_character)
    return [refusal for rule in rules if (refusal := rule(field, label, text))]


def text_is_short_enough(field: str, label: str, text: str) -> Refusal | None:
    """TEXT-01: A short text has at most 100 characters."""
    if len(text) <= MAX_LENGTH:
        return None
    return Refusal("TEXT-01", f"{label} must be {MAX_LENGTH} characters or fewer. It has {len(text)}.", field)


def text_cannot_become_a_formula(field: str, label: str, text: str) -> Refusal | None:
    """TEXT-02: A text does not begin with = + - or @, so that no export of it can become a formula."""
    if not text or text[0] not in FORMULA_STARTS:
        return None
    return Refusal("TEXT-02", f"{label} must not start with “{text[0]}”. Start with a letter or a digit.", field)


def text_has_no_hidden_character(field: str, label: str, text: str) -> Refusal | None:
    """TEXT-03: A text has no hidden or unusual characters."""
    if not any(is_hidden(char) for char in text):
        return None
    return Refusal(
        "TEXT-03", f"{label} contains a hidden or unusual character. Delete the text and type it again.", field
    )
