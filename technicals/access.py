"""What one request asks of Cambridge Technicals in several places, asked of the database once."""

from django.http import HttpRequest

from core.moments import uk_date

from .models import Approval


def is_approved_now(request: HttpRequest) -> bool:
    """Whether the centre in use is approved for any Cambridge Technicals on the day of the request."""
    if not hasattr(request, "technicals_approved"):
        today, centre = uk_date(request.arrived_at), request.membership.centre
        request.technicals_approved = Approval.objects.filter(centre=centre).in_force(today).exists()
    return request.technicals_approved
