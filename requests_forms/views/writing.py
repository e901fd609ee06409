"""Writing a request: its form, and the files with it. What was typed is kept as a draft before anything is judged."""

from collections.abc import Iterable
from typing import Any

import structlog
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.views.generic import TemplateView

from accounts.services.sessions import forget_kept_post, kept_post
from core.refusals import Refusal, Refused
from core.rules.evidence import request_has_few_files
from step_entries.models import StepEntry

from .. import services
from ..enums import ABOUT_AN_ENTRY, AccountChange, Kind, Status
from ..kinds import WEBFORMS, forged
from ..models import Request
from ..rules import refusals_to_ask, refusals_to_send, window_of
from .drafts import JUDGED, DraftMixin, WritingMixin, consideration_windows, institutions_told

log = structlog.get_logger(__name__)


class FormView(WritingMixin, TemplateView):
    """The form: everything that is typed is kept first, then judged; without a reason against it, on to Check."""

    template_name = "requests_forms/form.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if kept := kept_post(user=request.user, path=request.get_full_path()):
            messages.warning(
                request,
                "You had been signed out. What you typed is below and not saved yet: check it and press Continue. "
                "Files have to be added again.",
            )
            return self.show(self.answers_in(MultiValueDict(kept)), [])
        return self.open()

    def open(self) -> HttpResponse:
        """The page as it is found."""
        raise NotImplementedError

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.note_forged_fields()
        answers = self.answers_in(request.POST)
        forget_kept_post(user=request.user, path=request.get_full_path())
        try:
            self.case = self.keep(answers)
            return self.go_on(answers, self.add_files())
        except Refused as refused:
            return self.to_sent() if self.case else self.show(answers, refused.refusals)

    def keep(self, answers: dict[str, Any]) -> Request:
        """The draft with these answers. Raises Refused where it was sent meanwhile."""
        raise NotImplementedError

    def go_on(self, answers: dict[str, Any], of_files: list[Refusal]) -> HttpResponse:
        case: Any = self.case
        if self.request.POST.get("go") == "later":
            return self.show(answers, of_files) if of_files else self.to_drafts()
        facts = services.request_facts(case, by=self.request.user, at=self.request.arrived_at)
        refusals = [*refusals_to_send(facts), *of_files]
        return self.show(answers, refusals) if refusals else redirect("requests:check", case.reference)

    def to_drafts(self) -> HttpResponse:
        messages.info(self.request, f"The request {self.case} is saved and not sent. You can go on with it here.")
        return redirect(f"{reverse('requests:list')}?status={Status.DRAFT}")

    def csrf_failure(self) -> HttpResponse:
        """The page was too old: show what was typed, unsaved, to be sent again."""
        messages.warning(
            self.request,
            "This page was open for a long time. Check your answers below and press Continue again. "
            "Files that you chose have to be added again.",
        )
        return self.show(self.answers_in(self.request.POST), [])

    def answers_in(self, posted: Any) -> dict[str, Any]:
        return self.webform.answers_in(posted, self.about, self.facts)

    def note_forged_fields(self) -> None:
        if fields := forged(self.prefilled, self.request.POST):
            entry = self.entry.number if self.entry else ""
            log.warning("forged_field", user_id=self.request.user.pk, entry=entry, fields=fields)

    def add_files(self) -> list[Refusal]:
        """Keep the files that came, and say what is wrong with the others; the same file again is kept once."""
        case: Any = self.case
        uploads = self.request.FILES.getlist("files") if self.webform.form_class.takes_files else []
        if too_many := request_has_few_files(case.evidence.count() + len(uploads)):
            return [too_many]
        received, refusals = received_files(uploads)
        try:
            if received:
                services.add_evidence(request=case, files=received, by=self.request.user, at=self.request.arrived_at)
        except Refused as refused:
            refusals += refused.refusals
        return refusals

    def show(self, answers: dict[str, Any], refusals: Iterable[Refusal]) -> HttpResponse:
        blocked = refusals_to_ask(self.facts)
        own = [refusal for refusal in refusals if refusal not in blocked]
        form = self.webform.filled_form(answers, own, self.about, self.facts)
        return self.render_to_response(
            self.get_context_data(
                form=form, refusals=own, blocked=blocked, is_kept=bool(self.case and self.case.answers == answers)
            )
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "action": reverse("requests:edit", args=[self.case]) if self.case else self.request.path,
            "earlier": self.earlier(),
            "window": window_of(self.webform.kind, self.facts.dates) if self.facts.dates else None,
            "consideration": consideration_windows(self.webform.kind, self.facts.dates),
            "told_institutions": institutions_told([self.entry])[self.entry.pk] if self.entry else [],
        }

    def earlier(self) -> list[Request]:
        """What was asked for before: of the same kind, about the same entry, invoice or candidate."""
        about = {"entry": self.entry, "invoice": self.invoice, "candidate": self.candidate}
        if not any(about.values()):
            return []
        sent = Request.objects.visible_to(self.request.user).sent()
        return list(sent.filter(kind=self.webform.kind, **about).order_by("-sent_at"))


def received_files(uploads: Iterable[Any]) -> tuple[list[services.ReceivedFile], list[Refusal]]:
    """The files that can be kept, and what is wrong with the others: one that is refused takes no other with it."""
    received: list[services.ReceivedFile] = []
    refusals: list[Refusal] = []
    for upload in uploads:
        try:
            received += services.receive_files([upload])
        except Refused as refused:
            refusals += refused.refusals
    return received, refusals


class NewRequestView(FormView):
    """A new request; nothing is begun before something is sent. Where one was begun, that one is gone on with."""

    def find(self) -> None:
        if self.kwargs["kind"] not in ABOUT_AN_ENTRY:
            raise Http404
        self.webform = WEBFORMS[Kind(self.kwargs["kind"])]
        entries = StepEntry.objects.visible_to(self.request.user).select_related("session", "centre")
        self.entry = get_object_or_404(entries, number=self.kwargs["number"], centre=self.centre)

    def open(self) -> HttpResponse:
        if draft := self.draft_begun():
            return redirect("requests:edit", draft.reference)
        if blocked := refusals_to_ask(self.facts):
            self.template_name = "requests_forms/closed.html"
            return self.render_to_response(self.get_context_data(blocked=blocked))
        return self.show(self.first_answers(), [])

    @property
    def subject(self) -> dict[str, Any]:
        """What a new request is about, as services are given it."""
        about = {"entry": self.entry, "invoice": self.invoice, "candidate": self.candidate}
        return {"kind": self.webform.kind, "centre": self.centre, "by": self.request.user} | about

    def draft_begun(self) -> Request | None:
        """The draft that somebody begun about the same."""
        return services.draft_of(**self.subject)

    def first_answers(self) -> dict[str, Any]:
        """What is answered before anything is typed."""
        return {}

    def keep(self, answers: dict[str, Any]) -> Request:
        return services.raise_request(**self.subject, answers=answers, at=self.request.arrived_at)


class NewAccountRequestView(NewRequestView):
    """A new request for a change of accounts or of the centre's details; `?change=` chooses what is to change."""

    def find(self) -> None:
        self.webform = WEBFORMS[Kind.ACCOUNT_CHANGE]

    def first_answers(self) -> dict[str, Any]:
        change = self.request.GET.get("change", "")
        return {"change": change} if change in AccountChange.values else {}


class EditView(DraftMixin, FormView):
    """Go on with a draft. What has to be mended is shown after Continue, and where Check your answers leads back."""

    def open(self) -> HttpResponse:
        if JUDGED not in self.request.GET:
            return self.show(self.draft.answers, [])
        facts = services.request_facts(self.draft, by=self.request.user, at=self.request.arrived_at)
        return self.show(self.draft.answers, refusals_to_send(facts))

    def keep(self, answers: dict[str, Any]) -> Request:
        return services.save_request(
            request=self.draft, answers=answers, by=self.request.user, at=self.request.arrived_at
        )


class RemoveEvidenceView(EditView):
    """Take a file off a draft. The button stands in the form, so what was typed comes with it and is kept."""

    def open(self) -> HttpResponse:
        return redirect("requests:edit", self.draft.reference)

    def add_files(self) -> list[Refusal]:
        file = self.draft.evidence.filter(key=self.kwargs["key"]).first()
        if file:
            services.remove_evidence(evidence=file, by=self.request.user, at=self.request.arrived_at)
            messages.info(self.request, f"The file “{file.name}” is removed. What you typed is saved.")
        return super().add_files()

    def go_on(self, answers: dict[str, Any], of_files: list[Refusal]) -> HttpResponse:
        return self.show(answers, of_files) if of_files else self.open()
