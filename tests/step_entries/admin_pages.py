"""A session's own pages in the administration."""

from datetime import timedelta

from django.urls import reverse

from core.moments import UK

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


def page_of(session, name, *more):
    return reverse(f"admin:step_entries_stepsession_{name}", args=[session.pk, *more])


def clock(at, field="closes_at"):
    """A date and a time as they are typed."""
    local = at.astimezone(UK)
    return {f"{field}_0": f"{local:%d/%m/%Y}", f"{field}_1": f"{local:%H:%M}"}


def asked(session, **changes):
    """An extension for Northgate to the next day, as it is typed."""
    fields = {"who": "one", "number": "61111", "reason": "Its network is down"}
    return fields | clock(session.closes_at + DAY) | changes
