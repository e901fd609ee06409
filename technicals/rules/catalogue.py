"""Codes of qualifications and units, and what of the catalogue is verified (decision 0018). Plain Python."""

import re

EVERYTHING = "everything"
MEMORY = re.compile(r"(?:^|;|,)\s*(?P<cells>[A-Za-z ,]*?)\s*\bmemory\b", re.IGNORECASE)


def full_unit_code(scheme_code: str, number: int) -> str:
    """The code of a unit under an entry code, as in 05834/01."""
    return f"{scheme_code}/{number:02}"


def unverified_cells(source: str) -> list[str]:
    """The cells of a row that its source calls memory: ["everything"], ["size", "GLH"], or []."""
    if source.strip().lower().startswith("memory"):
        return [EVERYTHING]
    found = MEMORY.search(source)
    if found is None:
        return []
    return [cell.strip() for cell in re.split(r",|\band\b", found["cells"]) if cell.strip()] or [EVERYTHING]
