"""What the STEP team does in the admin."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.models import User
from core.models import HistoryEntry
from outbox.enums import EmailStatus
from outbox.models import OutgoingEmail, StaffAlert
from step_entries.enums import EntryStatus
from step_entries.models import SessionPaper, StepEntry, StepSession
from step_entries.querysets import StepEntryQuerySet
from step_entries.services import submit_entry
from tests.factories.accounts import UserFactory
from tests.factories.candidates import CandidateFactory
from tests.factories.outbox import OutgoingEmailFactory
from tests.factories.step_entries import CourseFactory, DraftFactory, StepEntryFactory

pytestmark = pytest.mark.django_db

ENTRIES = "/admin/step_entries/stepentry/"


@pytest.fixture
def client(signed_in, staff):
    return signed_in(staff)


def do(client, url, action, rows, **fields):
    ids = [row.pk for row in rows]
    return client.post(url, {"action": action, "_selected_action": ids} | fields, follow=True)


def test_confirm_now_confirms_by_the_same_act_and_names_who_did_it(client, session, centre, staff):
    entry = StepEntryFactory(session=session, centre=centre)

    page = do(client, ENTRIES, "confirm_now", [entry])

    entry.refresh_from_db()
    assert entry.is_confirmed
    assert HistoryEntry.objects.get(subject_id=entry.pk).by == staff
    assert "Confirmed: 1 of 1." in page.text


def test_confirm_now_says_why_an_entry_was_not_confirmed(client, session, centre):
    entry = StepEntryFactory(session=session, centre=centre, status=EntryStatus.WITHDRAWN)

    page = do(client, ENTRIES, "confirm_now", [entry])

    assert f"Confirmed: 0 of 1. {entry.number}: The entry does not await confirmation." in page.text


def test_a_hold_needs_a_reason_and_can_be_released(client, session, centre):
    entry = StepEntryFactory(session=session, centre=centre)

    refused = do(client, ENTRIES, "hold", [entry])
    do(client, ENTRIES, "hold", [entry], reason="Same person twice")
    held = StepEntry.objects.get()
    do(client, ENTRIES, "release", [entry])

    assert "Type the reason for the hold beside the action." in refused.text
    assert (held.is_held, held.held_reason) == (True, "Same person twice")
    assert not StepEntry.objects.get().is_held


def test_the_list_flags_what_waits_too_long_and_who_is_entered_elsewhere(client, session, centre, other_centre, now):
    entry = StepEntryFactory(session=session, centre=centre, created_at=now - timedelta(days=3))
    twin = CandidateFactory(centre=other_centre, first_name=entry.first_name, last_name=entry.last_name)
    StepEntryFactory(session=session, centre=other_centre, candidate=twin)

    page = client.get(ENTRIES)

    assert "NOT YET CONFIRMED: over 48 hours" in page.text
    assert [row.is_entered_elsewhere for row in page.context["cl"].result_list] == [True, True]


@pytest.mark.parametrize(("waiting", "expected"), [("due", 2), ("overdue", 1), ("held", 1), ("", 3)])
def test_the_list_is_filtered_by_waiting(client, session, centre, now, settings, waiting, expected):
    settings.STEP_CONFIRM_AFTER = timedelta(hours=2)
    StepEntryFactory(session=session, centre=centre)
    StepEntryFactory(session=session, centre=centre, created_at=now - timedelta(hours=3), held_at=now)
    StepEntryFactory(session=session, centre=centre, created_at=now - timedelta(hours=49))

    page = client.get(ENTRIES, {"waiting": waiting})

    assert len(page.context["cl"].result_list) == expected


def test_an_entry_shows_its_history_and_cannot_be_changed_by_hand(client, session, centre):
    entry = StepEntryFactory(session=session, centre=centre)
    do(client, ENTRIES, "confirm_now", [entry])

    page = client.get(f"{ENTRIES}{entry.pk}/change/")

    assert "step-entry.confirmed" in page.text
    assert 'name="last_name"' not in page.text


def test_a_parked_mail_is_put_back_into_the_queue(client):
    email = OutgoingEmailFactory(status=EmailStatus.FAILED, attempts=8)

    do(client, "/admin/outbox/outgoingemail/", "put_back", [email])

    assert OutgoingEmail.objects.get().status == EmailStatus.QUEUED


def test_staff_cannot_make_themselves_administrators(client, staff):
    client.post(f"/admin/accounts/user/{staff.pk}/change/", {"email": staff.email, "name": "X", "is_superuser": "on"})

    staff.refresh_from_db()
    assert (staff.is_superuser, staff.name) == (False, "Sam Taylor")


def test_staff_cannot_change_an_administrators_password(client):
    administrator = UserFactory(is_staff=True, is_superuser=True)

    answer = client.get(f"/admin/accounts/user/{administrator.pk}/password/")

    assert answer.status_code == 404


def test_staff_add_a_user_in_lower_case(client):
    client.post(
        "/admin/accounts/user/add/",
        {"email": "New.Person@School.Example", "name": "New Person"},
    )

    assert User.objects.get(name="New Person").email == "new.person@school.example"


@pytest.mark.parametrize(
    "model",
    [
        "accounts/user", "centres/centre", "candidates/candidate", "core/historyentry", "outbox/outgoingemail",
        "outbox/staffalert", "step_entries/stepsession", "step_entries/course", "step_entries/institution",
        "step_entries/stepdraft", "step_entries/confirmationrun",
    ],
)  # fmt: skip
def test_every_list_of_the_admin_opens(client, session, centre, officer, model):
    assert client.get(f"/admin/{model}/").status_code == 200


def test_a_centre_number_of_another_form_is_refused_in_the_admin(client):
    page = client.post("/admin/centres/centre/add/", {"number": "1234", "name": "X", "kind": "internal"})

    assert "Centre number must be five digits" in page.text


# --- lists, sentences and warnings ------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["naomi", "NAOMI", "Näomi", "naomi obrien", "O'Brien", "61111", "S00001"])
def test_an_entry_is_found_with_and_without_accents(client, session, centre, officer, now, words):
    draft = DraftFactory(session=session, centre=centre, candidate={"first_name": "näomi", "last_name": "o'brien"})
    entry = submit_entry(draft=draft, by=officer, at=now)

    page = client.get(ENTRIES, {"q": words})

    assert list(page.context["cl"].result_list) == [entry]


def test_the_list_of_entries_says_what_can_be_searched_and_has_its_columns_in_order(client, session, centre):
    StepEntryFactory(session=session, centre=centre)

    page = client.get(ENTRIES)

    assert "Entry number, first or last name" in page.text
    assert page.context["cl"].list_display[1:] == [
        "number", "candidate_name", "state", "papers", "centre", "created_at", "elsewhere",
    ]  # fmt: skip


def test_the_list_filters_what_waits_for_more_than_48_hours(client, session, centre, now):
    with time_machine.travel(now, tick=False):
        StepEntryFactory(session=session, centre=centre, created_at=now - timedelta(hours=48))
        late = StepEntryFactory(session=session, centre=centre, created_at=now - timedelta(hours=48, microseconds=1))

        page = client.get(ENTRIES, {"waiting": "overdue"})

    assert list(page.context["cl"].result_list) == [late]


def test_confirm_now_says_which_entries_somebody_else_works_on(client, session, centre, monkeypatch):
    entry = StepEntryFactory(session=session, centre=centre)
    monkeypatch.setattr(StepEntryQuerySet, "select_for_update", lambda self, **kwargs: self.none())

    page = do(client, ENTRIES, "confirm_now", [entry])

    assert f"Confirmed: 0 of 1. Being worked on just now: {entry.number}. Look again in a minute." in page.text


def test_confirm_now_on_a_confirmed_entry_raises_no_alarm(client, session, centre, now):
    entry = StepEntryFactory(session=session, centre=centre, status=EntryStatus.CONFIRMED, confirmed_at=now)

    do(client, ENTRIES, "confirm_now", [entry])

    assert StaffAlert.objects.count() == 0


def test_a_course_that_stands_on_an_entry_is_protected_in_the_admin(client, session, centre, officer, now, staff):
    staff.is_superuser = True
    staff.save()
    entry = submit_entry(draft=DraftFactory(session=session, centre=centre), by=officer, at=now)
    course = entry.courses.get()

    client.post(f"/admin/step_entries/course/{course.pk}/delete/", {"post": "yes"})

    assert list(entry.courses.all()) == [course]


def moment(field, at):
    return {f"{field}_0": at.strftime("%Y-%m-%d"), f"{field}_1": at.strftime("%H:%M:%S")}


def session_form(now, papers=(), **changes):
    """What the admin's form of a session posts."""
    fields = {"name": "Autumn 2099", "papers-TOTAL_FORMS": len(papers), "papers-INITIAL_FORMS": 0}
    fields |= {"notices-TOTAL_FORMS": 0, "notices-INITIAL_FORMS": 0}
    fields |= moment("opens_at", now) | moment("closes_at", now + timedelta(days=9))
    fields |= moment("modified_papers_until", now + timedelta(days=5))
    for place, paper in enumerate(papers):
        fields |= {f"papers-{place}-paper": paper} | moment(f"papers-{place}-starts_at", now + timedelta(days=20))
    return fields | changes


def test_a_session_without_papers_or_courses_is_saved_with_a_warning(client, now):
    page = client.post("/admin/step_entries/stepsession/add/", session_form(now), follow=True)

    assert "This session has no papers yet: nobody can be entered." in page.text
    assert "This session has no courses yet: officers can only tick Other." in page.text


def test_a_session_with_papers_and_courses_is_saved_without_a_warning(client, session, now):
    courses = [course.pk for course in session.courses.all()]

    page = client.post(
        "/admin/step_entries/stepsession/add/", session_form(now, ["step-2"], courses=courses), follow=True
    )

    assert StepSession.objects.get(name="Autumn 2099").papers.count() == 1
    assert "no papers yet" not in page.text
    assert "no courses yet" not in page.text


def test_a_session_that_closes_before_it_opens_is_refused_with_a_sentence(client, now):
    wrong = session_form(now, **moment("closes_at", now - timedelta(days=1)))

    page = client.post("/admin/step_entries/stepsession/add/", wrong)

    assert "Registration must close after it opens. Check both moments." in page.text


def test_a_paper_that_a_session_has_already_is_refused_with_a_sentence(client, session):
    again = SessionPaper(session=session, paper="step-2", starts_at=session.closes_at)

    with pytest.raises(ValidationError, match="The session has this paper already"):
        again.full_clean()


def test_a_paper_typed_twice_is_refused_with_a_sentence(client, now):
    page = client.post("/admin/step_entries/stepsession/add/", session_form(now, ["step-2", "step-2"]))

    assert "The session has this paper twice. Change one of them, or delete it." in page.text
    assert StepSession.objects.count() == 0


def test_sessions_and_drafts_bear_the_name_of_the_test(client):
    text = client.get(reverse("admin:index")).text

    assert "STEP sessions" in text
    assert "STEP drafts" in text


# --- centres ----------------------------------------------------------------------------------------------------------


def centre_form(centre, officer="", **changes):
    """What the admin's form of a centre posts."""
    fields = {"number": centre.number, "name": centre.name, "kind": centre.kind, "nation": centre.nation}
    fields |= {"exams_officer": officer.pk if officer else "", "email_alerts": "on", "is_active": "on"}
    for inline in ("approvals", "memberships"):
        fields |= {f"{inline}-TOTAL_FORMS": 0, f"{inline}-INITIAL_FORMS": 0}
    return fields | changes


def test_centre_02_a_member_is_accepted_as_exams_officer(client, centre, officer):
    centre.exams_officer = None
    centre.save()

    client.post(f"/admin/centres/centre/{centre.pk}/change/", centre_form(centre, officer))

    centre.refresh_from_db()
    assert centre.exams_officer == officer


@pytest.mark.parametrize("why", ["of another centre", "ended", "cannot sign in"])
def test_centre_02_an_exams_officer_who_is_no_live_member_is_refused(client, centre, officer, other_centre, now, why):
    centre.exams_officer = None
    centre.save()
    if why == "of another centre":
        officer.memberships.update(centre=other_centre)
    if why == "ended":
        officer.memberships.update(ended_at=now)
    if why == "cannot sign in":
        User.objects.filter(pk=officer.pk).update(is_active=False)

    page = client.post(f"/admin/centres/centre/{centre.pk}/change/", centre_form(centre, officer))

    centre.refresh_from_db()
    assert "Olivia Marsh is not a member of this centre now." in page.text
    assert centre.exams_officer is None


def test_an_approval_that_ends_before_it_begins_is_refused_with_a_sentence(client, centre):
    wrong = {
        "approvals-TOTAL_FORMS": 1,
        "approvals-0-subject": "step",
        "approvals-0-since": "2027-02-01",
        "approvals-0-until": "2027-01-31",
    }

    page = client.post(f"/admin/centres/centre/{centre.pk}/change/", centre_form(centre, **wrong))

    assert "The last day of an approval must not be before its first. Check both dates." in page.text


def test_a_second_live_membership_of_a_person_is_refused_with_a_sentence(client, centre, officer):
    again = {
        "memberships-TOTAL_FORMS": 1,
        "memberships-0-email": officer.email,
        "memberships-0-name": officer.name,
        "memberships-0-role": "read-only",
    }

    page = client.post(f"/admin/centres/centre/{centre.pk}/change/", centre_form(centre, **again))

    assert "officer@northgate.example is a member of this centre already." in page.text
    assert officer.memberships.count() == 1


@pytest.mark.parametrize("model", ["institution", "course"])
def test_the_catalogue_is_changed_with_old_and_new(client, staff, model):
    course = CourseFactory()
    row = {"institution": course.institution, "course": course}[model]
    given = {"name": "Renamed", "ucas_code": "", "institution": course.institution_id}

    client.post(f"/admin/step_entries/{model}/{row.pk}/change/", given)

    line = HistoryEntry.objects.get(action=f"{model}.changed")
    assert (line.by, line.changes["name"][1]) == (staff, "Renamed")
