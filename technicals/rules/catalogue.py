"""Codes of qualifications and units, and what of the catalogue is verified (decision 0018). Plain Python."""

import re
from collections.abc import Sequence

from ..enums import Assessment, Suite

Family = tuple[str, int, str]
"""Subject, level and suite."""
CODE = re.compile(r"[0-9]{5}")
EVERYTHING = "everything"
SAMPLE = "sample"
"""The word with which the source of a row begins that is made up for demonstrations."""
SAMPLE_IN_WORDS = "sample, not a code of OCR's"
MEMORY = re.compile(r"(?:^|;|,)\s*(?P<cells>[A-Za-z ,]*?)\s*\bmemory\b", re.IGNORECASE)


def full_unit_code(scheme_code: str, number: int) -> str:
    """The code of a unit under an entry code, as in 05834/01."""
    return f"{scheme_code}/{number:02}"


def unverified_cells(source: str) -> list[str]:
    """The cells of a row its source calls memory: ["everything"], ["size", "GLH"], or []; ["sample"] of a sample."""
    if source.strip().lower().startswith(SAMPLE):
        return [SAMPLE]
    if source.strip().lower().startswith("memory"):
        return [EVERYTHING]
    found = MEMORY.search(source)
    if found is None:
        return []
    return [cell.strip() for cell in re.split(r",|\band\b", found["cells"]) if cell.strip()] or [EVERYTHING]


def unverified_in_words(source: str) -> str:
    """What of a row no source confirms, as staff read it: "not verified: size, GLH", or "sample"; empty for nothing."""
    cells = unverified_cells(source)
    if not cells or SAMPLE in cells:
        return "".join(cells)
    return f"not verified: {', '.join(cells)}"


def awaiting_in_words(cells: Sequence[str]) -> str:
    """What of a row awaits confirmation, as centres read it; empty for nothing."""
    if not cells or SAMPLE in cells:
        return SAMPLE_IN_WORDS if cells else ""
    return "awaiting confirmation" if EVERYTHING in cells else f"awaiting confirmation: {', '.join(cells)}"


def family_in_words(family: Family) -> str:
    """A subject, level and suite, as in "Business, Level 3, 2016 suite"."""
    subject, level, suite = family
    return f"{subject}, Level {level}, {Suite(suite).label}"


def availability_in_words(suite: str, assessment: str, in_january: bool, in_june: bool) -> str:
    """When a unit can be entered: in which series, or that it is claimed instead."""
    if assessment == Assessment.EXAMINED:
        return " and ".join(["January"] * in_january + ["June"] * in_june)
    return "Claimed, not entered" if suite == Suite.OF_2016 else "In any series"
