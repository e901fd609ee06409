from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection
from django.utils import timezone

from requests_forms.models import Evidence
from requests_forms.services import scan_held_evidence


class Command(BaseCommand):
    help = "Ask the virus scanner again about files of evidence that wait for it. For cron, once a minute."

    def handle(self, *args: Any, **options: Any) -> None:
        released = scan_held_evidence(at=timezone.now())
        held = Evidence.objects.held().count()
        self.stdout.write(
            f"scan_evidence: {released} released, {held} held, database {connection.settings_dict['NAME']}"
        )
