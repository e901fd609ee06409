"""The details of a candidate: their names on the pages, and their values in words."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from core.moments import date_in_words

from ..enums import Gender
from .identity import in_groups


@dataclass(frozen=True)
class Cell:
    """A detail in which two records can differ. attributes: what of a record makes it up."""

    slug: str
    label: str
    attributes: tuple[str, ...]


CELLS = (
    Cell("first_name", "Forename", ("first_name", "plain_first_name")),
    Cell("middle_names", "Middle names", ("middle_names",)),
    Cell("last_name", "Surname", ("last_name", "plain_last_name")),
    Cell("date_of_birth", "Date of birth", ("date_of_birth",)),
    Cell("gender", "Gender", ("gender",)),
    Cell("uci", "UCI", ("uci",)),
    Cell("uln", "ULN", ("uln",)),
    Cell("ocr_number", "OCR number", ("ocr_number",)),
    Cell("candidate_number", "Candidate number", ("candidate_number", "numbered_in")),
    Cell("ucas_id", "UCAS ID", ("ucas_id",)),
)
"""The details of a candidate, in the order of the pages."""


def value_in_words(candidate: Any, cell: Cell) -> str:
    """A detail of a record in words; "" for one that it does not have."""
    text = text_in_words(cell.slug, str(getattr(candidate, cell.slug) or ""))
    if cell.slug == "candidate_number" and text:
        return f"{text}, in {academic_year_in_words(candidate.numbered_in)}"
    plain = getattr(candidate, f"plain_{cell.slug}", text)
    return f"{text} (plain form: {plain})" if text and plain not in (text, "") else text


def text_in_words(slug: str, text: str) -> str:
    """A value as records and their history keep it, in words."""
    if slug == "date_of_birth" and text:
        return date_in_words(date.fromisoformat(text))
    if slug == "gender":
        return dict(Gender.choices).get(text, text)
    return in_groups(text) if slug == "ucas_id" else text


def academic_year_in_words(year: int) -> str:
    """An academic year, by its September, as "2026/27"."""
    return f"{year}/{(year + 1) % 100:02}"
