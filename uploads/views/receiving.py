"""Uploading a file, and matching its headings."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.views.generic import FormView

from centres.access import CentreMemberRequiredMixin
from core.refusals import Refused

from .. import services, tasks
from ..forms import HeadingsForm, UploadForm
from ..models import Upload
from ..rules.kinds import Period, UploadKind, kind_of
from .uploads import UploadMixin

AN_HOUR = 3600
LATEST = 5


class KindMixin(CentreMemberRequiredMixin):
    """Pages on a kind of rows."""

    @cached_property
    def kind(self) -> UploadKind:
        kind = kind_of(self.kwargs["kind"])
        if kind is None:
            raise Http404
        return kind


class UploadView(KindMixin, FormView):
    """What to do, the template, and the file field."""

    changes_entries = True
    form_class = UploadForm
    template_name = "uploads/upload.html"

    @cached_property
    def periods(self) -> list[Period]:
        return list(self.kind.periods(self.centre, self.request.arrived_at))

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"kind": self.kind, "periods": self.periods}

    def form_valid(self, form: UploadForm) -> HttpResponse:
        if form.period is None:
            raise Http404
        file = form.cleaned_data["file"]
        try:
            upload = services.receive_upload(
                kind=self.kind,
                period=form.period,
                centre=self.centre,
                file_name=file.name,
                content=file.read(),
                by=self.request.user,
                at=self.request.arrived_at,
                order_number=form.cleaned_data.get("order_number", ""),
            )
        except Refused as refused:
            return self.refused(form, refused)
        if upload.is_being_read:
            tasks.ring(tasks.read_upload, upload_pk=upload.pk)
            return redirect("uploads:progress", upload.key)
        return redirect("uploads:resume", upload.key)

    def refused(self, form: UploadForm, refused: Refused) -> HttpResponse:
        codes = {refusal.code for refusal in refused.refusals}
        earlier = self.earlier_upload(form) if "UPLOAD-01" in codes else None
        refused.put_onto(form)
        response = self.render_to_response(self.get_context_data(form=form, earlier=earlier))
        if "UPLOAD-07" in codes:
            response.status_code, response.headers["Retry-After"] = 429, str(AN_HOUR)
        return response

    def earlier_upload(self, form: UploadForm) -> Upload | None:
        file = form.cleaned_data["file"]
        file.seek(0)
        return services.upload_of_same_file(kind=self.kind, period=form.period, centre=self.centre, content=file.read())

    def csrf_failure(self) -> HttpResponse:
        """The page was too old: nothing was read, and a file cannot be put back into its field."""
        messages.warning(
            self.request, "This page was open for a long time. Nothing was uploaded: choose the file again."
        )
        typed = {name: self.request.POST.get(name, "") for name in ("period", "order_number")}
        form = UploadForm(kind=self.kind, periods=self.periods, initial=typed)
        return self.render_to_response(self.get_context_data(form=form))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        at, period = self.request.arrived_at, next(iter(self.periods), None)
        latest = Upload.objects.visible_to(self.request.user).filter(centre=self.centre, kind=self.kind.slug)
        return super().get_context_data(**kwargs) | {
            "kind": self.kind,
            "period": period,
            "periods": self.periods,
            "has_people": self.kind.prefilled is not None,
            "columns": self.kind.columns_of_files(self.centre),
            "refusals": self.kind.refusals(period.key, self.centre, at) if period else [],
            "latest": latest.select_related("received_by")[:LATEST],
        }


class HeadingsView(UploadMixin, FormView):
    """Match the headings that were not recognised; or all of them anew, as long as no row is entered."""

    changes_entries = True
    form_class = HeadingsForm
    template_name = "uploads/headings.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.membership and request.membership.may_make_entries and not self.upload.headings_can_change:
            return redirect("uploads:resume", self.upload.key)
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"upload": self.upload, "kind": self.kind, "samples": self.samples()}

    def samples(self) -> dict[int, str]:
        """The first text below each heading."""
        samples: dict[int, str] = {}
        for cells in self.upload.rows.order_by("number").values_list("cells", flat=True).iterator():
            for place, cell in enumerate(cells):
                if place not in samples and cell.strip():
                    samples[place] = cell.strip()[:40]
            if len(samples) == len(self.upload.headings):
                break
        return samples

    def form_valid(self, form: HeadingsForm) -> HttpResponse:
        try:
            services.match_headings(
                upload=self.upload,
                kind=self.kind,
                chosen=form.chosen,
                same_for_all=form.same_for_all,
                by=self.request.user,
                at=self.request.arrived_at,
            )
        except Refused as refused:
            refused.put_onto(form)
            return self.form_invalid(form)
        return redirect("uploads:resume", self.upload.key)

    def csrf_failure(self) -> HttpResponse:
        """The page was too old: what was chosen is shown, and not kept yet."""
        messages.warning(self.request, "This page was open for a long time. Check what you chose and press Next again.")
        return self.form_invalid(self.get_form())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"row_count": self.upload.rows.count()}
