"""What is due, and Test status: what is missing, until when, and what is still possible."""

from datetime import datetime, timedelta

import pytest
import time_machine

from core.moments import UK
from core.windows import Window
from step_entries.models import SessionExtension
from tests.factories.step_entries import DraftFactory, StepEntryFactory
from tests.factories.uploads import candidate_row, upload_of
from tests.reports.due_facts import CLOSES, MODIFIED, OPENS, SESSION, due
from tests.reports.pages import words_of

CLOSING = "STEP registration closes."
MODIFIED_PAPERS = "Modified papers can be asked for."


@pytest.mark.parametrize(
    ("at", "counts", "expected"),
    [
        (OPENS - timedelta(days=1), {}, []),
        (OPENS - timedelta(days=1), {"drafts": 2, "without_ucas_id": 3}, []),
        (OPENS, {}, [MODIFIED_PAPERS, CLOSING]),
        (
            OPENS,
            {"drafts": 2, "rows": 200, "without_ucas_id": 3, "overdue": 4},
            [
                "4 entries not confirmed for more than 48 hours.",
                MODIFIED_PAPERS,
                "2 drafts are not entered.",
                "200 candidates in an uploaded spreadsheet are not entered.",
                "3 entries have no UCAS ID.",
                CLOSING,
            ],
        ),
        (
            MODIFIED + timedelta(minutes=1),
            {"drafts": 1, "rows": 1, "without_ucas_id": 1, "overdue": 1},
            [
                "1 entry not confirmed for more than 48 hours.",
                "1 draft is not entered.",
                "1 candidate in an uploaded spreadsheet is not entered.",
                "1 entry has no UCAS ID.",
                CLOSING,
            ],
        ),
        (MODIFIED + timedelta(seconds=59), {}, [MODIFIED_PAPERS, CLOSING]),
        (CLOSES + timedelta(seconds=59), {}, [CLOSING]),
        (CLOSES + timedelta(minutes=1), {}, []),
        (
            CLOSES + timedelta(minutes=1),
            {"drafts": 1, "rows": 3, "without_ucas_id": 5, "overdue": 1},
            [
                "1 entry not confirmed for more than 48 hours.",
                "1 draft was not entered before registration closed.",
                "3 candidates in an uploaded spreadsheet were not entered.",
            ],
        ),
    ],
)
def test_what_is_due_is_told_soonest_first_and_only_while_it_can_be_done(at, counts, expected):
    assert [thing.what for thing in due(at, **counts)] == expected


def test_a_centre_with_an_extension_has_its_own_closing():
    extended = SESSION.window_until(CLOSES + timedelta(days=2))

    [closing] = due(CLOSES + timedelta(days=1), window=extended)

    assert (closing.what, closing.until) == (CLOSING, extended)


def test_everything_due_says_what_to_do_and_where():
    things = due(OPENS, drafts=2, rows=1, without_ucas_id=3, overdue=4, total=5)

    assert [(bool(thing.remedy), thing.link) for thing in things] == [
        (True, "/entries/?status=overdue"),
        (True, "/entries/"),
        (True, "#drafts"),
        (True, "/uploads/"),
        (True, "/entries/?ucas_id=missing"),
        (True, ""),
    ]


@pytest.mark.django_db
def test_the_overview_says_what_is_due_and_how_long_is_left(signed_in, officer, session, centre):
    session.closes_at = session.closes_at.replace(second=0, microsecond=0)
    session.modified_papers_until = session.closes_at - timedelta(days=14)
    session.save()
    DraftFactory(session=session, centre=centre, started_by=officer)
    StepEntryFactory(session=session, centre=centre, created_at=session.closes_at - timedelta(days=3, hours=1))

    with time_machine.travel(session.closes_at - timedelta(days=3, minutes=-1), tick=False):
        words = words_of(signed_in(officer).get("/"))

    assert "1 draft is not entered. Go on and press Submit, or discard it. Show the draft" in words
    assert "1 entry has no UCAS ID. Universities match results by it. Add it to the entry." in words
    assert words.count(": 3 days left") == 3
    assert MODIFIED_PAPERS not in words


@pytest.mark.django_db
def test_a_spreadsheet_without_submit_is_due_for_its_own_centre(
    signed_in, officer, officer_elsewhere, session, centre, now
):
    upload_of([candidate_row(number) for number in range(3)], centre=centre, by=officer, at=now)

    own, others = (words_of(signed_in(person).get("/")) for person in (officer, officer_elsewhere))

    assert "3 candidates in an uploaded spreadsheet are not entered." in own
    assert "in an uploaded spreadsheet" not in others


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (
            timedelta(days=-61),
            ["not open yet. Registration opens in 1 day, on", "Can be made when registration opens."],
        ),
        (
            timedelta(days=-15),
            [
                "open. Registration closes in 15 days",
                "Can be made, amended and withdrawn until registration closes.",
                "Can be asked for until",
                "Are released on",
            ],
        ),
        (timedelta(days=-13), ["Could be asked for until"]),
        (
            timedelta(minutes=1),
            [
                "closed. Registration closed on",
                "Cannot be made any more. An amendment or a withdrawal is asked for in the Action list",
            ],
        ),
        (timedelta(days=101), ["Were released on"]),
    ],
)
def test_the_test_status_says_what_is_closed_and_what_is_still_possible(signed_in, officer, session, moment, words):
    with time_machine.travel(session.closes_at + moment, tick=False):
        page = words_of(signed_in(officer).get("/"))

    assert [sentence for sentence in words if sentence not in page] == []


@pytest.mark.django_db
def test_an_extension_of_the_centre_is_counted_down_and_said(signed_in, officer, officer_elsewhere, session, centre):
    closes_at = session.closes_at + timedelta(days=1)
    SessionExtension.objects.create(session=session, centre=centre, closes_at=closes_at)

    with time_machine.travel(session.closes_at + timedelta(minutes=2), tick=False):
        own, others = (words_of(signed_in(person).get("/")) for person in (officer, officer_elsewhere))

    assert "open. Registration closes in 23 hours" in own
    assert "(extended for your centre)" in own
    assert "closed. Registration closed on" in others


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("now", "closes", "words"),
    [
        # clocks go forward at 01:00 GMT on 28 March 2027, back at 02:00 BST on 31 October 2027
        ((2027, 3, 27, 23, 59), (2027, 3, 28, 23, 58), "23 hours"),
        ((2027, 3, 27, 12, 0), (2027, 3, 28, 11, 59), "23 hours"),
        ((2027, 10, 30, 12, 0), (2027, 10, 31, 11, 59), "1 day 1 hour"),
        ((2027, 3, 28, 0, 59), (2027, 3, 28, 2, 0), "2 minutes"),
        ((2027, 10, 31, 0, 30), (2027, 10, 31, 2, 29), "3 hours"),
    ],
)
def test_the_countdown_across_a_clock_change_counts_the_time_that_passes(
    signed_in, officer, session, now, closes, words
):
    session.closes_at = datetime(*closes, tzinfo=UK)
    session.modified_papers_until = session.closes_at
    session.save()

    with time_machine.travel(datetime(*now, tzinfo=UK), tick=False):
        page = words_of(signed_in(officer).get("/"))

    assert f"Registration closes in {words}, on" in page


def test_a_window_of_modified_papers_ends_with_its_minute():
    assert Window(OPENS, MODIFIED).ends_at == MODIFIED + timedelta(minutes=1)


def test_who_may_only_look_is_told_who_does_what_is_due(signed_in, officer, colleague, session):
    sentence = "An exams officer of your centre does what stands here."

    assert sentence in signed_in(colleague).get("/").text
    assert sentence not in signed_in(officer).get("/").text
