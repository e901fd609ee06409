"""Submit enters the rows that are ready, once, as they were seen."""

from datetime import timedelta

import pytest

from candidates.models import Candidate
from core.models import HistoryEntry
from core.refusals import Refused
from outbox.enums import EmailStatus
from outbox.models import OutgoingEmail, StaffAlert
from step_entries.kinds import STEP_CANDIDATES
from step_entries.models import EntryNumberCounter, StepEntry
from step_entries.services import submit_entry
from tests.factories.candidates import CandidateFactory
from tests.factories.centres import MembershipFactory
from tests.factories.step_entries import DraftFactory, StepEntryFactory
from tests.factories.uploads import candidate_row
from uploads.enums import RowState, UploadState
from uploads.models import UploadRow
from uploads.rules.rows import Change
from uploads.services import judge, save_rows, submit_upload

pytestmark = pytest.mark.django_db


def test_ready_rows_become_entries_with_candidates_numbers_history_and_one_mail(uploaded, submit, session, officer):
    course = session.courses.select_related("institution").first()
    rows = [candidate_row(0, courses=f"{course.institution}; Other", last_name="mcDonald"), candidate_row(1)]

    upload = submit(uploaded(rows))

    first, second = StepEntry.objects.order_by("number")
    assert (first.number, first.name, first.plain_name) == ("S00001", "Ann McDonald", "Ann McDonald")
    assert (first.gender, first.ucas_id, first.papers) == ("female", "1000000000", "step-2-and-3")
    assert (list(first.courses.all()), first.has_other_course, first.submitted_by) == ([course], True, officer)
    assert first.candidate.person_key == "annmcdonald"
    assert second.number == "S00002"
    assert {row.reference for row in upload.rows.all()} == {"S00001", "S00002"}
    assert (upload.state, upload.submitted_at) == (UploadState.ENTERED, first.created_at)
    assert HistoryEntry.objects.filter(action="step-entry.submitted").count() == 2
    assert HistoryEntry.objects.filter(action="candidate.registered").count() == 2
    mail = OutgoingEmail.objects.get()
    assert mail.key == "step-entries-uploaded:S00001-S00002"
    assert mail.subject == "Entries Portal: STEP entries S00001 to S00002 are made"
    assert "S00001  Ann McDonald" in mail.text
    assert "4 March. Gender: Female. UCAS ID: 100 000 0000" in mail.text
    assert "2009" not in mail.text
    for body in (mail.text, mail.html):
        assert "open the entry and change it, until registration closes" in body
    assert "Ann McDonald" not in mail.subject


def test_the_row_of_a_file_and_the_form_make_the_same_entry(uploaded, submit, session, centre, officer, now):
    draft = DraftFactory(session=session, centre=centre, candidate={"last_name": "Müller", "first_name": "zoë"})
    by_form = submit_entry(draft=draft, by=officer, at=now)
    course = session.courses.select_related("institution").first()
    row = ["zoë", "Müller", "05/03/2009", "F", "2234567890", "both", f"{course.institution} {course.name}"]
    submit(uploaded([row]))
    by_file = StepEntry.objects.exclude(pk=by_form.pk).get()

    differ = {"id", "number", "submission_key", "candidate_id", "date_of_birth", "ucas_id", "_state"}
    assert {name: value for name, value in vars(by_file).items() if name not in differ} == {
        name: value
        for name, value in vars(by_form).items()
        if name not in differ | {"_state"} and name in vars(by_file)
    }


def test_the_good_rows_alone_are_entered_and_the_others_later(uploaded, submit, officer, now):
    upload = submit(uploaded([candidate_row(0), candidate_row(1, ucas_id="1"), candidate_row(2)]))
    assert (upload.state, StepEntry.objects.count()) == (UploadState.PARTLY, 2)

    save_rows(upload=upload, kind=STEP_CANDIDATES, cells={3: {"ucas_id": Change("1", "")}}, by=officer, at=now)
    upload = submit(upload)

    assert (upload.state, StepEntry.objects.count()) == (UploadState.ENTERED, 3)
    assert OutgoingEmail.objects.count() == 2


def test_a_row_set_aside_is_not_entered_and_nothing_waits_any_more(uploaded, submit, officer, now):
    upload = uploaded([candidate_row(0), candidate_row(1)])
    save_rows(upload=upload, kind=STEP_CANDIDATES, cells={}, aside={3}, by=officer, at=now)

    upload = submit(upload)
    assert (upload.state, StepEntry.objects.count()) == (UploadState.ENTERED, 1)

    save_rows(upload=upload, kind=STEP_CANDIDATES, cells={}, back={3}, by=officer, at=now)
    upload.refresh_from_db()
    assert upload.state == UploadState.PARTLY


def test_submit_pressed_twice_enters_nothing_twice(uploaded, submit, judged):
    upload = uploaded([candidate_row(0), candidate_row(1, ucas_id="1")])
    seen = judged(upload).fingerprint

    submit(upload, seen=seen)
    submit(upload, seen=seen)

    assert StepEntry.objects.count() == OutgoingEmail.objects.count() == 1


def test_upload_05_rows_that_were_changed_after_they_were_seen_are_not_entered(uploaded, submit, judged):
    upload = uploaded([candidate_row(0), candidate_row(1)])
    seen = judged(upload).fingerprint
    upload.rows.filter(number=2).update(mended={"papers": "STEP 2"})

    with pytest.raises(Refused, match="changed after you opened this page"):
        submit(upload, seen=seen)

    assert StepEntry.objects.count() == 0


def test_upload_05_a_row_that_a_colleague_entered_meanwhile_stops_the_submit(
    uploaded, submit, judged, session, centre, now
):
    upload = uploaded([candidate_row(0), candidate_row(1)])
    seen = judged(upload).fingerprint
    candidate = CandidateFactory(centre=centre, first_name="Ann", last_name="Smitha", date_of_birth="2009-03-04")
    StepEntryFactory(session=session, centre=centre, candidate=candidate)

    with pytest.raises(Refused, match="changed after you opened this page"):
        submit(upload, seen=seen)

    assert StepEntry.objects.count() == 1


def test_upload_06_submit_needs_a_row_that_is_ready(uploaded, submit):
    with pytest.raises(Refused, match="No row is ready"):
        submit(uploaded([candidate_row(0, ucas_id="1")]))


def test_after_closing_nothing_is_entered_and_the_rows_are_kept(uploaded, submit, session, judged):
    upload = uploaded([candidate_row(0)])
    seen = judged(upload).fingerprint

    with pytest.raises(Refused, match="Registration closed"):
        submit(upload, seen=seen, at=session.window.ends_at)
    assert StepEntry.objects.count() == 0

    submit(upload, seen=seen, at=session.window.ends_at - timedelta(milliseconds=1))
    assert StepEntry.objects.count() == 1


def test_a_centre_without_approval_enters_nothing(uploaded, submit, centre):
    upload = uploaded([candidate_row(0)])
    centre.approvals.all().delete()

    with pytest.raises(Refused, match="not approved"):
        submit(upload)


def test_numbers_that_ran_out_refuse_all_rows_and_tell_staff(uploaded, submit):
    EntryNumberCounter.objects.create(letter="S", last=99_998)

    with pytest.raises(Refused, match="no entry numbers left"):
        submit(uploaded([candidate_row(0), candidate_row(1)]))

    assert (
        StepEntry.objects.count()
        == Candidate.objects.count()
        == OutgoingEmail.objects.exclude(key__startswith="staff-alert").count()
        == 0
    )
    assert UploadRow.objects.filter(state=RowState.ENTERED).count() == 0
    assert StaffAlert.objects.filter(key="step-numbers-exhausted").exists()


def test_the_mail_is_withheld_where_alerts_are_off_and_copied_to_the_exams_officer(
    uploaded, submit, centre, officer, now
):
    colleague = MembershipFactory(centre=centre).user
    centre.email_alerts = False
    centre.save()
    upload = uploaded([candidate_row(0)])
    seen = judge(upload=upload, kind=STEP_CANDIDATES, at=now).fingerprint

    submit_upload(upload=upload, kind=STEP_CANDIDATES, by=colleague, at=now, seen=seen)

    mail = OutgoingEmail.objects.get()
    assert (mail.status, mail.to, mail.cc) == (EmailStatus.WITHHELD, [colleague.email], [officer.email])
    assert mail.subject == "Entries Portal: STEP entry S00001 is made"


# --- queries ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 25])
def test_judging_and_submitting_ask_a_constant_number_of_queries(
    uploaded, judged, submit, count, django_assert_num_queries
):
    upload = uploaded([candidate_row(number) for number in range(count)])

    with django_assert_num_queries(8):
        seen = judged(upload).fingerprint
    with django_assert_num_queries(35):
        submit(upload, seen=seen)

    assert StepEntry.objects.count() == count
