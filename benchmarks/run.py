"""Everything that is measured, in one run."""

from dataclasses import dataclass

from . import importing, profiling, submitting, validating
from .measuring import Figure
from .school import open_school


@dataclass(frozen=True)
class Measured:
    """The lines of the table, and where our time goes."""

    figures: list[Figure]
    stages: list[profiling.Stage]


def measure(rows: int, rounds: int) -> Measured:
    """Measure in an empty database. rows: of the largest file, in whole hundreds. rounds: of each measurement."""
    school = open_school()
    of_validating, ours = validating.figures(school, rows, rounds)
    of_importing = importing.figures(school, rows, ours)
    of_submitting = submitting.figures(school, rows, rounds)
    return Measured([*of_validating, *of_importing, *of_submitting], profiling.stages(school, rows))
