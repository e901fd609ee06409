"""The template with a centre's own candidates in it."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from candidates.enums import Gender
from candidates.models import Candidate

from ..codecs.template import row_of

GENDERS = dict(Gender.choices)
MOST_ROWS = 10_000
AS_STORED = ("ocr_number", "uci", "uln", "last_name", "first_name", "middle_names")


def prefilled_rows(centre: Any, answers: Mapping[str, str]) -> Sequence[Sequence[str]]:
    """A row of the template for each active candidate of the centre, without scheme code; at most 10,000.

    answers: "group", the key of a candidate group, for its members only; of a group that there is not, nobody.
    """
    candidates = Candidate.objects.filter(centre=centre).active().order_by("last_name", "first_name", "pk")
    if group := answers.get("group"):
        candidates = candidates.filter(groups__key=_key(group), groups__centre=centre)
    return [row_of(_answers(candidate)) for candidate in candidates[:MOST_ROWS]]


def _key(typed: str) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        return None


def _answers(candidate: Candidate) -> dict[str, str]:
    return {name: getattr(candidate, name) for name in AS_STORED} | {
        "candidate_number": candidate.candidate_number,
        "date_of_birth": candidate.date_of_birth.strftime("%d/%m/%Y"),
        "gender": GENDERS.get(candidate.gender, ""),
    }
