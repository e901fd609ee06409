"""Every mail is a row before it is a message, and arrives in spite of failures."""

import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from outbox import tasks
from outbox.delivery import WAITS, deliver, is_final
from outbox.enums import EmailStatus
from outbox.models import OutgoingEmail, StaffAlert
from outbox.services import queue_email, raise_alert, send_again, settle_alerts
from tests.factories.outbox import OutgoingEmailFactory

pytestmark = pytest.mark.django_db


class FailingBackend(BaseEmailBackend):
    """A mail server that answers every mail with `error`."""

    error: Exception = ConnectionRefusedError("nobody listens")

    def send_messages(self, email_messages):
        raise self.error


@pytest.fixture
def failing_server(settings, monkeypatch):
    settings.EMAIL_BACKEND = f"{__name__}.FailingBackend"

    def fails_with(error):
        monkeypatch.setattr(FailingBackend, "error", error)

    return fails_with


def queue(key, now, **changes):
    queue_email(key=key, template="staff_alert", context={"sentence": "Words."}, to=["a@b.example"], at=now, **changes)


def test_the_same_event_makes_one_mail(now, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        queue("event:1", now)
        queue("event:1", now)

    assert OutgoingEmail.objects.count() == len(mail.outbox) == 1


def test_a_mail_leaves_only_after_the_commit(now, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=False):
        queue("event:1", now)

    assert mail.outbox == []
    assert OutgoingEmail.objects.get().status == EmailStatus.QUEUED


@pytest.mark.django_db(transaction=True)
def test_a_mail_of_a_rolled_back_act_does_not_exist(now):
    def act_that_fails():
        with transaction.atomic():
            queue("event:1", now)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        act_that_fails()

    assert OutgoingEmail.objects.count() == len(mail.outbox) == 0


@pytest.mark.django_db(transaction=True)
def test_a_broken_bell_loses_no_mail_and_disturbs_nobody(now, monkeypatch):
    def broken(**kwargs):
        raise ConnectionError("no broker")

    monkeypatch.setattr(tasks.send_email, "delay", broken)
    queue("event:1", now)

    assert tasks.sweep() == 1
    assert len(mail.outbox) == 1


def test_a_mail_is_sent_once_however_often_it_is_delivered(now):
    email = OutgoingEmailFactory(created_at=now)

    assert [deliver(email.pk, at=now) for _ in range(3)] == [True, False, False]
    assert len(mail.outbox) == 1


def test_a_withheld_mail_is_never_sent(now):
    email = OutgoingEmailFactory(created_at=now, status=EmailStatus.WITHHELD)

    assert deliver(email.pk, at=now) is False
    assert tasks.sweep() == 0
    assert mail.outbox == []


def test_a_failed_try_waits_longer_each_time_and_is_parked_after_the_last(now, failing_server):
    email, at, waits = OutgoingEmailFactory(created_at=now), now, []

    for _ in range(len(WAITS)):
        deliver(email.pk, at=at)
        email.refresh_from_db()
        assert email.status == EmailStatus.WAITING
        waits.append(email.next_attempt_at - at)
        at = email.next_attempt_at
    deliver(email.pk, at=at)

    email.refresh_from_db()
    assert email.status == EmailStatus.FAILED
    assert email.last_error == "ConnectionRefusedError: nobody listens"
    assert all(0.8 * base <= wait <= 1.2 * base for base, wait in zip(WAITS, waits, strict=True))


def test_a_waiting_mail_is_not_tried_before_its_time(now, failing_server):
    email = OutgoingEmailFactory(created_at=now)
    deliver(email.pk, at=now)

    deliver(email.pk, at=now + timedelta(seconds=1))

    email.refresh_from_db()
    assert email.attempts == 1


def test_an_address_refused_for_good_is_parked_at_once(now, failing_server):
    failing_server(smtplib.SMTPRecipientsRefused({"a@b.example": (550, b"no such user")}))
    email = OutgoingEmailFactory(created_at=now)

    deliver(email.pk, at=now)

    email.refresh_from_db()
    assert (email.status, email.attempts) == (EmailStatus.FAILED, 1)


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (smtplib.SMTPRecipientsRefused({"a@b.example": (451, b"later")}), False),
        (smtplib.SMTPRecipientsRefused({"a@b.example": (550, b"no"), "c@d.example": (451, b"later")}), False),
        (smtplib.SMTPDataError(554, b"refused"), True),
        (smtplib.SMTPDataError(452, b"full"), False),
        (smtplib.SMTPAuthenticationError(535, b"bad password"), False),
        (smtplib.SMTPConnectError(554, b"go away"), False),
        (smtplib.SMTPSenderRefused(550, b"who are you", "entries@portal.example"), False),
        (smtplib.SMTPServerDisconnected("gone"), False),
        (TimeoutError(), False),
    ],
)
def test_only_answers_that_cannot_change_are_final(error, expected):
    assert is_final(error) is expected


def test_one_poisoned_mail_does_not_stop_the_others(now):
    OutgoingEmailFactory(created_at=now - timedelta(seconds=2), subject="Two\nlines")
    good = OutgoingEmailFactory(created_at=now - timedelta(seconds=1))

    assert tasks.sweep() == 1
    good.refresh_from_db()
    assert good.status == EmailStatus.SENT


def test_the_sweep_takes_over_from_a_dead_sender_after_two_minutes(now):
    dead = OutgoingEmailFactory(
        created_at=now - timedelta(minutes=5),
        status=EmailStatus.SENDING,
        claimed_at=now - timedelta(minutes=2, seconds=1),
    )
    busy = OutgoingEmailFactory(created_at=now, status=EmailStatus.SENDING, claimed_at=now)

    assert tasks.sweep() == 1
    dead.refresh_from_db()
    busy.refresh_from_db()
    assert (dead.status, busy.status) == (EmailStatus.SENT, EmailStatus.SENDING)
    assert mail.outbox[0].extra_headers["Message-ID"] == dead.message_id


def test_a_mail_that_kills_its_sender_each_time_is_parked(now):
    email = OutgoingEmailFactory(
        status=EmailStatus.SENDING, attempts=len(WAITS) + 1, claimed_at=now - timedelta(minutes=3)
    )

    deliver(email.pk, at=now)

    email.refresh_from_db()
    assert (email.status, email.last_error) == (EmailStatus.FAILED, "RuntimeError: its sender died each time")
    assert mail.outbox == []


def test_a_sender_whose_lease_ran_out_changes_nothing_any_more(now, monkeypatch):
    email = OutgoingEmailFactory(created_at=now)

    class SlowBackend(BaseEmailBackend):
        def send_messages(self, email_messages):
            if not mail.outbox:
                monkeypatch.setattr(SlowBackend, "send_messages", lambda self, messages: mail.outbox.extend(messages))
                assert deliver(email.pk, at=now + timedelta(seconds=121)) is True
            raise TimeoutError

    monkeypatch.setattr("django.core.mail.get_connection", lambda *args, **kwargs: SlowBackend())

    assert deliver(email.pk, at=now) is False
    email.refresh_from_db()
    assert (email.status, len(mail.outbox)) == (EmailStatus.SENT, 1)


def test_a_mail_server_is_not_spoken_to_inside_a_page(now, settings, django_capture_on_commit_callbacks):
    settings.EMAIL_BACKEND = f"{__name__}.FailingBackend"

    with django_capture_on_commit_callbacks(execute=True):
        queue("event:1", now)

    assert (OutgoingEmail.objects.get().status, OutgoingEmail.objects.get().attempts) == (EmailStatus.QUEUED, 0)


def test_a_parked_mail_can_be_sent_again_with_all_its_tries(now):
    parked = OutgoingEmailFactory(created_at=now, status=EmailStatus.FAILED, attempts=8)
    sent = OutgoingEmailFactory(created_at=now, status=EmailStatus.SENT, sent_at=now)

    assert send_again(emails=[parked, sent], at=now) == 1
    assert tasks.sweep() == 1
    parked.refresh_from_db()
    assert (parked.status, parked.attempts) == (EmailStatus.SENT, 1)


def test_the_text_of_a_mail_that_will_not_be_sent_again_is_deleted_after_30_days(now):
    old = OutgoingEmailFactory(status=EmailStatus.SENT, sent_at=now - timedelta(days=31))
    withheld = OutgoingEmailFactory(status=EmailStatus.WITHHELD, created_at=now - timedelta(days=31))
    fresh = OutgoingEmailFactory(status=EmailStatus.SENT, sent_at=now - timedelta(days=29))

    assert tasks.purge() == 2
    withheld.refresh_from_db()
    assert withheld.text == ""
    old.refresh_from_db()
    fresh.refresh_from_db()
    assert (old.text, old.to, old.status) == ("", [], EmailStatus.SENT)
    assert fresh.text == "Words."


def test_an_alarm_is_raised_once_and_stands_until_it_is_settled(now, staff):
    for _ in range(2):
        raise_alert(key="event", sentence="Look at this.", at=now)

    alert = StaffAlert.objects.get()
    assert OutgoingEmail.objects.get().to == ["step-team@portal.example"]
    assert settle_alerts(alerts=[alert], by=staff, at=now) == 1
    alert.refresh_from_db()
    assert (alert.settled_at, alert.settled_by) == (now, staff)


def test_a_mail_text_is_not_escaped_and_its_html_is(now):
    queue_email(
        key="event:1",
        template="staff_alert",
        context={"sentence": "O'Hara <svg onload=x>"},
        to=["a@b.example"],
        at=now,
    )

    email = OutgoingEmail.objects.get()
    assert "O'Hara <svg onload=x>" in email.text
    assert "<svg" not in email.html
