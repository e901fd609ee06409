"""Web, worker and beat as docker-compose.yml starts them, under production settings, and the main job through them.

Run as `python -m tests.smoke.services` (`make services-smoke`) with DATABASE_URL and REDIS_URL in the environment.
It exits with 0 when everything was seen, and with 1 and a sentence when something was not. The database that
DATABASE_URL names is not touched: the run makes its own on the same server and drops it.
`--without worker` (or beat) leaves a process out, to see that the test would notice.
"""

import argparse
import re
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from email.message import EmailMessage
from pathlib import Path

from . import NotProven
from .browser import Browser
from .programs import Programs, command_of, health_check_of, health_check_of_image, must_run, on_port, run
from .stage import HOST, OFFICER, PASSWORD, MailSink, address, environment, free_port, own_database, own_redis

STARTED = time.monotonic()
STATUS = re.compile(r"\b(NOT YET CONFIRMED|CONFIRMED)\b")
CANDIDATE = {"first_name": "Amara", "last_name": "Okafor", "date_of_birth": "14/02/2009", "gender": "female"}
YEAR = 365 * 24 * 60 * 60


def saw(sentence: str) -> None:
    """Report a thing seen, with the seconds since the start."""
    sys.stdout.write(f"{time.monotonic() - STARTED:6.1f} s  {sentence}\n")
    sys.stdout.flush()


def prove(condition: object, sentence: str) -> None:
    """Raise with the sentence that says what should have been, where it is not."""
    if not condition:
        raise NotProven(sentence)


def wait_for(
    thing: str, is_there: Callable[[], object], programs: Programs, limit: float, every: float = 0.25
) -> float:
    """Wait until something is there, as long as the programs run; the seconds it took."""
    began = time.monotonic()
    while time.monotonic() - began < limit:
        programs.must_all_run()
        if is_there():
            return time.monotonic() - began
        time.sleep(every)
    raise NotProven(f"{thing} was waited for in vain, {limit:.0f} seconds.")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.smoke.services")
    parser.add_argument("--without", choices=["worker", "beat"], help="leave a process out: the test must fail")
    without = parser.parse_args().without
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        with ExitStack() as stack:
            put_on_stage(stack, without)
    except NotProven as failure:
        saw(f"FAILED: {failure}")
        return 1
    saw("database dropped, Redis number emptied. All seen.")
    return 0


def put_on_stage(stack: ExitStack, without: str | None) -> None:
    """Prepare what the programs stand on; the stack takes it away."""
    database = stack.enter_context(own_database(address("DATABASE_URL")))
    number = stack.enter_context(own_redis(address("REDIS_URL")))
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="portal-smoke-")))
    sink = stack.enter_context(MailSink())
    env = environment(database_url=database, redis_url=number, mail_port=sink.port, var_dir=folder / "var")
    prepare(env)
    web_is_refused_without_a_secret(env)
    (folder / "logs").mkdir()
    programs = stack.enter_context(Programs(folder / "logs"))
    try:
        play(programs, env, sink, without)
    except NotProven:
        sys.stdout.write(programs.last_lines() + "\n")
        raise


def prepare(env: dict[str, str]) -> None:
    """Migrate as the migrate service does, put in what the main job needs, and collect the static files."""
    must_run(command_of("migrate"), env)
    must_run(["python", "-m", "tests.smoke.seed"], env)
    saw("a new database is migrated under production settings and holds a centre, its officer and an open session")
    collected = must_run(["python", "manage.py", "collectstatic", "--noinput"], env)
    saw(f"static files: {' '.join(collected.split())}")


def web_is_refused_without_a_secret(env: dict[str, str]) -> None:
    """Production refuses to start without a secret."""
    bare = {name: value for name, value in env.items() if name != "SECRET_KEY"}
    ended = run(on_port(command_of("web"), free_port()), bare, limit=30)
    prove(ended.returncode != 0 and "Set SECRET_KEY" in ended.stderr + ended.stdout, "web started without SECRET_KEY.")
    saw(f"web without SECRET_KEY refuses to start and says so (exit status {ended.returncode})")


def play(programs: Programs, env: dict[str, str], sink: MailSink, without: str | None) -> None:
    """Start the programs, do the main job, and stop them."""
    port = free_port()
    commands = {"web": on_port(command_of("web"), port), "worker": command_of("worker"), "beat": command_of("beat")}
    for name, command in commands.items():
        if name != without:
            programs.start(name, command, env)
    everything_is_up(programs, env, port, without)
    browser = Browser(port, HOST)
    the_door_is_production(browser)
    static_files_are_packed(browser)
    number = enter_a_candidate(browser)
    mail_arrives(programs, sink, number)
    entry_is_confirmed(programs, browser, number)
    prove(len(sink.messages) == 1, f"The mail came {len(sink.messages)} times.")
    saw("one mail in all, after the sweeps of the waiting time")
    saw(f"stopped, and no process is left: {programs.stop_all()}")
    prove(not programs.complaints(), "The logs tell of errors:\n" + "\n".join(programs.complaints()[:20]))
    saw("no error in the logs of web, worker and beat")


def everything_is_up(programs: Programs, env: dict[str, str], port: int, without: str | None) -> None:
    """The health checks pass that the image and docker-compose.yml run."""

    def passes(command: list[str]) -> bool:
        return run(command, env).returncode == 0

    wait_for("The health check of web", lambda: passes(health_check_of_image(port)), programs, 30)
    saw("web: the health check of the image passes")
    if without != "worker":
        wait_for("The health check of worker", lambda: passes(health_check_of("worker")), programs, 60)
        saw("worker: its health check passes")


def the_door_is_production(browser: Browser) -> None:
    """Health says up, plain HTTP is sent to HTTPS, and the sign-in page promises HTTPS for a year."""
    prove(browser.open("/health/").body == b"up", "/health/ does not say up.")
    clear = browser.ask("GET", "/", None, {})
    goes_to = clear.headers["Location"]
    prove((clear.status, goes_to) == (301, f"https://{HOST}/"), f"Plain HTTP answered {clear.status}, to {goes_to}.")
    promise = browser.open("/").headers["Strict-Transport-Security"] or ""
    prove(f"max-age={YEAR}" in promise, f"Strict-Transport-Security is {promise!r}.")
    saw("/health/ says up; plain HTTP is sent to HTTPS; HSTS is promised for a year")


def static_files_are_packed(browser: Browser) -> None:
    """A style sheet named by its hash comes compressed, and may be kept for ever."""
    found = re.search(r'href="(/static/css/layout\.[0-9a-f]{12}\.css)"', browser.page.html)
    if not found:
        raise NotProven("The sign-in page names no hashed layout.css.")
    style = Browser(browser.port, browser.host).open(found[1], **{"Accept-Encoding": "br, gzip"})
    encoding, keep = style.headers["Content-Encoding"], style.headers["Cache-Control"] or ""
    seconds = re.search(r"max-age=(\d+)", keep)
    prove(encoding in {"br", "gzip"}, f"{found[1]} came with Content-Encoding {encoding}.")
    prove(seconds and int(seconds[1]) >= YEAR, f"{found[1]} came with Cache-Control {keep!r}.")
    saw(f"{found[1]} comes in {len(style.body)} bytes ({encoding}; {keep})")


def enter_a_candidate(browser: Browser) -> str:
    """The main job, from sign-in to the entry number."""
    browser.press("Log in", username=OFFICER, password=PASSWORD)
    prove({"__Host-session", "__Host-csrf"} <= browser.cookies.keys(), f"The cookies are {sorted(browser.cookies)}.")
    prove('href="/step/"' in browser.page.html, f"After sign-in there is no STEP tab: {browser.page.text[:1500]}")
    saw(f"signed in with Secure __Host- cookies; {browser.page.path} shows the STEP tab")
    browser.open("/step/")
    browser.press("Make a new entry")
    browser.press("Next", **CANDIDATE)
    browser.press("Next", papers="step-2-and-3")
    browser.press("Next", courses=browser.page.form_with("Next").offered["courses"][:1])
    prove("14 February 2009" in browser.page.text, f"Check does not show the answers: {browser.page.text[:1500]}")
    saw("three steps answered; Check shows the answers")
    began = time.monotonic()
    page = browser.press("Submit")
    found = re.search(r"\bThe entry number is (S\d{5})\b", page.text)
    if not found:
        raise NotProven(f"The page after Submit shows no entry number: {page.text[:1500]}")
    saw(f"Submit answered with entry number {found[1]} in {time.monotonic() - began:.2f} s")
    return found[1]


def mail_arrives(programs: Programs, sink: MailSink, number: str) -> None:
    """The confirmation mail comes by SMTP, to the officer, with the number and a link to the entry."""
    seconds = wait_for("The confirmation mail", lambda: sink.messages, programs, 30)
    mail = sink.messages[0]
    link = f"https://{HOST}/step/entries/{number}/"
    prove(mail["To"] == OFFICER, f"The mail went to {mail['To']}.")
    prove(number in mail["Subject"], f"The subject of the mail is {mail['Subject']!r}.")
    for kind in ("plain", "html"):
        prove(link in _body(mail, kind), f"The {kind} text of the mail does not link to {link}.")
    saw(f"mail to {mail['To']} arrived {seconds:.1f} s after that page: {mail['Subject']}")


def _body(mail: EmailMessage, kind: str) -> str:
    body = mail.get_body((kind,))
    return body.get_content() if body else ""


def entry_is_confirmed(programs: Programs, browser: Browser, number: str) -> None:
    """The entry's page says CONFIRMED by and by, and then the overview does."""
    seconds = wait_for(
        "CONFIRMED on the entry's page",
        lambda: _status_after(number, browser.open(f"/step/entries/{number}/").text) == "CONFIRMED",
        programs,
        limit=100,
        every=2,
    )
    saw(f"the entry's page says CONFIRMED, {seconds:.1f} s after the mail")
    status = _status_after(number, browser.open("/").text)
    prove(status == "CONFIRMED", f"The overview says {status or 'nothing'} of {number}.")
    saw("the overview says CONFIRMED")


def _status_after(number: str, text: str) -> str:
    """The first status that a page names after the number."""
    found = STATUS.search(text.partition(number)[2])
    return found[1] if found else ""


if __name__ == "__main__":
    sys.exit(main())
