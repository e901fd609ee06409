"""What the pages of the web form have in common: nothing typed is lost, and a form that is gone leads somewhere."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from accounts.services.sessions import as_posted, forget_kept_post, kept_post
from centres.access import CentreMemberRequiredMixin
from core.refusals import Refusal, Refused

from ...models import EntryDraft
from ...queries import form as queries
from ...rules.form import form_is_there

STEPS = 4
GONE = form_is_there().code


class FormMixin(CentreMemberRequiredMixin):
    """All pages of the web form. position: which of the steps it is."""

    changes_entries = True
    position = 0

    @property
    def scope(self) -> dict[str, Any]:
        return {"centre": self.centre, "user": self.request.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"position": self.position, "step_count": STEPS}


class WritingPage(FormMixin, TemplateView):
    """A page of the web form. What was typed outlives a refusal, a page that is too old, and the end of a session.

    button: what is pressed to go on.
    """

    button = ""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if kept := kept_post(user=request.user, path=request.get_full_path()):
            return self.show_unsaved(as_posted(kept), "You had been signed out.")
        return self.show()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        forget_kept_post(user=request.user, path=request.get_full_path())
        try:
            return self.act(request.POST)
        except Refused as refused:
            if is_gone(refused):
                raise
            return self.show(request.POST, refused.refusals)

    def act(self, typed: QueryDict) -> HttpResponse:
        """Do what a button asks for, and lead on. Raises Refused."""
        raise NotImplementedError

    def csrf_failure(self) -> HttpResponse:
        """The page was too old: show what was typed, unsaved, to be sent again."""
        return self.show_unsaved(self.request.POST, "This page was open for a long time.")

    def show_unsaved(self, typed: QueryDict, why: str) -> HttpResponse:
        messages.warning(
            self.request, f"{why} What you typed is below and not saved yet: check it and press {self.button} again."
        )
        return self.show(typed)

    def show(self, typed: QueryDict | None = None, refusals: Sequence[Refusal] = ()) -> HttpResponse:
        """The page; typed: what stands on it, where something was sent."""
        return self.render_to_response(self.get_context_data(typed=typed, refusals=refusals))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        refusals = kwargs.get("refusals", ())
        return super().get_context_data(**kwargs) | {
            "lines": [{"sentence": refusal.sentence, "target": refusal.field} for refusal in refusals],
            "errors": {refusal.field: refusal.sentence for refusal in refusals if refusal.field},
        }


class DraftMixin(FormMixin):
    """Pages on one web form, found by its key among those that the person may see, for the centre in use.

    One that was submitted leads to its confirmation; one that is gone leads back to the beginning, and says so.
    """

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        may_write = request.membership and request.membership.may_make_entries
        if may_write and self.found is None:
            return self.lead_on()
        try:
            return super().dispatch(request, *args, **kwargs)
        except Refused as refused:
            if not is_gone(refused):
                raise
            return self.lead_on()

    @cached_property
    def found(self) -> EntryDraft | None:
        return queries.draft_of(**self.scope, key=self.kwargs["key"])

    @property
    def draft(self) -> EntryDraft:
        if self.found is None:
            raise Refused([form_is_there()])
        return self.found

    def lead_on(self) -> HttpResponse:
        """Where a form leads that is not there any more. One of another centre is not found."""
        key = self.kwargs["key"]
        if submission := queries.submission_of_form(**self.scope, key=key):
            return redirect("technicals:submission", submission.number)
        if queries.is_begun_elsewhere(key):
            raise Http404
        messages.warning(self.request, form_is_there().sentence)
        return redirect("technicals:form")

    def to_step(self, step: str) -> HttpResponse:
        return redirect(f"technicals:form-{step}", self.kwargs["key"])

    def here_again(self) -> HttpResponse:
        """The same page, as it stands now."""
        return redirect(self.request.get_full_path())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "draft": self.draft,
            "kind": queries.kind_in_words(self.draft),
            "unit_series": queries.unit_series(self.draft),
        }


class DraftPage(DraftMixin, WritingPage):
    """A page on one web form on which something is typed or ticked."""


def is_gone(refused: Refused) -> bool:
    """Whether an act was refused because its web form is not there any more."""
    return any(refusal.code == GONE for refusal in refused.refusals)


def candidates_in_words(count: int) -> str:
    return f"{count:,} candidate{'' if count == 1 else 's'}"
