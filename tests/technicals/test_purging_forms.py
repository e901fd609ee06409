"""Web forms that nobody changed for 30 days are deleted."""

from datetime import timedelta

import pytest
from django.core.management import call_command

from technicals import tasks
from technicals.models import DraftEntry, EntryDraft
from technicals.services.drafts import KEEP_DRAFTS, add_candidates, purge_drafts, start_draft
from tests.factories.candidates import CandidateFactory
from tests.factories.technicals import QualificationFactory

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def form(centre, officer):
    """A web form with one candidate, last changed at a moment."""

    def act(at):
        code = QualificationFactory(code="05834")
        draft = start_draft(centre=centre, qualification=code, series=None, by=officer, at=at)
        add_candidates(draft=draft, candidates=[CandidateFactory(centre=centre)], at=at)
        return draft

    return act


def test_a_form_is_kept_for_30_days_after_its_last_change(form, now):
    form(now)

    kept = purge_drafts(at=now + KEEP_DRAFTS)
    deleted = purge_drafts(at=now + KEEP_DRAFTS + MINUTE)

    assert (KEEP_DRAFTS, kept, deleted) == (timedelta(days=30), 0, 1)
    assert (EntryDraft.objects.count(), DraftEntry.objects.count()) == (0, 0)


def test_a_form_that_was_changed_since_is_kept(form, now, centre):
    draft = form(now)
    add_candidates(draft=draft, candidates=[CandidateFactory(centre=centre)], at=now + MINUTE)

    assert purge_drafts(at=now + KEEP_DRAFTS + MINUTE) == 0


def test_the_nightly_task_deletes_each_form_once(form, now):
    young, _ = form(now), form(now - KEEP_DRAFTS - MINUTE)

    assert [tasks.purge_forms(), tasks.purge_forms()] == [1, 0]
    assert list(EntryDraft.objects.all()) == [young]


def test_tidy_counts_the_forms(form, now, capsys):
    for _ in range(2):
        form(now - KEEP_DRAFTS - MINUTE)

    call_command("tidy")

    assert ", 2 web forms, " in capsys.readouterr().out
