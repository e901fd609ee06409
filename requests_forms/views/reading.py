"""Requests after they were begun: the list, one request, withdrawing it, answering, and its files."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import cached_property
from django.views.generic import TemplateView, View

from accounts.services.sessions import forget_kept_post, kept_post
from centres.access import CentreMemberRequiredMixin
from core.addresses import column
from core.refusals import Refused

from .. import queries, services
from ..codecs import read_requests_asked
from ..documents import evidence_file
from ..forms.reading import AnswerForm, RequestFilterForm
from ..models import Evidence, Message, Request
from ..rules import at_the_beginning

PAGE_SIZE = 25
COLUMNS = [
    # heading, sort key
    ("Reference", "reference"),
    ("Kind", "kind"),
    ("Candidate or subject", "candidate"),
    ("Sent", "sent"),
    ("Status", "status"),
    ("Last change", "changed"),
]


class RequestsView(CentreMemberRequiredMixin, TemplateView):
    """Every request of the centre, as the address asks for them; open ones at first."""

    template_name = "requests_forms/request_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        scope = {"centre": self.centre, "user": self.request.user}
        asked = read_requests_asked(dict(self.request.GET.lists()))
        page = Paginator(queries.requests_shown(**scope, asked=asked), PAGE_SIZE).get_page(asked.page)
        sessions = [session.name for session in queries.sessions_asked_about(**scope)]
        return super().get_context_data(**kwargs) | {
            "asked": asked,
            "filter_form": RequestFilterForm(initial=vars(asked), sessions=sessions),
            "page": page,
            "has_requests": page.paginator.count or queries.has_requests(**scope),
            "page_numbers": list(page.paginator.get_elided_page_range(page.number, on_each_side=2)),
            "columns": [column(heading, key, asked.sort) for heading, key in COLUMNS],
        }


class RequestMixin(CentreMemberRequiredMixin):
    """Pages on one request, found by its reference among those that the person may see, for the centre in use."""

    @cached_property
    def case(self) -> Request:
        requests = Request.objects.visible_to(self.request.user).for_list()
        return get_object_or_404(requests, reference=self.kwargs["reference"], centre=self.centre)

    @property
    def may_read(self) -> bool:
        """Whether the person sees what it says, its thread and its files; read-only members do not."""
        return bool(self.request.membership.may_make_entries)

    def to_case(self) -> HttpResponse:
        return redirect("requests:detail", self.case.reference)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        # "request" is the HTTP request in templates.
        return super().get_context_data(**kwargs) | {"case": self.case, "may_read": self.may_read}


class RequestView(RequestMixin, TemplateView):
    """A request: where it stands and what happens next, what it says, its thread, its files, its history.

    One that was not sent yet is gone on with by those who make entries.
    """

    template_name = "requests_forms/request_detail.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.case.is_draft and self.may_read:
            return redirect("requests:edit", self.case.reference)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | (self.what_it_says() if self.may_read else {})

    def what_it_says(self) -> dict[str, Any]:
        files = list(self.case.evidence.all())
        return {
            "told": services.told(self.case, at=self.request.arrived_at),
            "files": [file for file in files if file.message_id is None],
            "thread": [(said, [file for file in files if file.message_id == said.pk]) for said in thread_of(self.case)],
        }


def thread_of(case: Request) -> list[Message]:
    """What team and centre said to each other; what is for staff alone is not among it."""
    return list(case.messages.filter(is_internal=False).select_related("by"))


class WithdrawView(RequestMixin, TemplateView):
    """Ask, then withdraw a request, as long as it is Submitted."""

    changes_entries = True
    template_name = "requests_forms/request_withdraw.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().get(request, *args, **kwargs) if self.case.can_be_withdrawn else self.to_case()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        version, at = version_in(request.POST), request.arrived_at
        try:
            services.withdraw_request(request=self.case, version=version, by=request.user, at=at)
        except Refused as refused:
            return self.refuse(refused)
        messages.success(request, f"The request {self.case} is withdrawn. Nothing more will happen with it.")
        return self.to_case()

    def refuse(self, refused: Refused) -> HttpResponse:
        self.case.refresh_from_db()  # as it was judged
        if self.case.can_be_withdrawn:
            return self.render_to_response(self.get_context_data(refusals=refused.refusals))
        for refusal in refused.refusals:
            messages.warning(self.request, refusal.sentence)
        return self.to_case()

    def csrf_failure(self) -> HttpResponse:
        """The page was too old: ask again."""
        messages.warning(self.request, "This page was open for a long time. Press Withdraw request again.")
        return self.get(self.request)


class AnswerView(RequestMixin, TemplateView):
    """Answer a question of the team with words, files or both. Whatever is refused, no word typed is lost."""

    changes_entries = True
    template_name = "requests_forms/request_answer.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if kept := kept_post(user=request.user, path=request.get_full_path()):
            messages.warning(
                request,
                "You had been signed out. What you typed is below and not sent yet: add the files again, if there were "
                "any, and press Send answer.",
            )
            return self.show(AnswerForm({"text": next(iter(kept.get("text", [])), "")}))
        return self.show(AnswerForm()) if self.case.needs_answer else self.to_case()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = AnswerForm(request.POST, request.FILES)
        forget_kept_post(user=request.user, path=request.get_full_path())
        try:
            self.answer(request.POST.get("text", ""))
        except Refused as refused:
            return self.refuse(form, refused)
        team = at_the_beginning(self.case.team)
        messages.success(request, f"Your answer is sent. {team} goes on with the request.")
        return self.to_case()

    def answer(self, text: str) -> None:
        """Send the answer. The files are checked first, outside the transaction, because that takes seconds."""
        by, at = self.request.user, self.request.arrived_at
        # What cannot be answered is refused below, whatever comes with it.
        uploads = self.request.FILES.getlist("files") if self.case.needs_answer else []
        files = services.receive_files(uploads)
        version = version_in(self.request.POST)
        services.answer_request(request=self.case, text=text, files=files, version=version, by=by, at=at)

    def refuse(self, form: AnswerForm, refused: Refused) -> HttpResponse:
        self.case.refresh_from_db()  # as it was judged
        if self.was_sent(form["text"].value() or ""):
            return self.to_case()  # the other click of a double click
        refused.put_onto(form)
        return self.show(form)

    def was_sent(self, text: str) -> bool:
        said = self.case.messages.filter(is_of_staff=False).last()
        by = said.by_id if said else None
        return bool(said and not self.case.needs_answer and by == self.request.user.pk and said.text == text.strip())

    def csrf_failure(self) -> HttpResponse:
        """The page was too old: show what was typed, to be sent again."""
        messages.warning(
            self.request,
            "This page was open for a long time. Your answer is below and not sent yet: add the files again, if there "
            "were any, and press Send answer.",
        )
        return self.show(AnswerForm({"text": self.request.POST.get("text", "")}))

    def show(self, form: AnswerForm) -> HttpResponse:
        question = next((said for said in reversed(thread_of(self.case)) if said.is_of_staff), None)
        had_files = bool(self.request.FILES)
        return self.render_to_response(self.get_context_data(form=form, question=question, had_files=had_files))


class EvidenceView(RequestMixin, View):
    """A file of evidence, as an attachment; where it cannot be opened, a page that says why."""

    http_method_names = ["get"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.membership and not self.may_read:
            raise PermissionDenied(
                "Your role at this centre is read-only: an exams officer of your centre can open files of evidence."
            )
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        readable = Evidence.objects.readable_by(request.user).filter(request=self.case)
        evidence = get_object_or_404(readable, key=self.kwargs["key"])
        try:
            return evidence_file(evidence, by=request.user, at=request.arrived_at)
        except Http404:
            context = {"case": self.case, "file": evidence}
            return render(request, "requests_forms/evidence_closed.html", context, status=404)


def version_in(posted: Any) -> int:
    """The version of the request that a page showed; 0, which no request has, where it does not say."""
    sent = posted.get("version", "")
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else 0
