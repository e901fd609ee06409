"""The list of a centre's uploads, and what all pages on one upload share."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import TemplateView, View

from centres.access import CentreMemberRequiredMixin
from core.refusals import Refused

from .. import services
from ..enums import UploadState
from ..models import Upload
from ..rules.kinds import UploadKind, kind_of

PAGE_SIZE = 25


class UploadMixin(CentreMemberRequiredMixin):
    """Pages on one upload, found by its key among those that the person may see, for the centre in use."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().dispatch(request, *args, **kwargs)
        except Upload.DoesNotExist:
            raise Http404 from None  # discarded while the page was at work

    @cached_property
    def upload(self) -> Upload:
        uploads = Upload.objects.visible_to(self.request.user).select_related("centre", "received_by")
        return get_object_or_404(uploads, key=self.kwargs["key"], centre=self.centre)

    @cached_property
    def kind(self) -> UploadKind:
        return kind_of(self.upload.kind) or _no_such_kind()

    @cached_property
    def judgement(self) -> services.Judgement:
        return services.judge(upload=self.upload, kind=self.kind, at=self.request.arrived_at)

    @property
    def confirmation_url(self) -> str:
        """The page that tells what became of a submitted upload."""
        if self.kind.later:
            return self.kind.later.confirmation_url(self.upload)
        return reverse("uploads:confirmation", args=[self.upload.key])

    @property
    def way_on(self) -> str:
        """Where an upload stands that can be neither matched nor mended now; "" where it can."""
        if not self.upload.is_taken:
            return reverse("uploads:progress", args=[self.upload.key])
        return self.confirmation_url if self.upload.is_queued or self.upload.purged_at else ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        self.request.upload_kind = self.upload.kind  # for the tab that is current
        return super().get_context_data(**kwargs) | {"upload": self.upload, "kind": self.kind}


def _no_such_kind() -> UploadKind:
    raise Http404


class OpenUploadMixin(UploadMixin):
    """Pages that change an upload. Before its headings are matched, from Submit on, they lead elsewhere."""

    changes_entries = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.membership and request.membership.may_make_entries:
            if self.way_on:
                return redirect(self.way_on)
            if self.upload.state == UploadState.HEADINGS:
                return redirect("uploads:headings", self.upload.key)
        return super().dispatch(request, *args, **kwargs)


class UploadsView(CentreMemberRequiredMixin, TemplateView):
    """Every file that the centre uploaded, the newest first, with what became of it."""

    template_name = "uploads/upload_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        uploads = Upload.objects.visible_to(self.request.user).filter(centre=self.centre)
        page = Paginator(uploads.with_counts().select_related("received_by"), PAGE_SIZE).get_page(
            self.request.GET.get("page")
        )
        return super().get_context_data(**kwargs) | {
            "page": page,
            "page_numbers": list(page.paginator.get_elided_page_range(page.number)),
            "lines": [(upload, kind_of(upload.kind)) for upload in page],
        }


class ResumeView(UploadMixin, View):
    """Go on with an upload where it stands: its reading, headings, rows to mend, the check, or what was entered."""

    changes_entries = True
    http_method_names = ["get"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.way_on:
            return redirect(self.way_on)
        if self.upload.state == UploadState.HEADINGS:
            return redirect("uploads:headings", self.upload.key)
        if self.upload.is_entered:
            return redirect(self.confirmation_url)
        return redirect("uploads:mend", self.upload.key)  # which leads on where nothing is to be mended


class DiscardView(UploadMixin, TemplateView):
    """Ask, then delete an upload of which nothing is entered."""

    changes_entries = True
    template_name = "uploads/upload_discard.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.upload.submitted_at or self.upload.is_queued:
            return redirect(self.confirmation_url)
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        name, kind = self.upload.file_name, self.kind
        try:
            is_discarded = services.discard_upload(upload=self.upload, by=request.user, at=request.arrived_at)
        except Refused as refused:
            messages.warning(request, str(refused))
            return redirect("uploads:resume", self.upload.key)
        if not is_discarded:
            messages.warning(request, "Rows of this file were entered in the meantime, so it is kept.")
            return redirect(self.confirmation_url)
        messages.info(request, f"The file “{name}” is discarded. Nothing of it was entered.")
        return redirect("uploads:upload", kind.slug)
