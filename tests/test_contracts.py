"""Each import contract is seen to fail on a planted violation."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = [
    "tests", "benchmarks", "entries_portal", "reports", "requests_forms", "step_entries", "technicals",
    "uploads", "candidates", "centres", "accounts", "outbox", "core",
]  # fmt: skip
PLANTED = {
    # contract: (file, line that breaks it)
    "Apps depend downwards only": ("centres/services.py", "from candidates import models\n"),
    "Inside an app: edges, then acts, then models, then rules": ("candidates/models.py", "from . import services\n"),
    "Outbox: asking, then the worker, then delivery": ("outbox/delivery.py", "from . import tasks\n"),
    "Rules and codecs are plain Python": ("step_entries/codecs.py", "from django.utils import timezone\n"),
    "Rules, codecs and enums touch no tables, of any app": (
        "step_entries/rules/facts.py",
        "def look():\n    from candidates import models\n    return models\n",
    ),
    "Only acts act: nothing beneath services calls one, of any app": (
        "step_entries/models/entries.py",
        "from core.history import record\n",
    ),
}


@pytest.fixture
def tree(tmp_path):
    for package in PACKAGES:
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def broken_contracts(tree):
    done = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"], cwd=tree, capture_output=True, text=True
    )
    return {line.removesuffix(" BROKEN") for line in done.stdout.splitlines() if line.endswith(" BROKEN")}


def test_all_contracts_hold(tree):
    assert broken_contracts(tree) == set()


@pytest.mark.parametrize("contract", PLANTED)
def test_a_planted_violation_breaks_its_contract(tree, contract):
    file, line = PLANTED[contract]
    with (tree / file).open("a") as planted:
        planted.write(line)

    assert contract in broken_contracts(tree)
