"""What somebody thinks of entering, to know what it would cost. Plain Python."""

from dataclasses import dataclass

LATE = "-late"
"""How a choice of series ends under which unit entries are late."""


@dataclass(frozen=True)
class WhatIf:
    """How many full awards, first unit entries and later ones somebody thinks of entering under one code."""

    full: int = 0
    first: int = 0
    resits: int = 0
    is_late: bool = False

    @property
    def has_units(self) -> bool:
        """Whether unit entries are among it."""
        return bool(self.first or self.resits)

    @property
    def has_anything(self) -> bool:
        """Whether there is anything to be priced."""
        return bool(self.full or self.has_units)
