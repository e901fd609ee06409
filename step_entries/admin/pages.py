"""Pages of our own inside the administration."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse


class PagesMixin:
    """For an admin with pages beside the list and the form of its model."""

    def page(self, request: HttpRequest, template: str, title: str, **context: Any) -> HttpResponse:
        """A page in the frame of the administration."""
        frame = self.admin_site.each_context(request) | {"opts": self.opts, "title": title, "at": request.arrived_at}
        return TemplateResponse(request, f"admin/step_entries/{template}.html", frame | context)
