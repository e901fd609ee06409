"""What staff do with a session: a window is extended, a session is copied, its entries are exported."""

from datetime import UTC, datetime, timedelta

import pytest

from centres.models import Centre
from core.history import history_of
from core.models import HistoryEntry
from core.moments import UK
from core.refusals import Refused
from core.windows import Window
from step_entries.enums import EntryStatus, Exported
from step_entries.models import SessionExtension, SessionNotice, StepDraft, StepSession
from step_entries.rules import (
    ExtensionFacts,
    name_in_the_next_year,
    reason_is_given,
    refusals_to_extend,
    year_has_no_session,
)
from step_entries.services import (
    copy_session,
    end_extension,
    export_entries,
    extend_window,
    facts_to_start,
    purge_drafts,
    window_of,
    windows_of,
)
from tests.factories.candidates import CandidateFactory
from tests.factories.step_entries import DraftFactory, SessionFactory, StepEntryFactory

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


# --- copying ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def june(db):
    """June 2027, as a session would be: opened in winter, closing in summer."""
    return SessionFactory(
        name="June 2027",
        opens_at=datetime(2027, 3, 1, 0, 0, tzinfo=UK),
        closes_at=CLOSES_AT,
        modified_papers_until=datetime(2027, 4, 20, 23, 59, tzinfo=UK),
        results_at=datetime(2027, 8, 12, 9, 0, tzinfo=UK),
    )


def test_a_session_is_copied_to_the_same_weekdays_and_times_of_the_next_year(june, staff, now):
    copy = copy_session(session=june, by=staff, at=now)

    moments = [copy.opens_at, copy.modified_papers_until, copy.closes_at, copy.results_at]
    assert copy.name == "June 2028"
    assert [f"{at.astimezone(UK):%a %d %b %Y %H:%M %Z}" for at in moments] == [
        "Mon 28 Feb 2028 00:00 GMT",
        "Tue 18 Apr 2028 23:59 BST",
        "Tue 02 May 2028 23:59 BST",
        "Thu 10 Aug 2028 09:00 BST",
    ]
    assert copy.enquiries_until is None


def test_papers_and_courses_are_copied_and_notices_and_extensions_are_not(june, centre, staff, now):
    june.papers.filter(paper="step-2").update(fee_pence=9300)
    SessionNotice.objects.create(session=june, text="A notice", since=now)
    SessionExtension.objects.create(session=june, centre=centre, closes_at=june.closes_at + DAY)

    copy = copy_session(session=june, by=staff, at=now)

    def papers_of(session):
        return [
            (paper.paper, paper.code, paper.fee_pence, f"{paper.starts_at.astimezone(UK):%a %H:%M}")
            for paper in session.papers.all()
        ]

    assert papers_of(copy) == papers_of(june)
    assert [paper.starts_at.year for paper in copy.papers.all()] == [2028, 2028]
    assert set(copy.courses.all()) == set(june.courses.all())
    assert copy.notices.count() == copy.extensions.count() == 0
    line = history_of(copy).get()
    assert (line.by, line.at, line.action, line.note) == (staff, now, "step-session.copied", "from June 2027")


def test_a_copy_is_not_shown_to_centres_before_staff_say_so(june, staff, now):
    copy = copy_session(session=june, by=staff, at=now)
    at = copy.opens_at + DAY

    before = StepSession.objects.current(at)
    StepSession.objects.filter(pk=copy.pk).update(is_published=True)

    assert before == june
    assert StepSession.objects.current(at) == copy


def test_copy_01_a_year_that_has_a_session_is_refused_and_nothing_is_made(june, staff, now):
    copy_session(session=june, by=staff, at=now)

    with pytest.raises(Refused) as refused:
        copy_session(session=june, by=staff, at=now)

    [refusal] = refused.value.refusals
    assert refusal.code == "COPY-01"
    assert refusal.sentence == (
        "“June 2028” was not made: there is a session “June 2028” already. Open that one instead."
    )
    assert StepSession.objects.count() == 2


def test_copy_01_a_session_of_that_year_with_another_name_is_refused(june, staff, now):
    SessionFactory(name="Summer 28", opens_at=datetime(2028, 3, 1, tzinfo=UTC))

    with pytest.raises(Refused, match="there is a session “Summer 28” already"):
        copy_session(session=june, by=staff, at=now)


def test_copy_01_a_free_year_is_no_reason_against_it():
    assert year_has_no_session("June 2028", []) is None


@pytest.mark.parametrize(
    ("name", "expected"),
    [("June 2027", "June 2028"), ("2027", "2028"), ("2026 to 2027", "2026 to 2028"), ("Autumn", "Autumn 2028")],
)
def test_the_name_of_a_copy_has_the_next_year(name, expected):
    assert name_in_the_next_year(name, 2028) == expected


# --- exporting --------------------------------------------------------------------------------------------------------


@pytest.fixture
def entries(session, centre, now):
    """A confirmed entry with accents in its name, one that waits, and one that was withdrawn."""
    ann = CandidateFactory(centre=centre, first_name="Zoë", last_name="O'Neil", plain_first_name="Zoe")
    shared = {"session": session, "centre": centre}
    StepEntryFactory(
        **shared,
        number="S00001",
        candidate=ann,
        plain_last_name="ONeil",
        ucas_id="0123456789",
        status=EntryStatus.CONFIRMED,
        confirmed_at=now,
    )
    StepEntryFactory(**shared, number="S00002")
    StepEntryFactory(**shared, number="S00003", status=EntryStatus.WITHDRAWN, withdrawn_at=now)
    StepEntryFactory()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("which", "numbers"),
    [
        (Exported.CONFIRMED, ["S00001"]),
        (Exported.LIVE, ["S00001", "S00002"]),
        (Exported.ALL, ["S00001", "S00002", "S00003"]),
    ],
)
def test_the_entries_asked_for_are_exported_and_noted(session, entries, staff, now, which, numbers):
    rows = export_entries(session=session, which=which, form="csv", by=staff, at=now)

    assert [row[0] for row in rows] == numbers
    line = history_of(session).get()
    assert (line.by, line.at, line.action) == (staff, now, "step-session.exported")
    assert line.note == f"{len(numbers)} entries as .csv: {which.label}"


@pytest.mark.django_db
def test_names_are_exported_in_their_plain_form_and_everything_as_text(session, entries, staff, now):
    [row] = export_entries(session=session, which=Exported.CONFIRMED, form="csv", by=staff, at=now)

    assert row == [
        "S00001", "61111", "Zoe", "ONeil", "04/03/2009", "Female", "0123456789", "STEP 2 and STEP 3", "CONFIRMED",
    ]  # fmt: skip


@pytest.mark.django_db
def test_an_export_costs_the_same_queries_for_3_and_for_300_entries(session, staff, now, django_assert_num_queries):
    for count in (3, 297):
        StepEntryFactory.create_batch(count, session=session)
        with django_assert_num_queries(4):  # two of them are the savepoint of the transaction
            export_entries(session=session, which=Exported.ALL, form="csv", by=staff, at=now)
