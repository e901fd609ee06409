"""What a person is told whose act waited in vain for another act on the same rows."""

from collections.abc import Callable

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse

from .views import held_up

WAITED_IN_VAIN = {"55P03", "40P01"}
"""What PostgreSQL answers where a lock was not given in time, or two acts waited for each other."""
SECONDS = "10"


class BusyMiddleware:
    """Say that nothing was changed, and what to do, where the database gave up waiting; a large file takes seconds."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page, for such an answer; everything else is left to others."""
        code = getattr(exception.__cause__, "pgcode", "")
        if not isinstance(exception, OperationalError) or code not in WAITED_IN_VAIN:
            return None
        response = held_up(request)
        response.headers["Retry-After"] = SECONDS
        return response
