import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, stdout=StringIO())


def test_no_migration_has_a_generated_name():
    names = [path.stem for path in ROOT.glob("*/migrations/0*.py")]

    generated = [name for name in names if re.search(r"_initial$|_auto_\d|_and_more$", name)]
    assert (len(names) > 0, generated) == (True, [])
