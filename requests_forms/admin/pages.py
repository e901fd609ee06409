"""Pages of our own about requests inside the administration."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import path

from core.admin import PagesMixin


class RequestPagesMixin(PagesMixin):
    """For the admin of requests: what every page beside the list has."""

    def own_path(self, route: str, view: Any, name: str) -> Any:
        """The address of a page that only staff reach."""
        return path(route, self.admin_site.admin_view(view), name=f"requests_forms_request_{name}")

    def refuse_strangers(self, request: HttpRequest) -> None:
        """Raise PermissionDenied where this person may not see requests."""
        if not self.has_view_permission(request):
            raise PermissionDenied
