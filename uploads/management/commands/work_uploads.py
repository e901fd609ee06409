from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection

from uploads.tasks import sweep_uploads


class Command(BaseCommand):
    help = "Read uploaded files and enter submitted ones that wait because nobody rang, or a process died. For cron."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"work_uploads: {sweep_uploads()} done, database {connection.settings_dict['NAME']}")
