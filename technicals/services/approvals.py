"""Approving a centre for Cambridge Technicals."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.db import transaction

from centres.models import Centre
from core.history import record
from core.refusals import Refusal, raise_if_any

from ..models import Approval, Qualification
from ..rules import approvals as rules
from ..rules.catalogue import Family


@transaction.atomic
def approve_for_several(
    *, centre: Centre, families: Collection[Family], since: date, until: date | None, by: Any, at: datetime
) -> list[Approval]:
    """Approve a centre for several subjects, levels and suites at once, all from one day to another.

    Raises Refused where there is no entry code of one of them, and where the centre is approved for one at that time
    already; nothing is then changed.
    """
    Centre.objects.select_for_update().get(pk=centre.pk)
    raise_if_any(refusals_to_approve(centre, families, since, until))
    new = [
        Approval(centre=centre, subject=subject, level=level, suite=suite, since=since, until=until)
        for subject, level, suite in families
    ]
    Approval.objects.bulk_create(new)
    for approval in new:
        family = {"subject": approval.subject, "level": approval.level, "suite": approval.suite}
        told = family | {"centre": centre.number, "since": str(since), "until": str(until or "")}
        changes = {name: [None, value] for name, value in told.items()}
        record(by=by, at=at, action="approval.added", subjects=[approval], changes=changes)
    return new


def refusals_to_approve(
    centre: Centre, families: Collection[Family], since: date, until: date | None, apart_from: int | None = None
) -> list[Refusal]:
    """Everything against these approvals; apart_from is the key of an approval that is being changed."""
    of_catalogue = set(Qualification.objects.order_by().values_list("subject", "level", "suite").distinct())
    others = [other for other in Approval.objects.filter(centre=centre) if other.pk != apart_from]
    judged = [rules.something_is_chosen(families), rules.approval_ends_after_it_begins(since, until)]
    for family in families:
        judged.append(rules.approval_is_for_what_there_is(family, of_catalogue))
        judged.append(rules.centre_is_approved_once_at_a_time(family, since, until, others))
    return [refusal for refusal in judged if refusal]
