"""The pages on which a request is written: their addresses, what is posted to them, and the dates of a session."""

import re
from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from requests_forms.enums import Kind
from step_entries.models import SessionPaper, StepSession
from tests.core.evidence_files import png

DAY = timedelta(days=1)
ARRANGED = {
    "a_extra-time-25": "on",
    "p_extra-time-25": "all",
    "evidence_type": "form-8",
    "is_held": "on",
    "is_told": "on",
}
CONSIDERED = {"paper": "step-2", "reason": "disturbance"}
GO_ON = {"go": "check"}


def new_url(entry, kind=Kind.ACCESS_ARRANGEMENT):
    return reverse("requests:new", args=[kind, entry.number])


def url_of(case, name="edit"):
    return reverse(f"requests:{name}", args=[case.reference])


def remove_url(file):
    return reverse("requests:evidence-remove", args=[file.request.reference, file.key])


def close_registration(days=1):
    """Registration closed so many days ago; the papers are to come."""
    at = timezone.now()
    StepSession.objects.update(opens_at=at - 90 * DAY, closes_at=at - days * DAY, modified_papers_until=at - 20 * DAY)


def sit_papers(first, second):
    """STEP 2 began so many days ago, and STEP 3 so many; a negative number is to come."""
    close_registration(40)
    for paper, days in (("step-2", first), ("step-3", second)):
        SessionPaper.objects.filter(paper=paper).update(starts_at=timezone.now() - days * DAY)


def picture(name="letter.png", **manner):
    return SimpleUploadedFile(name, png(**manner), "image/png")


def fingerprint_on(page):
    """What the form of Check posts."""
    return {"seen": re.search(r'name="seen" value="([0-9a-f]{64})"', page.text)[1]}


def tag(page, name, value=None):
    """The tag of a field; of several that have its name, the one with this value."""
    tags = re.findall(rf'<(?:input|select|textarea)[^>]*name="{name}"[^>]*>', page.text)
    return next(each for each in tags if value is None or f'value="{value}"' in each)
