"""What is due among requests: questions, requests not sent, and special consideration after a paper."""

from datetime import datetime, timedelta

import pytest

from core.moments import UK
from requests_forms.enums import Kind
from requests_forms.queries import NotSent, Waiting
from step_entries.enums import Combination
from tests.reports.due_facts import CLOSES, OPENS, STEP_2, STEP_3, due


def test_a_question_of_the_step_team_is_due_now():
    [question, *_] = due(OPENS, requests=Waiting(open=3, more_information=2))

    assert (question.what, question.until) == ("2 requests need more information.", None)
    assert question.link == "/requests/?status=more-information"


@pytest.mark.parametrize(
    ("kind", "papers", "at", "sentence", "until"),
    [
        (Kind.TIMETABLE_VARIATION, "step-2", OPENS, "Timetable variation: 1 request is not sent.", CLOSES),
        (
            Kind.TIMETABLE_VARIATION,
            "step-2",
            CLOSES + timedelta(minutes=1),
            "Timetable variation: 1 request was not sent in time.",
            None,
        ),
        (Kind.ACCESS_ARRANGEMENT, "step-2", OPENS, "Access arrangement: 1 request is not sent.", CLOSES),
        (
            Kind.ACCESS_ARRANGEMENT,
            "step-2-and-3",
            CLOSES + timedelta(days=1),
            "Access arrangement: 1 request is not sent.",
            STEP_3.starts_at,
        ),
        (
            Kind.WITHDRAWAL,
            "step-2",
            CLOSES + timedelta(days=1),
            "Withdrawal: 1 request is not sent.",
            STEP_2.starts_at + timedelta(hours=3),
        ),
        (
            Kind.SPECIAL_CONSIDERATION,
            "step-2-and-3",
            STEP_3.starts_at,
            "Special consideration: 1 request is not sent.",
            datetime(2027, 6, 10, 23, 59, tzinfo=UK),
        ),
    ],
)
def test_a_request_that_was_not_sent_is_due_by_its_own_deadline(kind, papers, at, sentence, until):
    things = due(at, requests=Waiting(not_sent=[NotSent(kind, Combination(papers), 1)]))

    [thing] = [thing for thing in things if "not sent" in thing.what]
    assert (thing.what, thing.until and thing.until.deadline) == (sentence, until)
    assert (thing.link, thing.writes_to_team) == (f"/requests/?status=draft&kind={kind}", until is None)


def test_requests_not_sent_with_one_deadline_are_counted_together():
    waiting = [NotSent(Kind.TIMETABLE_VARIATION, papers, 2) for papers in Combination]

    things = due(OPENS, requests=Waiting(not_sent=waiting))

    assert "Timetable variation: 6 requests are not sent." in [thing.what for thing in things]


@pytest.mark.parametrize(
    ("at", "entered", "expected"),
    [
        (STEP_2.starts_at - timedelta(days=1), "step-2-and-3", []),
        (STEP_2.starts_at, "step-2-and-3", ["STEP 2"]),
        (STEP_2.starts_at, "step-3", []),
        (STEP_3.starts_at, "step-2-and-3", ["STEP 2", "STEP 3"]),
        (datetime(2027, 6, 10, 23, 59, 59, tzinfo=UK), "step-2-and-3", ["STEP 2", "STEP 3"]),
        (datetime(2027, 6, 11, 0, 0, tzinfo=UK), "step-2-and-3", ["STEP 3"]),
        (datetime(2027, 6, 17, 0, 0, tzinfo=UK), "step-2-and-3", []),
    ],
)
def test_special_consideration_is_offered_for_each_paper_sat_by_candidates_of_the_centre(at, entered, expected):
    things = due(at, by_papers=[(entered, "", 1)])

    assert [thing.what for thing in things] == [
        f"Special consideration for {paper} can be asked for." for paper in expected
    ]
