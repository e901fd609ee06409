"""Moving the requests about a candidate whose record becomes one with another."""

from datetime import datetime
from typing import Any

from candidates.rules.merging import Mover
from core.history import record
from core.refusals import Refusal

from ..models import Request
from ..rules.merging import candidates_share_no_correction
from .storing import delete_files


def refusals_to_merge(goes: int, stays: int) -> list[Refusal]:
    """Why the requests about two candidates, by the ids of their records, cannot be about one."""
    both = Request.objects.open().filter(candidate__in=[goes, stays]).order_by("pk")
    references = list(both.values_list("reference", flat=True))
    refusal = candidates_share_no_correction((references[0], references[1]) if len(references) == 2 else None)
    return [refusal] if refusal else []


def move_requests(goes: Any, stays: Any, by: Any, at: datetime) -> int:
    """Let the requests about one record be about the other; how many. Of two drafts, the staying record's is kept."""
    requests = Request.objects.filter(candidate=goes).select_for_update(of=("self",)).order_by("pk")
    if Request.objects.drafts().filter(candidate=stays).exists():
        for draft in requests.drafts():
            delete_files(draft.evidence.all())
            draft.delete()
    moved = list(requests.all())
    Request.objects.filter(pk__in=[each.pk for each in moved]).update(candidate=stays)
    changes = {"candidate": [goes.pk, stays.pk]}
    record(by=by, at=at, action="request.candidate-merged", subjects=moved, changes=changes)
    return len(moved)


MOVER = Mover("requests", refusals_to_merge, move_requests)
"""What requests say of two candidates whose records are to become one."""
