"""What the pages of the web form show: forms that were begun, the codes and units offered, who is chosen."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count

from ..codecs.entry_codes import APPROVED, CodesAsked
from ..enums import EntryKind, Suite
from ..models import EntryDraft, Qualification, Series, Submission, Unit
from .catalogue import CodeShown, FamilyShown, entry_codes

ENTRIES_ON_A_PAGE = 300
SHOWN_ON_A_RECORD = 3


def drafts_not_submitted(*, centre: Any, user: Any) -> list[EntryDraft]:
    """The web forms that a centre has begun, the last changed first, each with `candidate_count`.

    Those with nobody on them are left out: nothing is lost with them.
    """
    drafts = EntryDraft.objects.visible_to(user).filter(centre=centre).select_related("qualification", "started_by")
    counted = drafts.annotate(candidate_count=Count("entries")).filter(candidate_count__gt=0)
    return list(counted.order_by("-changed_at", "-pk"))


def drafts_with(*, candidate: Any, user: Any) -> list[EntryDraft]:
    """The web forms not submitted on which a candidate stands, the last changed first, at most SHOWN_ON_A_RECORD."""
    drafts = EntryDraft.objects.visible_to(user).filter(centre=candidate.centre_id, entries__candidate=candidate)
    return list(drafts.select_related("qualification")[:SHOWN_ON_A_RECORD])


def draft_of(*, centre: Any, user: Any, key: UUID) -> EntryDraft | None:
    """A web form of a centre by its key; None where there is none."""
    drafts = EntryDraft.objects.visible_to(user).select_related("qualification", "series", "centre", "started_by")
    return drafts.filter(key=key, centre=centre).first()


def is_begun_elsewhere(key: UUID) -> bool:
    """Whether some centre has a web form with this key."""
    return EntryDraft.objects.filter(key=key).exists()


def submission_of_form(*, centre: Any, user: Any, key: UUID) -> Submission | None:
    """What became of a web form that was submitted; None where it was not."""
    return Submission.objects.visible_to(user).filter(form_key=key, centre=centre).first()


def codes_offered(*, centre: Any, on: date, search: str) -> list[FamilyShown]:
    """The entry codes that a centre is approved for on this day, as far as they have the words of a search."""
    return _with_words(entry_codes(centre=centre, on=on, asked=CodesAsked(shown=APPROVED)), search)


def families_not_approved(*, centre: Any, on: date, search: str) -> list[str]:
    """The subjects, levels and suites that a search finds, and that the centre is not approved for."""
    found = _with_words(entry_codes(centre=centre, on=on, asked=CodesAsked()), search)
    return [shown.title for shown in found if shown.approval is None]


def _with_words(families: Iterable[FamilyShown], search: str) -> list[FamilyShown]:
    """The families with those of their codes that have every word in code, title, size, subject or suite."""
    words = CodesAsked(search=search).words
    narrowed = [
        replace(shown, codes=[code for code in shown.codes if _has(words, shown.title, code.qualification)])
        for shown in families
    ]
    return [shown for shown in narrowed if shown.codes]


def _has(words: Iterable[str], title: str, code: Qualification) -> bool:
    texts = (title, code.code, code.title, code.size, code.get_entry_kind_display(), code.from_code, code.to_code)
    text = " ".join(texts).casefold()
    return all(word in text for word in words)


def qualification_offered(*, centre: Any, on: date, code: str) -> Qualification | None:
    """A code in use that a centre is approved for on this day; None where it is not."""
    families = codes_offered(centre=centre, on=on, search="")
    offered = (shown.qualification for family in families for shown in family.codes)
    return next((qualification for qualification in offered if qualification.code == code), None)


def series_offered(on: date) -> list[Series]:
    """The series that take unit entries on this day, the next deadline first."""
    return list(Series.objects.taking_entries(on))


def unit_series(draft: EntryDraft) -> Series | None:
    """The series of a web form's unit entries; None where its code has none that are examined."""
    code = draft.qualification
    return draft.series if code.entry_kind == EntryKind.FULL and code.suite == Suite.OF_2016 else None


def kind_in_words(draft: EntryDraft) -> str:
    """What the code of a web form is for, as in "Top-up from 05834 to 05835"; "" for a full award's own."""
    code = draft.qualification
    return "" if code.entry_kind == EntryKind.FULL else CodeShown(code, "", "").kind


def units_offered(draft: EntryDraft) -> list[Unit]:
    """The units that can be entered by a web form: of the 2016 suite those that are examined in its series."""
    code = draft.qualification
    if code.entry_kind != EntryKind.FULL:
        return []
    subject, level, suite = code.family
    units = list(Unit.objects.filter(subject=subject, level=level, suite=suite, is_in_use=True).order_by("number"))
    if suite == Suite.OF_2012:
        return units
    kind = draft.series.kind if draft.series else None
    return [unit for unit in units if kind and unit.is_examined and unit.is_available_in(kind)]


def chosen(draft: EntryDraft) -> list[Any]:
    """The lines of a web form with their candidates, by name."""
    return list(draft.entries.select_related("candidate"))


def entries_page(draft: EntryDraft, number: Any) -> Page:
    """A page of the lines of a web form with their candidates, by name."""
    return Paginator(draft.entries.select_related("candidate"), ENTRIES_ON_A_PAGE).get_page(number)


def on_the_form(draft: EntryDraft, candidates: Collection[int]) -> set[int]:
    """Which of these candidates, by the ids of their records, stand on a web form already."""
    return set(draft.entries.filter(candidate__in=candidates).values_list("candidate_id", flat=True))
