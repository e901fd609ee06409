"""What becomes of the rows of a file when they are entered: all of it, or nothing (decision 0018)."""

from datetime import date, timedelta

import pytest

from candidates.models import Candidate
from candidates.rules.people import academic_year
from candidates.services import create_group
from core.history import history_of
from core.moments import uk_date
from technicals.codecs.template import answers_of
from technicals.enums import EntryState, PriceKind, SeriesKind
from technicals.enums import SubmissionStatus as Status
from technicals.kinds import TECHNICALS_ENTRIES
from technicals.models import FeeLine, Registration, UnitEntry
from technicals.services.prefilling import prefilled_rows
from tests.factories.candidates import CandidateFactory
from tests.factories.technicals import (
    RegistrationFactory,
    TechnicalsApprovalFactory,
    UnitEntryFactory,
    exam_series,
    today,
)
from tests.factories.technicals_files import FULL, answers
from tests.technicals.conftest import CERTIFICATE, MOVE_DOWN, TOP_UP
from uploads.models import UploadRow
from uploads.services import enter_queued, judge

pytestmark = pytest.mark.django_db
QUERIES_OF_A_JUDGEMENT = 13
UCI, OTHER_UCI, ULN = "689990980001D", "689990980002K", "1000000051"
DECLARED = {"is_declared": f"{MOVE_DOWN} for Ann Smith, born 4 March 2009"}


def answered(upload, number, place, now):
    """The question of a row, answered with one of the choices that it offers."""
    [row] = [row for row in judge(upload=upload, kind=TECHNICALS_ENTRIES, at=now).to_mend if row.row.number == number]
    choice = row.verdict.refusals[0].choices[place]
    UploadRow.objects.filter(upload=upload, number=number).update(mended={"which_is_right": choice})


def test_every_entry_says_where_it_comes_from(enter, centre, officer, now, january):
    submission = enter(
        answers(0, own_reference="12B", uci=UCI, candidate_number="7"),
        answers(0, unit_1="1", unit_2="Unit 02", uci=UCI),
        order="PO 17",
    )

    [candidate] = Candidate.objects.all()
    assert (candidate.centre, candidate.uci, candidate.candidate_number) == (centre, UCI, "0007")
    assert candidate.numbered_in == academic_year(uk_date(now))
    [registration] = Registration.objects.all()
    assert (registration.candidate, registration.submission, registration.row) == (candidate, submission, 2)
    assert (registration.order_number, registration.own_reference, registration.created_at) == ("PO 17", "12B", now)
    assert (registration.state, registration.follows, registration.series.kind) == (
        "live",
        None,
        SeriesKind.REGISTRATION,
    )
    assert [
        (entry.candidate, entry.unit.number, entry.row, entry.order_number, entry.attempt, entry.series, entry.is_late)
        for entry in UnitEntry.objects.order_by("unit__number")
    ] == [(candidate, 1, 3, "PO 17", 1, january, False), (candidate, 2, 3, "PO 17", 1, january, False)]
    assert [entry.by for entry in history_of(registration)] == [officer]


def test_the_submission_says_what_was_entered_and_keeps_every_status(enter, now):
    submission = enter(answers(0), answers(0, unit_1="1"), answers(1))

    assert submission.status == Status.PROCESSING_COMPLETE
    assert submission.counts == {"rows": 3, "registrations": 2, "unit_entries": 1}
    moves = [entry.changes["entry status"] for entry in history_of(submission).order_by("pk")]
    assert moves == [
        [None, Status.READ_AND_RECOGNISED],
        [Status.READ_AND_RECOGNISED, Status.PROCESSING_IN_PROGRESS],
        [Status.PROCESSING_IN_PROGRESS, Status.PROCESSING_COMPLETE],
    ]
    assert set(submission.upload.rows.values_list("reference", flat=True)) == {submission.number}


@pytest.mark.parametrize(("level", "years"), [(3, 2), (2, 1)])
def test_the_estimated_completion_is_the_end_of_a_school_year(enter, centre, level, years):
    sport = {"subject": "Sport and Physical Activity", "level": level}
    TechnicalsApprovalFactory(centre=centre, **sport)
    code = "05826" if level == 3 else "05885"

    enter(answers(0, scheme_code=code))

    [registration] = Registration.objects.all()
    assert registration.completion_date == date(registration.series.year + years, 8, 31)


def test_each_charge_is_a_fee_line_at_the_price_of_submit(enter, centre, january):
    ann = CandidateFactory(centre=centre)
    RegistrationFactory(centre=centre, candidate=ann, qualification__code=FULL)
    UnitEntryFactory(centre=centre, candidate=ann, series=exam_series(year=2001), state=EntryState.ABSENT)
    january.entry_deadline, january.late_until = today() - timedelta(days=1), today() + timedelta(days=5)
    january.save()

    submission = enter(answers(9), answers(9, unit_1="1"), answers(0, last_name=ann.last_name, unit_1="1"), order="A1")

    lines = FeeLine.objects.filter(submission=submission).order_by("kind", "pk")
    assert [(line.kind, line.amount, line.order_number) for line in lines] == [
        (PriceKind.LATE, 1200, "A1"),
        (PriceKind.LATE, 1200, "A1"),
        (PriceKind.REGISTRATION, 5000, "A1"),
        (PriceKind.RESIT, 2500, "A1"),
    ]
    assert {entry.is_late for entry in UnitEntry.objects.filter(submission=submission)} == {True}


def test_keep_our_record_changes_nothing_of_it(enter, upload, submit, centre, now):
    ada = CandidateFactory(centre=centre, first_name="Ada", last_name="Byron", uci=UCI)
    waits = upload(answers(0, uci=UCI, last_name="King", middle_names="Mae", uln=ULN))
    answered(waits, 2, 0, now)

    assert enter_queued(upload_pk=submit(waits).pk, at=now)

    [candidate] = Candidate.objects.all()
    assert candidate.fingerprint == ada.fingerprint
    assert Registration.objects.get().candidate == ada
    assert [entry.action for entry in history_of(ada)] == []


def test_use_the_file_corrects_the_record_and_keeps_old_and_new(upload, submit, centre, officer, now):
    ada = CandidateFactory(centre=centre, first_name="Ann", last_name="Byron", uci=UCI)
    waits = upload(answers(0, uci=UCI, last_name="King"))
    answered(waits, 2, 1, now)

    assert enter_queued(upload_pk=submit(waits).pk, at=now)

    ada.refresh_from_db()
    [correction] = history_of(ada)
    assert (ada.last_name, ada.plain_last_name, ada.person_key) == ("King", "King", "annking")
    assert (correction.action, correction.by, correction.changes) == (
        "candidate.corrected",
        officer,
        {"last name": ["Byron", "King"]},
    )
    assert Registration.objects.get().candidate == ada


def test_a_new_person_of_the_same_name_is_a_second_candidate(upload, submit, centre, now):
    CandidateFactory(centre=centre, last_name="Smith", uci=UCI)
    waits = upload(answers(0, last_name="Smith", uci=OTHER_UCI))
    answered(waits, 2, 2, now)

    assert enter_queued(upload_pk=submit(waits).pk, at=now)

    assert sorted(Candidate.objects.values_list("uci", flat=True)) == [UCI, OTHER_UCI]
    assert Registration.objects.get().candidate.uci == OTHER_UCI


def test_a_second_file_fills_in_what_the_record_lacks(enter, now):
    enter(answers(0))
    enter(answers(0, unit_1="1", uci=UCI, candidate_number="42"))

    [candidate] = Candidate.objects.all()
    newest = max(history_of(candidate), key=lambda entry: entry.pk)
    assert (candidate.uci, candidate.candidate_number) == (UCI, "0042")
    assert newest.action == "candidate.corrected"
    assert newest.changes["uci"] == ["", UCI]


def test_a_number_of_last_year_that_a_file_gives_again_is_one_of_this_year(enter, centre, now):
    year = academic_year(uk_date(now))
    ann = CandidateFactory(centre=centre, last_name="Smith", candidate_number="0007", numbered_in=year - 1)

    enter(answers(0, last_name="Smith", candidate_number="7"))

    ann.refresh_from_db()
    assert (ann.candidate_number, ann.numbered_in) == ("0007", year)


def test_somebody_elses_number_of_last_year_is_free(enter, centre, now):
    year = academic_year(uk_date(now))
    old = CandidateFactory(centre=centre, last_name="Smith", candidate_number="0007", numbered_in=year - 1)

    enter(answers(1, candidate_number="7"), answers(0, last_name="Smith", uci=UCI))

    old.refresh_from_db()
    assert (old.uci, old.candidate_number, old.numbered_in) == (UCI, "0007", year - 1)


def test_a_registration_that_is_topped_up_stands_no_longer_and_stays_in_sight(enter, centre, officer):
    ann = CandidateFactory(centre=centre, last_name="Smith")
    first = RegistrationFactory(centre=centre, candidate=ann, qualification__code=CERTIFICATE)

    enter(answers(0, last_name="Smith", scheme_code=TOP_UP), answers(0, last_name="Smith", unit_1="1"))

    first.refresh_from_db()
    new = Registration.objects.get(follows=first)
    assert (first.state, new.state, new.qualification.code) == (EntryState.TOPPED_UP, EntryState.LIVE, TOP_UP)
    assert UnitEntry.objects.get().qualification.code == FULL
    [history] = history_of(first)
    assert (history.by, history.changes) == (officer, {"state": [EntryState.LIVE, EntryState.TOPPED_UP]})


def test_a_top_up_that_stands_is_entered_already_in_the_next_file(enter, upload, centre, now):
    RegistrationFactory(centre=centre, candidate=CandidateFactory(centre=centre, last_name="Smith"))
    first = enter(answers(0, last_name="Smith", scheme_code=TOP_UP))

    again = upload(answers(0, last_name="Smith", scheme_code=TOP_UP, own_reference="again"))

    [row] = judge(upload=again, kind=TECHNICALS_ENTRIES, at=now).open_rows
    assert (row.verdict.already, row.verdict.refusals) == (first.number, ())


def test_moving_down_keeps_the_declaration(upload, submit, centre, now):
    ann = CandidateFactory(centre=centre, last_name="Smith")
    first = RegistrationFactory(centre=centre, candidate=ann, qualification__code=FULL)
    waits = upload(answers(0, last_name="Smith", scheme_code=MOVE_DOWN))
    UploadRow.objects.filter(upload=waits).update(mended=DECLARED)

    assert enter_queued(upload_pk=submit(waits).pk, at=now)

    first.refresh_from_db()
    assert first.state == EntryState.MOVED_DOWN
    assert Registration.objects.get(follows=first).is_declared


@pytest.mark.parametrize("count", [3, 300])
def test_a_file_is_judged_by_a_constant_number_of_queries(upload, centre, now, count, django_assert_num_queries):
    CandidateFactory(centre=centre)
    waits = upload(*[answers(number, unit_1="1" if number % 2 else "") for number in range(count)])

    with django_assert_num_queries(QUERIES_OF_A_JUDGEMENT):
        judge(upload=waits, kind=TECHNICALS_ENTRIES, at=now)


def test_the_template_has_the_centres_candidates_and_goes_back_in(centre, upload, now):
    CandidateFactory(centre=centre, last_name="Zed", uci=UCI, gender="other")
    CandidateFactory(centre=centre, last_name="Abel", candidate_number="0007", numbered_in=academic_year(uk_date(now)))
    CandidateFactory(last_name="Elsewhere")

    rows = [answers_of(row) | {"scheme_code": FULL} for row in prefilled_rows(centre, {})]

    judgement = judge(upload=upload(*rows), kind=TECHNICALS_ENTRIES, at=now)
    found = [row.verdict.detail.finding for row in judgement.ready]
    assert [(finding.known.person.last_name, finding.is_change) for finding in found] == [
        ("Abel", False),
        ("Zed", False),
    ]


@pytest.mark.parametrize("name", ["ß" * 40, "Þ" * 21])
def test_a_name_whose_plain_form_is_longer_than_it_is_entered(enter, name):
    enter(answers(0, last_name=name, first_name=name))

    ann = Candidate.objects.get()
    assert (ann.last_name, len(ann.plain_last_name), len(ann.plain_first_name)) == (name, 40, 40)


@pytest.mark.parametrize("group", ["no key", "\0", "00000000-0000-0000-0000-000000000000"])
def test_a_template_for_a_group_that_there_is_not_has_nobody_in_it(january, centre, group):
    CandidateFactory(centre=centre)

    assert len(prefilled_rows(centre, {})) == 1
    assert prefilled_rows(centre, {"group": group}) == []


def test_a_template_has_nobody_of_a_group_of_another_centre(january, centre, other_centre, officer, now):
    theirs = create_group(centre=other_centre, name="Year 12", by=officer, at=now)
    CandidateFactory(centre=centre)
    theirs.candidates.add(CandidateFactory(centre=other_centre))

    assert prefilled_rows(centre, {"group": str(theirs.key)}) == []
