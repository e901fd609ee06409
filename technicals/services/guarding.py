"""Whose details are changed with proof alone (decision 0019)."""

from candidates.rules.guarding import Guard

from ..enums import GONE
from ..models import Registration, UnitEntry
from ..rules.people import ENTRIES


def has_entries(candidate: int) -> bool:
    """Whether a candidate, by the id of the record, has an entry that was neither withdrawn nor transferred."""
    kinds = (Registration, UnitEntry)
    return any(kind.objects.filter(candidate=candidate).exclude(state__in=GONE).exists() for kind in kinds)


GUARD = Guard(ENTRIES, has_entries)
"""What Cambridge Technicals says of a change of a candidate's whole name or date of birth."""
