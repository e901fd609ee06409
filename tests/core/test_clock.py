"""The clock of this machine beside the database's (F10). The database's answer is handed in, but for the last test."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from core import clock
from core.clock import NONE, clock_skew
from entries_portal.celery import app
from entries_portal.tasks import check_clock as check_clock_task
from outbox.models import OutgoingEmail, StaffAlert
from outbox.services import check_clock, settle_alerts

pytestmark = pytest.mark.django_db

NOON = "2027-05-04 12:00:00+00:00"
SECOND = timedelta(seconds=1)
TICK = timedelta(microseconds=1)
AHEAD, BEHIND = timedelta(minutes=5), timedelta(seconds=-30)


@pytest.fixture
def noon(time_machine):
    """Noon, and a clock that moves only when it is told to."""
    time_machine.move_to(NOON, tick=False)
    return timezone.now()


@pytest.fixture
def set_skew(monkeypatch):
    """How far this machine's clock is ahead of that of a database that answers at once."""
    monkeypatch.setattr(clock.time, "monotonic", lambda: 0.0)

    def choose(skew):
        monkeypatch.setattr(clock, "database_clock", lambda: timezone.now() - skew)

    return choose


@pytest.fixture
def slow_database(monkeypatch):
    """A database that reads its clock after a wait and answers after another one; skew as above."""

    def choose(before, after, skew=NONE):
        begin, steps = timezone.now(), iter([0.0, (before + after).total_seconds()])
        monkeypatch.setattr(clock.time, "monotonic", lambda: next(steps))
        monkeypatch.setattr(clock, "database_clock", lambda: begin + before - skew)

    return choose


@pytest.mark.parametrize("skew", [AHEAD, BEHIND, 2 * SECOND, -TICK])
def test_f10_skew_is_measured_with_its_sign(noon, set_skew, skew):
    set_skew(skew)

    assert clock_skew() == skew


@pytest.mark.parametrize(("before", "after"), [(3 * SECOND, NONE), (NONE, 3 * SECOND), (4 * SECOND, 4 * SECOND)])
def test_f10_a_slow_answer_is_not_taken_for_skew(noon, slow_database, before, after):
    slow_database(before, after)

    assert clock_skew() == NONE


@pytest.mark.parametrize(("skew", "seen"), [(AHEAD, AHEAD - 3 * SECOND), (BEHIND, BEHIND + 4 * SECOND)])
def test_f10_a_slow_answer_hides_no_more_skew_than_it_was_slow(noon, slow_database, skew, seen):
    slow_database(3 * SECOND, 4 * SECOND, skew)

    assert clock_skew() == seen


@pytest.mark.parametrize(
    ("skew", "sentence"),
    [
        (AHEAD, "web-1 is 5 minutes ahead of the database's."),
        (AHEAD, "if the database is right, windows open and close 5 minutes early."),
        (BEHIND, "web-1 is 30 seconds behind the database's."),
        (BEHIND, "if the database is right, windows open and close 30 seconds late."),
        (SECOND * 2.4, "web-1 is 2 seconds ahead of the database's."),
        (BEHIND - TICK, "web-1 is 30 seconds behind the database's."),
        (BEHIND, "Compare both with a time server (NTP) and correct the one that is wrong."),
    ],
)
def test_f10_skew_of_more_than_two_seconds_alarms_staff_once_a_day(noon, set_skew, monkeypatch, skew, sentence):
    monkeypatch.setattr("outbox.services.platform.node", lambda: "web-1")
    set_skew(skew)

    for _ in range(2):
        check_clock(at=noon)

    assert sentence in StaffAlert.objects.get().sentence
    assert OutgoingEmail.objects.get().to == ["step-team@portal.example"]


@pytest.mark.parametrize("skew", [NONE, 2 * SECOND, -2 * SECOND])
def test_f10_two_seconds_are_no_alarm(noon, set_skew, skew):
    set_skew(skew)

    check_clock(at=noon)

    assert not StaffAlert.objects.exists()


def test_f10_a_little_more_than_two_seconds_is_an_alarm(noon, set_skew):
    set_skew(2 * SECOND + TICK)

    check_clock(at=noon)

    assert StaffAlert.objects.count() == 1


def test_f10_the_alarm_comes_again_on_the_next_day_and_not_on_the_same_after_it_was_settled(noon, set_skew, staff):
    set_skew(AHEAD)
    check_clock(at=noon)
    settle_alerts(alerts=StaffAlert.objects.all(), by=staff, at=noon)

    check_clock(at=noon + timedelta(hours=10))
    counts = [StaffAlert.objects.count()]
    check_clock(at=noon + timedelta(hours=11))  # 23:00 UTC is midnight, British Summer Time
    counts.append(StaffAlert.objects.count())

    assert counts == [1, 2]


def test_f10_each_machine_has_its_own_alarm(noon, set_skew, monkeypatch):
    set_skew(AHEAD)
    for name in ("web-1", "web-2", "w" * 200):
        monkeypatch.setattr("outbox.services.platform.node", lambda name=name: name)
        check_clock(at=noon)

    assert StaffAlert.objects.count() == 3
    assert all(alert.sentence.endswith("correct the one that is wrong.") for alert in StaffAlert.objects.all())


def test_f10_the_timetable_compares_the_clocks_every_five_minutes(set_skew):
    [entry] = [each for each in app.conf.beat_schedule.values() if each["task"] == check_clock_task.name]
    set_skew(AHEAD)

    check_clock_task.delay()

    assert entry["schedule"] == 300.0
    assert StaffAlert.objects.count() == 1


def test_f10_cron_compares_the_clocks_and_mails_the_alarm_in_the_same_minute(set_skew, capsys):
    set_skew(BEHIND)

    call_command("send_mail")

    assert [message.to for message in mail.outbox] == [["step-team@portal.example"]]
    assert "30 seconds behind" in mail.outbox[0].body
    assert capsys.readouterr().out.startswith("send_mail: 1 sent, 0 parked")


@pytest.mark.parametrize(("step", "words"), [(AHEAD, "5 minutes ahead"), (BEHIND, "30 seconds behind"), (NONE, "")])
@pytest.mark.services
def test_f10_the_clock_of_postgresql_is_asked(time_machine, step, words):
    time_machine.move_to(timezone.now() + step)

    check_clock(at=timezone.now())

    sentences = [alert.sentence for alert in StaffAlert.objects.all()]
    assert len(sentences) == bool(words)
    assert all(words in sentence for sentence in sentences)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the database has a clock of its own")
def test_f10_sqlite_has_no_clock_of_its_own(time_machine):
    time_machine.move_to(timezone.now() + AHEAD)

    assert clock_skew() == NONE
