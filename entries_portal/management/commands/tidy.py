from typing import Any

from django.core.management.base import BaseCommand

from accounts.tasks import clear_sessions
from accounts.tasks import purge as purge_sign_ins
from outbox.tasks import purge
from step_entries.tasks import purge_drafts
from uploads.tasks import purge_uploads


class Command(BaseCommand):
    help = (
        "Delete what is kept no longer: texts of old mails, drafts, uploaded files, sessions. "
        "For cron, nightly, without Celery."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        clear_sessions()
        purge_sign_ins()
        self.stdout.write(
            f"tidy: {purge()} mail texts, {purge_drafts()} drafts and the contents of {purge_uploads()} uploaded files "
            "deleted, ended sessions cleared"
        )
