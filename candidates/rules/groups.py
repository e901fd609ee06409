"""Groups of candidates (decision 0018)."""

from collections.abc import Iterable

from core.refusals import Refusal

from .texts import text_cannot_become_a_formula, text_has_no_hidden_character

LONGEST = 60


def refusals_of_name(name: str, others: Iterable[str]) -> list[Refusal]:
    """Everything that is wrong with the name of a group. others: the names of the centre's other groups."""
    found = [
        name_is_given(name),
        name_is_short_enough(name),
        text_cannot_become_a_formula("name", "Name", name),
        text_has_no_hidden_character("name", "Name", name),
        name_is_its_own(name, others),
    ]
    return [refusal for refusal in found if refusal]


def name_is_given(name: str) -> Refusal | None:
    """GROUP-01: A group has a name."""
    return None if name else Refusal("GROUP-01", "Enter a name for the group, for example “Year 12 IT”.", "name")


def name_is_short_enough(name: str) -> Refusal | None:
    """GROUP-02: The name of a group has at most 60 characters."""
    if len(name) <= LONGEST:
        return None
    return Refusal("GROUP-02", f"Name must be {LONGEST} characters or fewer. It has {len(name)}.", "name")


def name_is_its_own(name: str, others: Iterable[str]) -> Refusal | None:
    """GROUP-03: The groups of a centre have different names, whatever their capitals."""
    same = next((other for other in others if other.casefold() == name.casefold()), "")
    if not same:
        return None
    return Refusal("GROUP-03", f"Your centre has a group called “{same}”. Choose another name.", "name")


def somebody_is_ticked(count: int) -> Refusal | None:
    """GROUP-04: Candidates are put into a group, and taken out of it, by ticking at least one."""
    return None if count else Refusal("GROUP-04", "Tick at least one candidate.", "candidates")
