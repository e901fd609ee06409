"""The Celery app and the whole timetable of background work."""

import os

from celery import Celery
from celery.schedules import crontab
from celery.signals import beat_init, worker_init
from django.core.exceptions import ImproperlyConfigured

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "entries_portal.settings.base")

app = Celery("entries_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

app.conf.beat_schedule = {
    # name: the task, when, and after how many seconds a message that no worker took is worth nothing
    "send waiting mail": {"task": "outbox.tasks.sweep", "schedule": 15.0, "options": {"expires": 15}},
    "answer the door": {"task": "accounts.tasks.answer_asks", "schedule": 10.0, "options": {"expires": 10}},
    "confirm entries": {
        "task": "step_entries.tasks.confirm_due_entries",
        "schedule": 30.0,
        "options": {"expires": 30},
    },
    "compare clocks": {"task": "entries_portal.tasks.check_clock", "schedule": 300.0, "options": {"expires": 300}},
    "scan held evidence": {
        "task": "requests_forms.tasks.scan_held_evidence",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
    "read and enter waiting uploads": {
        "task": "uploads.tasks.sweep_uploads",
        "schedule": 15.0,
        "options": {"expires": 15},
    },
    "remind centres": {"task": "step_entries.tasks.send_reminders", "schedule": crontab(hour=7, minute=30)},
    "delete old mail": {"task": "outbox.tasks.purge", "schedule": crontab(hour=3, minute=10)},
    "delete old sign-ins": {"task": "accounts.tasks.purge", "schedule": crontab(hour=3, minute=25)},
    "delete ended sessions": {"task": "accounts.tasks.clear_sessions", "schedule": crontab(hour=3, minute=30)},
    "delete old drafts": {"task": "step_entries.tasks.purge_drafts", "schedule": crontab(hour=3, minute=20)},
    "delete old web forms": {"task": "technicals.tasks.purge_forms", "schedule": crontab(hour=3, minute=40)},
    "delete old uploads": {"task": "uploads.tasks.purge_uploads", "schedule": crontab(hour=3, minute=15)},
    "delete old requests": {"task": "requests_forms.tasks.purge_requests", "schedule": crontab(hour=3, minute=35)},
}


@worker_init.connect
@beat_init.connect
def refuse_unsafe_start(**kwargs: object) -> None:
    """Worker and beat hold to the same refusals as the web server; Celery would only log another exception."""
    from .startup import refuse_unsafe_start as refuse  # after Django's apps are loaded

    try:
        refuse()
    except ImproperlyConfigured as error:
        raise SystemExit(str(error)) from error
