"""My Details: own name, password, second factor, sessions and known browsers."""

import base64
import io
from typing import Any

import qrcode
import qrcode.image.svg
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.generic import FormView, TemplateView, View
from django_otp import DEVICE_ID_SESSION_KEY

from ..forms import ChangePasswordForm, CodeForm, NameForm
from ..rules import shortest_password
from ..services.hashing import Busy
from ..services.people import change_own_name
from ..services.second_factor import (
    begin_second_factor,
    check_code,
    confirm_second_factor,
    remove_second_factor,
    requires_second_factor,
)
from ..services.sessions import alive_sessions_of, end_sessions, end_sessions_of
from ..services.signing_in import Result, attempt_sign_in
from .door import (
    NEEDS_MAIL,
    SPENT,
    browser_cookie,
    busy,
    change_password,
    locked_sentence,
    network,
    remember_browser,
)

KEY_TO_CONFIRM = "second_factor_key"
ON_ALREADY = "The second factor is on. If you did not keep its recovery codes, set it up again to get new ones."
NOT_RIGHT = "The existing password is not right. Type it again."


class MyDetailsView(TemplateView):
    """What the portal knows of the signed-in person, and what they can change themselves."""

    template_name = "accounts/my_details.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        has_second_factor = user.has_second_factor
        return {
            "name_form": NameForm(initial={"name": user.name}),
            "password_form": ChangePasswordForm(user=user),
            "has_second_factor": has_second_factor,
            "shortest": shortest_password(has_second_factor),
            "is_second_factor_required": requires_second_factor(user, self.request.arrived_at),
            "sessions": alive_sessions_of(user=user, at=self.request.arrived_at),
            "current_key": self.request.session.session_key,
            "browsers": user.known_browsers.all(),
            "memberships": user.memberships.of_user(user),
        } | super().get_context_data(**kwargs)


class _DetailsForm(FormView):
    """One form of My Details: where it is refused the whole page comes again with it."""

    context_name = ""

    def form_invalid(self, form: Any) -> HttpResponse:
        page = MyDetailsView()
        page.setup(self.request)
        return render(
            self.request, MyDetailsView.template_name, page.get_context_data(**{self.context_name: form, "form": form})
        )

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect("accounts:my-details")


class ChangeNameView(_DetailsForm):
    form_class = NameForm
    context_name = "name_form"

    def form_valid(self, form: NameForm) -> HttpResponse:
        change_own_name(user=self.request.user, name=form.cleaned_data["name"], at=self.request.arrived_at)
        messages.success(self.request, "Your name is changed.")
        return redirect("accounts:my-details")


class ChangePasswordView(_DetailsForm):
    """The existing password may also be one that was mailed: "I forgot my password" works for who is signed in."""

    form_class = ChangePasswordForm
    context_name = "password_form"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user}

    def form_valid(self, form: ChangePasswordForm) -> HttpResponse:
        user, at = self.request.user, self.request.arrived_at
        browser = self.request.COOKIES.get(browser_cookie(user.email), "")
        try:
            attempt = attempt_sign_in(
                address=user.email,
                password=form.cleaned_data["existing_password"],
                browser=browser,
                network=network(self.request),
                at=at,
            )
            if attempt.user:
                change_password(self.request, form.cleaned_data["new_password"])
        except Busy:
            return busy(self.request)
        if not attempt.user:
            sentences = {Result.LOCKED: locked_sentence(attempt), Result.NEEDS_MAIL: NEEDS_MAIL, Result.SPENT: SPENT}
            form.add_error("existing_password", sentences.get(attempt.result, NOT_RIGHT))
            return self.form_invalid(form)
        messages.success(self.request, "Your password is changed. Other browsers have been signed out.")
        return remember_browser(self.request, user, redirect("accounts:my-details"))


class SetUpSecondFactorView(FormView):
    """Link an authenticator app: its picture and key, then a code from it."""

    form_class = CodeForm
    template_name = "accounts/second_factor_set_up.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        device = begin_second_factor(user=self.request.user, key=self.request.session.get(KEY_TO_CONFIRM, ""))
        self.request.session[KEY_TO_CONFIRM] = device.key
        picture = io.BytesIO()
        qrcode.make(device.config_url, image_factory=qrcode.image.svg.SvgPathImage).save(picture)
        key = base64.b32encode(device.bin_key).decode().rstrip("=")
        return super().get_context_data(**kwargs) | {
            "picture": "data:image/svg+xml;base64," + base64.b64encode(picture.getvalue()).decode(),
            "key": " ".join(key[start : start + 4] for start in range(0, len(key), 4)),
            "is_required": requires_second_factor(self.request.user, self.request.arrived_at),
        }

    def form_valid(self, form: CodeForm) -> HttpResponse:
        user, session = self.request.user, self.request.session
        key = session.get(KEY_TO_CONFIRM, "")
        if not key and user.has_second_factor:
            messages.warning(self.request, ON_ALREADY)
            return redirect("accounts:my-details")
        given = {"code": form.cleaned_data["code"], "at": self.request.arrived_at, "session_key": session.session_key}
        codes = confirm_second_factor(user=user, key=key, **given)
        if codes is None:
            form.add_error(
                "code", "The code is not right. Check that the clock of your telephone is, and enter the next."
            )
            return self.form_invalid(form)
        device = user.totpdevice_set.get(confirmed=True)
        session.pop(KEY_TO_CONFIRM, None)
        session[DEVICE_ID_SESSION_KEY] = device.persistent_id
        return render(self.request, "accounts/recovery_codes.html", {"codes": codes})


class RemoveSecondFactorView(FormView):
    """Take the second factor away; a code of it is asked for first."""

    form_class = CodeForm
    template_name = "accounts/second_factor_remove.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated and requires_second_factor(request.user, request.arrived_at):
            messages.warning(request, "Your account needs a second factor. You can set up another app in its place.")
            return redirect("accounts:my-details")
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: CodeForm) -> HttpResponse:
        user, at = self.request.user, self.request.arrived_at
        verdict, device_id = check_code(user=user, code=form.cleaned_data["code"], at=at)
        if not device_id:
            form.add_error("code", locked_sentence(verdict) if verdict.locked_until else "The code is not right.")
            return self.form_invalid(form)
        remove_second_factor(user=user, by=user, at=at)
        self.request.session.pop(DEVICE_ID_SESSION_KEY, None)
        messages.success(self.request, "The second factor is off.")
        return redirect("accounts:my-details")


class EndSessionView(View):
    """End one session of one's own, or all but this one."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        if pk is None:
            count = end_sessions_of(user=request.user, but=request.session.session_key)
        else:
            count = end_sessions([get_object_or_404(request.user.signed_in_sessions, pk=pk)])
        messages.success(request, f"Signed out: {count} other session{'' if count == 1 else 's'}.")
        return redirect("accounts:my-details")


class ForgetBrowserView(View):
    """Forget a known browser of one's own."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        get_object_or_404(request.user.known_browsers, pk=pk).delete()
        messages.success(request, "The browser is forgotten.")
        return redirect("accounts:my-details")


class StaySignedInView(View):
    """Asked for by the warning before a session ends; being asked is enough."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        return HttpResponse(status=204)
