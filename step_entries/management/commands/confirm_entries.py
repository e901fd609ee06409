import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection
from django.utils import timezone

from step_entries.services import run_due_confirmations
from step_entries.services.confirming import due_entries, preview_run


class Command(BaseCommand):
    help = "Confirm the STEP entries whose waiting time is over. For cron; exit status 0 when all are accounted for."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="Say what would be done, and do nothing.")

    def handle(self, *args: Any, **options: Any) -> None:
        at, begin = timezone.now(), time.monotonic()
        if options["dry_run"]:
            would = preview_run(at=at).counts
            outcome = (
                f"dry run, {would['confirmed']} would be confirmed, {would['held']} held, {would['refused']} refused"
            )
        elif run := run_due_confirmations(by=None, at=at):
            outcome = f"{run.confirmed} confirmed, {run.held} held, {run.refused} refused, run {run.pk}"
        else:
            outcome = f"nothing due, {due_entries(at=at).count()} held"
        self.stdout.write(f"confirm_entries: {outcome}, {_database()}, {time.monotonic() - begin:.1f} s")


def _database() -> str:
    place = connection.settings_dict["HOST"] or "this machine"
    return f"database {connection.settings_dict['NAME']} ({connection.vendor} on {place})"
