"""The admin of the STEP team and the board's staff."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts.views.door import SignOutView

from .front_page import front_page


class PortalAdminSite(admin.AdminSite):
    site_title = site_header = "Entries Portal: administration"
    index_title = "What needs attention"
    index_template = "admin/front_page.html"

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().index(request, (extra_context or {}) | front_page(request.arrived_at))

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """There is one place to change one's password, which tells the owner and ends other sessions."""
        return redirect("accounts:my-details")

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """There is one way out."""
        return SignOutView.as_view()(request)
