"""How far the reading of a file is, and why it was not taken."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.generic import TemplateView, View

from .uploads import UploadMixin

WAITING = "Waiting to be read"


class ProgressView(UploadMixin, TemplateView):
    """A page that waits for the reading of a file, and leads on when that is done."""

    changes_entries = True
    template_name = "uploads/progress.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.upload.is_taken:
            return redirect("uploads:resume", self.upload.key)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"progress": self.upload.progress or WAITING}


class ProgressNowView(UploadMixin, View):
    """What an open page asks by itself: how far the reading is, in words, and where to go once it is done."""

    changes_entries = True
    http_method_names = ["get"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> JsonResponse:
        if self.upload.is_being_read:
            return JsonResponse({"progress": self.upload.progress or WAITING, "next": ""})
        return JsonResponse({"progress": "", "next": reverse("uploads:resume", args=[self.upload.key])})
