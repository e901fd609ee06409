"""Which centre the signed-in person is acting for."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from .models import Membership

CENTRE_IN_USE = "centre"


class MembershipMiddleware:
    """Put the person's membership in the centre in use on `request.membership`; it is falsy when there is none.

    It is asked for anew with each request, so that an ended membership ends access at once.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.membership = SimpleLazyObject(lambda: _membership(request))
        return self.get_response(request)


def _membership(request: HttpRequest) -> Membership | None:
    if not request.user.is_authenticated:
        return None
    memberships = list(Membership.objects.of_user(request.user))
    request.memberships = memberships
    chosen = request.session.get(CENTRE_IN_USE)
    return next((each for each in memberships if each.centre_id == chosen), memberships[0] if memberships else None)
