"""The wizard: from a new draft to Submit."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.datastructures import MultiValueDict
from django.utils.functional import cached_property
from django.views.generic import TemplateView, View

from accounts.services.sessions import forget_kept_post, kept_post
from candidates.enums import Gender
from centres.access import CentreMemberRequiredMixin
from core.refusals import Refused

from .. import services
from ..enums import Combination
from ..models import StepDraft, StepEntry, StepSession
from ..rules import advice_before_submit, refusals_to_submit
from ..steps import CHECK, STEP_BY_SLUG, STEPS, Step, first_unfinished, general


class StartEntryView(CentreMemberRequiredMixin, View):
    """Make a new entry: a new draft, and to its first step. Who comes here by signing in again finds the button."""

    changes_entries = True
    http_method_names = ["get", "post"]

    def get(self, request: HttpRequest) -> HttpResponse:
        return redirect("step_entries:test-page")

    def post(self, request: HttpRequest) -> HttpResponse:
        session = StepSession.objects.current(request.arrived_at)
        if session is None:
            raise Http404
        try:
            draft = services.start_entry(session=session, centre=self.centre, by=request.user, at=request.arrived_at)
        except Refused as refused:
            messages.error(request, str(refused))
            return redirect("step_entries:test-page")
        return redirect("step_entries:draft-step", draft.key, STEPS[0].slug)


class DraftMixin(CentreMemberRequiredMixin):
    """Pages on one draft. Once it is submitted they all lead to the confirmation of its entry."""

    changes_entries = True

    @cached_property
    def draft(self) -> StepDraft:
        drafts = StepDraft.objects.visible_to(self.request.user).select_related("session", "centre")
        return get_object_or_404(drafts, key=self.kwargs["key"], centre=self.centre)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.membership and request.membership.may_make_entries and self.draft.submitted_at:
            return self.to_confirmation()
        try:
            return super().dispatch(request, *args, **kwargs)
        except StepDraft.DoesNotExist:
            raise Http404 from None  # discarded while the page was at work

    def to_confirmation(self) -> HttpResponse:
        entry = get_object_or_404(StepEntry, submission_key=self.draft.key)
        return redirect("step_entries:entry-confirmation", entry.number)

    def refusals(self) -> list[Any]:
        return refusals_to_submit(services.entry_facts(self.draft, at=self.request.arrived_at))


class ResumeDraftView(DraftMixin, View):
    """Go on with a draft: to the first step that is not finished, or to Check."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        unfinished = first_unfinished(self.refusals())
        if unfinished is None:
            return redirect("step_entries:draft-check", self.draft.key)
        return redirect("step_entries:draft-step", self.draft.key, unfinished.slug)


class StepView(DraftMixin, TemplateView):
    """One step: keeps what was typed, and goes on when nothing in it has to be mended."""

    template_name = "step_entries/entry_step.html"

    @cached_property
    def step(self) -> Step:
        if self.kwargs["step"] not in STEP_BY_SLUG:
            raise Http404
        return STEP_BY_SLUG[self.kwargs["step"]]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        refusals = self.refusals()
        unfinished = first_unfinished(refusals)
        if unfinished and unfinished.position < self.step.position:
            messages.warning(request, "Answer these questions first.")
            return redirect("step_entries:draft-step", self.draft.key, unfinished.slug)
        if kept := kept_post(user=request.user, path=request.get_full_path()):
            messages.warning(
                request, "You had been signed out. What you typed is below and not saved yet: check it and press Next."
            )
            return self.show(self.answers_in(MultiValueDict(kept)), general(refusals))
        was_answered = self.step.slug in self.draft.answers
        return self.show(self.draft.answers.get(self.step.slug), refusals if was_answered else general(refusals))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answers = self.answers_in(request.POST)
        forget_kept_post(user=request.user, path=request.get_full_path())
        self.draft = services.save_step(draft=self.draft, step=self.step.slug, answers=answers, at=request.arrived_at)
        if self.draft.submitted_at:
            return self.to_confirmation()
        if request.POST.get("go") == "back" and self.step.previous:
            return redirect("step_entries:draft-step", self.draft.key, self.step.previous.slug)
        if request.POST.get("go") == "later":
            messages.info(request, "Your answers are saved as a draft. The candidate is not entered.")
            return redirect("reports:overview")
        refusals = self.refusals()
        if self.step.own(refusals):
            return self.show(answers, refusals)
        if self.step.following and request.GET.get("return") != CHECK:
            return redirect("step_entries:draft-step", self.draft.key, self.step.following.slug)
        return redirect("step_entries:draft-check", self.draft.key)

    def csrf_failure(self) -> HttpResponse:
        """The page was too old: show what was typed, unsaved, to be sent again."""
        messages.warning(
            self.request, "This page was open for a long time. Check your answers below and press Next again."
        )
        return self.show(self.answers_in(self.request.POST), general(self.refusals()))

    def to_confirmation(self) -> HttpResponse:
        if self.request.method == "POST":
            messages.warning(self.request, "This candidate was entered already. What you typed last was not used.")
        return super().to_confirmation()

    def answers_in(self, posted: MultiValueDict[str, str]) -> dict[str, Any]:
        return self.step.answers_in(posted, self.draft)

    def show(self, answers: dict[str, Any] | None, refusals: list[Any]) -> HttpResponse:
        form = self.step.filled_form(answers, refusals, self.draft)
        return self.render_to_response(
            self.get_context_data(
                form=form, refusals=self.step.own(refusals), general_refusals=general(refusals), step=self.step
            )
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "draft": self.draft,
            "session": self.draft.session,
            "step_count": len(STEPS) + 1,
            "returns_to_check": self.request.GET.get("return") == CHECK,
        }


class CheckView(DraftMixin, TemplateView):
    """Check your answers, and Submit: the one click that enters the candidate."""

    template_name = "step_entries/entry_check.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.show_or_go_back(self.refusals())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            entry = services.submit_entry(
                draft=self.draft, by=request.user, at=request.arrived_at, seen=request.POST.get("seen", "")
            )
        except Refused as refused:
            self.draft.refresh_from_db()  # as it was judged
            return self.show_or_go_back(list(refused.refusals))
        return redirect("step_entries:entry-confirmation", entry.number)

    def csrf_failure(self) -> HttpResponse:
        """The page was too old; the answers are in the draft."""
        messages.warning(
            self.request,
            "This page was open for a long time. Your answers are saved. Check them and press Submit again.",
        )
        return self.show_or_go_back(self.refusals())

    def show_or_go_back(self, refusals: list[Any]) -> HttpResponse:
        if unfinished := first_unfinished(refusals):
            messages.warning(self.request, "Answer these questions first.")
            return redirect("step_entries:draft-step", self.draft.key, unfinished.slug)
        facts = services.entry_facts(self.draft, at=self.request.arrived_at)
        courses = self.draft.session.courses.filter(pk__in=facts.courses).select_related("institution")
        return self.render_to_response(
            self.get_context_data(
                draft=self.draft,
                session=self.draft.session,
                facts=facts,
                details=facts.details,
                gender=Gender(facts.details.gender).label,
                papers=Combination(facts.papers).label,
                courses=courses,
                advice=advice_before_submit(facts),
                refusals=refusals,
                may_submit=all(refusal.code == "STEP-09" for refusal in refusals),
                step_count=len(STEPS) + 1,
            )
        )


class DiscardDraftView(DraftMixin, TemplateView):
    """Ask, then delete the draft."""

    template_name = "step_entries/draft_discard.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"draft": self.draft}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        title = self.draft.title
        if not services.discard_draft(draft=self.draft):
            return self.to_confirmation()
        messages.info(request, f"The draft “{title}” is discarded. Nothing was entered.")
        return redirect("reports:overview")
