"""Which column of a file is which. Plain Python."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from core.refusals import Refusal

from .kinds import Column

LEAVE_OUT = ""
HELP_LINK = "Click here for Help"
"""What stands in the first line of a template."""
ERRORS = "Errors"
"""The heading of the column that tells what is to be mended, in the lists that are taken away."""
LOOKED_THROUGH = 10
"""Among how many rows the headings are looked for: school systems write a title above them."""
FEWEST_RECOGNISED = 2
IN_BRACKETS = re.compile(r"\([^)]*\)")


@lru_cache(maxsize=1024)
def folded(heading: str) -> str:
    """A heading without capitals, accents, blanks and signs: what two spellings of it have in common."""
    letters = unicodedata.normalize("NFKD", heading.casefold())
    return "".join(char for char in letters if char.isalnum())


def known_headings(
    columns: Iterable[Column], leave_out: Iterable[str], remembered: Mapping[str, str]
) -> dict[str, str]:
    """The column, or LEAVE_OUT, of each folded heading that is known; what an officer once chose counts most."""
    columns = list(columns)
    known = {folded(heading): LEAVE_OUT for heading in (ERRORS, *leave_out)}
    for column in columns:
        known |= {folded(heading): column.slug for heading in (column.slug, column.label, *column.synonyms)}
    offered = {LEAVE_OUT, *(column.slug for column in columns)}
    return known | {heading: slug for heading, slug in remembered.items() if slug in offered}


def recognised(heading: str, known: Mapping[str, str]) -> str | None:
    """The column of a heading, with or without what it says in brackets; None where it is not known."""
    names = (folded(heading), folded(IN_BRACKETS.sub("", heading)))
    return next((known[name] for name in names if name in known), None)


def place_of_headings(rows: Sequence[Sequence[str]], known: Mapping[str, str]) -> int:
    """The first row in which the most headings are recognised, two at the least; otherwise the first row."""

    counts = [_count_of_recognised(row, known) for row in rows[:LOOKED_THROUGH]]
    most = max(counts, default=0)
    return counts.index(most) if most >= FEWEST_RECOGNISED else 0


def looks_like_headings(row: Sequence[str], known: Mapping[str, str]) -> bool:
    """Whether so many headings of a row are recognised that it is the row of headings."""
    return _count_of_recognised(row, known) >= FEWEST_RECOGNISED


def _count_of_recognised(row: Sequence[str], known: Mapping[str, str]) -> int:
    return len({slug for heading in row if (slug := recognised(heading, known))})


def is_help_line(cells: Iterable[str], columns: Iterable[Column]) -> bool:
    """Whether a row is the template's link to Help, or its own help line, or what is left of that."""
    helps = {folded(column.help) for column in columns if column.help}
    filled = [folded(cell) for cell in cells if cell.strip()]
    if filled == [folded(HELP_LINK)]:
        return True
    return len(filled) >= FEWEST_RECOGNISED and all(cell in helps for cell in filled)


def matched(headings: Sequence[str], filled: Sequence[bool], known: Mapping[str, str]) -> list[str | None]:
    """For each heading its column or LEAVE_OUT; None where the officer has to say.

    She has to where a heading is not known and anything stands below it, and where several headings mean one column.
    filled: whether anything stands below each heading.
    """
    known_slugs = [recognised(heading, known) if heading.strip() else None for heading in headings]
    slugs = [
        LEAVE_OUT if slug is None and not is_filled else slug
        for slug, is_filled in zip(known_slugs, filled, strict=True)
    ]
    counts = Counter(slug for slug in slugs if slug)
    return [None if slug and counts[slug] > 1 else slug for slug in slugs]


def required_columns_are_there(columns: Iterable[Column], given: Iterable[str]) -> Refusal | None:
    """UPLOAD-02: Each column that is needed stands in the file, or has one answer for all rows."""
    given = set(given)
    missing = [column.label for column in columns if column.is_required and column.slug not in given]
    if not missing:
        return None
    return Refusal(
        "UPLOAD-02",
        f"The file has no column for {_listed(missing)}. Choose which of its columns holds it, or give one answer "
        "for all rows.",
    )


def each_column_stands_once(columns: Iterable[Column], chosen: Iterable[str]) -> Refusal | None:
    """UPLOAD-03: One heading of a file, and no more, is matched with a column."""
    counts = Counter(chosen)
    doubled = [column.label for column in columns if counts[column.slug] > 1]
    if not doubled:
        return None
    return Refusal(
        "UPLOAD-03", f"Several columns of the file are chosen for {_listed(doubled)}. Leave all but one out."
    )


def _listed(labels: Sequence[str]) -> str:
    quoted = [f"“{label}”" for label in labels]
    return " and ".join([", ".join(quoted[:-1]), quoted[-1]] if len(quoted) > 1 else quoted)
