"""Ways from any page into the guide."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from ..guide import places

register = template.Library()


@register.simple_tag
def help_link(anchor: str) -> SafeString:
    """A link to a place of the guide, in a new tab so that nothing typed is lost; anchor: for example "logging-in"."""
    heading, address = places()[anchor]
    link = '<a href="{}" target="_blank" rel="noopener">Help: {} (opens in a new tab)</a>'
    return format_html(f'<p class="help-link no-print">{link}</p>', address, heading.title)
