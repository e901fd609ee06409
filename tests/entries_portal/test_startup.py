"""What production refuses to start with, and what its settings promise."""

import io
import os
import subprocess
import sys
from pathlib import Path
from unittest.mock import Mock

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command

from accounts.models import User
from entries_portal.management.commands import run_portal
from entries_portal.startup import refuse_unsafe_start
from tests.factories.accounts import PASSWORD, UserFactory

ROOT = Path(__file__).resolve().parent.parent.parent
SECRET = "0123456789" * 6


def start(*, settings="entries_portal.settings.base", **environment):
    """Load the server's door as gunicorn does, in a process of its own; its exit status and what it said."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    done = subprocess.run(
        [sys.executable, "-c", "import entries_portal.wsgi"],
        cwd=ROOT,
        env=kept | {"DJANGO_SETTINGS_MODULE": settings} | environment,
        capture_output=True,
        text=True,
    )
    return done.returncode, done.stderr


def test_production_starts_with_a_secret_and_an_empty_database(tmp_path):
    status, said = start(SECRET_KEY=SECRET, VAR_DIR=str(tmp_path))

    assert (status, "Traceback" in said) == (0, False)


@pytest.mark.parametrize("secret", ["", "short"])
def test_production_refuses_to_start_without_a_secret(tmp_path, secret):
    status, said = start(SECRET_KEY=secret, VAR_DIR=str(tmp_path))

    assert status == 1
    assert "Set SECRET_KEY in the environment to a secret of at least 50 random characters." in said


def test_production_refuses_to_start_with_debug_asked_for(tmp_path):
    status, said = start(SECRET_KEY=SECRET, VAR_DIR=str(tmp_path), DEBUG="true")

    assert status == 1
    assert "DEBUG is on." in said


def test_the_servers_door_refuses_development_settings(tmp_path):
    status, said = start(settings="entries_portal.settings.development", VAR_DIR=str(tmp_path))

    assert status == 1
    assert "DEBUG is on." in said


@pytest.mark.django_db
def test_production_refuses_to_start_with_a_demo_user(settings):
    settings.DEBUG = False
    UserFactory(email="officer@demo.example", is_demo=True)

    with pytest.raises(ImproperlyConfigured, match=r"holds demo users \(officer@demo.example\)"):
        refuse_unsafe_start()


@pytest.mark.django_db
def test_a_demo_user_cannot_sign_in_to_production(client, settings):
    UserFactory(email="officer@demo.example", is_demo=True)

    answers = []
    for allowed in (False, True):
        settings.DEMO_USERS_MAY_SIGN_IN = allowed
        response = client.post("/account/sign-in/", {"username": "officer@demo.example", "password": PASSWORD})
        answers.append(response.status_code)

    assert answers == [200, 302]


@pytest.mark.django_db
def test_demo_data_is_refused_in_production():
    with pytest.raises(CommandError, match="not for production"):
        call_command("load_demo")


@pytest.mark.django_db
def test_demo_data_loads_once(settings, capsys):
    settings.DEMO_USERS_MAY_SIGN_IN = True

    call_command("load_demo")
    call_command("load_demo")

    assert User.objects.filter(is_demo=True).count() == User.objects.count() == 4
    assert "nothing was changed" in capsys.readouterr().out


def test_the_mails_of_the_demo_lead_to_the_port_that_is_run(monkeypatch, settings):
    monkeypatch.delenv("SITE_URL", raising=False)
    monkeypatch.setenv("DJANGO_RUNSERVER_HIDE_WARNING", "true")
    settings.SITE_URL = "http://127.0.0.1:8000"
    known = {}
    monkeypatch.setattr(run_portal, "call_command", lambda name, *_, **__: known.setdefault(name, settings.SITE_URL))
    monkeypatch.setattr(run_portal.threading, "Thread", Mock())

    run_portal.Command(stdout=io.StringIO()).handle(port="8321")

    assert known["load_demo"] == "http://127.0.0.1:8321"
