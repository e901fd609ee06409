from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection
from django.utils import timezone

from step_entries.services import send_reminders


class Command(BaseCommand):
    help = "Remind centres of missing UCAS IDs and drafts, 14, 7 and 2 days before closing. For cron, once a day."

    def handle(self, *args: Any, **options: Any) -> None:
        count = send_reminders(at=timezone.now())
        self.stdout.write(f"send_reminders: {count} queued, database {connection.settings_dict['NAME']}")
