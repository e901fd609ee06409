"""Key dates for calendar programs."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.decorators import method_decorator
from django.views.generic import View

from centres.models import Centre

from ..feeds import calendar_of


@method_decorator(login_not_required, name="dispatch")
class CalendarView(View):
    """Key dates for calendar programs, at an address that only the centre knows; it holds nothing about people.

    Programs follow the address that it was first given at: it never changes.
    """

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        centre = get_object_or_404(Centre, calendar_key=key, is_active=True)
        content = calendar_of(centre=centre, at=request.arrived_at)
        disposition = {"Content-Disposition": 'attachment; filename="entries-key-dates.ics"'}
        response = HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=disposition)
        response["Cache-Control"] = "private, max-age=300"
        return response
