"""From which series unit entries can be copied, and for whom."""

from datetime import date
from typing import Any
from uuid import UUID

from candidates.models import CandidateGroup

from ..models import Series, UnitEntry


def groups_to_copy(*, centre: Any, user: Any) -> list[CandidateGroup]:
    """The candidate groups of a centre, by name."""
    return list(CandidateGroup.objects.visible_to(user).filter(centre=centre))


def series_to_copy_from(*, centre: Any, user: Any) -> list[Series]:
    """The January and June series for which a centre has unit entries, the latest first."""
    entered = UnitEntry.objects.visible_to(user).filter(centre=centre).order_by().values("series")
    return list(Series.objects.of_exams().filter(pk__in=entered).order_by("-entry_deadline"))


def series_to_copy_to(on: date) -> list[Series]:
    """The series that take unit entries on a day, the next deadline first."""
    return list(Series.objects.taking_entries(on))


def group_called(groups: list[CandidateGroup], key: str) -> CandidateGroup | None:
    """The group of a key among these."""
    try:
        wanted = UUID(key)
    except ValueError:
        return None
    return next((group for group in groups if group.key == wanted), None)
