"""What a centre's own template offers: its candidates, its codes, the series that are open."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from candidates.enums import Gender
from candidates.models import Candidate
from core.moments import uk_date

from ..codecs.template import row_of
from ..models import Approval, Qualification, Series

GENDERS = dict(Gender.choices)
MOST_ROWS = 10_000
LONGEST_LIST = 50
"""A longer list would make the sheet Help wider than a sheet that is handed in can be."""
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


def lists_of_template(centre: Any, at: datetime) -> dict[str, Sequence[str]]:
    """The entry codes that the centre is approved for on the day, and the series that take entries, by column.

    More than 50 codes are too long a list, and are left to the page Entry codes.
    """
    today = uk_date(at)
    approved = {approval.family for approval in Approval.objects.filter(centre=centre).in_force(today)}
    in_use = Qualification.objects.in_use().order_by("code")
    codes = [qualification.code for qualification in in_use if qualification.family in approved]
    return {
        "scheme_code": codes if len(codes) <= LONGEST_LIST else [],
        "series": [str(series) for series in Series.objects.taking_entries(today)],
    }


def _answers(candidate: Candidate) -> dict[str, str]:
    return {name: getattr(candidate, name) for name in AS_STORED} | {
        "candidate_number": candidate.candidate_number,
        "date_of_birth": candidate.date_of_birth.strftime("%d/%m/%Y"),
        "gender": GENDERS.get(candidate.gender, ""),
    }
