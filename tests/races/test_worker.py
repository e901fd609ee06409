"""A real worker on a real Redis: what was rung for is done, and what must not start does not."""

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager

import pytest
from celery import current_app
from django.conf import settings

from outbox.enums import EmailStatus
from tests.factories.accounts import UserFactory
from tests.factories.outbox import OutgoingEmailFactory
from tests.races.server import ROOT, database_url


def worker_environment(var):
    return {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "entries_portal.settings.base",
        "SECRET_KEY": settings.SECRET_KEY,
        "DATABASE_URL": database_url(),
        "REDIS_URL": os.environ["REDIS_URL"],
        "VAR_DIR": str(var),
    }


def worker_command(queue):
    return [sys.executable, "-m", "celery", "-A", "entries_portal", "worker", "-Q", queue, "-c", "1", "-n", queue]


@contextmanager
def worker(queue, var):
    with (var / "worker.log").open("w") as log:
        process = subprocess.Popen(
            worker_command(queue),
            cwd=ROOT,
            env=worker_environment(var),
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=30)


@pytest.fixture
def queue(request):
    return f"test-{os.getpid()}-{request.node.name}"


@pytest.mark.filterwarnings("ignore:task_always_eager has no effect on send_task")
def test_a_mail_that_was_rung_for_is_sent_by_the_worker_once(queue, tmp_path, now):
    email = OutgoingEmailFactory(created_at=now)

    with worker(queue, tmp_path):
        for _ in range(3):
            current_app.send_task("outbox.tasks.send_email", kwargs={"email_id": email.pk}, queue=queue)
        end = time.monotonic() + 30
        while email.status != EmailStatus.SENT and time.monotonic() < end:
            time.sleep(0.2)
            email.refresh_from_db()

    assert (email.status, email.attempts) == (EmailStatus.SENT, 1)
    assert [path.read_text().count(email.message_id) for path in (tmp_path / "mail").iterdir()] == [1]


def test_a_worker_refuses_to_start_with_a_demo_user(queue, tmp_path):
    UserFactory(email="officer@demo.example", is_demo=True)

    done = subprocess.run(
        worker_command(queue), cwd=ROOT, env=worker_environment(tmp_path), capture_output=True, text=True, timeout=60
    )

    assert done.returncode == 1
    assert "This database holds demo users (officer@demo.example)." in done.stderr
