"""The production server on the test database: gunicorn with sync workers, in processes of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent.parent
WORKERS = 4
CLIENT_ADDRESS_HEADER = "X-Client-Address"


def database_url() -> str:
    """The address of the test database, for another process."""
    at = connection.settings_dict
    return f"postgres://{at['USER']}:{quote(at['PASSWORD'])}@{at['HOST']}:{at['PORT']}/{at['NAME']}"


@contextmanager
def gunicorn(application: str, var: Path, **variables: str) -> Iterator[tuple[str, int]]:
    """Run an application under production settings; gives the host and port at which it answers.

    var: a folder for its files; mails are written under it. variables: further ones of its environment.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "entries_portal.settings.base",
        "SECRET_KEY": settings.SECRET_KEY,
        "HTTPS_ONLY": "false",
        "ALLOWED_HOSTS": "127.0.0.1",
        "CLIENT_ADDRESS_HEADER": CLIENT_ADDRESS_HEADER,
        "DATABASE_URL": database_url(),
        "VAR_DIR": str(var),
        **variables,
    }
    with (var / "gunicorn.log").open("w") as log:
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "gunicorn", application, "--no-control-socket"),
                *("--workers", str(WORKERS), "--bind", f"127.0.0.1:{port}"),
            ],
            cwd=ROOT,
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        _wait_until_it_listens(port)
        yield "127.0.0.1", port
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=30)


def _wait_until_it_listens(port: int) -> None:
    end = time.monotonic() + 30
    while time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("gunicorn does not listen")
