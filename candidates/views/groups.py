"""The list of groups, and the pages of one group."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.views.generic import FormView, TemplateView

from centres.access import CentreMemberRequiredMixin
from core.addresses import page_in
from core.history import history_of
from core.refusals import Refused

from .. import queries, services
from ..forms import GroupNameForm
from ..models import CandidateGroup

MEMBERS_ON_A_PAGE = 100
GROUPS_ON_A_PAGE = 50


class GroupsView(CentreMemberRequiredMixin, TemplateView):
    """The groups of the centre, each with the number of its members."""

    template_name = "candidates/group_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        groups = queries.groups_of(centre=self.centre, user=self.request.user).with_counts()
        page = Paginator(groups, GROUPS_ON_A_PAGE).get_page(page_in(dict(self.request.GET.lists())))
        return super().get_context_data(**kwargs) | {
            "page": page,
            "page_numbers": list(page.paginator.get_elided_page_range(page.number)),
        }


class GroupMixin(CentreMemberRequiredMixin):
    """Pages on one group, found by its key among those that the person may see, for the centre in use."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().dispatch(request, *args, **kwargs)
        except CandidateGroup.DoesNotExist:
            raise Http404 from None  # deleted while the page was at work

    @cached_property
    def group(self) -> CandidateGroup:
        groups = queries.groups_of(centre=self.centre, user=self.request.user).select_related("centre")
        return get_object_or_404(groups, key=self.kwargs["key"])

    def to_group(self, group: CandidateGroup | None = None) -> HttpResponse:
        return redirect("candidates:group", (group or self.group).key)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"group": self.group}


class GroupView(GroupMixin, TemplateView):
    """The members of a group, and what can be done with it."""

    template_name = "candidates/group_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        members = self.group.candidates.with_name().order_by("sort_name", "date_of_birth", "pk")
        page = Paginator(members, MEMBERS_ON_A_PAGE).get_page(page_in(dict(self.request.GET.lists())))
        return super().get_context_data(**kwargs) | {
            "page": page,
            "page_numbers": list(page.paginator.get_elided_page_range(page.number, on_each_side=2)),
            "history": history_of(self.group),
        }


class GroupNewView(CentreMemberRequiredMixin, FormView):
    """A new group, without members at first."""

    changes_entries = True
    form_class = GroupNameForm
    template_name = "candidates/group_new.html"

    def form_valid(self, form: GroupNameForm) -> HttpResponse:
        request, name = self.request, form.cleaned_data["name"]
        try:
            group = services.create_group(centre=self.centre, name=name, by=request.user, at=request.arrived_at)
        except Refused as refused:
            refused.put_onto(form)
            return self.form_invalid(form)
        messages.success(request, f"The group “{group}” is made. Now add its members.")
        return redirect("candidates:group", group.key)


class GroupRenameView(GroupMixin, FormView):
    """Another name for a group."""

    changes_entries = True
    form_class = GroupNameForm
    template_name = "candidates/group_edit.html"

    def get_initial(self) -> dict[str, Any]:
        return {"name": self.group.name}

    def form_valid(self, form: GroupNameForm) -> HttpResponse:
        request, name = self.request, form.cleaned_data["name"]
        try:
            services.rename_group(group=self.group, name=name, by=request.user, at=request.arrived_at)
        except Refused as refused:
            self.group.refresh_from_db()
            refused.put_onto(form)
            return self.form_invalid(form)
        messages.success(request, f"The group is called “{name}”.")
        return self.to_group()


class GroupDeleteView(GroupMixin, TemplateView):
    """Ask, then delete a group; its members' records stay."""

    changes_entries = True
    template_name = "candidates/group_delete.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"member_count": self.group.candidates.count()}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        services.delete_group(group=self.group, by=request.user, at=request.arrived_at)
        messages.success(request, f"The group “{self.group.name}” is deleted. The records of its members stay.")
        return redirect("candidates:groups")
