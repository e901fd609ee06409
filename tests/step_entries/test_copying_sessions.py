"""A session copied to the next year."""

from datetime import UTC, datetime, timedelta

import pytest

from core.history import history_of
from core.moments import UK
from core.refusals import Refused
from step_entries.models import SessionExtension, SessionNotice, StepSession
from step_entries.rules import (
    name_in_the_next_year,
    year_has_no_session,
)
from step_entries.services import (
    copy_session,
)
from tests.factories.step_entries import SessionFactory

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
CLOSES_AT = datetime(2027, 5, 4, 23, 59, tzinfo=UK)


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
