"""The role checks on the pages of centres."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from .models import Centre


class CentreMemberRequiredMixin:
    """Only for members of a centre; `self.centre` is the one in use.

    A page that changes something sets `changes_entries`, and is then refused to read-only members.
    """

    changes_entries = False

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not request.membership:
            raise PermissionDenied("You are not a member of a centre. The STEP team can add you to one.")
        if self.changes_entries and not request.membership.may_make_entries:
            raise PermissionDenied(
                "Your role at this centre is read-only: you can see entries and not make or change them. "
                "An exams officer of your centre can make this change."
            )
        return super().dispatch(request, *args, **kwargs)

    @property
    def centre(self) -> Centre:
        return self.request.membership.centre
