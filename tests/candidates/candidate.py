"""A candidate whose details pass every rule, but for the changes that a test makes."""

from datetime import date

from candidates.enums import Gender
from candidates.rules.identity import (
    Details,
)


def details(**changes):
    """Details that pass every rule, with changes."""
    right = {
        "first_name": "Ann",
        "last_name": "Smith",
        "date_of_birth": date(2009, 3, 4),
        "gender": Gender.FEMALE,
        "ucas_id": "1234567890",
    }
    return Details(**(right | changes))
