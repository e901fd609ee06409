from datetime import timedelta

import pytest

from core.refusals import Refused
from step_entries import tasks
from step_entries.models import StepDraft
from step_entries.services import discard_draft, purge_drafts, save_step, start_entry, submit_entry
from tests.factories.step_entries import DraftFactory, SessionFactory

pytestmark = pytest.mark.django_db


def test_a_started_draft_stands_in_no_list_before_something_is_answered(session, centre, officer, now):
    draft = start_entry(session=session, centre=centre, by=officer, at=now)

    assert list(StepDraft.objects.not_entered()) == []
    save_step(draft=draft, step="candidate", answers={"first_name": "Ann"}, at=now)
    assert list(StepDraft.objects.not_entered()) == [draft]


def test_a_draft_is_not_started_after_closing(session, centre, officer):
    with pytest.raises(Refused) as refused:
        start_entry(session=session, centre=centre, by=officer, at=session.closes_at + timedelta(minutes=1))

    assert [refusal.code for refusal in refused.value.refusals] == ["STEP-01"]
    assert StepDraft.objects.count() == 0


def test_saving_a_step_leaves_the_other_steps(session, centre, now):
    draft = DraftFactory(session=session, centre=centre)
    papers, courses = draft.answers["papers"], draft.answers["courses"]

    saved = save_step(draft=draft, step="candidate", answers={"first_name": "31/02/2008"}, at=now)

    assert saved.answers == {"candidate": {"first_name": "31/02/2008"}, "papers": papers, "courses": courses}


def test_saving_a_step_of_a_submitted_draft_changes_nothing(session, centre, officer, now):
    draft = DraftFactory(session=session, centre=centre)
    submit_entry(draft=draft, by=officer, at=now)

    saved = save_step(draft=draft, step="candidate", answers={"first_name": "Bea"}, at=now)

    assert saved.answers["candidate"]["first_name"] == "Ann"


def test_a_draft_is_discarded_and_a_submitted_one_is_not(session, centre, officer, now):
    submitted, begun = DraftFactory.create_batch(2, session=session, centre=centre)
    submit_entry(draft=submitted, by=officer, at=now)

    answers = [discard_draft(draft=draft) for draft in (submitted, begun, begun)]

    assert answers == [False, True, False]
    assert list(StepDraft.objects.all()) == [submitted]


def test_a_step_of_a_draft_that_was_discarded_is_not_saved(session, centre, now):
    draft = DraftFactory(session=session, centre=centre)
    discard_draft(draft=draft)

    with pytest.raises(StepDraft.DoesNotExist):
        save_step(draft=draft, step="candidate", answers={"first_name": "Bea"}, at=now)


def test_drafts_are_kept_until_14_days_after_closing(session, centre):
    DraftFactory(session=session, centre=centre)

    assert purge_drafts(at=session.closes_at + timedelta(days=14)) == 0
    assert purge_drafts(at=session.closes_at + timedelta(days=14, seconds=1)) == 1


def test_empty_drafts_are_kept_for_a_day(centre, now):
    session = SessionFactory()
    DraftFactory(session=session, centre=centre, answers={}, created_at=now)

    assert purge_drafts(at=now + timedelta(days=1)) == 0
    assert purge_drafts(at=now + timedelta(days=1, seconds=1)) == 1


def test_the_purge_task_tells_how_many_it_deleted(session, centre, now):
    DraftFactory(session=session, centre=centre, answers={}, created_at=now - timedelta(days=2))

    assert tasks.purge_drafts() == 1
