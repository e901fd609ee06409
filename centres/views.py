from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse, reverse_lazy
from django.views.generic import FormView, TemplateView, View

from core.refusals import Refused

from .access import CentreMemberRequiredMixin
from .enums import Role
from .forms import ColleagueForm, PreferencesForm, RoleForm
from .middleware import CENTRE_IN_USE
from .models import Membership
from .services import add_member, change_role, end_membership, renew_calendar, set_preferences


class SwitchCentreView(View):
    """Act for another of one's own centres from now on, in the role that one has there."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        number = request.POST.get("centre", "")
        membership = get_object_or_404(Membership.objects.of_user(request.user), centre__number=number)
        request.session[CENTRE_IN_USE] = membership.centre_id
        messages.success(request, f"You are now acting for {membership.centre.name}, {membership.centre.number}.")
        return redirect("reports:overview")


class _ManagerRequired(CentreMemberRequiredMixin):
    """Only for centre administrators, where the board lets the centre look after its colleagues itself."""

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if request.user.is_authenticated and request.membership and not request.membership.may_manage_colleagues:
            raise PermissionDenied("Colleagues are looked after by the STEP team. Write to them to change one.")
        return super().dispatch(request, *args, **kwargs)

    def members(self) -> Any:
        """The live memberships of the centre in use, with their people."""
        members = Membership.objects.live().filter(centre=self.centre)
        return members.select_related("user", "centre").order_by("user__name", "pk")


class ColleaguesView(_ManagerRequired, FormView):
    """Who acts for the centre; inviting, changing and ending colleagues."""

    form_class = ColleagueForm
    template_name = "centres/colleagues.html"
    success_url = reverse_lazy("centres:colleagues")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = {"centre": self.centre, "members": self.members(), "roles": Role.choices}
        return super().get_context_data(**kwargs) | context

    def form_valid(self, form: ColleagueForm) -> HttpResponse:
        given = {"by": self.request.user, "at": self.request.arrived_at}
        try:
            add_member(centre=self.centre, **form.cleaned_data, **given)
        except Refused as refused:
            refused.put_onto(form)
            return self.form_invalid(form)
        messages.success(self.request, f"{form.cleaned_data['email']} now acts for this centre.")
        return super().form_valid(form)


class _MemberAct(_ManagerRequired, View):
    """One act on one colleague, and back to the list; or to My Details, who gave up their own part in it."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        membership = get_object_or_404(self.members(), pk=pk)
        try:
            messages.success(request, self.act(membership))
        except Refused as refused:
            messages.error(request, str(refused))
        own = self.members().filter(pk=request.membership.pk).first()
        return redirect("centres:colleagues" if own and own.may_manage_colleagues else "accounts:my-details")


class ChangeRoleView(_MemberAct):
    def act(self, membership: Membership) -> str:
        form = RoleForm(self.request.POST)
        role = form.cleaned_data["role"] if form.is_valid() else membership.role
        changed = change_role(membership=membership, role=role, by=self.request.user, at=self.request.arrived_at)
        return f"{membership.user.name} is now: {changed.get_role_display()}."


class EndMembershipView(_MemberAct):
    def act(self, membership: Membership) -> str:
        end_membership(membership=membership, by=self.request.user, at=self.request.arrived_at)
        return f"{membership.user.name} no longer acts for this centre."


class PreferencesView(CentreMemberRequiredMixin, View):
    """Save Centre Preferences (guide 4.5); the form stands on the Entries Overview."""

    changes_entries = True
    http_method_names = ["get", "post"]

    def get(self, request: HttpRequest) -> HttpResponse:
        return _to_preferences()

    def post(self, request: HttpRequest) -> HttpResponse:
        form = PreferencesForm(request.POST)
        if not form.is_valid():
            messages.error(request, " ".join(sentence for errors in form.errors.values() for sentence in errors))
        elif set_preferences(centre=self.centre, **form.cleaned_data, by=request.user, at=request.arrived_at):
            messages.success(request, f"The preferences of {self.centre.name} are saved.")
        else:
            messages.info(request, "The preferences were so already. Nothing is changed.")
        return _to_preferences()


def _to_preferences() -> HttpResponse:
    return redirect(reverse("reports:overview") + "#preferences")


class CalendarView(CentreMemberRequiredMixin, TemplateView):
    """The address of the centre's calendar of key dates, and how to use it."""

    template_name = "centres/calendar.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        key = self.centre.calendar_key
        address = f"{settings.SITE_URL}{reverse('reports:calendar', args=[key])}" if key else ""
        return super().get_context_data(**kwargs) | {"centre": self.centre, "address": address}


class RenewCalendarView(CentreMemberRequiredMixin, TemplateView):
    """Ask, then give the calendar a new address; the first is made without asking."""

    changes_entries = True
    template_name = "centres/calendar_renew.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.centre.calendar_key:
            return redirect("centres:calendar")
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"centre": self.centre}

    def post(self, request: HttpRequest) -> HttpResponse:
        had_one = bool(self.centre.calendar_key)
        renew_calendar(centre=self.centre, by=request.user, at=request.arrived_at)
        told = "The calendar has a new address. The old one opens nothing any more." if had_one else ""
        messages.success(request, told or "The calendar has an address.")
        return redirect("centres:calendar")
