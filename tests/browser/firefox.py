"""Firefox as it is installed, driven by WebDriver BiDi, the protocol that it speaks by itself."""

import itertools
import json
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from typing import Any

from websocket import WebSocket, create_connection

FIREFOX = next((path for name in ("firefox-esr", "firefox") if (path := shutil.which(name))), "")
PATIENCE = 30
FIND = """(selector, words) => {
  const name = (box) => (box.labels?.length ? box.labels[0] : box).textContent.replace(/[\\s*]+/g, " ").trim();
  const isInSight = (box) => box.getBoundingClientRect().right > 0;
  return [...document.querySelectorAll(selector)].find((box) => name(box) === words && isInSight(box));
}"""


class Refused(Exception):
    """Firefox could not do what it was told."""


class Firefox:
    """One tab. What is to be pressed or filled in is found by the words that a person sees."""

    def __init__(self, socket: WebSocket) -> None:
        self.socket, self.ids = socket, itertools.count(1)
        self.send("session.new", capabilities={})
        self.tab = self.send("browsingContext.getTree")["contexts"][0]["context"]

    def send(self, method: str, **params: Any) -> dict[str, Any]:
        """Send a command and wait for its answer; a failure raises Refused."""
        number = next(self.ids)
        self.socket.send(json.dumps({"id": number, "method": method, "params": params}))
        while (answer := json.loads(self.socket.recv())).get("id") != number:
            pass
        if answer["type"] != "success":
            raise Refused(answer)
        return answer["result"]

    def open(self, url: str) -> None:
        self.send("browsingContext.navigate", context=self.tab, url=url, wait="complete")

    def text(self) -> str:
        """What stands on the page now."""
        return self._call("() => document.body.innerText").get("value", "")

    def wait_for(self, words: str) -> None:
        """Until these words stand on the page."""
        self._until(lambda: words in self.text(), words)

    def press(self, words: str, selector: str = "button, a, summary") -> None:
        """Click a button, a link or a box in the way a hand does: where it stands on the screen."""
        box = self._found(selector, words)
        self._call("(box) => box.scrollIntoView({block: 'center'})", box)
        origin = {"type": "element", "element": {"sharedId": box["sharedId"]}}
        at = {"type": "pointerMove", "x": 0, "y": 0, "origin": origin}
        steps = [at, {"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}]
        self._perform({"type": "pointer", "id": "mouse", "actions": steps})

    def tick(self, label: str) -> None:
        """Select a radio button or a checkbox by its label."""
        self.press(label, "input[type=radio], input[type=checkbox]")

    def type(self, label: str, text: str) -> None:
        """Type into the box of a label, key by key."""
        self._call("(box) => box.focus()", self._found("input", label))
        keys = [{"type": kind, "value": key} for key in text for kind in ("keyDown", "keyUp")]
        self._perform({"type": "key", "id": "keyboard", "actions": keys})

    def _perform(self, actions: dict[str, Any]) -> None:
        self.send("input.performActions", context=self.tab, actions=[actions])

    def _found(self, selector: str, words: str) -> dict[str, Any]:
        values = [{"type": "string", "value": value} for value in (selector, words)]
        self._until(lambda: "sharedId" in self._call(FIND, *values), words)
        return self._call(FIND, *values)

    def _call(self, function: str, *values: dict[str, Any]) -> dict[str, Any]:
        found = self.send(
            "script.callFunction",
            functionDeclaration=function,
            arguments=list(values),
            target={"context": self.tab},
            awaitPromise=False,
        )
        return found.get("result", {})

    def _until(self, holds: Any, what: str) -> None:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            with suppress(Refused):  # no script runs in a page that is being left
                if holds():
                    return
            time.sleep(0.1)
        raise AssertionError(f"“{what}” is not on the page:\n{self.text()}")


@contextmanager
def firefox() -> Iterator[Firefox]:
    """A new Firefox with an empty profile, gone at the end."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        command = [FIREFOX, "--headless", "--no-remote", "--profile", profile, "--remote-debugging-port", "0"]
        process = subprocess.Popen([*command, "about:blank"], stderr=subprocess.PIPE, text=True)
        try:
            assert process.stderr
            line = next(line for line in process.stderr if "WebDriver BiDi listening on" in line)
            [address] = re.findall(r"ws://\S+", line)
            with closing(create_connection(f"{address}/session", timeout=60, suppress_origin=True)) as socket:
                yield Firefox(socket)
        finally:
            process.kill()
            process.communicate()
