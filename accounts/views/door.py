"""Signing in, the second step, a forgotten password, choosing a new one."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.generic import FormView, RedirectView, View
from django_otp import DEVICE_ID_SESSION_KEY

from core.moments import time_in_words

from ..forms import ChoosePasswordForm, CodeForm, ForgottenPasswordForm, SignInForm
from ..middleware import MUST_CHOOSE_PASSWORD
from ..models import SignedInSession, User
from ..rules import KNOWN_FOR, network_of, shortest_password
from ..services.asks import ask_for_password
from ..services.attempts import Verdict, address_key
from ..services.hashing import Busy, hash_slot
from ..services.passwords import choose_password
from ..services.second_factor import check_code
from ..services.sessions import end_sessions, is_alive, label_of
from ..services.signing_in import Attempt, Result, attempt_sign_in, know_browser

SECOND_STEP = "second_step"
SECOND_STEP_LIFE = timedelta(minutes=10)
BACKEND = "accounts.backends.PortalBackend"
WRONG = "The username or the password is not right. Check both and try again."
NEEDS_MAIL = (
    "There were too many wrong passwords for this account. Select “I forgot my password”: the password that is "
    "then mailed lets you in."
)
SPENT = (
    "This password has been used or is older than 60 minutes (24 hours for an invitation). Copy the one in the "
    "newest mail, or select “I forgot my password” to send another."
)


def locked_sentence(verdict: Verdict | Attempt) -> str:
    """What a locked account is told, the same for addresses that have none."""
    end = time_in_words(verdict.locked_until) if verdict.locked_until else ""
    way = (
        "Select “I forgot my password” to get a new one at once."
        if settings.RESET_DURING_LOCK == "at-once"
        else f"After {end}, select “I forgot my password” to get a new one."
    )
    return (
        f"This account is locked for 30 minutes, until {end}, because the password was wrong three times. {way} "
        f"If a deadline is close, call {settings.STEP_TEAM_PHONE}."
    )


def browser_cookie(address: str) -> str:
    """The name of the cookie that makes this browser known for an address."""
    prefix = "__Host-" if settings.SESSION_COOKIE_SECURE else ""
    return f"{prefix}known-{address_key(address)[:16]}"


def network(request: HttpRequest) -> str:
    """The network from which a request came, as a trusted proxy says or the connection; "" where it cannot be read."""
    named = request.headers.get(settings.CLIENT_ADDRESS_HEADER, "") if settings.CLIENT_ADDRESS_HEADER else ""
    return network_of(named) or network_of(request.META.get("REMOTE_ADDR", ""))


def sign_in(request: HttpRequest, user: User, *, once: bool, device_id: str = "") -> HttpResponse:
    """Begin a session under a new key, remember the browser, and lead on."""
    target = request.session.get(SECOND_STEP, {}).get("next") or request.POST.get("next", "")
    login(request, user, backend=BACKEND)
    begin_session(request, user)
    request.session.pop(SECOND_STEP, None)
    if device_id:
        request.session[DEVICE_ID_SESSION_KEY] = device_id
    if once:
        request.session[MUST_CHOOSE_PASSWORD] = True
    return remember_browser(request, user, lead_on(request, target))


def lead_on(request: HttpRequest, target: str) -> HttpResponse:
    """To the page that was asked for, where it is one of ours; else, and from the bare address, to where one begins."""
    is_own = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return redirect(target if is_own and target not in ("", "/") else resolve_url(settings.LOGIN_REDIRECT_URL))


def begin_session(request: HttpRequest, user: User) -> None:
    """Let the clocks of a session run from its beginning, not from the first page after it."""
    key = request.session.session_key
    is_alive(user=user, session_key=key, label=label_of(request.headers), at=request.arrived_at)


def remember_browser(request: HttpRequest, user: User, response: HttpResponse) -> HttpResponse:
    """Give this browser the cookie by which it is known for the user."""
    name = browser_cookie(user.email)
    browser = know_browser(
        user=user, browser=request.COOKIES.get(name, ""), label=label_of(request.headers), at=request.arrived_at
    )
    response.set_cookie(
        name, browser, max_age=KNOWN_FOR, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
    )
    return response


class SignInView(FormView):
    form_class = SignInForm
    template_name = "accounts/sign_in.html"

    @method_decorator(login_not_required)
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return lead_on(request, request.GET.get("next", ""))
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        target = self.request.POST.get("next") or self.request.GET.get("next", "")
        return super().get_context_data(**kwargs) | {"next": target}

    def form_valid(self, form: SignInForm) -> HttpResponse:
        address, password = form.cleaned_data["username"], form.cleaned_data["password"]
        browser = self.request.COOKIES.get(browser_cookie(address), "")
        try:
            attempt = attempt_sign_in(
                address=address,
                password=password,
                browser=browser,
                network=network(self.request),
                at=self.request.arrived_at,
            )
        except Busy:
            return busy(self.request)
        if attempt.user:
            return self.go_on(attempt.user, once=attempt.result is Result.RIGHT_ONCE)
        sentences = {
            Result.WRONG: WRONG,
            Result.SPENT: SPENT,
            Result.NEEDS_MAIL: NEEDS_MAIL,
            Result.LOCKED: locked_sentence(attempt),
        }
        form.add_error(None, sentences[attempt.result])
        return self.form_invalid(form)

    def go_on(self, user: User, *, once: bool) -> HttpResponse:
        if not user.has_second_factor:
            return sign_in(self.request, user, once=once)
        self.request.session.cycle_key()
        self.request.session[SECOND_STEP] = {
            "user": user.pk,
            "once": once,
            "next": self.request.POST.get("next", ""),
            "until": (self.request.arrived_at + SECOND_STEP_LIFE).timestamp(),
        }
        return redirect("accounts:second-step")


@method_decorator(login_not_required, name="dispatch")
class SecondStepView(FormView):
    """The code of the authenticator app, or a recovery code, after a right password."""

    form_class = CodeForm
    template_name = "accounts/second_step.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.step: dict[str, Any] = request.session.get(SECOND_STEP, {})
        if not self.step or request.arrived_at.timestamp() > self.step["until"]:
            request.session.pop(SECOND_STEP, None)
            messages.warning(request, "Log in with your password first.")
            return redirect("accounts:login")
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: CodeForm) -> HttpResponse:
        user = User.objects.get(pk=self.step["user"])
        verdict, device_id = check_code(user=user, code=form.cleaned_data["code"], at=self.request.arrived_at)
        if device_id and user.may_sign_in:
            return sign_in(self.request, user, once=self.step["once"], device_id=device_id)
        form.add_error(
            "code",
            locked_sentence(verdict).replace("the password was", "the code was")
            if verdict.locked_until
            else "The code is not right, or it was used before. Enter the one that your app shows now.",
        )
        return self.form_invalid(form)


@method_decorator(login_not_required, name="dispatch")
class ForgottenPasswordView(FormView):
    """I forgot my password: the same page whoever asks."""

    form_class = ForgottenPasswordForm
    template_name = "accounts/forgotten_password.html"

    def form_valid(self, form: ForgottenPasswordForm) -> HttpResponse:
        ask_for_password(
            address=form.cleaned_data["username"], network=network(self.request), at=self.request.arrived_at
        )
        return render(self.request, "accounts/forgotten_password_sent.html", {"is_strict": _waits_for_locks()})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"is_strict": _waits_for_locks()}


def _waits_for_locks() -> bool:
    return settings.RESET_DURING_LOCK != "at-once"


class ChoosePasswordView(FormView):
    """After a one-time password: nothing else before a password of one's own."""

    form_class = ChoosePasswordForm
    template_name = "accounts/choose_password.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated and not request.session.get(MUST_CHOOSE_PASSWORD):
            return redirect("accounts:my-details")
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shortest = shortest_password(self.request.user.has_second_factor)
        return super().get_context_data(**kwargs) | {"shortest": shortest}

    def form_valid(self, form: ChoosePasswordForm) -> HttpResponse:
        try:
            change_password(self.request, form.cleaned_data["new_password"])
        except Busy:
            return busy(self.request)
        messages.success(self.request, "Your new password is set. Other browsers have been signed out.")
        return remember_browser(self.request, self.request.user, redirect(settings.LOGIN_REDIRECT_URL))


def change_password(request: HttpRequest, password: str) -> None:
    """Set the password, and go on in this browser under a new session key. Raises Busy."""
    device_id = request.session.get(DEVICE_ID_SESSION_KEY)
    with hash_slot():
        choose_password(
            user=request.user, password=password, session_key=request.session.session_key, at=timezone.now()
        )
    end_sessions(SignedInSession.objects.filter(session_key=request.session.session_key))
    request.session.flush()
    login(request, request.user, backend=BACKEND)
    begin_session(request, request.user)
    if device_id:
        request.session[DEVICE_ID_SESSION_KEY] = device_id


@method_decorator(login_not_required, name="dispatch")
class SignOutView(View):
    """Sign out by POST. Opened as a page it changes nothing and leads home."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return redirect("accounts:home")

    def post(self, request: HttpRequest) -> HttpResponse:
        end_sessions(SignedInSession.objects.filter(session_key=request.session.session_key))
        logout(request)
        return redirect(settings.LOGOUT_REDIRECT_URL)


def busy(request: HttpRequest) -> HttpResponse:
    """Too many at the door at this moment."""
    response = render(request, "accounts/busy.html", status=503)
    response.headers["Retry-After"] = "5"
    return response


class HomeView(RedirectView):
    """Staff begin in the admin, everybody else on the Entries Overview."""

    def get_redirect_url(self, *args: object, **kwargs: object) -> str:
        self.pattern_name = "admin:index" if self.request.user.is_staff else "reports:overview"
        return super().get_redirect_url()
