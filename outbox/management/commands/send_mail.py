from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection
from django.utils import timezone

from outbox import tasks
from outbox.models import OutgoingEmail
from outbox.services import check_clock


class Command(BaseCommand):
    help = "Send the mails that are due. For cron, once a minute, where no Celery worker runs."

    def handle(self, *args: Any, **options: Any) -> None:
        check_clock(at=timezone.now())
        sent = tasks.sweep()
        parked = OutgoingEmail.objects.failed().count()
        self.stdout.write(f"send_mail: {sent} sent, {parked} parked, database {connection.settings_dict['NAME']}")
