"""That one of the staff looked at a request, which may tell of a candidate's health (decision 0016)."""

from datetime import datetime, timedelta
from typing import Any

from core.history import history_of, record

from ..models import Request

ONE_LOOK = timedelta(minutes=15)
"""Within this time the same person opening the same request is one look."""


def open_request(*, request: Request, by: Any, at: datetime) -> None:
    """Note in the history that this person sees what a request says; once within 15 minutes."""
    looks = history_of(request).filter(action="request.opened", by=by, at__gt=at - ONE_LOOK)
    if not looks.exists():
        record(by=by, at=at, action="request.opened", subjects=[request])
