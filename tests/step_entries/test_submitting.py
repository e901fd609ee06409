"""Submit: the one act that makes an entry."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError
from django.db.models import ProtectedError

from candidates.models import Candidate
from core.models import HistoryEntry
from core.refusals import Refused
from outbox.enums import EmailStatus
from outbox.models import OutgoingEmail, StaffAlert
from step_entries.enums import EntryStatus
from step_entries.models import EntryNumberCounter, StepDraft, StepEntry
from step_entries.services import save_step, submit_entry
from tests.factories.step_entries import DraftFactory, StepEntryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(session, centre, officer):
    return DraftFactory(session=session, centre=centre, started_by=officer)


def codes_of(refused):
    return [refusal.code for refusal in refused.value.refusals]


def nothing_was_entered():
    return (
        StepEntry.objects.count() == Candidate.objects.count() == OutgoingEmail.objects.count() == 0
        and not HistoryEntry.objects.exists()
        and not EntryNumberCounter.objects.filter(last__gt=0).exists()
    )


def test_submit_makes_entry_candidate_history_and_mail(draft, officer, now):
    entry = submit_entry(draft=draft, by=officer, at=now)

    assert entry.number == "S00001"
    assert entry.status == EntryStatus.NOT_YET_CONFIRMED
    assert (entry.name, entry.ucas_id, entry.get_papers_display()) == ("Ann Smith", "1234567890", "STEP 2 and STEP 3")
    assert entry.created_at == entry.modified_at == entry.unconfirmed_since == now
    assert [course.pk for course in entry.courses.all()] == [int(draft.answers["courses"]["courses"][0])]
    assert entry.candidate.centre == draft.centre
    assert [line.action for line in HistoryEntry.objects.order_by("pk")] == [
        "candidate.registered",
        "step-entry.submitted",
    ]
    assert OutgoingEmail.objects.get().key == "step-entry-submitted:S00001"


def test_submit_twice_makes_one_entry_and_answers_with_it(draft, officer, now):
    first = submit_entry(draft=draft, by=officer, at=now)

    second = submit_entry(draft=draft, by=officer, at=now + timedelta(seconds=1))

    assert second == first
    assert StepEntry.objects.count() == OutgoingEmail.objects.count() == 1


def test_submit_answers_with_its_entry_also_after_closing(draft, officer, now):
    entry = submit_entry(draft=draft, by=officer, at=now)

    again = submit_entry(draft=draft, by=officer, at=now + timedelta(days=90))

    assert again == entry


def test_submit_after_the_closing_minute_is_refused_and_keeps_the_draft(draft, officer):
    closing = draft.session.closes_at.replace(second=0, microsecond=0)

    with pytest.raises(Refused) as refused:
        submit_entry(draft=draft, by=officer, at=closing + timedelta(minutes=1))

    assert codes_of(refused) == ["STEP-01"]
    assert "Your answers are saved" in str(refused.value)
    assert StepDraft.objects.get(pk=draft.pk).answers == draft.answers
    assert nothing_was_entered()


def test_submit_in_the_last_second_of_the_closing_minute_is_in_time(draft, officer):
    closing = draft.session.closes_at.replace(second=0, microsecond=0)

    entry = submit_entry(draft=draft, by=officer, at=closing + timedelta(seconds=59, microseconds=999_999))

    assert entry.number == "S00001"


def test_submit_of_an_empty_draft_is_refused_with_every_reason(session, centre, officer, now):
    draft = DraftFactory(session=session, centre=centre, started_by=officer, answers={})

    with pytest.raises(Refused) as refused:
        submit_entry(draft=draft, by=officer, at=now)

    assert codes_of(refused) == ["DOB-01", "NAME-01", "NAME-01", "GENDER-01", "STEP-03", "STEP-04"]
    assert nothing_was_entered()


def test_submit_by_a_centre_whose_approval_ended_is_refused(draft, officer, now):
    draft.centre.approvals.update(until=now.date() - timedelta(days=1))

    with pytest.raises(Refused) as refused:
        submit_entry(draft=draft, by=officer, at=now)

    assert codes_of(refused) == ["STEP-02"]


def test_submit_of_the_same_person_again_is_refused_with_the_number(draft, officer, now):
    entry = submit_entry(draft=draft, by=officer, at=now)
    twin = DraftFactory(session=draft.session, centre=draft.centre, candidate={"ucas_id": ""})

    with pytest.raises(Refused) as refused:
        submit_entry(draft=twin, by=officer, at=now)

    assert codes_of(refused) == ["STEP-05"]
    assert refused.value.refusals[0].about == entry.number
    assert refused.value.refusals[0].confirm_with == "is_different_person"
    assert EntryNumberCounter.objects.get().last == 1


def test_submit_of_a_declared_different_person_makes_a_second_candidate(draft, officer, now):
    first = submit_entry(draft=draft, by=officer, at=now)
    namesake = DraftFactory(
        session=draft.session,
        centre=draft.centre,
        candidate={"ucas_id": "", "is_different_person": f"{first.number} annsmith"},
    )

    second = submit_entry(draft=namesake, by=officer, at=now)

    assert second.candidate != first.candidate
    assert second.number == "S00002"
    assert (first.is_different_person, second.is_different_person) == (False, True)


def test_a_declaration_about_one_namesake_does_not_let_another_person_in_twice(draft, officer, now):
    asked = submit_entry(draft=draft, by=officer, at=now)
    answers = {"first_name": "Bea", "ucas_id": "", "is_different_person": f"{asked.number} annsmith"}
    first, second = DraftFactory.create_batch(2, session=draft.session, centre=draft.centre, candidate=answers)
    submit_entry(draft=first, by=officer, at=now)

    with pytest.raises(Refused) as refused:
        submit_entry(draft=second, by=officer, at=now)

    assert codes_of(refused) == ["STEP-05"]
    assert StepEntry.objects.count() == 2


def test_a_declaration_that_nothing_asked_for_is_not_stored(session, centre, officer, now):
    draft = DraftFactory(session=session, centre=centre, candidate={"is_different_person": "S00001 annsmith"})

    entry = submit_entry(draft=draft, by=officer, at=now)

    assert entry.is_different_person is False


def test_step_09_submit_of_other_answers_than_were_seen_is_refused(draft, officer, now):
    seen = draft.fingerprint
    save_step(draft=draft, step="papers", answers={"papers": "step-2"}, at=now)

    with pytest.raises(Refused) as refused:
        submit_entry(draft=draft, by=officer, at=now, seen=seen)

    assert codes_of(refused) == ["STEP-09"]
    assert nothing_was_entered()


def test_step_09_submit_of_the_answers_that_were_seen_is_accepted(draft, officer, now):
    assert submit_entry(draft=draft, by=officer, at=now, seen=StepDraft.objects.get().fingerprint).number == "S00001"


def test_a_fingerprint_differs_exactly_where_the_answers_do(draft):
    same = StepDraft(answers=dict(reversed(draft.answers.items())))
    other = StepDraft(answers=draft.answers | {"papers": {"papers": "step-2"}})

    assert same.fingerprint == draft.fingerprint != other.fingerprint


def test_submit_of_a_draft_that_was_discarded_enters_nobody(draft, officer, now):
    StepDraft.objects.all().delete()

    with pytest.raises(StepDraft.DoesNotExist):
        submit_entry(draft=draft, by=officer, at=now)

    assert nothing_was_entered()


def test_submit_with_a_ucas_id_already_entered_is_refused_whoever_it_is(draft, officer, now):
    submit_entry(draft=draft, by=officer, at=now)
    other = DraftFactory(
        session=draft.session,
        centre=draft.centre,
        candidate={"first_name": "Bea", "is_different_person": "S00001 annsmith"},
    )

    with pytest.raises(Refused) as refused:
        submit_entry(draft=other, by=officer, at=now)

    assert codes_of(refused) == ["STEP-06"]


def test_submit_of_a_person_entered_at_another_centre_is_accepted(draft, officer, now, other_centre):
    elsewhere = DraftFactory(session=draft.session, centre=other_centre)
    submit_entry(draft=elsewhere, by=officer, at=now)

    entry = submit_entry(draft=draft, by=officer, at=now)

    assert entry.number == "S00002"


def test_submit_after_a_withdrawal_gives_a_new_number_to_the_same_candidate(draft, officer, now):
    old = submit_entry(draft=draft, by=officer, at=now)
    StepEntry.objects.filter(pk=old.pk).update(status=EntryStatus.WITHDRAWN, withdrawn_at=now)
    again = DraftFactory(session=draft.session, centre=draft.centre)

    new = submit_entry(draft=again, by=officer, at=now)

    assert new.number == "S00002"
    assert new.candidate == old.candidate


def test_submit_ignores_courses_that_the_session_does_not_offer(draft, officer, now):
    draft.answers["courses"]["courses"].append("999999")
    draft.save()

    entry = submit_entry(draft=draft, by=officer, at=now)

    assert entry.courses.count() == 1


def test_confirmation_mail_goes_to_the_submitter_with_a_copy_to_the_exams_officer(
    draft, colleague, now, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        submit_entry(draft=draft, by=colleague, at=now)

    [message] = mail.outbox
    row = OutgoingEmail.objects.get()
    assert message.to == ["reader@northgate.example"]
    assert message.cc == ["officer@northgate.example"]
    assert message.subject == "Entries Portal: STEP entry S00001 is made"
    assert message.extra_headers["Message-ID"] == row.message_id
    assert row.status == EmailStatus.SENT


def test_confirmation_mail_is_not_copied_to_an_exams_officer_whose_membership_ended(draft, officer, colleague, now):
    officer.memberships.update(ended_at=now)

    submit_entry(draft=draft, by=colleague, at=now)

    assert OutgoingEmail.objects.get().cc == []


def test_confirmation_mail_is_not_copied_to_an_exams_officer_who_cannot_sign_in_any_more(
    draft, officer, colleague, now
):
    officer.is_active = False
    officer.save()

    submit_entry(draft=draft, by=colleague, at=now)

    assert OutgoingEmail.objects.get().cc == []


def test_confirmation_mail_holds_what_was_entered_and_no_year_of_birth(session, centre, officer, now):
    draft = DraftFactory(session=session, centre=centre, candidate={"first_name": "Zoë", "last_name": "o'hara"})

    submit_entry(draft=draft, by=officer, at=now)

    row = OutgoingEmail.objects.get()
    assert "\n\n\n" not in row.text
    for body in (row.text, row.html):
        plain = body.replace("&#x27;", "'")
        for words in ("S00001", "Zoë O'Hara", "Zoe OHara", "4 March", "Female", "123 456 7890", "STEP 2 and STEP 3"):
            assert words in plain
        assert "2009" not in plain
        assert "Give this number to the candidate" in plain


def test_confirmation_mail_copies_no_second_one_to_the_officer_who_submitted(draft, officer, now):
    submit_entry(draft=draft, by=officer, at=now)

    assert OutgoingEmail.objects.get().cc == []


def test_confirmation_mail_is_withheld_where_alerts_are_off_at_submit(
    draft, officer, now, django_capture_on_commit_callbacks
):
    draft.centre.email_alerts = False
    draft.centre.save()

    with django_capture_on_commit_callbacks(execute=True):
        submit_entry(draft=draft, by=officer, at=now)

    assert mail.outbox == []
    assert OutgoingEmail.objects.get().status == EmailStatus.WITHHELD


def test_names_are_stored_as_typed_where_auto_capitalize_is_unticked(session, centre, officer, now):
    draft = DraftFactory(
        session=session, centre=centre, candidate={"last_name": "de la Mare", "auto_capitalise": False}
    )

    entry = submit_entry(draft=draft, by=officer, at=now)

    assert entry.last_name == "de la Mare"
    assert entry.auto_capitalise is False


def test_step_07_numbers_stop_at_the_end_of_the_range_and_staff_are_told(draft, officer, now):
    EntryNumberCounter.objects.create(letter="S", last=99_999)

    with pytest.raises(Refused) as refused:
        submit_entry(draft=draft, by=officer, at=now)

    assert codes_of(refused) == ["STEP-07"]
    assert StepEntry.objects.count() == 0
    assert [alert.key for alert in StaffAlert.objects.all()] == ["step-numbers-exhausted"]


def test_step_07_the_last_number_of_the_range_is_given(draft, officer, now):
    EntryNumberCounter.objects.create(letter="S", last=99_998)

    assert submit_entry(draft=draft, by=officer, at=now).number == "S99999"


def test_numbers_raise_one_alarm_when_nine_tenths_are_used(session, centre, officer, now):
    EntryNumberCounter.objects.create(letter="S", last=89_999)

    for first_name in ("Ann", "Bea"):
        draft = DraftFactory(session=session, centre=centre, candidate={"first_name": first_name, "ucas_id": ""})
        submit_entry(draft=draft, by=officer, at=now)

    assert StaffAlert.objects.get().key == "step-numbers-90-percent"
    assert OutgoingEmail.objects.filter(key="staff-alert:step-numbers-90-percent").count() == 1


@pytest.mark.parametrize("kind", ["course", "institution"])
def test_a_course_that_stands_on_an_entry_cannot_be_deleted(draft, officer, now, kind):
    entry = submit_entry(draft=draft, by=officer, at=now)
    course = entry.courses.get()

    with pytest.raises(ProtectedError):
        (course if kind == "course" else course.institution).delete()

    assert list(entry.courses.all()) == [course]


def test_the_database_refuses_a_second_live_entry_of_a_person(session, centre, officer, now):
    entry = StepEntryFactory(session=session, centre=centre)

    with pytest.raises(IntegrityError, match=r"one_live_entry_per_candidate_and_session|UNIQUE"):
        StepEntryFactory(session=session, centre=centre, candidate=entry.candidate, is_different_person=True)
