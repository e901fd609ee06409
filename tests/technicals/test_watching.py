"""What of a centre's entries has to be looked at, and how it is counted."""

from datetime import timedelta

import pytest

from core.moments import uk_date
from technicals.enums import EntryKind, EntryState, SeriesKind, SubmissionStatus, Suite, Watched
from technicals.queries.watching import Watch, last_day_of_year, registrations_watched, units_watched, watch_over
from technicals.services.drafts import start_draft
from tests.factories.candidates import CandidateFactory
from tests.factories.technicals import (
    QualificationFactory,
    RegistrationFactory,
    SubmissionFactory,
    UnitEntryFactory,
    exam_series,
    registration_series,
    today,
)
from tests.technicals.submissions import upload_for
from uploads.enums import RowState, UploadState
from uploads.models import UploadRow

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
WATCH_QUERIES = 2


@pytest.fixture
def ann(centre):
    return CandidateFactory(centre=centre)


@pytest.fixture
def watched(centre, officer):
    """The candidates of the registrations that have a reason to be looked at."""

    def act(reason, on=None):
        found = registrations_watched(centre=centre, user=officer, reason=reason, on=on or today())
        return [registration.candidate for registration in found]

    return act


@pytest.fixture
def over(centre, officer, now):
    return lambda: watch_over(centre=centre, user=officer, at=now, is_approved=True)


# --- registrations without a unit -------------------------------------------------------------------------------------


def test_a_registration_without_a_unit_entry_is_to_be_looked_at(ann, watched):
    RegistrationFactory(candidate=ann, centre=ann.centre)

    assert watched(Watched.NO_UNITS) == [ann]


@pytest.mark.parametrize("state", [EntryState.LIVE, EntryState.ABSENT])
def test_with_a_unit_entry_of_the_family_it_is_not_whatever_code_that_was_made_under(ann, watched, state):
    larger = QualificationFactory(code="05835")
    RegistrationFactory(candidate=ann, centre=ann.centre, qualification=larger)
    UnitEntryFactory(candidate=ann, centre=ann.centre, state=state)

    assert watched(Watched.NO_UNITS) == []


def test_a_unit_entry_of_another_subject_or_one_that_was_withdrawn_does_not_count(ann, watched):
    RegistrationFactory(candidate=ann, centre=ann.centre)
    sport = QualificationFactory(code="05827", subject="Sport")
    UnitEntryFactory(candidate=ann, centre=ann.centre, qualification=sport, unit__subject="Sport")
    UnitEntryFactory(candidate=ann, centre=ann.centre, state=EntryState.WITHDRAWN)

    assert watched(Watched.NO_UNITS) == [ann]


def test_the_2012_suite_has_no_examined_units_to_be_missed(ann, watched):
    old = QualificationFactory(code="05250", suite=Suite.OF_2012)
    RegistrationFactory(candidate=ann, centre=ann.centre, qualification=old)

    assert watched(Watched.NO_UNITS) == []


@pytest.mark.parametrize("state", sorted(set(EntryState) - {EntryState.LIVE}))
def test_only_a_live_registration_is_missed_in_an_examination(ann, watched, state):
    RegistrationFactory(candidate=ann, centre=ann.centre, state=state)

    assert watched(Watched.NO_UNITS) == []


# --- estimated completion ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "past", "completing"), [(-1, True, False), (0, False, True), (1, False, True), (800, False, False)]
)
def test_the_estimated_completion_passes_with_its_day(ann, watched, days, past, completing):
    RegistrationFactory(candidate=ann, centre=ann.centre, completion_date=today() + days * DAY)

    assert [bool(watched(reason)) for reason in (Watched.PAST_COMPLETION, Watched.COMPLETING)] == [past, completing]


def test_the_last_day_of_the_academic_year_completes_in_it_and_the_next_does_not(ann, watched):
    last = last_day_of_year(today())
    RegistrationFactory(candidate=ann, centre=ann.centre, completion_date=last)
    RegistrationFactory(centre=ann.centre, completion_date=last + DAY)

    assert watched(Watched.COMPLETING) == [ann]


def test_who_completes_and_has_a_unit_entry_needs_no_look(ann, watched):
    RegistrationFactory(candidate=ann, centre=ann.centre, completion_date=today())
    UnitEntryFactory(candidate=ann, centre=ann.centre)

    assert watched(Watched.COMPLETING) == []


# --- units without a registration -------------------------------------------------------------------------------------


@pytest.fixture
def unit_entry(ann):
    return UnitEntryFactory(candidate=ann, centre=ann.centre)


@pytest.fixture
def left_alone(centre, officer):
    return lambda: list(units_watched(centre=centre, user=officer, on=today()))


@pytest.mark.parametrize("state", [None, EntryState.WITHDRAWN, EntryState.TRANSFERRED])
def test_a_unit_entry_without_a_standing_registration_is_to_be_looked_at(ann, unit_entry, left_alone, state):
    if state:
        RegistrationFactory(candidate=ann, centre=ann.centre, state=state)

    assert left_alone() == [unit_entry]


@pytest.mark.parametrize("state", [EntryState.TOPPED_UP, EntryState.MOVED_DOWN])
def test_a_registration_that_was_topped_up_or_moved_down_counts_by_the_one_that_follows(
    ann, unit_entry, left_alone, state
):
    before = RegistrationFactory(candidate=ann, centre=ann.centre, state=state)
    top_up = QualificationFactory(code="05991", entry_kind=EntryKind.TOP_UP, from_code="05834", to_code="05835")
    after = RegistrationFactory(candidate=ann, centre=ann.centre, qualification=top_up, follows=before)

    assert left_alone() == []

    after.state = EntryState.WITHDRAWN
    after.save()

    assert left_alone() == [unit_entry]


def test_a_registration_whose_withdrawal_is_pending_still_stands(ann, unit_entry, left_alone):
    RegistrationFactory(candidate=ann, centre=ann.centre, state=EntryState.WITHDRAWING)

    assert left_alone() == []


def test_once_its_results_are_out_a_unit_entry_needs_no_registration(ann, unit_entry, left_alone):
    series = unit_entry.series
    series.results_on = today() - DAY
    series.save()

    assert left_alone() == []


# --- counted ----------------------------------------------------------------------------------------------------------


def test_everything_is_counted_for_the_own_centre_alone(centre, other_centre, officer, now, over):
    exam_series()
    registration_series()
    for of in (centre, other_centre):
        RegistrationFactory(centre=of, completion_date=today() - DAY)
        RegistrationFactory(centre=of, completion_date=today())
        RegistrationFactory(centre=of, state=EntryState.WITHDRAWING)
        UnitEntryFactory(centre=of)
        code = QualificationFactory(code="05834")
        start_draft(centre=of, qualification=code, series=None, by=officer, at=now)
        upload_for(of, officer, file_name="waits.csv")
        entered = upload_for(of, officer, file_name="most.csv", state=UploadState.PARTLY)
        states = {RowState.SET_ASIDE: "", RowState.OPEN: "", RowState.ENTERED: "CT000001"}
        UploadRow.objects.bulk_create(
            UploadRow(upload=entered, number=number, state=state, reference=reference)
            for number, (state, reference) in enumerate(states.items(), start=10)
        )
        SubmissionFactory(centre=of, status=SubmissionStatus.READ_AND_RECOGNISED)
        SubmissionFactory(centre=of, status=SubmissionStatus.PROCESSING_IN_PROGRESS)
        SubmissionFactory(centre=of, status=SubmissionStatus.OCR_HANDLING_THIS)
    january = exam_series()

    assert over() == Watch(
        is_approved=True,
        series=[january],
        past_completion=1,
        completing=1,
        no_units=2,
        no_registration=1,
        withdrawing=1,
        web_forms=1,
        files=1,
        rows_aside=3,
        waiting=2,
        handled=1,
    )


def test_a_refused_file_counts_once_and_no_longer_when_it_is_submitted_again(centre, officer, over):
    upload = upload_for(centre, officer, file_name="refused.csv")
    SubmissionFactory(centre=centre, upload=upload, status=SubmissionStatus.READ_AND_REJECTED)

    assert (over().rejected, over().files) == (1, 0)

    upload.state = UploadState.QUEUED
    upload.save()
    SubmissionFactory(centre=centre, upload=upload, status=SubmissionStatus.READ_AND_RECOGNISED)

    assert (over().rejected, over().waiting) == (0, 1)


def test_a_centre_without_anything_has_nothing_to_look_at(over):
    exam_series(SeriesKind.JUNE, entry_deadline=today() - DAY, late_until=today() - DAY)

    assert over() == Watch(is_approved=True, series=[])


def test_everything_is_counted_by_two_queries(centre, officer, now, over, django_assert_num_queries):
    RegistrationFactory.create_batch(3, centre=centre, submission=SubmissionFactory(centre=centre))
    UnitEntryFactory.create_batch(3, centre=centre)

    with django_assert_num_queries(WATCH_QUERIES):
        over()


def test_the_academic_year_ends_in_august(now):
    assert last_day_of_year(uk_date(now)) >= uk_date(now)
    assert (last_day_of_year(uk_date(now)).month, last_day_of_year(uk_date(now)).day) == (8, 31)
