"""What the tests of the web form share: addresses, forms that were begun, and what is posted."""

from typing import Any

from django.urls import reverse
from django.utils import timezone

from technicals.models import EntryDraft, Qualification, Series
from technicals.services.drafts import add_candidates, apply_option, start_draft
from technicals.services.forming import judge_draft
from tests.factories.candidates import CandidateFactory
from tests.factories.technicals_files import FULL

FORM = "/technicals/form/"


def page_of(draft: EntryDraft, step: str) -> str:
    return reverse(f"technicals:form-{step}", args=[draft.key])


def begun(by: Any, *, count: int = 2, code: str = FULL, option: str = "", **fields: Any) -> EntryDraft:
    """A web form of the person's centre with so many new candidates, each with the option."""
    centre, at = by.memberships.get().centre, timezone.now()
    series = Series.objects.taking_entries(at.date()).first()
    draft = start_draft(centre=centre, qualification=Qualification.objects.get(code=code), series=series, by=by, at=at)
    add_candidates(draft=draft, candidates=CandidateFactory.create_batch(count, centre=centre), at=at)
    if option:
        apply_option(draft=draft, entries=ids(draft), option=option, at=at, **fields)
    return draft


def ids(draft: EntryDraft) -> list[int]:
    """The ids of the lines of a form, in the order in which it shows them."""
    return list(draft.entries.values_list("pk", flat=True))


def to_submit(draft: EntryDraft, **changes: Any) -> dict[str, Any]:
    """What Submit entries posts for a form as its summary shows it."""
    seen = judge_draft(EntryDraft.objects.get(pk=draft.pk), timezone.now()).fingerprint
    return {"act": "submit", "seen": seen, "order_number": "", **changes}
