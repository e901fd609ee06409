from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from core.refusals import Refused
from technicals.codecs.catalogue import PRICES, TABLES
from technicals.services.catalogue import load_catalogue


class Command(BaseCommand):
    help = "Load entry codes, units and rules of combination from CSV files; what differs is printed."

    def add_arguments(self, parser: CommandParser) -> None:
        for name in TABLES:
            parser.add_argument(f"--{name}", type=Path, help="A file to load instead of those that are shipped.")
        parser.add_argument("--with-sample-prices", action="store_true", help="Load the example prices, too.")
        parser.add_argument("--dry-run", action="store_true", help="Print the differences and change nothing.")

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        given = {name: options[name] for name in TABLES if options[name]}
        paths = given or shipped_files(with_sample_prices=options["with_sample_prices"])
        try:
            contents = {name: path.read_bytes() for name, path in paths.items()}
            found = load_catalogue(contents=contents, by=None, at=timezone.now(), dry_run=dry_run)
        except OSError as error:
            raise CommandError(f"{error.filename} cannot be read: {error.strerror}.") from error
        except Refused as refused:
            raise CommandError("\n".join(refusal.sentence for refusal in refused.refusals)) from refused
        done = "Nothing was changed: this was a dry run." if dry_run else "Applied."
        self.stdout.write("\n".join([*found.changes, *found.left, f"{len(found.changes)} differences. {done}"]))


def shipped_files(*, with_sample_prices: bool) -> dict[str, Path]:
    """The files that come with the portal, by their names; the example prices only where they are asked for."""
    folder = Path(apps.get_app_config("technicals").path) / "data"
    return {name: folder / f"{name}.csv" for name in TABLES if name != PRICES.name or with_sample_prices}
