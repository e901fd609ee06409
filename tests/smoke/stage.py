"""What the programs stand on, made for one run and taken away after it: database, Redis number, mail server."""

import os
import secrets
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
import redis
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from . import NotProven

HOST = "portal.example"
OFFICER = "officer@northgate.example"
PASSWORD = "correct horse battery staple"
CLAIM = "portal-smoke-claim"


def address(variable: str) -> str:
    """A service's address from the environment."""
    value = os.environ.get(variable, "")
    if not value:
        raise NotProven(f"Set {variable}: the smoke test runs on PostgreSQL (DATABASE_URL) and Redis (REDIS_URL).")
    return value


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


@contextmanager
def own_database(url: str) -> Iterator[str]:
    """The address of an empty database on the same server, dropped at the end."""
    name = f"portal_smoke_{os.getpid()}"
    _on_server(url, f'DROP DATABASE IF EXISTS "{name}"')
    _on_server(url, f'CREATE DATABASE "{name}"')
    try:
        yield urlsplit(url)._replace(path=f"/{name}").geturl()
    finally:
        _on_server(url, f'DROP DATABASE "{name}" WITH (FORCE)')


def _on_server(url: str, statement: str) -> None:
    try:
        connection = psycopg2.connect(url, connect_timeout=5)
    except psycopg2.OperationalError as error:
        raise NotProven(f"PostgreSQL does not answer at DATABASE_URL: {error}") from error
    try:
        connection.autocommit = True
        connection.cursor().execute(statement)
    finally:
        connection.close()


@contextmanager
def own_redis(url: str) -> Iterator[str]:
    """The address of a database number on the same server that nobody uses, emptied at the end."""
    try:
        own = next(filter(_is_claimed, _numbers(url)), None)
    except redis.ConnectionError as error:
        raise NotProven(f"Redis does not answer at REDIS_URL: {error}") from error
    if own is None:
        raise NotProven("No database number of the Redis server is empty, and the smoke test takes none in use.")
    try:
        yield own
    finally:
        _redis(own).flushdb()


def _numbers(url: str) -> list[str]:
    """The addresses of the sixteen usual numbers; the given one last, as the likeliest to be used by others."""
    given = urlsplit(url).path or "/0"
    paths = sorted((f"/{number}" for number in range(15, -1, -1)), key=lambda path: path == given)
    return [urlsplit(url)._replace(path=path).geturl() for path in paths]


def _is_claimed(url: str) -> bool:
    """Put our mark into an empty number; whether it is ours alone now."""
    try:
        client = _redis(url)
        if client.dbsize() or not client.set(CLAIM, os.getpid(), nx=True):
            return False
    except redis.ResponseError:  # the server has fewer numbers
        return False
    if client.dbsize() == 1:
        return True
    client.delete(CLAIM)
    return False


def _redis(url: str) -> redis.Redis:
    return redis.Redis.from_url(url, socket_timeout=5, socket_connect_timeout=5)


class MailSink:
    """A mail server in this process: it takes every mail and keeps it in `messages`."""

    def __init__(self) -> None:
        self.port = free_port()
        self.messages: list[EmailMessage] = []
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)

    def __enter__(self) -> "MailSink":
        self._controller.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self._controller.stop()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        self.messages.append(message_from_bytes(envelope.original_content or b"", policy=policy.default))
        return "250 OK"


def environment(*, database_url: str, redis_url: str, mail_port: int, var_dir: Path) -> dict[str, str]:
    """Everything the programs get to know: production behind a proxy that speaks TLS, and nothing of ours."""
    return {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
        "LANG": "C.UTF-8",
        "HOME": "/nonexistent",
        "PYTHONUNBUFFERED": "1",
        "DJANGO_SETTINGS_MODULE": "entries_portal.settings.base",
        "SECRET_KEY": secrets.token_urlsafe(60),
        "ALLOWED_HOSTS": HOST,
        "SITE_URL": f"https://{HOST}",
        "BEHIND_TLS_PROXY": "true",
        "DATABASE_URL": database_url,
        "REDIS_URL": redis_url,
        "EMAIL_URL": f"smtp://127.0.0.1:{mail_port}",
        "STEP_CONFIRM_AFTER": "1s",
        "VAR_DIR": str(var_dir),
    }
