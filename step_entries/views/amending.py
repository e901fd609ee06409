"""Amending an entry: the questions of the wizard, one step on a page."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.datastructures import MultiValueDict
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from accounts.services.sessions import forget_kept_post, kept_post
from core.refusals import Refusal, Refused

from .. import services
from ..models import StepEntry
from ..rules import refusals_to_open_amendment
from ..steps import STEP_BY_SLUG, Step, general
from .entries import EntryMixin

STALE = "AMEND-04"


class AmendView(EntryMixin, TemplateView):
    """Edit one step of an entry. Where a colleague was quicker, both versions stand side by side."""

    changes_entries = True
    template_name = "step_entries/entry_amend.html"

    @cached_property
    def step(self) -> Step:
        if self.kwargs["step"] not in STEP_BY_SLUG:
            raise Http404
        return STEP_BY_SLUG[self.kwargs["step"]]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        step, refusals = self.step, refusals_to_open_amendment(self.change_facts())
        if kept := kept_post(user=request.user, path=request.get_full_path()):
            messages.warning(
                request,
                "You had been signed out. What you typed is below and not saved yet: check it and press Save changes.",
            )
            typed = MultiValueDict(kept)
            return self.show(step.answers_in(typed, self.entry), refusals, version_in(typed))
        if refusals:
            return self.to_entry()
        return self.show(services.answers_of_entry(self.entry), [], self.entry.version)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answers = self.step.answers_in(request.POST, self.entry)
        forget_kept_post(user=request.user, path=request.get_full_path())
        if request.POST.get("go") == "theirs":
            messages.info(request, f"The entry {self.entry.number} stays as it is. What you typed was not used.")
            return self.to_entry()
        version = version_in(request.POST)
        try:
            amended = services.amend_entry(
                entry=self.entry,
                step=self.step.slug,
                answers=answers,
                version=version,
                by=request.user,
                at=request.arrived_at,
            )
        except Refused as refused:
            self.entry.refresh_from_db()  # as it was judged
            return self.show(answers, refused.refusals, version)
        self.tell(before=self.entry, after=amended)
        return self.to_entry()

    def csrf_failure(self) -> HttpResponse:
        """The page was too old: show what was typed, unsaved, to be sent again."""
        messages.warning(
            self.request, "This page was open for a long time. Check your answers below and press Save changes again."
        )
        refusals = refusals_to_open_amendment(self.change_facts())
        posted = self.request.POST
        return self.show(self.step.answers_in(posted, self.entry), refusals, version_in(posted))

    def tell(self, *, before: StepEntry, after: StepEntry) -> None:
        if after.version == before.version:
            messages.info(self.request, f"Nothing differs from the entry {after.number}, so nothing was changed.")
        elif before.is_confirmed and not after.is_confirmed:
            messages.success(
                self.request,
                f"The entry {after.number} is changed. "
                "It shows as NOT YET CONFIRMED again until it has been processed.",
            )
        else:
            messages.success(self.request, f"The entry {after.number} is changed.")

    def show(self, answers: dict[str, Any], refusals: Iterable[Refusal], version: int) -> HttpResponse:
        refusals = list(refusals)
        is_stale = any(refusal.code == STALE for refusal in refusals)
        return self.render_to_response(
            self.get_context_data(
                step=self.step,
                form=self.step.filled_form(answers, refusals, self.entry),
                refusals=self.step.own(refusals),
                general_refusals=general(refusals),
                may_save=all(refusal.code == STALE for refusal in general(refusals)),
                seen=self.entry.version if is_stale else version,
                versions=self.versions(answers) if is_stale else [],
            )
        )

    def versions(self, answers: dict[str, Any]) -> list[services.Difference]:
        return services.compare_versions(
            entry=self.entry, step=self.step.slug, answers=answers, at=self.request.arrived_at
        )


def version_in(posted: Any) -> int:
    """The version of the entry that a page showed; 0, which no entry has, where it does not say."""
    sent = posted.get("version", "")
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else 0
