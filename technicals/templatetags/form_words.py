"""The way into the web form from pages of candidates and groups."""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.http import urlencode

from candidates.models import Candidate

from ..access import is_approved_now
from ..queries.form import drafts_with

register = template.Library()


@register.simple_tag(takes_context=True)
def way_to_the_form(context: dict[str, Any], **who: Any) -> str:
    """The address of the web form with a group or a candidate, by its key; "" for whoever makes no entries there."""
    request = context["request"]
    if not request.membership.may_make_entries or not is_approved_now(request):
        return ""
    return f"{reverse('technicals:form')}?{urlencode(who)}"


@register.inclusion_tag("technicals/form/_with_candidate.html", takes_context=True)
def web_forms_with(context: dict[str, Any], candidate: Candidate) -> dict[str, Any]:
    """The ways back to the web forms on which a candidate stands, for whoever makes entries."""
    user, membership = context["request"].user, context["request"].membership
    return {"drafts": drafts_with(candidate=candidate, user=user) if membership.may_make_entries else []}
