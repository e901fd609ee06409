"""Which changes of a record need proof, and who knows that somebody has entries (decision 0019)."""

from collections.abc import Callable
from dataclasses import dataclass

from core.refusals import Refusal

from .people import Person


@dataclass(frozen=True)
class Guard:
    """What an app of entries says of candidates who have some.

    name: what they have, in the plural ("Cambridge Technicals entries").
    has_entries(candidate): whether the candidate, by the id of the record, has any that were not taken back.
    """

    name: str
    has_entries: Callable[[int], bool]


_GUARDS: dict[str, Guard] = {}


def register(guard: Guard) -> None:
    """Let an app of entries guard the details of its candidates."""
    _GUARDS[guard.name] = guard


def entries_of(candidate: int) -> str:
    """What guards the details of a candidate, by the id of the record: the name of its entries; "" where nothing."""
    return next((name for name, guard in sorted(_GUARDS.items()) if guard.has_entries(candidate)), "")


def change_needs_no_proof(before: Person, after: Person, entries: str) -> Refusal | None:
    """GUARD-01: Once a candidate has entries, the whole name and the date of birth are changed by OCR, with proof.

    The whole name is changed where forename and surname both differ in their plain forms. Everything else is
    corrected by the centre. entries: the name of the entries that the candidate has, or "".
    """
    field = changed_with_proof(before, after)
    if not entries or not field:
        return None
    what = "the date of birth" if field == "date_of_birth" else "the whole name"
    return Refusal(
        "GUARD-01",
        f"{before.name} has {entries}, so a change of {what} needs proof and is made by OCR. On the candidate's page, "
        "choose Edit candidate and then Ask OCR for this change. Until it is made your centre's record stays as it is.",
        field,
    )


def changed_with_proof(before: Person, after: Person) -> str:
    """The field of a change that needs proof once there are entries; "" where the change needs none."""
    if all(one != other for one, other in zip(_plain_names(before), _plain_names(after), strict=True)):
        return "last_name"
    is_other_day = after.date_of_birth is not None and after.date_of_birth != before.date_of_birth
    return "date_of_birth" if is_other_day else ""


def _plain_names(person: Person) -> tuple[str, str]:
    """Forename and surname without accents and capitals; one that has no plain letter at all, as it is."""
    first_name, last_name = person.plain_first_name or person.first_name, person.plain_last_name or person.last_name
    return first_name.lower(), last_name.lower()
