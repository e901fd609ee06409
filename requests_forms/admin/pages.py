"""Pages of our own about requests inside the administration."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path


class PagesMixin:
    """For the admin of requests: what every page beside the list has."""

    def own_path(self, route: str, view: Any, name: str) -> Any:
        """The address of a page that only staff reach."""
        return path(route, self.admin_site.admin_view(view), name=f"requests_forms_request_{name}")

    def page(self, request: HttpRequest, template: str, title: str, **context: Any) -> HttpResponse:
        """A page in the frame of the administration."""
        frame = self.admin_site.each_context(request) | {"opts": self.opts, "title": title, "at": request.arrived_at}
        return TemplateResponse(request, f"admin/requests_forms/request/{template}.html", frame | context)

    def refuse_strangers(self, request: HttpRequest) -> None:
        """Raise PermissionDenied where this person may not see requests."""
        if not self.has_view_permission(request):
            raise PermissionDenied
