"""Who is in a group: added from a search or a file, removed, and rolled over to a new group."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.generic import FormView, TemplateView, View

from core.refusals import Refused

from .. import queries, services
from ..forms import GroupNameForm, MembersFileForm
from ..models import Candidate
from .groups import GroupMixin
from .records import ListMixin


class TickedMixin(GroupMixin):
    """Pages on which candidates are ticked."""

    changes_entries = True

    def ticked(self, name: str = "candidates") -> list[Candidate]:
        """The candidates of the centre whose boxes were sent as ticked; others are left out."""
        keys = [key for typed in self.request.POST.getlist(name) if (key := _key(typed))]
        return list(queries.candidates_of(centre=self.centre, user=self.request.user).filter(key__in=keys))


class AddMembersView(TickedMixin, ListMixin, TemplateView):
    """A search of the centre's candidates with a box for each, to put them into the group."""

    template_name = "candidates/group_add.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        chosen = self.ticked("shown" if "all" in request.POST else "candidates")
        try:
            count = services.add_members(group=self.group, candidates=chosen, by=request.user, at=request.arrived_at)
        except Refused as refused:
            _warn(request, refused)
        else:
            messages.success(request, f"{_candidates(count)} added to the group “{self.group}”.")
        return redirect(request.get_full_path())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        shown = [candidate.pk for candidate in context["page"]]
        members = set(self.group.candidates.filter(pk__in=shown).values_list("pk", flat=True))
        return context | {"members": members, "has_others": len(shown) > len(members)}


class RemoveMembersView(TickedMixin, View):
    """Take those out of the group who are ticked on its page."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            count = services.remove_members(
                group=self.group, candidates=self.ticked(), by=request.user, at=request.arrived_at
            )
        except Refused as refused:
            _warn(request, refused)
        else:
            messages.success(request, f"{_candidates(count)} removed from the group. Their records stay.")
        return self.to_group()


class MembersFileView(GroupMixin, FormView):
    """Members from a file: those found are added, and of every other row it is said why not."""

    changes_entries = True
    form_class = MembersFileForm
    template_name = "candidates/group_file.html"

    def form_valid(self, form: MembersFileForm) -> HttpResponse:
        file, request = form.cleaned_data["file"], self.request
        try:
            count, found = services.add_members_from_file(
                group=self.group, content=file.read(), file_name=file.name, by=request.user, at=request.arrived_at
            )
        except Refused as refused:
            refused.put_onto(form)
            return self.form_invalid(form)
        known = len(found.members) - count
        told = f"{_candidates(count)} added to the group “{self.group}”."
        if known:
            told += f" {_candidates(known)} of the file stood in it already."
        if not found.problems:
            messages.success(request, told)
            return self.to_group()
        return self.render_to_response(self.get_context_data(form=MembersFileForm(), found=found, told=told))

    def csrf_failure(self) -> HttpResponse:
        """The page was too old: nothing was read, and a file cannot be put back into its field."""
        messages.warning(self.request, "This page was open for a long time. Nobody was added: choose the file again.")
        return self.render_to_response(self.get_context_data(form=MembersFileForm()))


class RollOverView(TickedMixin, FormView):
    """A new group, for example of the next year, of those members who move on; the old one stays."""

    form_class = GroupNameForm
    template_name = "candidates/group_roll_over.html"

    def form_valid(self, form: GroupNameForm) -> HttpResponse:
        request, name = self.request, form.cleaned_data["name"]
        try:
            new = services.roll_over(
                group=self.group, name=name, candidates=self.ticked(), by=request.user, at=request.arrived_at
            )
        except Refused as refused:
            refused.put_onto(form)
            return self.form_invalid(form)
        messages.success(request, f"The group “{new}” is made. The group “{self.group}” stays as it is.")
        return self.to_group(new)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        members = list(self.group.candidates.with_name().order_by("sort_name", "date_of_birth", "pk"))
        is_sent = self.request.method == "POST"
        ticked = {candidate.pk for candidate in (self.ticked() if is_sent else members)}
        return super().get_context_data(**kwargs) | {"members": [(each, each.pk in ticked) for each in members]}


def _key(typed: str) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        return None


def _candidates(count: int) -> str:
    return f"{count:,} candidate{'' if count == 1 else 's'}"


def _warn(request: HttpRequest, refused: Refused) -> None:
    for refusal in refused.refusals:
        messages.warning(request, refusal.sentence)
