"""What the guide and the overview page promise of entries, from a spreadsheet to what stands entered and is charged."""

from datetime import timedelta

import pytest

from candidates.models import Candidate
from core.refusals import Refused
from technicals.enums import EntryKind, EntryState, PriceKind, SeriesKind
from technicals.kinds import TECHNICALS_ENTRIES
from technicals.models import FeeLine, Qualification, Registration, Unit, UnitEntry
from tests.factories.technicals import (
    PriceFactory,
    QualificationFactory,
    TechnicalsApprovalFactory,
    exam_series,
    load_reference,
    registration_series,
    today,
)
from tests.factories.technicals_files import FULL, answers, upload_of
from uploads.services import enter_queued, judge, submit_upload

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
SMALLER, TOP_UP, MOVE_DOWN = "05834", "05991", "05992"
"""A full award of a smaller size than FULL, and the codes between the two."""


@pytest.fixture(autouse=True)
def ready(centre):
    """A centre that is approved for Business, with the catalogue, routes, prices and the year's registrations."""
    load_reference()
    registration_series()
    TechnicalsApprovalFactory(centre=centre)
    QualificationFactory(code=TOP_UP, entry_kind=EntryKind.TOP_UP, from_code=SMALLER, to_code=FULL)
    QualificationFactory(code=MOVE_DOWN, entry_kind=EntryKind.MOVING_DOWN, from_code=FULL, to_code=SMALLER)
    for kind, amount in ((PriceKind.REGISTRATION, 5000), (PriceKind.RESIT, 2000), (PriceKind.LATE, 1500)):
        PriceFactory(kind=kind, amount=amount)


@pytest.fixture
def enter(centre, officer, now):
    """Upload these rows, answer their questions, accept what is asked, submit and have them entered."""

    def send(*rows, mended=None, accepts=True):
        upload = upload_of(list(rows), centre=centre, by=officer, at=now)
        upload.rows.update(mended=mended or {})
        judgement = judge(upload=upload, kind=TECHNICALS_ENTRIES, at=now)
        preview = TECHNICALS_ENTRIES.preview([row.verdict for row in judgement.ready])
        submit_upload(
            upload=upload,
            kind=TECHNICALS_ENTRIES,
            by=officer,
            at=now,
            seen=judgement.fingerprint,
            accepted=preview.accept_as if accepts else "",
        )
        assert enter_queued(upload_pk=upload.pk, at=now)
        return preview

    return send


@pytest.fixture
def told(centre, officer, now):
    """What is said of the only row of a file: the codes against it, and what its person is told."""

    def judged(*rows):
        upload = upload_of(list(rows), centre=centre, by=officer, at=now)
        verdict = judge(upload=upload, kind=TECHNICALS_ENTRIES, at=now).open_rows[-1].verdict
        return [refusal.code for refusal in verdict.refusals], list(verdict.notices)

    return judged


def charged(**entry):
    """The kinds and amounts that are charged for an entry."""
    return sorted(FeeLine.objects.filter(**entry).values_list("kind", "amount"))


def test_the_first_entry_for_a_unit_is_part_of_the_registration_and_the_next_is_charged(enter):
    exam_series()
    exam_series(SeriesKind.JUNE)

    enter(answers(0), answers(0, unit_1="1", series=f"January {today().year + 1}"))
    enter(answers(0, unit_1="1", series=f"June {today().year + 1}"))

    assert charged(registration__isnull=False) == [(PriceKind.REGISTRATION, 5000)]
    assert charged(unit_entry__attempt=1) == []
    assert charged(unit_entry__attempt=2) == [(PriceKind.RESIT, 2000)]


def test_after_the_deadline_a_unit_is_late_charged_and_entered_once_that_is_accepted(enter):
    exam_series(opens_on=today() - 60 * DAY, entry_deadline=today() - DAY, late_until=today())

    with pytest.raises(Refused) as refused:
        enter(answers(0), answers(0, unit_1="1"), accepts=False)
    preview = enter(answers(1), answers(1, unit_1="1"))

    assert [refusal.code for refusal in refused.value.refusals] == ["UPLOAD-11"]
    assert preview.accept == "I accept the late charge for 1 unit entry: 1 at £15.00"
    assert UnitEntry.objects.get().is_late
    assert charged(unit_entry__isnull=False) == [(PriceKind.LATE, 1500)]


def test_after_the_last_day_for_late_entries_a_unit_is_refused_and_a_registration_is_not(told):
    exam_series(SeriesKind.JUNE)
    exam_series(opens_on=today() - 60 * DAY, entry_deadline=today() - 2 * DAY, late_until=today() - DAY)

    codes, _ = told(answers(0), answers(0, unit_1="1", series=f"January {today().year + 1}"))
    of_registration, _ = told(answers(1))

    assert codes == ["SERIES-02"]
    assert of_registration == []


def test_a_unit_is_refused_for_a_series_in_which_it_cannot_be_sat(told):
    exam_series()
    Unit.objects.filter(number=1).update(in_january=False)

    codes, _ = told(answers(0), answers(0, unit_1="1"))

    assert codes == ["SERIES-03"]


@pytest.mark.parametrize(("days", "is_told"), [(1, True), (3, False)])
def test_a_registration_within_two_days_before_the_deadline_is_mentioned_and_not_refused(told, days, is_told):
    series = exam_series(opens_on=today() - 60 * DAY, entry_deadline=today() + days * DAY)

    codes, notices = told(answers(0), answers(0, unit_1="1"))

    said = f"The registration is made within two days of the entry deadline of {series}."
    assert codes == []
    assert (said in notices) == is_told


def test_registrations_belong_to_the_set_of_the_academic_year_whatever_series_was_chosen(enter):
    exam_series()

    enter(answers(0, series=f"January {today().year + 1}"))

    assert Registration.objects.get().series.kind == SeriesKind.REGISTRATION


def test_a_top_up_follows_its_full_award_which_stays_in_sight(enter):
    exam_series()
    enter(answers(0, scheme_code=SMALLER))

    enter(answers(0, scheme_code=TOP_UP))

    follower = Registration.objects.get(qualification__code=TOP_UP)
    assert follower.state == EntryState.LIVE
    assert (follower.follows.qualification.code, follower.follows.state) == (SMALLER, EntryState.TOPPED_UP)


def test_a_moving_down_is_entered_with_the_declaration_of_the_centre(enter):
    exam_series()
    enter(answers(0))

    enter(answers(0, scheme_code=MOVE_DOWN), mended={"is_declared": f"{MOVE_DOWN} for Ann Smitha, born 4 March 2009"})

    follower = Registration.objects.get(qualification__code=MOVE_DOWN)
    assert follower.is_declared
    assert (follower.follows.qualification.code, follower.follows.state) == (FULL, EntryState.MOVED_DOWN)


def test_who_has_unit_entries_alone_can_neither_top_up_nor_move_down(enter, told, centre):
    TechnicalsApprovalFactory(centre=centre, subject="IT", suite="2012")
    of_2012 = Qualification.objects.get(code="05347")
    QualificationFactory(
        code="05993", entry_kind=EntryKind.TOP_UP, from_code=of_2012.code, to_code="05349", subject="IT", suite="2012"
    )
    exam_series()
    enter(answers(0, scheme_code=of_2012.code, unit_1="1"))

    codes, _ = told(answers(0, scheme_code="05993"))

    assert Candidate.objects.count() == 1
    assert "ROUTE-01" in codes
