from typing import Any

from django.core.management.base import BaseCommand

from accounts.tasks import clear_sessions
from accounts.tasks import purge as purge_sign_ins
from outbox.tasks import purge
from requests_forms.tasks import purge_requests
from step_entries.tasks import purge_drafts
from technicals.tasks import purge_forms
from uploads.tasks import purge_uploads


class Command(BaseCommand):
    help = (
        "Delete what is kept no longer: texts of old mails, drafts, uploaded files, evidence and reasons, sessions. "
        "For cron, nightly, without Celery."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        clear_sessions()
        purge_sign_ins()
        self.stdout.write(
            f"tidy: {purge()} mail texts, {purge_drafts()} drafts, {purge_forms()} web forms, the contents of "
            f"{purge_uploads()} uploaded files and what is not kept of {purge_requests()} requests deleted, ended "
            "sessions cleared"
        )
