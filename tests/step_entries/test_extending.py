"""The window of registration, extended for a centre or for all."""

from datetime import datetime, timedelta

import pytest

from centres.models import Centre
from core.history import history_of
from core.models import HistoryEntry
from core.moments import UK
from core.refusals import Refused
from core.windows import Window
from step_entries.models import SessionExtension, StepDraft, StepSession
from step_entries.rules import (
    ExtensionFacts,
    reason_is_given,
    refusals_to_extend,
)
from step_entries.services import (
    end_extension,
    extend_window,
    facts_to_start,
    purge_drafts,
    window_of,
    windows_of,
)
from tests.factories.step_entries import DraftFactory

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
CLOSES_AT = datetime(2027, 5, 4, 23, 59, tzinfo=UK)
WINDOW = Window(CLOSES_AT - 60 * DAY, CLOSES_AT)


# --- the laws of extending --------------------------------------------------------------------------------------------


def codes(**changes):
    facts = {
        "at": CLOSES_AT - 10 * MINUTE,
        "session": WINDOW,
        "present": WINDOW,
        "closes_at": CLOSES_AT + DAY,
        "reason": "Its network is down",
        "first_paper_at": CLOSES_AT + 30 * DAY,
    }
    return [refusal.code for refusal in refusals_to_extend(ExtensionFacts(**facts | changes))]


def test_an_extension_to_the_next_day_with_a_reason_is_accepted():
    assert codes() == []


@pytest.mark.parametrize(("later", "expected"), [(-MINUTE, ["EXTEND-01"]), (0 * DAY, ["EXTEND-01"]), (MINUTE, [])])
def test_extend_01_an_extension_closes_at_least_a_minute_later_than_the_session(later, expected):
    assert codes(closes_at=CLOSES_AT + later) == expected


def test_extend_01_seconds_of_the_same_minute_are_not_later():
    assert codes(closes_at=CLOSES_AT + timedelta(seconds=59)) == ["EXTEND-01"]


@pytest.mark.parametrize(("wait", "expected"), [(59, []), (60, ["EXTEND-02"])])
def test_extend_02_the_new_minute_must_not_be_over(wait, expected):
    new = CLOSES_AT + DAY

    assert codes(closes_at=new, at=new + timedelta(seconds=wait)) == expected


@pytest.mark.parametrize("reason", ["", "  ", "x" * 201])
def test_extend_03_a_reason_is_needed_and_fits_the_history(reason):
    assert codes(reason=reason) == ["EXTEND-03"]
    assert reason_is_given(reason).field == "reason"


@pytest.mark.parametrize(("before", "expected"), [(MINUTE, []), (0 * DAY, ["EXTEND-04"]), (-DAY, ["EXTEND-04"])])
def test_extend_04_registration_closes_before_the_first_paper(before, expected):
    assert codes(closes_at=CLOSES_AT + 30 * DAY - before) == expected


def test_extend_04_a_session_without_papers_sets_no_end():
    assert codes(closes_at=CLOSES_AT + 300 * DAY, first_paper_at=None) == []


@pytest.mark.parametrize(("new", "expected"), [(2, ["EXTEND-05"]), (1, []), (3, [])])
def test_extend_05_an_extension_can_be_moved_to_another_moment_and_not_made_twice(new, expected):
    extended = Window(WINDOW.opens_at, CLOSES_AT + 2 * DAY)

    assert codes(present=extended, closes_at=CLOSES_AT + new * DAY) == expected


def test_every_reason_against_an_extension_is_told_at_once():
    assert codes(closes_at=CLOSES_AT - DAY, at=CLOSES_AT, reason="") == ["EXTEND-01", "EXTEND-02", "EXTEND-03"]


# --- extending --------------------------------------------------------------------------------------------------------


@pytest.fixture
def extend(session, staff, now):
    """Extend the window of the session; what is not given is for one day more, by staff, now."""

    def act(centre, **changes):
        given = {"closes_at": session.closes_at + DAY, "reason": "Its network is down", "by": staff, "at": now}
        extend_window(session=session, centre=centre, **given | changes)

    return act


@pytest.mark.django_db
def test_a_window_is_extended_for_one_centre_and_for_no_other(session, centre, other_centre, extend, now):
    extend(centre)

    assert window_of(session, centre).deadline == session.closes_at + DAY
    assert window_of(session, other_centre) == session.window
    assert windows_of(session) == {centre.pk: window_of(session, centre)}
    assert facts_to_start(session=session, centre=centre, at=now).window == window_of(session, centre)
    assert StepSession.objects.get() == session
    assert StepSession.objects.get().closes_at == session.closes_at


@pytest.mark.django_db
def test_the_history_of_the_session_and_of_the_centre_has_who_why_old_and_new(session, centre, extend, staff, now):
    extend(centre, reason="  Its network is down ")

    lines = [history_of(session).get(), history_of(centre).get()]
    old, new = session.closes_at, session.closes_at + DAY
    assert {(line.by, line.at, line.action, line.note) for line in lines} == {
        (staff, now, "step-session.extended", "Its network is down")
    }
    assert [line.changes for line in lines] == [{"closes_at of 61111": [old.isoformat(), new.isoformat()]}] * 2


@pytest.mark.django_db
def test_a_window_is_extended_for_all_and_nothing_else_of_the_session_changes(session, centre, extend):
    before = StepSession.objects.values().get()

    extend(None)

    after = StepSession.objects.values().get()
    assert {name for name in before if before[name] != after[name]} == {"closes_at"}
    assert after["closes_at"] == session.closes_at + DAY
    assert SessionExtension.objects.count() == 0
    assert history_of(session).get().changes == {
        "closes_at": [session.closes_at.isoformat(), (session.closes_at + DAY).isoformat()]
    }


@pytest.mark.django_db
def test_a_second_extension_of_a_centre_moves_the_first(session, centre, extend):
    extend(centre, closes_at=session.closes_at + 9 * DAY)
    extend(centre, closes_at=session.closes_at + DAY, reason="The date was mistyped")

    assert SessionExtension.objects.get().closes_at == session.closes_at + DAY
    assert [line.note for line in history_of(session)] == ["The date was mistyped", "Its network is down"]


@pytest.mark.django_db
def test_an_extension_that_all_have_overtaken_does_not_shorten_the_window(session, centre, extend):
    extend(centre, closes_at=session.closes_at + DAY)
    extend(None, closes_at=session.closes_at + 2 * DAY)
    session.refresh_from_db()

    assert window_of(session, centre) == session.window


@pytest.mark.django_db
def test_a_refused_extension_changes_nothing(session, centre, extend):
    with pytest.raises(Refused) as refused:
        extend(centre, closes_at=session.closes_at, reason="")

    assert [refusal.code for refusal in refused.value.refusals] == ["EXTEND-01", "EXTEND-03"]
    assert SessionExtension.objects.count() == HistoryEntry.objects.count() == 0


@pytest.mark.django_db
def test_an_extension_is_ended_with_a_reason_and_the_window_of_all_holds_again(session, centre, extend, staff, now):
    extend(centre)
    extension = SessionExtension.objects.get()

    with pytest.raises(Refused):
        end_extension(extension=extension, reason=" ", by=staff, at=now)
    end_extension(extension=extension, reason="The network is up", by=staff, at=now + MINUTE)
    end_extension(extension=extension, reason="Pressed twice", by=staff, at=now + MINUTE)

    assert window_of(session, centre) == session.window
    assert [(line.action, line.note) for line in history_of(session)] == [
        ("step-session.extension-ended", "The network is up"),
        ("step-session.extended", "Its network is down"),
    ]
    old, new = session.closes_at + DAY, session.closes_at
    assert history_of(centre)[0].changes == {"closes_at of 61111": [old.isoformat(), new.isoformat()]}


@pytest.mark.django_db
def test_drafts_of_an_extended_centre_are_kept_for_14_days_after_its_own_closing(session, centre, other_centre, extend):
    DraftFactory(session=session, centre=centre)
    DraftFactory(session=session, centre=other_centre)
    extend(centre, closes_at=session.closes_at + DAY)

    purge_drafts(at=session.closes_at + 14 * DAY + MINUTE)
    kept = list(StepDraft.objects.values_list("centre__number", flat=True))
    purge_drafts(at=session.closes_at + 15 * DAY + MINUTE)

    assert kept == [centre.number]
    assert StepDraft.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("extended", [0, 3])
def test_the_facts_of_a_start_cost_one_query_also_with_an_extension(
    session, centre, extend, now, django_assert_num_queries, extended
):
    for number in range(extended):
        extend(Centre.objects.create(number=f"7000{number}", name="School"))
    if extended:
        extend(centre)

    with django_assert_num_queries(1):
        facts_to_start(session=session, centre=centre, at=now)
