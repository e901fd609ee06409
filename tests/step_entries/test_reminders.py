"""Reminders 14, 7 and 2 days before closing: to whom, of what, how often, and what they never say."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from centres.enums import Role
from core.moments import UK
from core.windows import Window
from entries_portal.celery import app
from outbox.enums import EmailStatus
from outbox.models import OutgoingEmail
from step_entries.enums import EntryStatus
from step_entries.models import SessionExtension, StepSession
from step_entries.services.reminders import send_reminders, stage_of
from step_entries.tasks import send_reminders as send_reminders_task
from tests.factories.accounts import UserFactory
from tests.factories.centres import CentreFactory, MembershipFactory
from tests.factories.step_entries import DraftFactory, SessionFactory, StepEntryFactory
from tests.factories.uploads import candidate_row, upload_of
from uploads.enums import RowState

pytestmark = pytest.mark.django_db

CLOSES = datetime(2027, 5, 4, 22, 59, tzinfo=UTC)  # 23:59 BST
MORNING = datetime(2027, 5, 4, 6, 30, tzinfo=UTC)  # 07:30 BST of the closing day
DAY = timedelta(days=1)


@pytest.fixture
def session(db):
    return SessionFactory(name="June 2027", opens_at=CLOSES - 60 * DAY, closes_at=CLOSES)


@pytest.fixture
def entry(session, centre, officer):
    """An entry of Northgate without a UCAS ID."""
    return StepEntryFactory(
        number="S00042", session=session, centre=centre, first_name="Zuleika", last_name="Quux", submitted_by=officer
    )


def keys():
    return list(OutgoingEmail.objects.order_by("pk").values_list("key", flat=True))


def run_each_morning(first, last):
    """Run on each morning from so many days before closing to so many; how many mails there were on each."""
    return {days: send_reminders(at=MORNING - days * DAY) for days in range(first, last - 1, -1)}


def test_a_centre_is_reminded_14_7_and_2_days_before_once_each(entry, session):
    sent = run_each_morning(20, 0)

    assert {days for days, count in sent.items() if count} == {14, 7, 2}
    assert keys() == [f"step-reminder:{session.pk}:61111:{days}" for days in (14, 7, 2)]


@pytest.mark.parametrize(
    ("first_run", "expected"), [(13, {13: 14, 7: 7, 2: 2}), (8, {8: 14, 7: 7, 2: 2}), (6, {6: 7, 2: 2}), (0, {0: 2})]
)
def test_a_missed_reminder_is_sent_late_and_a_later_one_takes_its_place(entry, first_run, expected):
    sent = run_each_morning(first_run, 0)

    assert [days for days, count in sent.items() if count] == list(expected)
    assert [int(key.rpartition(":")[2]) for key in keys()] == list(expected.values())


@pytest.mark.parametrize(
    ("at", "stage"),
    [
        (datetime(2027, 4, 19, 23, 59, 59, tzinfo=UK), None),
        (datetime(2027, 4, 20, 0, 0, tzinfo=UK), 14),
        (datetime(2027, 4, 26, 23, 59, tzinfo=UK), 14),
        (datetime(2027, 4, 27, 0, 0, tzinfo=UK), 7),
        (datetime(2027, 5, 2, 0, 0, tzinfo=UK), 2),
        (datetime(2027, 5, 4, 23, 59, 59, tzinfo=UK), 2),
        (datetime(2027, 5, 5, 0, 0, tzinfo=UK), None),
    ],
)
def test_days_are_days_of_the_uk_calendar_and_the_closing_minute_counts(at, stage):
    window = Window(CLOSES - 60 * DAY, CLOSES)

    assert stage_of(window, at) == stage


def test_the_days_count_right_across_a_change_of_the_clocks():
    closes = datetime(2027, 4, 1, 22, 59, tzinfo=UTC)  # BST began on 28 March

    assert stage_of(Window(closes - 60 * DAY, closes), datetime(2027, 3, 18, 0, 0, tzinfo=UTC)) == 14
    assert stage_of(Window(closes - 60 * DAY, closes), datetime(2027, 3, 17, 23, 59, tzinfo=UTC)) is None


def test_the_mail_says_what_is_missing_and_never_names_a_pupil(entry, session, centre):
    DraftFactory.create_batch(2, session=session, centre=centre, candidate={"last_name": "Quux"})

    send_reminders(at=MORNING - 7 * DAY)

    mail = OutgoingEmail.objects.get()
    assert mail.subject == "Entries Portal: STEP registration closes in 7 days, centre 61111"
    for text in (mail.text, mail.html):
        assert "2 drafts without Submit." in text
        assert "1 entry without a UCAS ID." in text
        assert "S00042" in text
        assert "4 May 2027, 23:59 (BST)" in text
        assert "/entries/?ucas_id=missing" in text
        assert "Centre Preferences" in text
        assert "Zuleika" not in text
        assert "Quux" not in text
    assert mail.status == EmailStatus.QUEUED


def test_rows_of_a_spreadsheet_that_are_not_entered_are_told_to_their_own_centre(
    session, centre, other_centre, officer, officer_elsewhere
):
    upload = upload_of([candidate_row(number) for number in range(4)], centre=centre, by=officer, at=MORNING - 9 * DAY)
    upload.rows.filter(pk=upload.rows.first().pk).update(state=RowState.SET_ASIDE)
    StepEntryFactory(session=session, centre=other_centre)

    send_reminders(at=MORNING - 7 * DAY)

    mails = {mail.to[0]: mail for mail in OutgoingEmail.objects.all()}
    mail, theirs = mails[officer.email], mails[officer_elsewhere.email]
    for text in (mail.text, mail.html):
        assert "3 candidates in uploaded spreadsheets are NOT ENTERED." in text
        assert "press Submit, or set the rows aside" in text
        assert "/uploads/" in text
        assert "Smith" not in text
    assert "spreadsheet" not in theirs.text


def test_a_spreadsheet_whose_rows_are_entered_or_set_aside_brings_no_mail(session, centre, officer):
    upload = upload_of([candidate_row(number) for number in range(2)], centre=centre, by=officer, at=MORNING - 9 * DAY)
    first, second = upload.rows.all()
    upload.rows.filter(pk=first.pk).update(state=RowState.SET_ASIDE)
    upload.rows.filter(pk=second.pk).update(state=RowState.ENTERED, reference="S00001")

    assert send_reminders(at=MORNING - 7 * DAY) == 0


@pytest.mark.parametrize(("days", "when"), [(2, "in 2 days"), (1, "tomorrow"), (0, "today")])
def test_the_subject_says_when(entry, days, when):
    send_reminders(at=MORNING - days * DAY)

    assert f"closes {when}, centre" in OutgoingEmail.objects.get().subject


def test_the_link_leads_to_the_list_of_entries_without_a_ucas_id(entry, session, centre, officer, signed_in, settings):
    StepEntryFactory(number="S00043", session=session, centre=centre, ucas_id="1234567890")
    StepSession.objects.update(opens_at=datetime.now(UTC) - DAY, closes_at=datetime.now(UTC) + DAY)
    send_reminders(at=datetime.now(UTC))
    [link] = {word for word in OutgoingEmail.objects.get().text.split() if "ucas_id" in word}

    page = signed_in(officer).get(link.removeprefix(settings.SITE_URL)).text

    assert ("S00042" in page, "S00043" in page) == (True, False)


def test_a_centre_with_nothing_to_mend_gets_no_mail(session, centre, officer):
    StepEntryFactory(session=session, centre=centre, ucas_id="1234567890")
    StepEntryFactory(session=session, centre=centre, status=EntryStatus.WITHDRAWN)
    DraftFactory(session=session, centre=centre, answers={})
    DraftFactory(session=session, centre=centre, submitted_at=MORNING)

    assert run_each_morning(20, 0) == dict.fromkeys(range(20, -1, -1), 0)


@pytest.mark.parametrize("change", [{"reminder_emails": False}, {"is_active": False}])
def test_a_centre_that_switched_them_off_or_is_out_of_use_gets_none(entry, centre, change):
    type(centre).objects.update(**change)

    assert send_reminders(at=MORNING - 7 * DAY) == 0


def test_email_alerts_off_does_not_stop_reminders(entry, centre):
    type(centre).objects.update(email_alerts=False)

    assert send_reminders(at=MORNING - 7 * DAY) == 1


def test_the_named_exams_officer_gets_it_alone(entry, centre, officer):
    MembershipFactory(centre=centre, user__email="second@northgate.example")

    send_reminders(at=MORNING - 7 * DAY)

    assert OutgoingEmail.objects.get().to == ["officer@northgate.example"]


def test_without_a_named_officer_everybody_who_makes_entries_gets_it(session, centre, now):
    StepEntryFactory(session=session, centre=centre)
    for role, email in ((Role.CENTRE_ADMINISTRATOR, "a"), (Role.EXAMS_OFFICER, "b"), (Role.READ_ONLY, "c")):
        MembershipFactory(centre=centre, role=role, user__email=f"{email}@northgate.example")
    MembershipFactory(centre=centre, user__email="left@northgate.example", ended_at=now)
    MembershipFactory(centre=centre, user=UserFactory(email="out@northgate.example", is_active=False))

    send_reminders(at=MORNING - 7 * DAY)

    assert OutgoingEmail.objects.get().to == ["a@northgate.example", "b@northgate.example"]


def test_a_named_officer_who_left_gets_none(entry, centre, officer, now):
    officer.memberships.update(ended_at=now)
    MembershipFactory(centre=centre, user__email="next@northgate.example")

    send_reminders(at=MORNING - 7 * DAY)

    assert OutgoingEmail.objects.get().to == ["next@northgate.example"]


def test_a_centre_where_nobody_makes_entries_gets_none(session, centre, colleague):
    StepEntryFactory(session=session, centre=centre)

    assert send_reminders(at=MORNING - 7 * DAY) == 0


def test_a_centres_own_closing_counts(entry, session, centre, other_centre, officer_elsewhere):
    StepEntryFactory(session=session, centre=other_centre)
    SessionExtension.objects.create(session=session, centre=centre, closes_at=CLOSES + 10 * DAY)

    send_reminders(at=MORNING - 7 * DAY)
    assert keys() == [f"step-reminder:{session.pk}:62222:7"]

    send_reminders(at=MORNING + 8 * DAY)
    assert keys()[1:] == [f"step-reminder:{session.pk}:61111:2"]
    assert "14 May 2027, 23:59 (BST)" in OutgoingEmail.objects.get(key=keys()[1]).text


def test_nobody_is_reminded_of_a_session_that_is_not_open_or_not_published(entry, session):
    assert send_reminders(at=CLOSES + timedelta(minutes=1)) == 0
    assert send_reminders(at=session.opens_at - timedelta(seconds=1)) == 0

    StepSession.objects.update(is_published=False)

    assert send_reminders(at=MORNING - 7 * DAY) == 0


@pytest.mark.parametrize("count", [1, 30])
def test_the_queries_do_not_grow_with_the_centres(session, django_assert_num_queries, count):
    for _ in range(count):
        centre = MembershipFactory().centre
        StepEntryFactory(session=session, centre=centre)
        DraftFactory(session=session, centre=centre)
    send_reminders(at=MORNING - 7 * DAY)

    with django_assert_num_queries(7):
        assert send_reminders(at=MORNING - 7 * DAY) == 0


@pytest.mark.parametrize("count", [1, 5])
def test_each_mail_costs_one_query_more_in_the_outbox(session, django_assert_num_queries, count):
    for _ in range(count):
        StepEntryFactory(session=session, centre=MembershipFactory().centre)

    with django_assert_num_queries(8 + count):
        assert send_reminders(at=MORNING - 7 * DAY) == count


def test_a_second_run_at_the_same_time_makes_no_second_mail(entry, monkeypatch):
    send_reminders(at=MORNING - 7 * DAY)
    monkeypatch.setattr("step_entries.services.reminders._sent_before", lambda keys: set())

    send_reminders(at=MORNING - 7 * DAY)

    assert len(keys()) == 1


def test_the_task_and_the_command_do_the_same(entry, time_machine):
    time_machine.move_to(MORNING - 7 * DAY)
    said = StringIO()

    call_command("send_reminders", stdout=said)

    assert said.getvalue().startswith("send_reminders: 1 queued, database ")
    assert send_reminders_task() == 0


def test_the_timetable_reminds_every_morning():
    [entry] = [each for each in app.conf.beat_schedule.values() if each["task"].endswith("send_reminders")]

    assert (entry["schedule"].hour, entry["schedule"].minute, app.conf.timezone) == ({7}, {30}, "Europe/London")


def test_a_centre_without_members_does_not_stop_the_others(entry, session):
    StepEntryFactory(session=session, centre=CentreFactory())

    assert send_reminders(at=MORNING - 7 * DAY) == 1
