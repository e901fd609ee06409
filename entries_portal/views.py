"""The frame of every page, Help, health, and the error pages."""

from typing import Any

import structlog
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import resolve, reverse
from django.utils.decorators import method_decorator
from django.utils.functional import SimpleLazyObject
from django.views.decorators.cache import never_cache
from django.views.generic import RedirectView, TemplateView, View

from step_entries.access import facts_now, session_now
from step_entries.models import SessionNotice, StepSession
from step_entries.rules import refusals_to_start
from technicals.access import is_approved_now

from . import guide

OVERVIEW, STEP, TECHNICALS, CANDIDATES, ENTRIES = (
    "Entries Overview",
    "STEP",
    "Cambridge Technicals",
    "Candidates",
    "Entries",
)
TABS = {
    "reports": OVERVIEW,
    "requests": OVERVIEW,
    "step_entries": STEP,
    "step": STEP,
    "technicals": TECHNICALS,
    "candidates": CANDIDATES,
}
"""The tab of each app's pages, and of each kind of upload."""


def frame(request: HttpRequest) -> dict[str, Any]:
    """What the frame of every page shows: product, tabs, notices, whom to ask. Asked for only where it is shown."""
    session: Any = SimpleLazyObject(lambda: session_now(request))
    return {
        "version": settings.VERSION,
        "team_email": settings.STEP_TEAM_EMAIL,
        "team_phone": settings.STEP_TEAM_PHONE,
        "technicals_email": settings.TECHNICALS_TEAM_EMAIL,
        "technicals_phone": settings.TECHNICALS_TEAM_PHONE,
        "tabs": SimpleLazyObject(lambda: _tabs(request, session)),
        "notices": SimpleLazyObject(lambda: _notices(request, session)),
        "closing": SimpleLazyObject(lambda: _closing(request)),
    }


def _tabs(request: HttpRequest, session: StepSession) -> list[dict[str, Any]]:
    tabs = _tabs_of_member(request, session) if request.membership else []
    tabs += [("My Details", reverse("accounts:my-details")), ("Help", reverse("help"))]
    return [{"title": title, "url": url, "is_current": _is_current(request, title, url)} for title, url in tabs]


def _tabs_of_member(request: HttpRequest, session: StepSession) -> list[tuple[str, str]]:
    tabs = [(OVERVIEW, reverse("reports:overview"))]
    if session and _step_can_be_entered(request):
        tabs.append((STEP, reverse("step_entries:test-page")))
    if is_approved_now(request):
        tabs.append((TECHNICALS, reverse("technicals:home")))
    return [*tabs, (CANDIDATES, reverse("candidates:list")), (ENTRIES, reverse("technicals:submissions"))]


def _is_current(request: HttpRequest, title: str, url: str) -> bool:
    """A tab is current on the pages of its app, and on the uploads of its kind; the others on what lies below them."""
    match = request.resolver_match
    if title not in TABS.values() and title != ENTRIES:
        return request.path.startswith(url)
    if match is None or not match.namespace:
        return False
    if match.namespace == "reports" and match.url_name.startswith("technicals"):
        return title == TECHNICALS
    is_history = match.namespace == "technicals" and match.url_name.startswith("submission")
    place = (
        getattr(request, "upload_kind", match.kwargs.get("kind")) if match.namespace == "uploads" else match.namespace
    )
    return title == (ENTRIES if is_history else TABS.get(place))


def _step_can_be_entered(request: HttpRequest) -> bool:
    """The STEP tab stands only while registration is open and the centre is approved (guide 3)."""
    return not refusals_to_start(facts_now(request))


def _closing(request: HttpRequest) -> str:
    """The moment at which registration closes for the centre, as the page may have to hear that it was moved."""
    facts = facts_now(request)
    return facts.window.deadline.isoformat() if facts else ""


def _notices(request: HttpRequest, session: StepSession) -> list[SessionNotice]:
    if not request.membership or not session:
        return []
    return list(session.notices.shown(request.arrived_at, request.membership.centre.kind))


@method_decorator(login_not_required, name="dispatch")
class AdminDoorView(RedirectView):
    """The admin is entered by the door of all; who is inside and does not belong here is told so."""

    pattern_name = "accounts:login"
    query_string = True

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated and not request.user.is_staff:
            raise PermissionDenied("The administration is for the board's staff.")
        return super().get(request, *args, **kwargs)


@method_decorator(login_not_required, name="dispatch")
class HelpView(TemplateView):
    """The contents of the guides, their PDFs, whom to ask, and the key dates."""

    template_name = "help/contents.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        session, facts = session_now(self.request), facts_now(self.request) if self.request.membership else None
        return super().get_context_data(**kwargs) | {
            "guides": guide.GUIDES.values(),
            "session": session,
            "papers": session.papers.all() if session else [],
            "window": facts.window if facts else None,
        }


@method_decorator(login_not_required, name="dispatch")
class HelpSectionView(TemplateView):
    """One section of a guide."""

    template_name = "help/section.html"

    def get_context_data(self, section: str, **kwargs: Any) -> dict[str, Any]:
        of_guide = guide.guide_with(section)
        if of_guide is None:
            raise Http404
        sections = list(of_guide.sections.values())
        place = list(of_guide.sections).index(section)
        return super().get_context_data(**kwargs) | {
            "guide": of_guide,
            "section": sections[place],
            "previous": sections[place - 1] if place else None,
            "following": sections[place + 1] if place + 1 < len(sections) else None,
        }


@method_decorator(login_not_required, name="dispatch")
class GuideFileView(View):
    """The PDF copy of a guide (guide 1.0); `name` says which."""

    name = "step"

    def get(self, request: HttpRequest) -> HttpResponse:
        of_guide = guide.GUIDES[self.name]
        content = guide.guide_pdf(self.name, tuple(getattr(settings, way) for way in of_guide.ways))
        headers = {"Content-Disposition": f'attachment; filename="{of_guide.pdf_file}"'}
        return HttpResponse(content, content_type="application/pdf", headers=headers)


@method_decorator(login_not_required, name="dispatch")
class TextPageView(TemplateView):
    """A page of text beside the guide, such as the privacy notice; `name` says which."""

    template_name = "help/text_page.html"
    name = ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"section": guide.page(self.name)}


@login_not_required
@never_cache
def health(request: HttpRequest) -> HttpResponse:
    """Up or down, and no more, for a load balancer: 200 when the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("up", content_type="text/plain")


def page_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A POST without a fresh token: the page comes again with what was typed, and nothing is saved or sent."""
    match = resolve(request.path_info)
    view_class = getattr(match.func, "view_class", None)
    if request.user.is_authenticated and hasattr(view_class, "csrf_failure") and _is_from_here(request):
        view = view_class()
        view.setup(request, *match.args, **match.kwargs)
        view.post = lambda *args, **kwargs: view.csrf_failure()
        response = view.dispatch(request, *match.args, **match.kwargs)
        return getattr(response, "render", lambda: response)()
    return render(request, "page_too_old.html", status=403)


def _is_from_here(request: HttpRequest) -> bool:
    """Whether the browser says that the form stood on a page of ours."""
    origin = request.headers.get("Origin") or request.headers.get("Referer", "")
    own = f"{request.scheme}://{request.get_host()}"
    return origin == own or origin.startswith(f"{own}/")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _error_page(request, 400, "This request could not be read")


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _error_page(request, 403, "You cannot do this", reason=str(exception))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _error_page(request, 404, "There is no such page")


def server_error(request: HttpRequest) -> HttpResponse:
    return _error_page(request, 500, "The portal made a mistake")


def held_up(request: HttpRequest) -> HttpResponse:
    """An act that waited in vain for another one: nothing of it was done."""
    return _error_page(request, 503, "This has to wait a moment")


def _error_page(request: HttpRequest, status: int, title: str, **context: str) -> HttpResponse:
    reference = structlog.contextvars.get_contextvars().get("request_id", "")
    return render(request, f"{status}.html", context | {"title": title, "reference": reference}, status=status)
