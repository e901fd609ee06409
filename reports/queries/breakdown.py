"""Entries breakdown: the entries of a centre, counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q

from step_entries.enums import LIVE, Combination, EntryStatus
from step_entries.models import StepEntry, StepSession
from step_entries.querysets import OVERDUE

IS_LIVE = Q(status__in=LIVE)


@dataclass(frozen=True)
class Breakdown:
    """Entries of a centre in a session, counted; all but `withdrawn` count current entries only.

    Papers and statuses are told as value, label, count.
    """

    total: int
    by_papers: Sequence[tuple[str, str, int]]
    by_status: Sequence[tuple[str, str, int]]
    overdue: int
    without_ucas_id: int
    withdrawn: int


def entries_breakdown(*, session: StepSession | None, centre: Any, user: Any, at: datetime) -> Breakdown:
    """The counts of Entries breakdown, in one query."""
    is_overdue = Q(status=EntryStatus.NOT_YET_CONFIRMED, unconfirmed_since__lt=at - OVERDUE)
    counts = (
        StepEntry.objects.visible_to(user)
        .filter(session=session, centre=centre)
        .aggregate(
            total=Count("pk", filter=IS_LIVE),
            overdue=Count("pk", filter=is_overdue),
            without_ucas_id=Count("pk", filter=IS_LIVE & Q(ucas_id="")),
            **{f"papers_{value}": Count("pk", filter=IS_LIVE & Q(papers=value)) for value in Combination.values},
            **{f"status_{value}": Count("pk", filter=Q(status=value)) for value in EntryStatus.values},
        )
    )
    return Breakdown(
        total=counts["total"],
        by_papers=[(choice.value, choice.label, counts[f"papers_{choice.value}"]) for choice in Combination],
        by_status=[(status.value, status.label, counts[f"status_{status.value}"]) for status in LIVE],
        overdue=counts["overdue"],
        without_ucas_id=counts["without_ucas_id"],
        withdrawn=counts[f"status_{EntryStatus.WITHDRAWN}"],
    )
