"""The portal without the lock on a draft, and with a pause before the number: for the twin of a race test."""

import time

from entries_portal.wsgi import application
from step_entries.models import StepDraft
from step_entries.services import submitting
from step_entries.services.numbers import take_numbers

__all__ = ["application"]


def _slow_numbers(**kwargs: object) -> list[str]:
    time.sleep(0.02)
    return take_numbers(**kwargs)


submitting._lock = lambda draft: StepDraft.objects.select_related("session", "centre").get(pk=draft.pk)
submitting.take_numbers = _slow_numbers
