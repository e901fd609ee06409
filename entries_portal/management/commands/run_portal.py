"""The whole portal in one process, for one machine: pages, mail and confirmations. Behind `make run`."""

import io
import os
import threading
import time
from argparse import ArgumentParser
from typing import Any

import structlog
from celery import current_app
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, OutputWrapper
from django.db import close_old_connections, connection

from entries_portal.celery import app

from .load_demo import people_in_words

log = structlog.get_logger(__name__)
DAILY = 24 * 60 * 60


class Command(BaseCommand):
    help = "Migrate, load demo data into an empty database, and run pages and background work until Ctrl-C."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", default="8000")

    def handle(self, *args: Any, **options: Any) -> None:
        address = f"http://127.0.0.1:{options['port']}"
        if "SITE_URL" not in os.environ:
            settings.SITE_URL = address  # before the demo is loaded: its mails lead there
        call_command("migrate", verbosity=0)
        call_command("load_demo", stdout=self.stdout)
        threading.Thread(target=_follow_timetable, daemon=True, name="timetable").start()
        self.stdout.write(
            f"\nEntries Portal: {address}\n\n"
            f"Demo sign-ins (username, password, who):\n{people_in_words()}\n\n"
            f"Data: {connection.settings_dict['NAME']}\n"
            f"Mail: {getattr(settings, 'EMAIL_FILE_PATH', settings.EMAIL_BACKEND)}\n"
            f"An entry is confirmed {settings.STEP_CONFIRM_AFTER.total_seconds():.0f} seconds after Submit. "
            "Ctrl-C stops everything.\n"
        )
        os.environ["DJANGO_RUNSERVER_HIDE_WARNING"] = "true"
        quiet = OutputWrapper(io.StringIO())
        call_command("runserver", f"127.0.0.1:{options['port']}", use_reloader=False, skip_checks=True, stdout=quiet)


def _follow_timetable() -> None:
    """Do what Celery beat and a worker would do, from the same timetable (entries_portal.celery)."""
    current_app.loader.import_default_modules()
    due = {name: time.monotonic() for name in app.conf.beat_schedule}
    while True:
        for name, entry in app.conf.beat_schedule.items():
            if time.monotonic() >= due[name]:
                due[name] = time.monotonic() + _seconds(entry["schedule"])
                _do(name, entry["task"])
        time.sleep(1)


def _seconds(schedule: Any) -> float:
    return schedule if isinstance(schedule, float) else DAILY


def _do(name: str, task: str) -> None:
    try:
        app.tasks[task].apply(throw=True)
    except Exception:  # the next turn tries again; one failure must not stop the timetable
        log.exception("background_work_failed", work=name)
    finally:
        close_old_connections()
