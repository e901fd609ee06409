"""When a session ends, and what a signed-in person has to do before anything else."""

from collections.abc import Callable
from datetime import datetime

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve
from django_otp import DEVICE_ID_SESSION_KEY

from .rules import IDLE
from .services.second_factor import requires_second_factor
from .services.sessions import is_alive, keep_post, label_of

MUST_CHOOSE_PASSWORD = "must_choose_password"  # noqa: S105 (a key of the session)
HELP = {"help", "help-file", "help-section", "accessibility", "privacy", "incident", "reports:calendar"}
ASKED_BY_PAGES = {"step_entries:closing", "uploads:progress-now", "technicals:submission-now"}
"""Pages of which an open page asks by itself: they keep nobody signed in."""
ALWAYS_OPEN = {"accounts:logout", "health", *HELP}


class SessionRulesMiddleware:
    """End sessions that were idle for 30 minutes or are 12 hours old, and hold people to what they must do first.

    What was posted after the end is kept for its sender, and offered on the same page after signing in again.
    Signed-in pages are never stored by a browser, and carry the moment at which the session ends.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return self.get_response(request)
        at: datetime = request.arrived_at
        if not is_alive(
            user=request.user,
            session_key=request.session.session_key,
            label=label_of(request.headers),
            at=at,
            is_use=_page_of(request) not in ASKED_BY_PAGES,
        ):
            if request.method == "POST":
                keep_post(user=request.user, path=request.get_full_path(), fields=dict(request.POST.lists()), at=at)
            logout(request)
            return self.get_response(request)
        request.session_ends_at = at + IDLE
        response = _first_duty(request) or self.get_response(request)
        response.headers["Cache-Control"] = "no-store"
        return response


def _first_duty(request: HttpRequest) -> HttpResponse | None:
    if request.session.get(MUST_CHOOSE_PASSWORD):
        duty = "accounts:password-choose"
    elif not request.session.get(DEVICE_ID_SESSION_KEY) and requires_second_factor(request.user, request.arrived_at):
        duty = "accounts:second-factor-set-up"
    else:
        return None
    return None if _page_of(request) in {duty, *ALWAYS_OPEN} else redirect(duty)


def _page_of(request: HttpRequest) -> str:
    try:
        return resolve(request.path_info).view_name
    except Resolver404:
        return ""
