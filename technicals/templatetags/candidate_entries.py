"""The Cambridge Technicals entries of a candidate, for the page of the record."""

from typing import Any

from django import template

from candidates.models import Candidate

from ..models import Registration, UnitEntry

register = template.Library()


@register.inclusion_tag("technicals/_of_candidate.html")
def technicals_of(candidate: Candidate) -> dict[str, Any]:
    """Registrations and unit entries of a candidate, the newest first, whatever became of them."""
    together = ("submission", "qualification", "series")
    return {
        "registrations": Registration.objects.filter(candidate=candidate).select_related(*together),
        "unit_entries": UnitEntry.objects.filter(candidate=candidate).select_related(*together, "unit"),
    }
