"""Changing the estimated completion of a registration (decision 0019)."""

from datetime import datetime
from typing import Any

from django.db import transaction

from core.history import record
from core.moments import uk_date
from core.refusals import raise_if_any

from ..models import Registration
from ..rules.completing import completion_is_of_a_live_registration, completion_is_within_reach, read_completion
from .entering import wait_for_others
from .withdrawing import lock_registration

CHANGED = "technicals-registration.completion-changed"


@transaction.atomic
def change_completion(*, registration: Registration, typed: str, by: Any, at: datetime) -> Registration:
    """Give a registration the estimated completion that was typed, with old and new in its history.

    Raises Refused where it is no day, or out of reach, or the registration does not stand. The same day is no change.
    """
    wait_for_others(registration.centre)
    registration = lock_registration(registration)
    day = read_completion(typed)
    told = (completion_is_of_a_live_registration(registration.state), completion_is_within_reach(day, uk_date(at)))
    raise_if_any(refusal for refusal in told if refusal)
    before = registration.completion_date
    if day != before:
        registration.completion_date = day
        registration.save(update_fields=["completion_date"])
        changes = {"estimated completion": [before.isoformat() if before else None, day.isoformat()]}
        record(by=by, at=at, action=CHANGED, subjects=[registration], changes=changes)
    return registration
