"""A mail outage of 30 minutes: no table, queue or log holds a password that could be used (S17, S60)."""

import logging

import pytest
from django.conf import settings as configuration
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone
from kombu import pools
from redis import Redis

from accounts.models import OneTimePassword
from accounts.services.people import invite_user
from entries_portal.celery import app
from outbox import delivery
from outbox.models import OutgoingEmail
from tests.accounts.door import FORGOTTEN, MAILED, let_mail_leave
from tests.factories.accounts import UserFactory
from tests.security.tables import all_rows

pytestmark = pytest.mark.django_db(transaction=True)

PREFIX = "test-of-an-outage:"


class RefusingBackend(BaseEmailBackend):
    """A mail server that refuses every mail, after it was handed over."""

    handed_over: list[str] = []

    def send_messages(self, email_messages):
        for message in email_messages:
            self.handed_over.extend(MAILED.findall(message.body))
        raise ConnectionRefusedError("nobody listens")


class KeepingHandler(logging.Handler):
    """Every line of the log as it would be written, with whatever was logged beside it."""

    def __init__(self):
        super().__init__()
        self.lines = []

    def emit(self, record):
        self.lines.append(f"{record.getMessage()} {record.__dict__}")


@pytest.fixture
def lines(caplog):
    """The lines of the log, at its most talkative."""
    handler = KeepingHandler()
    for name in ("", "django", "celery", "accounts", "outbox"):
        caplog.set_level(logging.DEBUG, name)
    logging.getLogger().addHandler(handler)
    yield handler.lines
    logging.getLogger().removeHandler(handler)


@pytest.fixture
def outage(client, staff, settings, time_machine, lines, monkeypatch):
    """Thirty minutes of requests and invitations while the mail server refuses; the passwords it was handed."""
    monkeypatch.setattr(RefusingBackend, "handed_over", [])
    settings.EMAIL_BACKEND = f"{__name__}.RefusingBackend"
    time_machine.move_to("2027-05-04 13:02:00+00:00", tick=False)

    def of_half_an_hour():
        for minute in range(30):
            person = UserFactory()
            client.post(FORGOTTEN, {"username": person.email})
            if minute % 10 == 0:
                invite_user(email=f"new{minute}@school.example", name="New", by=staff, at=timezone.now())
            let_mail_leave()
            time_machine.shift(60)
        return RefusingBackend.handed_over

    return of_half_an_hour


def found_in(text, passwords):
    """The passwords that stand in a text in any spelling."""
    spellings = [(each, each.replace("-", ""), each.replace("-", " ")) for each in passwords]
    folded = text.upper()
    return [each for each, *others in spellings if any(spelling in folded for spelling in (each, *others))]


def test_s17_no_table_and_no_log_holds_a_usable_password(outage, lines):
    passwords = outage()
    tables = all_rows()

    assert len(passwords) == len(set(passwords)) == OneTimePassword.objects.count() > 33
    assert OutgoingEmail.objects.filter(status="waiting").count() == 33
    assert any("mail_not_sent" in line for line in lines)
    assert found_in(str(tables), passwords) == []
    assert found_in("\n".join(lines), passwords) == []


def test_s17_twin_a_password_made_when_it_is_asked_for_is_found_in_the_tables(outage, monkeypatch):
    real = delivery._message

    def written_down(email, filled_in):
        OutgoingEmail.objects.filter(pk=email.pk).update(last_error=str(filled_in))
        return real(email, filled_in)

    monkeypatch.setattr(delivery, "_message", written_down)
    monkeypatch.setattr(delivery, "_record_failure", lambda *args: None)
    passwords = outage()

    assert found_in(str(all_rows()), passwords) != []


@pytest.fixture
def fresh_connections():
    """Connections to Redis that were made before keep their own options; the test needs its own."""

    def forget():
        pools.reset()
        app._pool = None
        app.amqp._producer_pool = None

    forget()
    yield
    forget()


@pytest.mark.services
def test_s17_no_message_in_redis_holds_a_usable_password(outage, settings, monkeypatch, fresh_connections):
    redis = Redis.from_url(configuration.REDIS_URL)
    settings.CELERY_TASK_ALWAYS_EAGER = False
    monkeypatch.setitem(app.conf, "task_always_eager", False)
    monkeypatch.setitem(app.conf, "broker_transport_options", {"global_keyprefix": PREFIX})
    try:
        passwords = outage()
        keys = list(redis.scan_iter(f"{PREFIX}*"))
        held = "".join(str(_value(redis, key)) for key in keys)
    finally:
        for key in redis.scan_iter(f"{PREFIX}*"):
            redis.delete(key)

    assert held.count("outbox.tasks.send_email") >= 33
    assert len(passwords) > 33
    assert found_in(held, passwords) == []


def _value(redis, key):
    kind = redis.type(key)
    return redis.lrange(key, 0, -1) if kind == b"list" else redis.smembers(key) if kind == b"set" else redis.dump(key)
