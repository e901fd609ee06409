"""When a request arrived: the one moment by which its deadlines are judged (decision 0003)."""

from collections.abc import Callable
from datetime import UTC, datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone


class ArrivalMiddleware:
    """Stamp every request with `arrived_at`, before anything else is done with it.

    Where ARRIVAL_HEADER names a header that a trusted proxy overwrites with the arrival in
    seconds since 1970 (optionally after "t="), that moment is used, unless it lies in the future.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        now = timezone.now()
        stamp = _proxy_stamp(request)
        request.arrived_at = min(stamp, now) if stamp else now
        return self.get_response(request)


def _proxy_stamp(request: HttpRequest) -> datetime | None:
    if not settings.ARRIVAL_HEADER:
        return None
    try:
        seconds = float(request.headers.get(settings.ARRIVAL_HEADER, "").removeprefix("t="))
        return datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return None
