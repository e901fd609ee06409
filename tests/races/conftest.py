"""Races need real connections: every test here runs on PostgreSQL, and each has a twin without the guard."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from step_entries.models import StepDraft, StepEntry
from step_entries.services import submitting
from tests.races.server import ROOT


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "races" in item.path.parts:
            item.add_marker("services")
            item.add_marker(pytest.mark.django_db(transaction=True))


def all_at_once(acts: Iterable[Callable[[], Any]], workers: int = 16) -> list[Any]:
    """Do the acts from many threads that begin together; each answer is what the act gave or raised."""
    acts = list(acts)
    start = threading.Barrier(min(workers, len(acts)))

    def run(act: Callable[[], Any]) -> Any:
        try:
            return act()
        except Exception as error:
            return error
        finally:
            connection.close()

    def first(act: Callable[[], Any]) -> Any:
        start.wait()
        return run(act)

    with ThreadPoolExecutor(workers) as pool:
        together = [pool.submit(first, act) for act in acts[: start.parties]]
        rest = [pool.submit(run, act) for act in acts[start.parties :]]
        return [future.result() for future in [*together, *rest]]


@pytest.fixture(scope="session")
def var(tmp_path_factory):
    """A folder for the production server that holds the static files its pages name."""
    folder = tmp_path_factory.mktemp("var")
    own = {"VAR_DIR": str(folder), "SECRET_KEY": "x" * 60, "DJANGO_SETTINGS_MODULE": "entries_portal.settings.base"}
    command = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity", "0"]
    subprocess.run(command, cwd=ROOT, env={"PATH": os.environ["PATH"]} | own, check=True)
    return folder


@pytest.fixture
def no_lock(monkeypatch):
    """Submit without the lock on its draft."""
    monkeypatch.setattr(
        submitting, "_lock", lambda draft: StepDraft.objects.select_related("session", "centre").get(pk=draft.pk)
    )


@pytest.fixture
def no_constraints():
    """The table of entries without its unique constraints on people and submission keys."""
    dropped = [
        constraint for constraint in StepEntry._meta.constraints if constraint.name.startswith("one_live_entry_per_")
    ]
    with connection.schema_editor() as editor:
        for constraint in dropped:
            editor.remove_constraint(StepEntry, constraint)
        editor.execute("ALTER TABLE step_entries_stepentry DROP CONSTRAINT step_entries_stepentry_submission_key_key")
    yield
    StepEntry.objects.all().delete()
    with connection.schema_editor() as editor:
        for constraint in dropped:
            editor.add_constraint(StepEntry, constraint)
        editor.execute(
            "ALTER TABLE step_entries_stepentry "
            "ADD CONSTRAINT step_entries_stepentry_submission_key_key UNIQUE (submission_key)"
        )
