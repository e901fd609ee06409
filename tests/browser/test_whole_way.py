"""The main job on a fresh database, through `make run`'s own process: from sign-in to CONFIRMED."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pages import press

ROOT = Path(__file__).resolve().parent.parent.parent
CONFIRM_AFTER = 5


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def hear_ctrl_c() -> None:
    """What a script starts in the background is born deaf to Ctrl-C; the tests may run in one."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Portal:
    """`manage.py run_portal` in a process of its own, on an SQLite file in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.url = f"http://127.0.0.1:{self.port}"

    def start(self) -> str:
        kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        with (self.folder / "out").open("a") as out:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "run_portal", "--port", str(self.port)],
                cwd=ROOT,
                env=kept | {"VAR_DIR": str(self.folder), "DEBUG": "false", "STEP_CONFIRM_AFTER": f"{CONFIRM_AFTER}s"},
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=hear_ctrl_c,
            )
        end = time.monotonic() + 60
        while time.monotonic() < end:
            try:
                with urllib.request.urlopen(f"{self.url}/health/", timeout=2) as answer:  # noqa: S310 (our own URL)
                    return answer.read().decode()
            except OSError:
                time.sleep(0.1)
        raise AssertionError((self.folder / "out").read_text())

    def stop(self) -> None:
        os.killpg(self.process.pid, signal.SIGINT)
        self.process.wait(timeout=30)

    def has_processes(self) -> bool:
        try:
            os.killpg(self.process.pid, 0)
        except ProcessLookupError:
            return False
        return True


@pytest.fixture
def portal(tmp_path: Path) -> Iterator[Portal]:
    portal = Portal(tmp_path)
    portal.start()
    yield portal
    if portal.has_processes():
        portal.stop()


def log_in(page: Page, portal: Portal) -> None:
    page.goto(portal.url)
    page.get_by_label("Username").fill("officer@demo.example")
    page.get_by_label("Password").fill("step-by-step-demo")
    press(page, "Log in")


def begin(page: Page, portal: Portal) -> None:
    page.goto(f"{portal.url}/step/")
    press(page, "Make a new entry")


def fill_candidate(page: Page, first: str, last: str, born: str, gender: str) -> None:
    page.get_by_label("First Name", exact=True).fill(first)
    page.get_by_label("Last Name", exact=True).fill(last)
    page.get_by_label("Date of birth (DD/MM/YYYY)").fill(born)
    page.get_by_label(gender, exact=True).check()
    press(page, "Next")


def choose(page: Page, papers: str, university: str) -> None:
    page.get_by_label(papers, exact=True).check()
    press(page, "Next")
    page.get_by_role("group", name=university).get_by_role("checkbox").first.check()
    press(page, "Next")


def submit(page: Page) -> str:
    press(page, "Submit")
    return page.locator(".entry-number-large").inner_text()


def row(page: Page, number: str) -> Any:
    return page.get_by_role("row").filter(has_text=number)


def test_from_sign_in_to_confirmed_with_a_second_candidate_in_a_second_tab(portal, context):
    first, second = context.new_page(), context.new_page()
    log_in(first, portal)
    expect(first.get_by_text("Northgate School, 61111")).to_be_visible()

    begin(first, portal)
    begin(second, portal)
    fill_candidate(first, "Chidi", "Anagonye", "12/05/2009", "Male")
    fill_candidate(second, "Eleanor", "Shellstrop", "4 March 2009", "Female")
    choose(second, "STEP 3", "Durham University")
    choose(first, "STEP 2 and STEP 3", "University of Warwick")
    numbers = submit(first), submit(second)

    assert numbers == ("S00004", "S00005")
    first.goto(portal.url)
    expect(row(first, "S00004")).to_contain_text("Chidi Anagonye")
    expect(row(first, "S00004")).to_contain_text("STEP 2 and STEP 3")
    expect(row(first, "S00004")).to_contain_text("NOT YET CONFIRMED")
    expect(row(first, "S00005")).to_contain_text("Eleanor Shellstrop")
    expect(row(first, "S00005")).to_contain_text("STEP 3")
    for number, born, university in (("S00004", "12 May 2009", "Warwick"), ("S00005", "4 March 2009", "Durham")):
        second.goto(f"{portal.url}/step/entries/{number}/")
        facts = second.locator("dl.summary").first
        expect(facts).to_contain_text(born)
        expect(facts).to_contain_text(university)

    for number, name in (("S00004", "Chidi Anagonye"), ("S00005", "Eleanor Shellstrop")):
        [mail] = mails_about(number, portal)
        assert f"Candidate: {name}" in mail
        assert "To: officer@demo.example" in mail

    wait_for_confirmed(first, portal, numbers)


def mails_about(number: str, portal: Portal) -> list[str]:
    """The mails that an entry is made; they leave in the background."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        mails = [path.read_text() for path in (portal.folder / "mail").glob("*")]
        if found := [mail for mail in mails if f"Subject: Entries Portal: STEP entry {number} is made" in mail]:
            return found
        time.sleep(0.2)
    raise AssertionError(f"no mail about {number}")


def wait_for_confirmed(page: Page, portal: Portal, numbers: tuple[str, str]) -> None:
    """The timetable looks for due entries every 30 seconds."""
    end = time.monotonic() + CONFIRM_AFTER + 90
    while time.monotonic() < end:
        page.goto(portal.url)
        statuses = [row(page, number).locator(".status").inner_text() for number in numbers]
        if statuses == ["CONFIRMED", "CONFIRMED"]:
            return
        time.sleep(1)
    raise AssertionError(f"still {statuses}")


def test_ctrl_c_leaves_no_process_and_the_second_start_keeps_the_data(portal, page):
    log_in(page, portal)
    begin(page, portal)
    fill_candidate(page, "Tahani", "Al-Jamil", "01/02/2009", "Female")

    portal.stop()
    assert not portal.has_processes()
    begun = time.monotonic()
    assert portal.start() == "up"

    assert time.monotonic() - begun < 10
    page.goto(portal.url)
    expect(page.get_by_role("row").filter(has_text="Tahani Al-Jamil")).to_contain_text("NOT ENTERED")
    assert len(re.findall("load_demo: loaded", (portal.folder / "out").read_text())) == 1
