"""The list of candidates, and the pages of one record."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from accounts.services.sessions import as_posted, forget_kept_post, kept_post
from centres.access import CentreMemberRequiredMixin
from core.addresses import column
from core.history import history_of
from core.moments import uk_date
from core.refusals import Refusal, Refused

from .. import queries, services
from ..codecs import read_asked
from ..forms import CandidateForm, FilterForm
from ..models import Candidate
from ..rules.guarding import entries_of
from ..rules.people import Person, academic_year, notices_of_person

COLUMNS = [
    # heading, sort key
    ("Candidate", "name"),
    ("Date of birth", "born"),
    ("UCI", "uci"),
    ("ULN", "uln"),
    ("OCR number", "ocr-number"),
    ("Number", "number"),
    ("Added", "added"),
]
ASKED_ABOUT = {"CLASH-01", "CLASH-02"}
"""The codes of refusals that speak of records which the page then shows."""
STALE = "CLASH-03"


class ListMixin(CentreMemberRequiredMixin):
    """The list of candidates with its search, choices, order and pages, as the address asks for it."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        scope = {"centre": self.centre, "user": self.request.user}
        groups = {str(group.key): group for group in queries.groups_of(**scope)}
        asked = read_asked(dict(self.request.GET.lists()), groups)
        at = self.request.arrived_at
        shown = queries.candidates_shown(**scope, asked=asked, at=at)
        page = queries.candidates_page(shown, number=asked.page, size=asked.size)
        return super().get_context_data(**kwargs) | {
            "asked": asked,
            "asked_group": groups.get(asked.group),
            "filter_form": FilterForm(initial=vars(asked), groups=groups.values()),
            "page": page,
            "page_numbers": list(page.paginator.get_elided_page_range(page.number, on_each_side=2)),
            "columns": [column(heading, key, asked.sort) for heading, key in COLUMNS],
            "year": academic_year(uk_date(at)),
            "elsewhen": 0 if page.object_list else queries.found_at_any_time(**scope, asked=asked, at=at),
        }


class CandidatesView(ListMixin, TemplateView):
    """The candidates of the centre."""

    template_name = "candidates/candidate_list.html"


class CandidateMixin(CentreMemberRequiredMixin):
    """Pages on one record, found by its key among those that the person may see, for the centre in use."""

    @cached_property
    def candidate(self) -> Candidate:
        return self.find(self.kwargs["key"])

    def find(self, key: Any) -> Candidate:
        candidates = Candidate.objects.visible_to(self.request.user).select_related("centre", "merged_into")
        return get_object_or_404(candidates, key=key, centre=self.centre)

    def to_candidate(self, candidate: Candidate | None = None) -> HttpResponse:
        return redirect("candidates:candidate", (candidate or self.candidate).key)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"candidate": self.candidate}


class CandidateView(CandidateMixin, TemplateView):
    """A record: its details, its groups, records that are like it, and its history."""

    template_name = "candidates/candidate_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        candidate, user = self.candidate, self.request.user
        return super().get_context_data(**kwargs) | {
            "groups": list(candidate.groups.all()),
            "alike": queries.alike_to(candidate=candidate, user=user) if candidate.merged_into is None else [],
            "told_apart": queries.told_apart_from(candidate=candidate, user=user),
            "history": history_of(candidate),
        }


class WritingMixin(CentreMemberRequiredMixin):
    """Pages on which details are typed. What was typed outlives a page that is too old, and the end of a session."""

    changes_entries = True
    button = ""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if kept := kept_post(user=request.user, path=request.get_full_path()):
            return self.show_unsaved(as_posted(kept), "You had been signed out.")
        return self.show(self.first_form(), [])

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        forget_kept_post(user=request.user, path=request.get_full_path())
        form = CandidateForm(request.POST)
        form.full_clean()
        person, ucas_id, unread = form.read()
        try:
            candidate = self.act(form, person=person, ucas_id=ucas_id, unread=unread)
        except Refused as refused:
            return self.refused(form, refused, person)
        for notice in notices_of_person(person, uk_date(request.arrived_at)):
            messages.warning(request, notice)
        return redirect("candidates:candidate", candidate.key)

    def first_form(self) -> CandidateForm:
        """The form before anything is typed."""
        return CandidateForm()

    def act(self, form: CandidateForm, **details: Any) -> Candidate:
        """Do what the page is for, and say so. Raises Refused."""
        raise NotImplementedError

    def refused(self, form: CandidateForm, refused: Refused, person: Person) -> HttpResponse:
        context = {
            "others": self.others(refused.refusals, person),
            "is_stale": any(refusal.code == STALE for refusal in refused.refusals),
        }
        question = next((refusal.confirm_as for refusal in refused.refusals if refusal.confirm_as), "")
        form.ask_only(question)
        refused.put_onto(form)
        return self.render_to_response(self.get_context_data(form=form, button=self.button, **context))

    def others(self, refusals: Iterable[Refusal], person: Person) -> list[Candidate]:
        """The records that refusals speak of, each once."""
        if not ASKED_ABOUT & {refusal.code for refusal in refusals}:
            return []
        same = services.same_people(centre=self.centre, person=person)
        return list({each.pk: each for each in [*self.owners(person), *same]}.values())

    def owners(self, person: Person) -> list[Candidate]:
        """The other records that have an identifier of this person."""
        return services.owners_of_identifiers(centre=self.centre, person=person)

    def csrf_failure(self) -> HttpResponse:
        """The page was too old: show what was typed, unsaved, to be sent again."""
        return self.show_unsaved(self.request.POST, "This page was open for a long time.")

    def show_unsaved(self, typed: QueryDict, why: str) -> HttpResponse:
        messages.warning(
            self.request, f"{why} What you typed is below and not saved yet: check it and press {self.button}."
        )
        return self.show(CandidateForm(typed), [])

    def show(self, form: CandidateForm, others: list[Candidate]) -> HttpResponse:
        form.ask_only("")
        return self.render_to_response(self.get_context_data(form=form, others=others, button=self.button))


class NewView(WritingMixin, TemplateView):
    """A new candidate; those whom the centre has already are shown before another is made."""

    template_name = "candidates/candidate_new.html"
    button = "Add candidate"

    def act(self, form: CandidateForm, **details: Any) -> Candidate:
        answer = form.cleaned_data["is_different_person"]
        request = self.request
        candidate = services.register_candidate(
            centre=self.centre, different_from=answer, by=request.user, at=request.arrived_at, **details
        )
        messages.success(request, f"{candidate} is added.")
        return candidate


class EditView(CandidateMixin, WritingMixin, TemplateView):
    """The details of a record, to be corrected."""

    template_name = "candidates/candidate_edit.html"
    button = "Save changes"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.membership and request.membership.may_make_entries and self.candidate.merged_into:
            messages.info(request, f"This record was merged into that of {self.candidate.merged_into}.")
            return self.to_candidate(self.candidate.merged_into)
        return super().dispatch(request, *args, **kwargs)

    def first_form(self) -> CandidateForm:
        person = services.person_of(self.candidate, academic_year(uk_date(self.request.arrived_at)))
        born = {"date_of_birth": f"{self.candidate.date_of_birth:%d/%m/%Y}", "ucas_id": self.candidate.ucas_id}
        return CandidateForm(initial=vars(person) | born)

    def act(self, form: CandidateForm, **details: Any) -> Candidate:
        before, request = self.candidate.fingerprint, self.request
        seen = request.POST.get("seen", "")
        candidate = services.correct_candidate(
            candidate=self.candidate, seen=seen, by=request.user, at=request.arrived_at, **details
        )
        if candidate.fingerprint == before:
            messages.info(request, f"Nothing differs from the record of {candidate}, so nothing was changed.")
        else:
            messages.success(request, f"The record of {candidate} is changed. Its history has the old and the new.")
        return candidate

    def owners(self, person: Person) -> list[Candidate]:
        return services.owners_of_identifiers(centre=self.centre, person=person, but=self.candidate)

    def others(self, refusals: Iterable[Refusal], person: Person) -> list[Candidate]:
        return self.owners(person)

    def refused(self, form: CandidateForm, refused: Refused, person: Person) -> HttpResponse:
        self.candidate.refresh_from_db()  # as it was judged
        return super().refused(form, refused, person)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs["form"]
        is_as_sent = form.is_bound and not kwargs.get("is_stale")
        seen = form.data.get("seen", "") if is_as_sent else self.candidate.fingerprint
        return super().get_context_data(**kwargs) | {"seen": seen, "entries": entries_of(self.candidate.pk)}
