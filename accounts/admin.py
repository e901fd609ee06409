from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.contrib.auth.models import Group
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from core.admin import RecordedAdmin
from core.moments import in_words, time_in_words
from core.refusals import Refused

from .models import User
from .rules import staff_may_change_user
from .services import people
from .services.attempts import STRANGER, state
from .services.sessions import has_just_signed_in

admin.site.unregister(Group)  # roles are rules (accounts.rules), not groups of permissions
admin.site.unregister([TOTPDevice, StaticDevice])  # their pages would show secrets

UNUSED = timedelta(days=365)
TAKEN = "There is a user with this e-mail address already. Search the list of users for it."
ADDRESS_NEEDS_SIGN_IN = "An e-mail address can be changed in the first 15 minutes after you log in."
FOR_ADMINISTRATORS = "only an administrator may change the accounts of the board's own people."


class InvitationForm(forms.ModelForm):
    """A user to be: no password, which is mailed and then chosen by its owner."""

    class Meta:
        model = User
        fields = ["email", "name"]
        error_messages = {"email": {"unique": TAKEN}}


class UserForm(forms.ModelForm):
    reason = forms.CharField(
        label="Reason",
        required=False,
        max_length=200,
        help_text="Needed when you take “may sign in” away. It is kept in the history.",
    )

    class Meta:
        model = User
        fields = ["email", "name", "is_active", "is_staff", "is_superuser"]
        error_messages = {"email": {"unique": TAKEN}}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "is_active" in self.changed_data and not data.get("is_active") and not data.get("reason", "").strip():
            self.add_error("reason", "Type the reason for ending this person's access.")
        return data


class ReasonForm(ActionForm):
    reason = forms.CharField(label="Reason", required=False, max_length=200)


class UseFilter(admin.SimpleListFilter):
    title = "use"
    parameter_name = "use"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("unused", "unused for a year"), ("never", "never used")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() == "unused":
            since = request.arrived_at - UNUSED
            return queryset.filter(Q(last_login__lt=since) | Q(last_login=None, created_at__lt=since))
        return queryset.filter(last_login=None) if self.value() == "never" else queryset


@admin.register(User)
class UserAdmin(RecordedAdmin):
    """The account register. Nobody sees or chooses another's password here: passwords are mailed."""

    form = UserForm
    action_form = ReasonForm
    actions = ["send_password", "unlock", "lock", "deactivate", "sign_out", "take_second_factor"]
    list_display = ["email", "name", "centres", "is_active", "last_used"]
    list_filter = [UseFilter, "is_active", "is_staff"]
    search_fields = ["email", "name", "=memberships__centre__number"]
    search_help_text = "E-mail address, name or centre number."
    ordering = ["email"]
    show_full_result_count = False
    readonly_fields = ["centres", "last_used", "second_factor", "locks", "sessions", "created_at"]
    fieldsets = [
        (None, {"fields": ["email", "name", "centres", "is_active", "reason"], "description": ADDRESS_NEEDS_SIGN_IN}),
        ("Board", {"fields": ["is_staff", "is_superuser"]}),
        ("Signing in", {"fields": ["last_used", "second_factor", "locks", "sessions", "created_at"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("memberships__centre")

    def get_urls(self) -> list[Any]:
        """Without the stock redirect of every other path, so that there is nothing at …/password/."""
        return [url for url in super().get_urls() if url.name]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        return super().get_form(request, obj, change, **({} if change else {"form": InvitationForm}) | kwargs)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        return super().get_fieldsets(request, obj) if obj else [(None, {"fields": ["email", "name"]})]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        is_own = obj == request.user
        board_fields = ["is_staff", "is_superuser"] if is_own or not request.user.is_superuser else []
        address = ["email"] if obj and not _has_just_signed_in(request) else []
        return [*self.readonly_fields, *board_fields, *address, *(["is_active"] if is_own else [])]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or _may_change(request, obj))

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        given = {"by": request.user, "at": request.arrived_at}
        data = form.cleaned_data
        if not change:
            invited = people.invite_user(email=data["email"], name=data["name"], **given)
            obj.pk = invited.pk
            self.message_user(request, f"A one-time password, good for 24 hours, is on its way to {invited.email}.")
            return
        user = User.objects.get(pk=obj.pk)
        plain = {name: data[name] for name in ("name", "is_staff", "is_superuser") if name in form.changed_data}
        people.amend_user(user=user, **given, **plain)
        if "email" in form.changed_data:
            people.change_address(user=user, email=data["email"], **given)
        if "is_active" in form.changed_data and data["is_active"]:
            people.reactivate_user(user=user, **given)
        elif "is_active" in form.changed_data:
            people.deactivate_user(user=user, reason=data["reason"].strip(), **given)

    @admin.display(description="centres")
    def centres(self, user: Any) -> str:
        live = [each for each in user.memberships.all() if each.ended_at is None]
        lines = sorted((each.centre.number, each.centre.name, each.get_role_display()) for each in live)
        return format_html_join("", "<div>{} {}: {}</div>", lines) or "None"

    @admin.display(description="last used", ordering="last_login")
    def last_used(self, user: User) -> str:
        is_unused = (user.last_login or user.created_at) < timezone.now() - UNUSED
        words = in_words(user.last_login) if user.last_login else "Never"
        return format_html('{} <strong class="overdue">unused for a year</strong>', words) if is_unused else words

    @admin.display(description="second factor", boolean=True)
    def second_factor(self, user: User) -> bool:
        return user.has_second_factor

    @admin.display(description="locks now")
    def locks(self, user: User) -> str:
        return " ".join(_locks(user, timezone.now())) or "None"

    @admin.display(description="sessions")
    def sessions(self, user: User) -> int:
        return user.signed_in_sessions.count()

    @admin.action(description="Send a new one-time password", permissions=["change"])
    def send_password(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        ended = ", ".join(queryset.filter(is_active=False).values_list("email", flat=True))
        if ended:
            self.message_user(request, f"Not mailed, because they may not sign in: {ended}.", messages.ERROR)
        said = "A new one-time password is on its way to"
        self._act(request, queryset.filter(is_active=True), said, people.resend_password)

    @admin.action(description="Unlock (type a reason)", permissions=["change"])
    def unlock(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        self._act(request, queryset, "Unlocked:", people.unlock_user, needs_reason=True)

    @admin.action(description="Lock now (type a reason)", permissions=["change"])
    def lock(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        said = "Locked for 30 minutes on all browsers but the known ones:"
        self._act(request, queryset, said, people.lock_user, needs_reason=True)

    @admin.action(description="Deactivate (type a reason)", permissions=["change"])
    def deactivate(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        self._act(request, queryset, "May not sign in from now on:", people.deactivate_user, needs_reason=True)

    @admin.action(description="Sign out everywhere", permissions=["change"])
    def sign_out(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        self._act(request, queryset, "Signed out everywhere:", people.sign_out_everywhere)

    @admin.action(description="Take the second factor away (type a reason)", permissions=["change"])
    def take_second_factor(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        said = "Without a second factor now:"
        self._act(request, queryset, said, people.take_second_factor_away, needs_reason=True)

    def _act(
        self,
        request: HttpRequest,
        users: QuerySet[User],
        said: str,
        act: Callable[..., object],
        needs_reason: bool = False,
    ) -> None:
        """Do one act to each chosen user whom this person may change, and say for every one what happened."""
        reason = request.POST.get("reason", "").strip()[:200]
        if needs_reason and not reason:
            self.message_user(request, "Type the reason beside the action.", messages.ERROR)
            return
        given = {"by": request.user, "at": request.arrived_at} | ({"reason": reason} if needs_reason else {})
        done, refused = [], []
        for user in users:
            if not _may_change(request, user):
                refused.append(user.email)
                continue
            try:
                act(user=user, **given)
                done.append(user.email)
            except Refused as why:
                self.message_user(request, str(why), messages.ERROR)
        if done:
            self.message_user(request, f"{said} {', '.join(done)}.", messages.SUCCESS)
        if refused:
            self.message_user(request, f"Not changed: {', '.join(refused)}: {FOR_ADMINISTRATORS}", messages.ERROR)


def _has_just_signed_in(request: HttpRequest) -> bool:
    return has_just_signed_in(user=request.user, session_key=request.session.session_key or "", at=request.arrived_at)


def _may_change(request: HttpRequest, user: User) -> bool:
    is_of_board = user.is_staff or user.is_superuser
    return staff_may_change_user(actor_is_administrator=request.user.is_superuser, user_is_staff=is_of_board)


def _locks(user: User, at: datetime) -> list[str]:
    """Every lock that holds at this moment, in a sentence each."""
    browsers = [(f"On {browser.label}", user.email, browser.browser_key) for browser in user.known_browsers.all()]
    places = [
        ("On browsers that are not known", user.email, STRANGER),
        ("At the second step", f"second step of {user.email}", STRANGER),
        *browsers,
    ]
    verdicts = [(place, state(address=address, browser_key=key, at=at)) for place, address, key in places]
    locked = [f"{place}: until {time_in_words(v.locked_until)}." for place, v in verdicts if v.locked_until]
    return locked + [f"{place}: only a mailed password helps." for place, v in verdicts if v.needs_mail]
