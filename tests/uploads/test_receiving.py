"""Taking a file in, matching its headings, discarding it, and deleting what is kept no longer."""

from datetime import timedelta
from functools import partial

import pytest

from core.models import HistoryEntry
from core.refusals import Refused
from step_entries.kinds import COLUMNS, STEP_CANDIDATES, columns_for
from step_entries.models import StepEntry, StepSession
from tests.factories.uploads import HEADINGS, candidate_row, sheet, upload_of
from uploads import services
from uploads.enums import RowState, UploadState
from uploads.models import HeadingMapping, Upload, UploadRow
from uploads.services import discard_upload, judge, purge_uploads, receive_upload, submit_upload

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def received(session, centre, officer, now):
    """Uploads a file with these rows for Northgate."""

    def receive(rows, **layout):
        return upload_of(rows, **({"centre": centre, "by": officer, "at": now} | layout))

    return receive


@pytest.fixture
def match_headings(officer, now):
    return partial(services.match_headings, kind=STEP_CANDIDATES, by=officer, at=now)


def codes(refused):
    return [refusal.code for refusal in refused.value.refusals]


def test_a_file_under_known_headings_is_open_at_once_and_nothing_is_entered(received, officer):
    upload = received([candidate_row(1), candidate_row(2)])

    assert (upload.state, upload.mapping[:2], upload.notes) == (UploadState.OPEN, ["first_name", "last_name"], [])
    assert [(row.number, row.cells[1]) for row in upload.rows.all()] == [(2, "Smithb"), (3, "Smithc")]
    assert StepEntry.objects.count() == 0
    assert HistoryEntry.objects.get().action == "upload.received"


def test_the_template_can_be_filled_in_and_its_help_line_left_in(received, centre):
    columns = columns_for(centre)
    row = dict(zip(["first_name", "last_name", "date_of_birth", "gender"], candidate_row(), strict=False))
    upload = received(
        [[column.help for column in columns], [row.get(column.slug, "") for column in columns]],
        headings=[column.label for column in columns],
    )

    assert upload.notes == ["Row 2 is the help line of the template and was left out."]
    assert [row.number for row in upload.rows.all()] == [3]
    assert upload.state == UploadState.OPEN


def test_a_title_above_the_headings_and_empty_rows_are_left_out(received):
    upload = received(
        [[""] * 7, HEADINGS, candidate_row(1), [""] * 7, candidate_row(2)], headings=["Northgate", *[""] * 6]
    )

    assert upload.notes == ["Row 1 stands above the headings and was left out."]
    assert [row.number for row in upload.rows.all()] == [4, 6]


def test_columns_can_stand_in_any_order(received, now):
    upload = received([list(reversed(candidate_row()))], headings=list(reversed(HEADINGS)))

    assert [row.verdict.title for row in judge(upload=upload, kind=STEP_CANDIDATES, at=now).ready] == ["Ann Smitha"]


def test_upload_04_a_file_with_only_headings_is_refused_and_nothing_is_kept(received):
    with pytest.raises(Refused) as refused:
        received([])

    assert codes(refused) == ["UPLOAD-04"]
    assert Upload.objects.count() == UploadRow.objects.count() == 0


def test_upload_01_the_same_bytes_under_another_name_are_refused(received, officer):
    received([candidate_row()])

    with pytest.raises(Refused) as refused:
        received([candidate_row()], name="another name.csv")

    assert codes(refused) == ["UPLOAD-01"]
    assert Upload.objects.count() == 1


def test_upload_01_another_centre_may_send_the_same_bytes(received, other_centre, officer_elsewhere):
    received([candidate_row()])
    received([candidate_row()], centre=other_centre, by=officer_elsewhere)

    assert Upload.objects.count() == 2


def test_upload_01_a_discarded_file_can_be_uploaded_again(received, officer, now):
    upload = received([candidate_row()])

    assert discard_upload(upload=upload, by=officer, at=now)
    received([candidate_row()])

    assert UploadRow.objects.count() == 1


def test_upload_07_the_eleventh_file_of_an_hour_is_refused(received, now):
    for number in range(10):
        received([candidate_row(number)], at=now - HOUR / 2)

    with pytest.raises(Refused) as refused:
        received([candidate_row(10)])
    received([candidate_row(10)], at=now + HOUR / 2)

    assert codes(refused) == ["UPLOAD-07"]


@pytest.mark.parametrize("name", ["../../etc/passwd.csv", "a" * 300 + ".csv", "<svg onload=alert(1)>.csv", "x\0y.csv"])
def test_s55_a_file_name_is_only_ever_text(received, name):
    upload = received([candidate_row()], name=name)

    assert len(upload.file_name) <= 100
    assert "/" not in upload.file_name
    assert "\0" not in upload.file_name


@pytest.mark.parametrize("name", ["=1+1.csv", "+x.csv", "-x.csv", "@x.csv", "\tx.csv", "=" * 200 + ".csv"])
def test_s44_a_file_name_becomes_no_formula_in_a_list_that_is_taken_away(received, name):
    assert received([candidate_row()], name=name).file_name.startswith("_")


def test_nothing_is_taken_when_entries_cannot_be_made(received, session, centre, now):
    centre.approvals.all().delete()
    with pytest.raises(Refused) as refused:
        received([candidate_row()], at=session.closes_at + HOUR)

    assert codes(refused) == ["STEP-01", "STEP-02"]


# --- headings ---------------------------------------------------------------------------------------------------------

ODD = ["Vorname", "Nachname", *HEADINGS[2:]]
CHOSEN = ["first_name", "last_name", "date_of_birth", "gender", "ucas_id", "papers", "courses"]


def test_unknown_headings_are_matched_once_and_remembered(received, now, match_headings):
    upload = received([candidate_row(1)], headings=ODD)
    assert (upload.state, upload.mapping) == (UploadState.HEADINGS, [None, None, *CHOSEN[2:]])

    upload = match_headings(upload=upload, chosen=CHOSEN, same_for_all={})
    assert HistoryEntry.objects.filter(action="upload.headings-matched").count() == 1
    another = received([candidate_row(2)], headings=ODD)

    assert upload.state == another.state == UploadState.OPEN
    assert another.mapping == CHOSEN
    assert set(HeadingMapping.objects.values_list("heading", "column")) == {
        ("Vorname", "first_name"),
        ("Nachname", "last_name"),
    }


def test_what_one_centre_chose_another_is_asked_anew(received, other_centre, officer_elsewhere, match_headings):
    match_headings(upload=received([candidate_row(1)], headings=ODD), chosen=CHOSEN, same_for_all={})

    theirs = received([candidate_row(1)], headings=ODD, centre=other_centre, by=officer_elsewhere)

    assert theirs.mapping[:2] == [None, None]


def test_two_headings_of_one_column_are_asked_about_and_the_choice_may_change_later(received, match_headings):
    headings = [*HEADINGS, "Legal surname"]
    upload = received([[*candidate_row(1), "Jones"]], headings=headings)
    assert [slug for slug in upload.mapping if slug is None] == [None, None]
    wanted = ["first_name", "", *CHOSEN[2:], "last_name"]

    upload = match_headings(upload=upload, chosen=wanted, same_for_all={})

    assert upload.rows.get().answers(upload.mapping, {})["last_name"] == "Jones"
    assert received([[*candidate_row(2), "Jones"]], headings=headings).mapping == wanted


def test_upload_02_upload_03_missing_and_doubled_columns_are_told_together(received, match_headings):
    upload = received([candidate_row()], headings=ODD)

    with pytest.raises(Refused) as refused:
        match_headings(upload=upload, chosen=["gender", "", *CHOSEN[2:]], same_for_all={"nothing": "x"})

    upload.refresh_from_db()
    assert codes(refused) == ["UPLOAD-02", "UPLOAD-03"]
    assert upload.state == UploadState.HEADINGS
    assert HeadingMapping.objects.count() == 0


def test_one_answer_can_stand_for_all_rows_of_a_column_that_the_file_lacks(received, now, match_headings):
    upload = received([candidate_row(1)[:5], candidate_row(2)[:5]], headings=HEADINGS[:5])
    same = {"papers": "STEP 3", "courses": " Other "}

    upload = match_headings(upload=upload, chosen=CHOSEN[:5], same_for_all=same)

    ready = judge(upload=upload, kind=STEP_CANDIDATES, at=now).ready
    assert [row.verdict.in_words[-2:] for row in ready] == [("STEP 3", "Other")] * 2


def test_a_column_without_a_heading_that_holds_something_is_asked_about(received):
    upload = received([[*candidate_row(), "stray"]], headings=[*HEADINGS, ""])

    assert upload.mapping == [*CHOSEN, None]


def test_the_own_school_is_asked_of_open_centres_only(centre):
    assert len(columns_for(centre)) == len(COLUMNS) - 1


# --- what is kept -----------------------------------------------------------------------------------------------------


def entered(upload, officer, now):
    seen = judge(upload=upload, kind=STEP_CANDIDATES, at=now).fingerprint
    return submit_upload(upload=upload, kind=STEP_CANDIDATES, by=officer, at=now, seen=seen)


def test_an_upload_with_an_entered_row_cannot_be_discarded(received, officer, now):
    upload = entered(received([candidate_row(), candidate_row(1, ucas_id="1")]), officer, now)

    assert not discard_upload(upload=upload, by=officer, at=now)
    assert Upload.objects.count() == 1


def test_contents_are_deleted_14_days_after_closing_and_entries_stay(received, officer, session, now):
    partly = entered(received([candidate_row(), candidate_row(1, ucas_id="1")]), officer, now)
    received([candidate_row(5)])
    last_moment = session.window.ends_at + timedelta(days=14)

    assert purge_uploads(at=last_moment) == 0
    assert purge_uploads(at=last_moment + timedelta(seconds=1)) == 2
    assert purge_uploads(at=last_moment + timedelta(days=1)) == 0

    [row] = UploadRow.objects.all()
    assert Upload.objects.get() == partly
    assert (row.number, row.reference, row.cells, row.mended, row.title) == (2, "S00001", [], {}, "")
    assert row.state == RowState.ENTERED
    assert StepEntry.objects.count() == 1


def test_a_file_is_kept_by_the_window_of_its_centre(received, session, centre):
    session.extensions.create(centre=centre, closes_at=session.closes_at + timedelta(days=3))

    assert received([candidate_row()]).keep_until == session.window.ends_at + timedelta(days=17)


@pytest.mark.parametrize("is_for_all", [True, False])
def test_contents_are_kept_by_an_extension_granted_after_the_file_was_received(
    received, officer_elsewhere, other_centre, session, centre, is_for_all
):
    ours, theirs = received([candidate_row()]), received([candidate_row()], centre=other_centre, by=officer_elsewhere)
    later = session.closes_at + timedelta(days=20)
    if is_for_all:
        StepSession.objects.update(closes_at=later)
    else:
        session.extensions.create(centre=centre, closes_at=later)

    purge_uploads(at=session.window.ends_at + timedelta(days=15))
    kept = set(Upload.objects.all())
    purge_uploads(at=later + timedelta(days=14, minutes=2))

    assert kept == ({ours, theirs} if is_for_all else {ours})
    assert not Upload.objects.exists()


def test_contents_are_deleted_though_their_session_is_gone(received, session):
    received([candidate_row()])
    StepSession.objects.all().delete()

    assert purge_uploads(at=session.window.ends_at + timedelta(days=15)) == 1


def test_there_is_no_period_without_a_session(centre, now):
    StepSession.objects.all().delete()

    assert STEP_CANDIDATES.periods(centre, now) == []


def test_reading_a_file_asks_a_constant_number_of_queries(session, centre, officer, now, django_assert_num_queries):
    [period] = STEP_CANDIDATES.periods(centre, now)
    for count in (1, 100):
        content = sheet([candidate_row(number) for number in range(count)])
        with django_assert_num_queries(10):
            receive_upload(
                kind=STEP_CANDIDATES,
                period=period,
                centre=centre,
                file_name="step.csv",
                content=content,
                by=officer,
                at=now,
            )
