"""Select candidates: who is to be entered, from a search, a whole group, or new to the centre."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.views.generic import TemplateView

from candidates import queries as people
from candidates.codecs import read_asked
from candidates.forms import CandidateForm
from candidates.models import Candidate
from candidates.views.records import WritingMixin
from core.moments import date_in_words
from core.refusals import Refused, raise_if_any

from ...forms.form import CandidateSearchForm, GroupForm, keys_in, numbers_in
from ...queries import form as queries
from ...rules.form import candidates_are_chosen
from ...services import drafts as services
from .pages import DraftMixin, DraftPage, candidates_in_words, is_gone

PAGE_SIZE = 100


class CandidatesView(DraftPage):
    """A search of the centre's candidates with a box for each; beside it those who were added."""

    template_name = "technicals/form/candidates.html"
    position = 2
    button = "Add selected candidates"

    def act(self, typed: QueryDict) -> HttpResponse:
        if "remove" in typed:
            self.remove(numbers_in(typed.getlist("remove")))
            return self.with_ticks(typed)
        if typed.get("act") == "group":
            self.add_group(typed.get("whole_group", ""))
            return self.with_ticks(typed)
        wanted = self.ticked(typed, "shown" if typed.get("act") == "all" else "candidates")
        if typed.get("act") == "next":
            return self.go_on(wanted)
        refusal = candidates_are_chosen(len(wanted))
        raise_if_any([refusal] if refusal else [])
        self.add(wanted)
        return self.here_again()

    def with_ticks(self, typed: QueryDict) -> HttpResponse:
        """The page once more, with the ticks of those who are not added yet."""
        return self.show(typed) if typed.getlist("candidates") else self.here_again()

    def ticked(self, typed: QueryDict, name: str) -> list[Candidate]:
        """The candidates of the centre whose keys were sent; others are left out."""
        return list(people.candidates_of(**self.scope).filter(key__in=keys_in(typed.getlist(name))))

    def add(self, wanted: list[Candidate]) -> None:
        count = services.add_candidates(draft=self.draft, candidates=wanted, at=self.request.arrived_at)
        known = len(wanted) - count
        there = f" {candidates_in_words(known)} stood on the form already." if known else ""
        messages.success(self.request, f"{candidates_in_words(count)} added.{there}")

    def add_group(self, key: str) -> None:
        group = people.groups_of(**self.scope).filter(key__in=keys_in([key])).first()
        if group is None:
            messages.warning(self.request, "Choose a candidate group first, then press Add group.")
        elif members := list(people.candidates_of(**self.scope).filter(groups=group)):
            self.add(members)
        else:
            messages.warning(self.request, f"The group “{group}” has no members yet, so nobody was added.")

    def remove(self, entries: list[int]) -> None:
        count = services.remove_candidates(draft=self.draft, entries=entries, at=self.request.arrived_at)
        if count:
            messages.success(self.request, f"{candidates_in_words(count)} removed from this form.")

    def go_on(self, wanted: list[Candidate]) -> HttpResponse:
        """Who is ticked and was not added yet is added now."""
        if wanted:
            self.add(wanted)
        services.check_candidates(draft=self.draft)
        return self.to_step("options")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        groups = {str(group.key): group for group in people.groups_of(**self.scope)}
        asked = replace(read_asked(dict(self.request.GET.lists()), groups), size=PAGE_SIZE)
        at, typed = self.request.arrived_at, kwargs["typed"]
        page = people.candidates_page(
            people.candidates_shown(**self.scope, asked=asked, at=at), number=asked.page, size=asked.size
        )
        there = queries.on_the_form(self.draft, [candidate.pk for candidate in page])
        return super().get_context_data(**kwargs) | {
            "asked": asked,
            "asked_group": groups.get(asked.group),
            "filter_form": CandidateSearchForm(initial=vars(asked), groups=groups.values()),
            "group_form": GroupForm(typed, groups=groups.values()) if groups else None,
            "page": page,
            "page_numbers": list(page.paginator.get_elided_page_range(page.number, on_each_side=2)),
            "there": there,
            "has_others": len(page.object_list) > len(there),
            "ticked": keys_in(typed.getlist("candidates")) if typed else [],
            "elsewhen": 0 if page.object_list else people.found_at_any_time(**self.scope, asked=asked, at=at),
            "chosen": queries.chosen(self.draft),
        }


class NewCandidateView(DraftMixin, WritingMixin, TemplateView):
    """Somebody whom the centre does not have yet: registered, and put onto the form at once."""

    template_name = "technicals/form/candidate_new.html"
    position = 2
    button = "Add candidate"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().post(request, *args, **kwargs)
        is_added = response.status_code == 302
        return redirect("technicals:form-candidates", self.draft.key) if is_added else response

    def act(self, form: CandidateForm, **details: Any) -> Candidate:
        candidate = services.add_new_candidate(
            draft=self.draft,
            different_from=form.cleaned_data["is_different_person"],
            by=self.request.user,
            at=self.request.arrived_at,
            **details,
        )
        messages.success(self.request, f"{candidate} is added to your centre's candidates and to this form.")
        for pair in people.alike_to(candidate=candidate, user=self.request.user):
            messages.warning(self.request, alike_in_words(candidate, pair))
        return candidate

    def refused(self, form: CandidateForm, refused: Refused, person: Any) -> HttpResponse:
        if is_gone(refused):
            raise refused
        return super().refused(form, refused, person)


def alike_in_words(candidate: Candidate, pair: people.AlikePair) -> str:
    """Whom somebody who was added may be, why, and what to do about it."""
    other = pair.other if pair.one.pk == candidate.pk else pair.one
    why = ", ".join(f"{reason.label[0].lower()}{reason.label[1:]}" for reason in pair.reasons)
    return (
        f"Your centre has {other}, born {date_in_words(other.date_of_birth)}, already: {why}. If it is one person, "
        "merge the two records under Candidates: this form then has the one that stays."
    )
