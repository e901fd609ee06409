"""What is due for Cambridge Technicals, beside STEP and without it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from core.moments import in_words
from reports.queries import Due, due_of_requests, due_of_technicals, soonest_first
from requests_forms.enums import Status
from requests_forms.queries import Waiting
from step_entries.models import StepSession
from technicals.enums import EntryState, SeriesKind
from technicals.models import Series
from technicals.queries.watching import Watch
from tests.factories.requests import RequestFactory
from tests.factories.step_entries import StepEntryFactory
from tests.factories.technicals import (
    RegistrationFactory,
    TechnicalsApprovalFactory,
    UnitEntryFactory,
    exam_series,
    today,
)
from tests.reports.pages import count_queries, words_of

OVERVIEW_QUERIES = 15
DAY = timedelta(days=1)
JANUARY = Series(
    kind=SeriesKind.JANUARY,
    year=2027,
    opens_on=date(2026, 9, 1),
    entry_deadline=date(2026, 10, 21),
    late_until=date(2026, 11, 21),
)
JUNE = Series(
    kind=SeriesKind.JUNE, year=2027, opens_on=date(2026, 11, 1), entry_deadline=date(2027, 2, 21), is_sample=True
)
EARLY, NEAR, LATE = (datetime(*day, 12, tzinfo=UTC) for day in ((2026, 9, 2), (2026, 10, 15), (2026, 11, 2)))
WATCH = "/technicals-reports/to-look-at/"


def due(at, series=(JANUARY,), is_approved=True, **counts):
    return soonest_first(due_of_technicals(Watch(is_approved=is_approved, series=series, **counts), at), at)


def told(at, **counts):
    return [thing.what for thing in due(at, **counts)]


def test_a_deadline_is_told_with_what_comes_after_it():
    [before] = due(NEAR)
    [after] = due(LATE)

    assert (before.what, before.until) == ("January 2027: entries for examined units close.", JANUARY.window)
    assert before.remedy == "Enter late joiners by then; later entries cost a charge, until 21 November 2026."
    assert (after.what, after.until) == (
        "January 2027: late entries for examined units close.",
        JANUARY.window_with_late,
    )
    assert after.remedy == "Each is charged as late. After it no unit can be entered for this series."


def test_a_series_without_late_entries_and_with_example_dates_says_both():
    [closing] = due(LATE, series=[JUNE])

    assert closing.what == "June 2027: entries for examined units close (an example date)."
    assert closing.remedy == "Enter late joiners by then. After it no unit can be entered for this series."


def test_the_last_minute_of_the_deadline_is_still_in_time():
    minute = datetime(2026, 10, 21, 22, 59, tzinfo=UTC)  # 23:59 (BST)

    assert told(minute + timedelta(seconds=59)) == ["January 2027: entries for examined units close."]
    assert told(minute + timedelta(minutes=1)) == ["January 2027: late entries for examined units close."]


def test_a_centre_without_an_approval_is_told_of_no_deadline_and_of_what_it_has_begun():
    assert told(NEAR, is_approved=False, web_forms=1) == ["1 web form is not submitted."]


@pytest.mark.parametrize(
    ("at", "is_told"),
    [
        (datetime(2026, 9, 23, 22, 59, tzinfo=UTC), False),  # 28 days and a minute before the deadline is over
        (datetime(2026, 9, 23, 23, 0, tzinfo=UTC), True),
        (LATE, True),
    ],
)
def test_registrations_without_units_are_told_of_28_days_before_a_deadline(at, is_told):
    assert ("2 registrations have no unit entry." in told(at, no_units=2)) == is_told


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (EARLY, []),
        (
            NEAR,
            ["OCR is handling 2 submissions: nothing of it is entered yet.", "1 submission is not processed yet."],
        ),
    ],
)
def test_what_only_waits_to_be_processed_is_told_of_7_days_before_a_deadline(at, expected):
    assert told(at, waiting=1, handled=2, is_approved=False) == expected


@pytest.mark.parametrize(
    ("counts", "what", "link"),
    [
        ({"no_registration": 1}, "1 unit entry stands without a registration.", f"{WATCH}?reason=no-registration"),
        ({"no_registration": 3}, "3 unit entries stand without a registration.", f"{WATCH}?reason=no-registration"),
        (
            {"past_completion": 1},
            "1 registration is past the estimated completion.",
            f"{WATCH}?reason=past-completion",
        ),
        (
            {"completing": 2},
            "2 registrations complete this academic year without a unit entry.",
            f"{WATCH}?reason=completing",
        ),
        (
            {"withdrawing": 1},
            "The withdrawal of 1 registration is pending.",
            f"{WATCH}?reason=withdrawing",
        ),
        (
            {"rejected": 1},
            "1 submission was read and rejected: nothing of it is entered.",
            "/technicals/submissions/?status=read-and-rejected",
        ),
        ({"web_forms": 2}, "2 web forms are not submitted.", "/technicals/"),
        ({"files": 1}, "1 entries spreadsheet is not submitted.", "/technicals/"),
        ({"rows_aside": 1_200}, "1,200 rows of entries spreadsheets are set aside or not submitted.", "/technicals/"),
    ],
)
def test_what_is_missing_says_what_to_do_and_where(counts, what, link):
    [thing] = due(EARLY, series=(), **counts)

    assert (thing.what, thing.link, bool(thing.remedy and thing.link_text)) == (what, link, True)
    assert not thing.writes_to_team


def test_soonest_first_and_what_waits_for_ocr_last():
    things = due(NEAR, series=[JANUARY, JUNE], no_registration=1, web_forms=1, withdrawing=1, completing=1)

    assert [thing.what.partition(" ")[0] for thing in things] == ["1", "1", "January", "June", "1", "The"]
    assert [thing.waits_for for thing in things] == [""] * 5 + ["Waits for OCR"]


def test_things_of_step_and_of_technicals_stand_in_one_order():
    closing, now = due(NEAR)[0], Due("Now", "Do it.")

    assert soonest_first([closing, now], NEAR) == [now, closing]


# --- on the overview --------------------------------------------------------------------------------------------------


@pytest.fixture
def client(signed_in, officer):
    return signed_in(officer)


@pytest.mark.django_db
def test_a_centre_with_both_has_one_list(client, session, centre):
    january = exam_series()
    TechnicalsApprovalFactory(centre=centre)

    said = words_of(client.get("/"))

    assert "STEP registration closes. After it no entry can be made" in said
    assert f"{january}: entries for examined units close." in said
    assert f"By {in_words(january.window.deadline)}" in said


@pytest.mark.django_db
def test_a_centre_without_step_has_a_list_too(client, centre):
    centre.approvals.all().delete()
    StepSession.objects.all().delete()
    TechnicalsApprovalFactory(centre=centre)
    exam_series()
    RegistrationFactory(centre=centre, state=EntryState.WITHDRAWING)

    said = words_of(client.get("/"))

    assert "What is due" in said
    assert "entries for examined units close." in said
    assert "Show the candidates Waits for OCR" in said
    assert "Cambridge Technicals reports: entries, candidates, groups, fees," in said


@pytest.mark.django_db
def test_a_centre_with_step_alone_reads_nothing_of_technicals(client, session, centre):
    exam_series()

    assert "examined units" not in words_of(client.get("/"))


@pytest.mark.django_db
def test_a_question_about_a_request_is_due_without_a_session_too(client, entry, officer):
    RequestFactory(entry=entry, started_by=officer, status=Status.MORE_INFORMATION)
    StepSession.objects.update(is_published=False)

    assert "1 request needs more information. Answer: nothing is decided until then." in words_of(client.get("/"))


@pytest.mark.parametrize(
    ("count", "what"),
    [
        (1, "1 request about Cambridge Technicals is not sent."),
        (2, "2 requests about Cambridge Technicals are not sent."),
    ],
)
def test_requests_about_technicals_that_were_not_sent_are_due_now(count, what):
    [thing] = due_of_requests(Waiting(technicals_not_sent=count))

    assert (thing.what, thing.until, thing.link) == (what, None, "/requests/?status=draft")
    assert due_of_requests(Waiting()) == []


@pytest.mark.django_db
def test_every_link_of_the_list_opens_and_shows_what_was_counted(client, session, centre):
    exam_series(entry_deadline=today() + DAY)
    TechnicalsApprovalFactory(centre=centre)
    RegistrationFactory(centre=centre)
    UnitEntryFactory(centre=centre)
    RegistrationFactory(centre=centre, completion_date=today() - DAY, state=EntryState.LIVE)

    things = [thing for thing in client.get("/").context["due"] if "to-look-at" in thing.link]

    assert [thing.what for thing in things] == [
        "1 unit entry stands without a registration.",
        "1 registration is past the estimated completion.",
        "2 registrations have no unit entry.",
    ]
    counts = [len(client.get(thing.link).context["page"].object_list) for thing in things]
    assert counts == [1, 1, 2]


@pytest.mark.django_db
def test_the_overview_asks_the_same_number_of_queries_with_one_and_with_three_of_everything(client, session, centre):
    TechnicalsApprovalFactory(centre=centre)
    StepEntryFactory(session=session, centre=centre)
    client.get("/")
    counts = []
    for number in (1, 3):
        exam_series(SeriesKind.JUNE, today().year + number)
        RegistrationFactory.create_batch(number, centre=centre)
        UnitEntryFactory.create_batch(number, centre=centre)
        counts.append(count_queries(client, reverse("reports:overview")))

    assert counts == [OVERVIEW_QUERIES, OVERVIEW_QUERIES]
