"""Files that go with a mail: made when it is sent, by the app that asked for it, and stored nowhere."""

from datetime import timedelta

import pytest
from django.core import mail

from outbox import delivery, tasks
from outbox.delivery import WAITS, Attachment, Composed, deliver, register_composer
from outbox.enums import EmailStatus
from outbox.models import OutgoingEmail
from outbox.services import queue_email
from tests.factories.outbox import OutgoingEmailFactory

pytestmark = pytest.mark.django_db
PDF = Attachment("TI000001.pdf", b"%PDF-1.7 bytes", "application/pdf")
CSV = Attachment("TI000001.csv", "Größe,£\r\n".encode("utf-8-sig"), "text/csv; charset=utf-8")


@pytest.fixture
def composer(monkeypatch):
    """Registers a composer for the time of a test."""
    monkeypatch.setattr(delivery, "_composers", dict(delivery._composers))
    return lambda answer: register_composer("files", lambda email, at: answer() if callable(answer) else answer)


def test_the_files_of_a_composer_are_attached_byte_for_byte(now, composer):
    composer(Composed({"total": "£5"}, [PDF, CSV]))
    email = OutgoingEmailFactory(created_at=now, composer="files", text="[[total]]", html="<p>[[total]]</p>")

    assert deliver(email.pk, at=now) is True

    [sent] = mail.outbox
    assert sent.body == "£5"
    assert [(file[0], file[2]) for file in sent.attachments] == [
        ("TI000001.pdf", "application/pdf"),
        ("TI000001.csv", "text/csv; charset=utf-8"),
    ]
    message = sent.message()
    files = {part.get_filename(): part.get_payload(decode=True) for part in message.walk() if part.get_filename()}
    assert files == {"TI000001.pdf": PDF.content, "TI000001.csv": CSV.content}


def test_nothing_of_a_file_is_stored(now, composer):
    composer(Composed(attachments=[PDF]))
    email = OutgoingEmailFactory(created_at=now, composer="files")

    deliver(email.pk, at=now)

    stored = OutgoingEmail.objects.values().get(pk=email.pk)
    assert stored["status"] == EmailStatus.SENT
    assert "bytes" not in str(stored)


def test_a_composer_that_fails_is_tried_again_like_a_server_that_fails(now, composer):
    answers = iter([RuntimeError("the typesetter is gone"), Composed(attachments=[PDF])])

    def answer():
        found = next(answers)
        if isinstance(found, Exception):
            raise found
        return found

    composer(answer)
    email = OutgoingEmailFactory(created_at=now, composer="files")

    assert deliver(email.pk, at=now) is False
    email.refresh_from_db()
    assert (email.status, email.last_error) == (EmailStatus.WAITING, "RuntimeError: the typesetter is gone")
    assert deliver(email.pk, at=now + 2 * WAITS[0]) is True
    assert len(mail.outbox[0].attachments) == 1


def test_a_composer_may_still_answer_with_words_alone_or_call_the_mail_off(now, composer):
    composer({"total": "£5"})
    words = OutgoingEmailFactory(created_at=now, composer="files", text="[[total]]")
    assert deliver(words.pk, at=now) is True
    composer(None)
    unwanted = OutgoingEmailFactory(created_at=now, composer="files")

    assert deliver(unwanted.pk, at=now) is False

    unwanted.refresh_from_db()
    assert (unwanted.status, [sent.body for sent in mail.outbox]) == (EmailStatus.WITHHELD, ["£5"])


def test_a_mail_that_takes_long_to_compose_holds_no_page_and_is_swept(
    now, composer, django_capture_on_commit_callbacks
):
    composer(Composed(attachments=[PDF]))

    with django_capture_on_commit_callbacks(execute=True):
        queue_email(
            key="event:1",
            template="staff_alert",
            context={"sentence": "Words."},
            to=["a@b.example"],
            at=now - timedelta(seconds=1),
            composer="files",
            can_wait=True,
        )

    assert mail.outbox == []
    assert tasks.sweep() == 1
    assert len(mail.outbox[0].attachments) == 1
