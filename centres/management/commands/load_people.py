from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from centres.services import load_file
from core.refusals import Refused


class Command(BaseCommand):
    help = "Load centres, approvals and people from a CSV file; what differs is printed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="Print the differences and change nothing.")

    def handle(self, *args: Any, file: Path, dry_run: bool, **options: Any) -> None:
        try:
            content = file.read_bytes()
            differences = load_file(content=content, by=None, at=timezone.now(), dry_run=dry_run)
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
        except Refused as refused:
            raise CommandError("\n".join(refusal.sentence for refusal in refused.refusals)) from refused
        done = "Nothing was changed: this was a dry run." if dry_run else "Applied."
        self.stdout.write("\n".join([*differences, f"{len(differences)} differences. {done}"]))
