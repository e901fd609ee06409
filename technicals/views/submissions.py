"""The entry submission history, one submission, and what can be taken away of both."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import TemplateView, View

from centres.access import CentreMemberRequiredMixin
from core.addresses import column
from core.moments import uk_date
from core.tabular.writing import FORMS
from uploads.enums import RowState

from .. import exports
from ..codecs.history import HistoryAsked, read_history_asked
from ..enums import WAITING, Channel, SubmissionStatus
from ..forms.history import HistoryFilterForm
from ..models import Submission
from ..queries import submissions as queries
from ..rules.statuses import STATUS_WORDS

SHOWN_REASONS = 200
HEADINGS = {
    Channel.SPREADSHEET: "Upload confirmation",
    Channel.WEB_FORM: "Entry confirmation",
    Channel.TRANSFER: Channel.TRANSFER.label,
}
"""What the page of a submission is headed with, by how it came."""
COLUMNS = [
    # heading, sort key
    ("Submission number", "number"),
    ("Date and time", "submitted"),
    ("Channel", "channel"),
    ("File name", "file"),
    ("Order number", "order"),
    ("Entry status", "status"),
    ("Entries", ""),
]


class HistoryMixin(CentreMemberRequiredMixin):
    """The submissions of the centre in use, as the address asks for them."""

    @property
    def scope(self) -> dict[str, Any]:
        return {"centre": self.centre, "user": self.request.user}

    @cached_property
    def asked(self) -> HistoryAsked:
        return read_history_asked(dict(self.request.GET.lists()))

    @property
    def shown(self) -> Any:
        return queries.submissions_shown(**self.scope, asked=self.asked)


class SubmissionsView(HistoryMixin, TemplateView):
    """Every submission of the centre with what became of it, the newest first."""

    template_name = "technicals/submission_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = Paginator(self.shown, queries.PAGE_SIZE).get_page(self.asked.page)
        page.object_list = queries.with_kinds(page.object_list)
        form = HistoryFilterForm(initial=vars(self.asked), **queries.history_choices(**self.scope))
        return super().get_context_data(**kwargs) | {
            "asked": self.asked,
            "filter_form": form,
            "filters": self.request.GET.urlencode(),
            "page": page,
            "page_numbers": list(page.paginator.get_elided_page_range(page.number, on_each_side=2)),
            "statuses": [(status.label, STATUS_WORDS[status]) for status in SubmissionStatus],
            "columns": [column(heading, key, self.asked.sort) for heading, key in COLUMNS],
        }


class SubmissionsFileView(HistoryMixin, View):
    """The history as a file, with the filters of the page."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest, form: str) -> HttpResponse:
        if form not in FORMS:
            raise Http404
        content, content_type = exports.history_file(submissions=self.shown, form=form)
        day = uk_date(request.arrived_at).isoformat()
        return _file(content, content_type, f"{self.centre.number}-entry-submission-history-{day}.{form}")


class SubmissionMixin(CentreMemberRequiredMixin):
    """Pages on one submission, found by its number among those that the person may see, for the centre in use."""

    @cached_property
    def submission(self) -> Submission:
        submissions = queries.with_lines(Submission.objects.visible_to(self.request.user))
        return get_object_or_404(submissions, number=self.kwargs["number"], centre=self.centre)


class SubmissionView(SubmissionMixin, TemplateView):
    """Upload confirmation, or of a web form Entry confirmation: where a submission stands, its entries and fees."""

    template_name = "technicals/submission.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        [submission] = queries.with_kinds([self.submission])
        page = queries.entries_page(submission, self.request.GET.get("page", 1))
        left = queries.rows_left(submission)
        return super().get_context_data(**kwargs) | {
            "submission": submission,
            "is_spreadsheet": submission.channel == Channel.SPREADSHEET,
            "is_web_form": submission.channel == Channel.WEB_FORM,
            "heading": HEADINGS[Channel(submission.channel)],
            "is_waiting": submission.status in WAITING,
            "progress": progress_of(submission),
            "fees": queries.fees_of(submission),
            "rows_left": len(left),
            "are_left_aside": RowState.OPEN not in left,
            "page": page,
            "page_numbers": list(page.paginator.get_elided_page_range(page.number, on_each_side=2)),
            "reasons": submission.refusals[:SHOWN_REASONS],
            "more_reasons": max(0, len(submission.refusals) - SHOWN_REASONS),
        }


class SubmissionNowView(SubmissionMixin, View):
    """What an open page asks by itself: how far the processing is, in words, and where to go once it is done."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest, number: str) -> JsonResponse:
        is_waiting = self.submission.status in WAITING
        page = reverse("technicals:submission", args=[self.submission.number])
        return JsonResponse({"progress": progress_of(self.submission), "next": "" if is_waiting else page})


class SubmissionFileView(SubmissionMixin, View):
    """A copy of the entries of a submission as a file."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest, number: str, form: str) -> HttpResponse:
        if form not in FORMS:
            raise Http404
        content, content_type = exports.entries_file(submission=self.submission, form=form)
        return _file(content, content_type, f"{self.centre.number}-{self.submission.number}-entries.{form}")


def progress_of(submission: Submission) -> str:
    """How far the processing of a submission is, in words; "" where it is over."""
    if submission.status not in WAITING:
        return ""
    if submission.status == SubmissionStatus.PROCESSING_IN_PROGRESS:
        return "Its rows are being entered."
    before = Submission.objects.waiting().filter(pk__lt=submission.pk).count()
    if not before:
        return "It is the next to be processed."
    return f"{before} submission{'' if before == 1 else 's'} will be processed before this one."


def _file(content: bytes, content_type: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=content_type, headers=headers)
