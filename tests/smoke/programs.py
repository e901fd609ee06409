"""Reading the commands of docker-compose.yml, and starting and stopping them as an engine would."""

import json
import os
import re
import shlex
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from . import ROOT, NotProven

PUBLISHED = "0.0.0.0:8000"
GRACE = 30
"""Seconds that a program has to stop by itself."""


def _service(name: str) -> dict[str, Any]:
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))["services"][name]


def command_of(service: str) -> list[str]:
    """The command of a service, in words."""
    command = _service(service)["command"]
    return [_literal(word) for word in (shlex.split(command) if isinstance(command, str) else command)]


def _literal(word: str) -> str:
    """A word as the engine hands it on; those that lean on the environment of compose cannot be repeated here."""
    if re.search(r"(?<!\$)\$(?!\$)", word):
        raise NotProven(f"docker-compose.yml: a command may not hold a variable, and this word does: {word}")
    return word.replace("$$", "$")


def on_port(command: list[str], port: int) -> list[str]:
    """The command of web, listening on a port of this machine alone."""
    if not any(PUBLISHED in word for word in command):
        raise NotProven(f"docker-compose.yml: web does not bind {PUBLISHED}.")
    return [word.replace(PUBLISHED, f"127.0.0.1:{port}") for word in command]


def health_check_of(service: str) -> list[str]:
    """The health check of a service in docker-compose.yml, as words to be run."""
    kind, *words = _service(service)["healthcheck"]["test"]
    words = [_literal(word) for word in words]
    return ["/bin/sh", "-c", *words] if kind == "CMD-SHELL" else words


def health_check_of_image(port: int) -> list[str]:
    """The health check of the Dockerfile, asking at another port."""
    dockerfile = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    found = re.search(r"^HEALTHCHECK(?:.*\\\n)*.*CMD (\[.*\])$", dockerfile, re.MULTILINE)
    if not found:
        raise NotProven("Dockerfile: there is no HEALTHCHECK with its command as a list.")
    return [word.replace(":8000/", f":{port}/") for word in json.loads(found[1])]


def run(command: list[str], env: dict[str, str], limit: float = 120) -> subprocess.CompletedProcess[str]:
    """Run a command to its end; its output is kept."""
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=limit, check=False)


def must_run(command: list[str], env: dict[str, str]) -> str:
    """Run a command that has to succeed; its output."""
    done = run(command, env)
    if done.returncode:
        raise NotProven(f"{shlex.join(command)} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout


@dataclass
class Program:
    """A started command, the leader of a process group of its own."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path

    def has_left_processes(self) -> bool:
        """Whether any process of its group is still there."""
        try:
            os.killpg(self.process.pid, 0)
        except ProcessLookupError:
            return False
        return True

    def stop(self) -> int:
        """Ask it to stop, as an engine asks, and see that all of its group ends; its exit status."""
        self.process.terminate()
        deadline = time.monotonic() + GRACE
        while self.process.poll() is None or self.has_left_processes():
            if time.monotonic() > deadline:
                raise NotProven(f"{self.name} or a process of it did not stop within {GRACE} seconds.")
            time.sleep(0.05)
        return self.process.returncode

    def kill(self) -> None:
        """End every process of the group at once."""
        deadline = time.monotonic() + GRACE
        while self.has_left_processes() and time.monotonic() < deadline:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.poll()
            time.sleep(0.05)


class Programs:
    """The running programs of the portal; leaving the block ends whatever still runs."""

    def __init__(self, logs: Path) -> None:
        self.logs = logs
        self.running: list[Program] = []

    def __enter__(self) -> "Programs":
        return self

    def __exit__(self, *exc: object) -> None:
        for program in self.running:
            program.kill()

    def start(self, name: str, command: list[str], env: dict[str, str]) -> None:
        """Start a command with its output in a log of its own."""
        log = self.logs / f"{name}.log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                command, cwd=ROOT, env=env, stdout=output, stderr=subprocess.STDOUT, start_new_session=True
            )
        self.running.append(Program(name, process, log))

    def must_all_run(self) -> None:
        """Raise where a program has ended by itself."""
        for program in self.running:
            if program.process.poll() is not None:
                raise NotProven(f"{program.name} ended by itself, with {program.process.returncode}.")

    def stop_all(self) -> str:
        """Stop them one by one; how each went, in words."""
        words = []
        while self.running:
            began = time.monotonic()
            program = self.running[-1]
            status = program.stop()
            if status:
                raise NotProven(f"{program.name} ended with {status}, which is not a clean stop.")
            self.running.pop()
            words.append(f"{program.name} in {time.monotonic() - began:.1f} s")
        return ", ".join(words)

    def complaints(self) -> list[str]:
        """The lines of their logs that tell of an error."""
        error = re.compile(
            r'"level": "(error|critical)"|Traceback|\[(ERROR|CRITICAL)\b|connection.*(lost|refused)', re.I
        )
        lines = [line for log in sorted(self.logs.glob("*.log")) for line in log.read_text("utf-8").splitlines()]
        return [line for line in lines if error.search(line)]

    def last_lines(self, count: int = 25) -> str:
        """The ends of all logs."""
        ends = []
        for log in sorted(self.logs.glob("*.log")):
            lines = log.read_text(encoding="utf-8", errors="replace").splitlines()[-count:]
            ends.append("\n".join([f"--- the end of the log of {log.stem}", *lines]))
        return "\n".join(ends)
