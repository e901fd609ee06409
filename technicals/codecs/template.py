"""The columns of the Cambridge Technicals entries spreadsheet, and entries back into its layout. Plain Python."""

from collections.abc import Mapping, Sequence

from candidates.enums import Gender

from ..enums import UNIT_COLUMNS

CHOICES_OF_GENDER = tuple(Gender.labels)
REQUIRED = frozenset({"last_name", "first_name", "date_of_birth", "gender", "scheme_code"})
COLUMNS: tuple[tuple[str, str, str], ...] = (
    # slug, heading, help
    ("centre_number", "Centre number", "Yours, or empty"),
    ("candidate_number", "Candidate number", "Up to 4 digits, if you give one"),
    ("ocr_number", "OCR number", "8 digits, issued by OCR; empty for a first entry"),
    ("uci", "UCI", "12 digits and a letter, where possible"),
    ("uln", "ULN", "10 digits; empty if there is none"),
    ("last_name", "Surname", "As it is to stand on the certificate"),
    ("first_name", "Forename", "As it is to stand on the certificate"),
    ("middle_names", "Middle names", "If there are any"),
    ("date_of_birth", "Date of birth", "Day first: 27/03/2009"),
    ("gender", "Gender", "Female, Male, or Other / not stated"),
    ("scheme_code", "Scheme code", "Five digits with the leading zero: 05835"),
    *(
        (slug, f"Unit {number}", "Leave empty for a full award" if number == 1 else "Unit number, if there is another")
        for number, slug in enumerate(UNIT_COLUMNS, start=1)
    ),
    ("series", "Series", "Of the units, such as June 2027; empty for the one chosen at the upload"),
    ("own_reference", "Your reference", "What helps you to find the entry"),
)
"""In the order of the template (decision 0018). Matched by heading, never by place."""


def row_of(answers: Mapping[str, str]) -> list[str]:
    """Texts by column as a row of the template."""
    return [answers.get(slug, "") for slug, _, _ in COLUMNS]


def answers_of(cells: Sequence[str]) -> dict[str, str]:
    """A row of the template as texts by column, without the empty ones."""
    return {slug: cell for (slug, _, _), cell in zip(COLUMNS, cells, strict=False) if cell}
